"""Acts are kept as they were judged."""

from kiosk.model import Act
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, a_device, ada, enrol, named_id, settle


def test_an_act_is_found_by_its_id_and_by_its_person(tx: Tx) -> None:
    settle(tx, people=[ada()])
    enrol(tx)
    act = Act(
        id=named_id("an act"),
        event_id=EVENT_ID,
        device_id=a_device().id,
        seq=3,
        kind="walk_in",
        attendee_id=ada().id,
        done_at=NOW,
        received_at=NOW,
        fingerprint="f",
        outcome="welcomed",
    )
    tx.acts.add(act)
    assert tx.acts.get(act.id) == act
    assert tx.acts.get("another") is None
    assert tx.acts.of_attendee(ada().id) == [act]
    assert tx.scans.missing_seqs(a_device().id, 4) == (1, 2)
    assert tx.scans.last_seq(a_device().id) == 3
