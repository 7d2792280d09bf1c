"""The builders give what they promise."""

from kiosk.ids import canonical_badge_code, digest
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    a_device,
    ada,
    code_of,
    grace,
    linus,
    mallory,
    plant,
    settle,
    token_of,
)


def test_a_settled_event_holds_its_people_badges_and_tickets(tx: Tx) -> None:
    event = settle(tx, people=[ada(), grace(), linus()])
    badge = tx.badges.by_digest(digest(code_of(ada())))
    ticket = tx.tickets.find(event.id, "TICKET-GRACE")
    assert badge is not None
    assert badge.attendee_id == ada().id
    assert ticket is not None
    assert ticket.attendee_id == grace().id
    assert canonical_badge_code(code_of(linus())) == code_of(linus())


def test_mallory_belongs_to_another_event(tx: Tx) -> None:
    assert mallory().event_id != settle(tx).id


def test_an_enrolled_device_is_found_by_its_token(store: SqliteStore) -> None:
    plant(store, devices=[a_device()])
    with store.read() as tx:
        assert tx.devices.by_token(digest(token_of(a_device()))) == a_device()
