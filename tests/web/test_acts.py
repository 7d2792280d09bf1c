"""What a tablet does besides scans, over HTTP: each act once, answered the same."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    Clock,
    a_device,
    ada,
    an_event,
    code_of,
    grace,
    linus,
    named_id,
    plant,
    token_of,
)
from tests.envelopes import sealed
from tests.web.test_api import ask

DOOR = a_device()
OTHER = a_device("Coffee")
DESK = a_device("Help desk", role="desk")


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    plant(store, ada(), grace(), linus(), devices=[DOOR, OTHER, DESK])


def act(client: FlaskClient, kind: str, device: Any = DOOR, **fields: Any) -> Any:
    at = NOW.isoformat().replace("+00:00", "Z")
    return send(
        client,
        {"id": str(uuid4()), "seq": 9, "at": at, "kind": kind, **fields},
        device=device,
    )[0]


def send(client: FlaskClient, *acts: Any, device: Any = DOOR) -> Any:
    headers = {"Authorization": f"Bearer {token_of(device)}"}
    answer = client.post("/api/v1/acts", json={"acts": list(acts)}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json["results"]  # type: ignore[index]


def scan(client: FlaskClient, kind: str, *codes: str, **fields: Any) -> Any:
    at = NOW.isoformat().replace("+00:00", "Z")
    one = {"id": str(uuid4()), "seq": 1, "kind": kind, "codes": codes, "scanned_at": at}
    headers = {"Authorization": f"Bearer {token_of(DOOR)}"}
    answer = client.post("/api/v1/scans", json={"scans": [one | fields]}, headers=headers)
    assert answer.json is not None
    return answer.json["results"][0]


def swapped(client: FlaskClient) -> str:
    """Ada and Grace check in and swap; the id of the swap."""
    for person in (ada(), grace()):
        scan(client, "check_in", code_of(person))
    met = scan(client, "connect", code_of(ada()), code_of(grace()))
    assert met["outcome"] == "connected"
    return str(met["id"])


def zoe(**changes: Any) -> dict[str, Any]:
    return {
        "id": named_id("zoe"),
        "name": "Zoë Field",
        "email": "zoe@field.example",
    } | changes


def test_a_walk_in_is_registered_checked_in_and_gets_a_badge(
    client: FlaskClient, store: SqliteStore
) -> None:
    done = act(client, "walk_in", person=zoe())
    assert done["outcome"] == "welcomed"
    assert done["attendees"][0]["name"] == "Zoë Field"
    with store.read() as tx:
        assert tx.scans.is_checked_in(named_id("zoe"))
        assert tx.attendees.get(named_id("zoe")).email == "zoe@field.example"  # type: ignore[union-attr]
    again = scan(client, "check_in", done["code"])
    assert again["reason"] == "already_in"


def test_a_walk_in_that_is_sent_again_is_answered_from_the_record(
    client: FlaskClient, store: SqliteStore
) -> None:
    at = NOW.isoformat()
    one = {"id": str(uuid4()), "seq": 4, "at": at, "kind": "walk_in", "person": zoe()}
    first, second = send(client, one)[0], send(client, one)[0]
    assert (first["outcome"], second["outcome"]) == ("welcomed", "welcomed")
    assert [first["replayed"], second["replayed"]] == [False, True]
    assert {**second, "replayed": False} == first  # the badge, too: an answer may get lost
    changed = one | {"person": zoe(name="Someone Else")}
    assert send(client, changed)[0]["reason"] == "id_reused"
    with store.read() as tx:
        assert len(tx.attendees.of_event(EVENT_ID)) == 4


def test_what_was_typed_comes_in_an_envelope(
    client: FlaskClient, store: SqliteStore
) -> None:
    key = ask(client, "/event", DOOR).json["seal_key"]  # type: ignore[index]
    assert len(key) == 87  # 65 bytes
    one = {"id": str(uuid4()), "seq": 4, "at": NOW.isoformat(), "kind": "walk_in"}
    one["sealed"] = sealed(
        json.dumps({"person": zoe(), "seq": 99}).encode(), str(one["id"])
    )
    first, second = send(client, one, one)
    assert (first["outcome"], second["replayed"]) == ("welcomed", True)
    assert first["attendees"][0]["name"] == "Zoë Field"
    with store.read() as tx:
        assert tx.scans.missing_seqs(DOOR.id, 5) == (1, 2, 3)  # what is outside counts


@pytest.mark.parametrize("words", ["[]", "{", '{"person": 7}', None])
def test_an_envelope_of_nothing_is_put_aside(
    client: FlaskClient, store: SqliteStore, words: str | None
) -> None:
    one = {"id": str(uuid4()), "seq": 1, "at": NOW.isoformat(), "kind": "walk_in"}
    one["sealed"] = sealed(words.encode(), str(one["id"])) if words else "c2VhbA"
    assert send(client, one)[0]["reason"] == "malformed"
    with store.read() as tx:
        assert len(tx.scans.quarantined(EVENT_ID)) == 1


def test_a_walk_in_who_is_on_the_list_is_checked_in_as_that_person(
    client: FlaskClient, store: SqliteStore
) -> None:
    person = zoe(name=ada().name, email=ada().email)
    done = act(client, "walk_in", person=person)
    assert (done["outcome"], done["attendees"][0]["id"]) == ("welcomed", ada().id)
    with store.read() as tx:
        assert tx.attendees.get(named_id("zoe")) is None


def test_a_walk_in_after_the_end_is_turned_away_and_not_registered(
    client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    clock.now = an_event().ends_at + timedelta(hours=2)
    at = clock.now.isoformat()
    one = {"id": str(uuid4()), "seq": 4, "at": at, "kind": "walk_in", "person": zoe()}
    assert send(client, one)[0]["reason"] == "event_closed"
    with store.read() as tx:
        assert tx.attendees.get(named_id("zoe")) is None


def test_whom_a_lonely_tablet_has_let_in_is_in_whatever_the_hour(
    client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    clock.now = an_event().ends_at + timedelta(hours=1)
    done = act(
        client, "walk_in", person=zoe(), at=clock.now.isoformat(), decided="welcomed"
    )
    assert (done["outcome"], len(done["code"])) == ("welcomed", 16)
    with store.read() as tx:
        scan = tx.scans.get(done["id"])
    assert scan
    assert (scan.outcome, scan.conflict) == ("welcomed", "event_closed")


def test_a_door_that_does_not_exist_registers_nobody(
    client: FlaskClient, store: SqliteStore
) -> None:
    done = act(client, "walk_in", person=zoe(), list="no such list")
    assert (done["outcome"], done["reason"]) == ("rejected", "malformed")
    with store.read() as tx:
        assert tx.attendees.get(named_id("zoe")) is None


@pytest.mark.parametrize("email", ["zoe", "zoe@", "@field.example", "zoe field@x.example"])
def test_nobody_is_lost_for_a_bad_address(
    client: FlaskClient, store: SqliteStore, email: str
) -> None:
    assert act(client, "walk_in", person=zoe(email=email))["outcome"] == "welcomed"
    with store.read() as tx:
        assert tx.attendees.get(named_id("zoe")).email == ""  # type: ignore[union-attr]


def test_a_promise_stands_on_the_side_of_the_one_who_made_it(
    client: FlaskClient, store: SqliteStore
) -> None:
    met = swapped(client)
    done = act(client, "promise", scan=met, code=code_of(ada()), promise="article")
    assert done["outcome"] == "promised"
    with store.read() as tx:
        (promise,) = tx.promises.of_attendee(ada().id)
        assert promise.kind == "article"
        assert not tx.promises.of_attendee(grace().id)


@pytest.mark.parametrize("kind", ["promise", "star"])
def test_a_promise_needs_a_swap_at_this_tablet_by_this_person(
    client: FlaskClient, kind: str
) -> None:
    met = swapped(client)
    more = {"promise": "send"} if kind == "promise" else {}
    for device, code in ((OTHER, code_of(ada())), (DOOR, code_of(linus()))):
        done = act(client, kind, device=device, scan=met, code=code, **more)
        assert (done["outcome"], done["reason"]) == ("turned_away", "not_connected")


def test_a_star_is_given_at_the_tablet(client: FlaskClient, store: SqliteStore) -> None:
    met = swapped(client)
    assert act(client, "star", scan=met, code=code_of(ada()))["outcome"] == "starred"
    with store.read() as tx:
        (meeting,) = tx.meetings.of_attendee(ada().id)
        assert meeting.mine
        assert meeting.mine.starred_at


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ("name", "company", "email")),
        (("name", "company", "phone"), ("name", "company", "phone")),
        (("name",), ("name",)),
    ],
    ids=["as-the-event", "more-than-the-event", "kept-back"],
)
def test_a_badge_shares_less_and_never_what_its_person_keeps_back(
    client: FlaskClient,
    store: SqliteStore,
    before: tuple[str, ...] | None,
    after: tuple[str, ...],
) -> None:
    def choose(tx: Tx, share: tuple[str, ...] | None, now: datetime) -> None:
        tx.attendees.change(ada(share=share, share_chosen_at=now))

    store.write(choose, before, NOW)
    fields = ["name", "company", "phone", "email"]
    for _ in range(2):  # nor in two steps
        done = act(client, "share", code=code_of(ada()), fields=fields)
        assert done["outcome"] == "shared"
    with store.read() as tx:
        person = tx.attendees.get(ada().id)
    assert person
    assert person.share == after


def test_a_malformed_act_does_not_stop_the_others_and_leaves_no_gap(
    client: FlaskClient, store: SqliteStore
) -> None:
    at = NOW.isoformat()
    bad = {"id": str(uuid4()), "seq": 1, "at": at, "kind": "dance"}
    good = {"id": str(uuid4()), "seq": 2, "at": at, "kind": "walk_in", "person": zoe()}
    first, second = send(client, bad, good)
    assert (first["outcome"], second["outcome"]) == ("rejected", "welcomed")
    with store.read() as tx:
        assert tx.scans.missing_seqs(DOOR.id, 3) == ()


def test_acts_need_a_device_and_a_batch_has_a_limit(client: FlaskClient) -> None:
    assert client.post("/api/v1/acts", json={"acts": []}).status_code == 401
    headers = {"Authorization": f"Bearer {token_of(DOOR)}"}
    many: dict[str, Any] = {"acts": [{}] * 101}
    assert client.post("/api/v1/acts", json=many, headers=headers).status_code == 413
    assert client.post("/api/v1/acts", json=[], headers=headers).status_code == 400


def test_a_lost_badge_gets_one_new_code_however_often_it_is_asked_for(
    client: FlaskClient,
) -> None:
    lost = {"id": str(uuid4()), "seq": 1, "at": NOW.isoformat(), "kind": "replace"}
    lost["code"] = code_of(ada())
    first, again = (send(client, lost, device=DESK)[0] for _ in range(2))
    assert first["outcome"] == "replaced"
    assert again == first | {"replayed": True}
    assert scan(client, "check_in", code_of(ada()))["reason"] == "replaced_badge"
    assert scan(client, "check_in", first["code"])["outcome"] == "welcomed"
