"""The sealed roster over HTTP: what a tablet takes home, and what a thief would get."""

import gzip
import json
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.model import Device
from kiosk.roster import PEOPLE_LIMIT
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    NOW,
    a_device,
    ada,
    an_attendee,
    code_of,
    grace,
    join,
    let_in,
    linus,
    plant,
    token_of,
)
from tests.opening import opened

DOOR = a_device()
GATE = a_device("Gate", role="gate")
TICKET = "4f9k2m7x8q1z5w3v"


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    people = (ada(attention="Bring a penguin"), grace(ticket_code=TICKET), linus())
    plant(store, *people, devices=[DOOR, GATE])


def ask(
    client: FlaskClient, since: str = "", device: Device = DOOR, **headers: str
) -> TestResponse:
    headers["Authorization"] = f"Bearer {token_of(device)}"
    return client.get(f"/api/v1/roster?since={since}", headers=headers)


def page(client: FlaskClient, since: str = "", device: Device = DOOR) -> dict[str, Any]:
    answer = ask(client, since, device)
    assert answer.status_code == 200
    assert answer.json is not None
    return dict(answer.json)


def test_a_code_opens_its_person_and_nobody_else(client: FlaskClient) -> None:
    told = page(client)
    assert (told["whole"], told["more"]) == (True, False)
    assert opened([told], code_of(ada())) == b"0\tAda Lovelace\tAnalytical Engines"
    assert (opened([told], TICKET) or b"")[:1] == b"\x00"
    assert opened([told], ada().ticket_code) is None
    assert opened([told], "0000000000000000") is None


def test_without_a_code_a_stolen_roster_names_nobody(client: FlaskClient) -> None:
    text = ask(client, device=GATE).text
    for word in ("Ada", "Grace", "Linus", "penguin", "Navy", "example", TICKET):
        assert word not in text


def test_notes_to_staff_are_for_staff(client: FlaskClient) -> None:
    assert b"penguin" not in (opened([page(client)], code_of(ada())) or b"")
    assert b"penguin" in (opened([page(client, device=GATE)], code_of(ada())) or b"")


def test_only_what_changed_comes_after_a_cursor(
    client: FlaskClient, store: SqliteStore
) -> None:
    first = page(client)
    assert page(client, first["cursor"])["people"] == []
    store.write(lambda tx, who, _: let_in(tx, who), grace(), NOW)
    store.write(lambda tx, who, now: tx.erasures.forget(who.id, now), linus(), NOW)
    news = page(client, first["cursor"])
    assert (opened([news], code_of(grace())) or b"").endswith(b"\t0,600")
    [_, gone] = news["people"]
    assert len(gone) == 1
    assert page(client, news["cursor"])["people"] == []


@pytest.mark.parametrize("cursor", ["", "x", "1.1", "9.9.", "0.0.another", "1.1.-%00"])
def test_an_unknown_cursor_begins_anew(client: FlaskClient, cursor: str) -> None:
    told = page(client, cursor)
    assert told["whole"]
    assert len(told["people"]) == 3


def test_what_is_known_is_not_sent_again(client: FlaskClient, store: SqliteStore) -> None:
    first = ask(client)
    etag = first.headers["ETag"]
    again = ask(client, If_None_Match=etag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-store"
    assert ask(client, device=GATE, If_None_Match=etag).status_code == 200
    store.write(lambda tx, who, _: tx.attendees.change(who), ada(company="New"), NOW)
    assert ask(client, If_None_Match=etag).status_code == 200


def test_a_roster_is_packed_for_those_who_unpack_it(
    client: FlaskClient, store: SqliteStore
) -> None:
    crowd = [an_attendee(f"Person{n} Crowd") for n in range(20)]
    for person in crowd:
        store.write(lambda tx, who, _: join(tx, who), person, NOW)
    plain = ask(client)
    packed = ask(client, Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.data)) == plain.json
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_five_thousand_people_who_came_are_no_more_than_400_kilobytes(
    client: FlaskClient, store: SqliteStore
) -> None:
    def arrive(tx: Tx, numbers: range, _: datetime) -> None:
        for number in numbers:
            code = sha256(str(number).encode()).hexdigest()[:32]  # as long as a shop's
            person = join(tx, an_attendee(f"Person{number} Crowd", ticket_code=code))
            let_in(tx, person)

    cursor = page(client)["cursor"]
    store.write(arrive, range(PEOPLE_LIMIT), NOW)
    told = ask(client, cursor, Accept_Encoding="gzip")
    assert len(told.data) <= 400_000 * PEOPLE_LIMIT / 5_000


def test_a_revoked_tablet_gets_no_roster(client: FlaskClient, store: SqliteStore) -> None:
    store.write(lambda tx, device, now: tx.devices.revoke(device.id, now), DOOR, NOW)
    assert ask(client).status_code == 401
