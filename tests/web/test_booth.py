"""A sponsor's device over HTTP: it asks for a yes, and every other door is shut to it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from kiosk.store import SqliteStore, Tx
from kiosk.web.access import TABLE
from tests.builders import (
    EVENT_ID,
    NOW,
    Clock,
    a_booth,
    a_device,
    a_sponsor,
    ada,
    code_of,
    enrol,
    grace,
    let_in,
    named_id,
    plant,
    token_of,
)

BOOTH, DOOR = a_booth(), a_device()
AT = NOW.isoformat().replace("+00:00", "Z")


@pytest.fixture(autouse=True)
def _fair(store: SqliteStore) -> None:
    """Ada is in; Grace is not."""

    def put(tx: Tx, _: None, _now: datetime) -> None:
        tx.sponsors.put(a_sponsor())
        enrol(tx, BOOTH)
        let_in(tx, ada())

    plant(store, ada(), grace(), devices=[DOOR])
    store.write(put, None, NOW)


def call(client: FlaskClient, way: str, body: Any = None, device: Any = BOOTH) -> Any:
    headers = {"Authorization": f"Bearer {token_of(device)}"}
    method = "GET" if body is None else "POST"
    return client.open(f"/api/v1/{way}", method=method, json=body, headers=headers)


def act(client: FlaskClient, kind: str, device: Any = BOOTH, **fields: Any) -> Any:
    one = {"id": str(uuid4()), "seq": 1, "at": AT, "kind": kind} | fields
    answer = call(client, "acts", {"acts": [one]}, device)
    assert answer.status_code == 200, answer.text
    return answer.json["results"][0]


def leads(store: SqliteStore) -> list[tuple[str, tuple[str, ...]]]:
    with store.read() as tx:
        found = tx.leads.of_sponsor(a_sponsor().id)
        return [(person.name, lead.fields) for lead, person in found]


def test_the_device_hears_whose_it_is(client: FlaskClient) -> None:
    said = call(client, "event").json["sponsor"]
    assert said == {
        "name": "Acme",
        "purpose": a_sponsor().purpose,
        "fields": ["name", "company", "email"],
    }
    assert call(client, "event", device=DOOR).json["sponsor"] is None


def test_before_a_yes_the_device_knows_a_first_name(client: FlaskClient) -> None:
    answer = call(client, "cards", {"codes": [code_of(ada()), code_of(grace())]})
    known, absent = answer.json["cards"]
    assert (known["first_name"], known["shares"]) == ("Ada", ["name", "company", "email"])
    assert (known["id"], known["name"], known["company"]) == (None, "", "")
    assert (absent["reason"], absent["first_name"]) == ("not_checked_in", "")
    for secret in (ada().id, "Lovelace", ada().email, ada().company, "Grace"):
        assert secret not in answer.text


def test_a_yes_is_kept_once_and_says_nothing_of_the_person(
    client: FlaskClient, store: SqliteStore
) -> None:
    done = act(client, "lead", code=code_of(ada()))
    assert (done["outcome"], done["attendees"]) == ("agreed", [])
    assert leads(store) == [("Ada Lovelace", ("name", "company", "email"))]
    assert act(client, "lead", code=code_of(ada()))["outcome"] == "already_agreed"
    assert len(leads(store)) == 1
    assert act(client, "lead", code=code_of(grace()))["reason"] == "not_checked_in"


def test_the_same_act_sent_again_is_answered_from_the_record(
    client: FlaskClient, store: SqliteStore
) -> None:
    lead_id = str(uuid4())
    first, second = (act(client, "lead", id=lead_id, code=code_of(ada())) for _ in "12")
    assert (first["replayed"], second["replayed"]) == (False, True)
    assert first["outcome"] == second["outcome"] == "agreed"


def test_a_yes_is_undone_where_it_was_said_within_fifteen_minutes(
    client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    lead = act(client, "lead", code=code_of(ada()))["id"]
    clock.move(minutes=16)
    late = (NOW + timedelta(minutes=16)).isoformat()
    assert act(client, "undo_lead", lead=lead, at=late)["reason"] == "annul_too_late"
    assert act(client, "undo_lead", DOOR, lead=lead)["reason"] == "wrong_list"
    assert act(client, "undo_lead", lead=lead)["outcome"] == "annulled"
    assert leads(store) == []


def test_only_a_sponsors_device_takes_leads(
    client: FlaskClient, store: SqliteStore
) -> None:
    refused = act(client, "lead", DOOR, code=code_of(ada()))
    assert (refused["outcome"], refused["reason"]) == ("turned_away", "wrong_list")
    assert leads(store) == []


PERSON = {"id": named_id("zoe"), "name": "Zoë Field"}
OTHER_ACTS: list[tuple[str, dict[str, Any]]] = [
    ("walk_in", {"person": PERSON}),
    ("share", {"code": code_of(ada()), "fields": []}),
    ("promise", {"scan": named_id("swap"), "code": code_of(ada()), "promise": "send"}),
    ("star", {"scan": named_id("swap"), "code": code_of(ada())}),
    ("refer", {"reason": "unpaid", "code": code_of(ada())}),
    ("settle", {"referral": named_id("case")}),
    ("correct", {"code": code_of(ada()), "name": "Not Ada"}),
    ("print", {"code": code_of(ada())}),
    ("replace", {"code": code_of(ada())}),
]


@pytest.mark.parametrize(
    ("kind", "fields"), OTHER_ACTS, ids=[kind for kind, _ in OTHER_ACTS]
)
def test_a_sponsors_device_does_nothing_else(
    client: FlaskClient, store: SqliteStore, kind: str, fields: dict[str, Any]
) -> None:
    done = act(client, kind, **fields)
    assert (done["outcome"], done["reason"]) == ("turned_away", "wrong_list")
    assert (done["attendees"], done["code"]) == ([], "")
    with store.read() as tx:
        assert tx.attendees.get(ada().id) == ada()
        assert len(tx.attendees.of_event(EVENT_ID)) == 2
        assert tx.referrals.open(EVENT_ID) == []


@pytest.mark.parametrize("kind", ["check_in", "check_out", "connect", "annul"])
def test_a_sponsors_device_scans_nobody(
    client: FlaskClient, store: SqliteStore, kind: str
) -> None:
    codes = {"connect": [code_of(ada()), code_of(grace())], "annul": []}
    scan = {"id": str(uuid4()), "seq": 1, "kind": kind, "scanned_at": AT}
    scan["codes"] = codes.get(kind, [code_of(grace())])
    if kind == "annul":
        scan["annuls"] = named_id(f"{ada().id} comes in at {NOW}")
    if kind == "check_in":
        scan["decided"] = "welcomed"
    [result] = call(client, "scans", {"scans": [scan]}).json["results"]
    assert (result["outcome"], result["reason"]) == ("turned_away", "wrong_list")
    assert (result["attendees"], result["pairs"]) == ([], [])
    with store.read() as tx:
        assert not tx.scans.is_checked_in(grace().id)
        assert tx.scans.is_checked_in(ada().id)


SHUT = {
    "roster": None,
    "people?q=Lovelace": None,
    "referrals": None,
    "namesakes?name=Ada+Lovelace": None,
    "links": {"code": code_of(ada())},
    "badges": {"code": code_of(ada())},
}


@pytest.mark.parametrize("way", SHUT)
def test_what_names_people_is_shut_to_a_sponsor(client: FlaskClient, way: str) -> None:
    answer = call(client, way, SHUT[way])
    assert answer.status_code == 403
    assert "Lovelace" not in answer.text


def test_a_new_call_of_devices_is_shut_to_sponsors_unless_it_says_otherwise() -> None:
    """Control: who opens another one must think of sponsors, and say so here."""
    open_ones = {name for name, access in TABLE.items() if access.for_sponsors}
    assert open_ones == {"api.event_now", "api.heartbeat", "api.cards", "api.check_pin"}


def test_a_revoked_booth_is_shut_out(
    client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    def revoke(tx: Tx, _: None, now: datetime) -> None:
        tx.devices.revoke(BOOTH.id, now)

    store.write(revoke, None, clock())
    assert call(client, "event").status_code == 401
    assert call(client, "acts", {"acts": []}).status_code == 401
