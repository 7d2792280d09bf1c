"""What sponsors have of a person: on the phone, at the desk, and in their own file."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from kiosk.model import Lead, Preferences
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    NOW,
    a_booth,
    a_sponsor,
    ada,
    enrol,
    grace,
    linus,
    mallory,
    named_id,
)
from tests.web.browser import Browser
from tests.web.phones import SECRETS, full_grace, open_hall, phone_of

FIELDS = ("name", "company", "email")
BABBAGE = a_sponsor("Babbage & Co.", fields=("name", "email"))


def a_yes(person: Any, sponsor: Any = None, **changes: Any) -> Lead:
    sponsor = sponsor or a_sponsor()
    told: dict[str, Any] = {
        "id": named_id(f"{person.id} to {sponsor.name}"),
        "sponsor_id": sponsor.id,
        "attendee_id": person.id,
        "fields": FIELDS,
        "purpose": sponsor.purpose,
        "agreed_at": NOW,
        "device_id": a_booth(sponsor).id,
    }
    return Lead(**told | changes)


@pytest.fixture(autouse=True)
def _fair(store: SqliteStore) -> None:
    """Ada and Grace said yes to Acme, Grace to Babbage as well; Linus took his back."""
    open_hall(store)

    def put(tx: Tx, _: None, _now: datetime) -> None:
        for sponsor in (a_sponsor(), BABBAGE):
            tx.sponsors.put(sponsor)
            enrol(tx, a_booth(sponsor))
        for lead in (
            a_yes(ada()),
            a_yes(grace()),
            a_yes(grace(), BABBAGE, fields=("name", "email")),
            a_yes(linus(), withdrawn_at=NOW),
        ):
            tx.leads.add(lead)

    store.write(put, None, NOW)


@pytest.fixture
def desk(app: Flask, store: SqliteStore) -> Browser:
    return Browser(app).sign_in(store)


def page_of(lead: Lead) -> str:
    return f"/me/sponsors/{lead.id}"


def table(desk: Browser, sponsor: Any = None) -> list[dict[str, str]]:
    sponsor = sponsor or a_sponsor()
    address = f"/desk/events/demo-2026/sponsors/{sponsor.id}/leads.csv"
    with desk.client.get(address) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_shared_tells_which_sponsor_has_what_and_why(app: Flask) -> None:
    text = phone_of(app, ada()).get("/me/shared").text
    for words in ("Acme", "Name, company and e\u2011mail", a_sponsor().purpose, "10:00"):
        assert words in text
    assert "Babbage" not in text
    assert "Babbage" in phone_of(app, full_grace()).get("/me/shared").text


def test_a_yes_is_taken_back_and_the_sponsors_file_no_longer_holds_it(
    app: Flask, desk: Browser
) -> None:
    assert {row["name"] for row in table(desk)} == {ada().name, SECRETS["name"]}
    phone = phone_of(app, ada())
    page = phone.get(page_of(a_yes(ada()))).text
    assert "cannot be called back" in page
    answer = phone.post(page_of(a_yes(ada())))
    assert answer.status_code == 303
    assert "no longer holds you" in phone.get(answer.location).text
    assert "Acme" not in phone.get("/me/shared").text.partition("no longer holds you")[2]
    assert "Taken back" in phone.get(page_of(a_yes(ada()))).text
    assert {row["name"] for row in table(desk)} == {SECRETS["name"]}
    held = json.loads(phone.get("/me/mine/everything.json").text)
    assert [one["sponsor"] for one in held["sponsors"]] == ["Acme"]
    assert held["sponsors"][0]["withdrawn_at"]


def test_nobody_takes_back_what_another_gave(app: Flask, desk: Browser) -> None:
    for person in (full_grace(), mallory()):
        phone = phone_of(app, person)
        assert phone.client.get(page_of(a_yes(ada()))).status_code == 404
        assert phone.post(page_of(a_yes(ada()))).status_code == 404
    assert len(table(desk)) == 2


def test_the_sponsors_file_holds_just_what_was_agreed_to(app: Flask, desk: Browser) -> None:
    rows = table(desk)
    assert [*rows[0]] == ["name", "company", "email", "agreed_at", "purpose"]
    [grace_s] = [row for row in rows if row["email"] == SECRETS["email"]]
    assert grace_s["company"] == SECRETS["company"]
    assert grace_s["agreed_at"] == "2026-06-01T10:00:00+02:00"
    [only] = table(desk, BABBAGE)
    assert only == {
        "name": SECRETS["name"],
        "email": SECRETS["email"],
        "agreed_at": "2026-06-01T10:00:00+02:00",
        "purpose": BABBAGE.purpose,
    }


def test_what_is_kept_back_since_is_in_no_file_and_a_formula_runs_nowhere(
    desk: Browser, store: SqliteStore
) -> None:
    def change(tx: Tx, _: None, _now: datetime) -> None:
        tx.preferences.put(Preferences(ada().id, sponsor_fields=("name", "phone")))
        tx.attendees.change(replace(ada(), name="=cmd()", phone="+44 20"))

    store.write(change, None, NOW)
    [ada_s] = [row for row in table(desk) if row["name"] == "'=cmd()"]
    assert (ada_s["email"], ada_s["company"]) == ("", "")
    assert "phone" not in ada_s


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_the_other_forms_hold_the_same(desk: Browser, form: str) -> None:
    page = desk.get("/desk/events/demo-2026/exports/").text
    address = f"/desk/events/demo-2026/sponsors/{a_sponsor().id}/leads.{form}"
    assert address in page
    with desk.client.get(address) as answer:
        assert answer.status_code == 200
        raw = answer.data
    if form == "json":
        held = json.loads(raw)
        assert held.keys() == {"event", "leads"}
        assert {one["name"] for one in held["leads"]} == {ada().name, SECRETS["name"]}
        assert SECRETS["phone"] not in raw.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"/desk/events/other-2026/sponsors/{a_sponsor().id}/leads.csv",
        f"/desk/events/demo-2026/sponsors/{a_sponsor().id}/everything.xlsx",
        f"/desk/events/demo-2026/sponsors/{named_id('nobody')}/leads.csv",
    ],
)
def test_there_is_no_other_file_of_a_sponsor(desk: Browser, address: str) -> None:
    assert desk.client.get(address).status_code == 404


def test_the_help_desk_takes_a_yes_back_for_somebody_without_a_phone(
    desk: Browser,
) -> None:
    person = f"/desk/events/demo-2026/people/{ada().id}"
    assert "Yes to sponsors" in desk.get(person).text
    answer = desk.post(f"{person}/leads/{a_yes(ada()).id}/withdrawal")
    assert answer.status_code == 303
    assert "no longer holds them" in desk.get(answer.location).text
    assert {row["name"] for row in table(desk)} == {SECRETS["name"]}


def test_a_tablet_is_given_to_a_sponsor_at_the_desk(
    desk: Browser, store: SqliteStore
) -> None:
    devices = "/desk/events/demo-2026/devices/"
    assert "Leads of Acme" in desk.get(devices).text
    made = desk.post(devices, {"name": "Acme booth 2", "role": "sponsor: Acme"})
    assert made.status_code == 201
    gone = desk.post(devices, {"name": "Nobody's", "role": "sponsor: Nobody"})
    assert gone.status_code == 422
    with store.read() as tx:
        [booth] = [
            one for one in tx.devices.of_event(a_sponsor().event_id) if "2" in one.name
        ]
    assert (booth.role, booth.sponsor_id) == ("kiosk", a_sponsor().id)
