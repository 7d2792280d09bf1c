"""PIN, help desk and search: what staff may ask, and who may not."""

from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from kiosk.pin import fits, hashed, set_pin
from kiosk.store import SqliteStore
from kiosk.web import api, staff
from kiosk.web.limits import Misses
from tests.builders import (
    EVENT_ID,
    NOW,
    a_device,
    ada,
    code_of,
    grace,
    linus,
    named_id,
    plant,
)
from tests.web.browser import Browser
from tests.web.test_api import ask, say

GATE = a_device("Gate", role="gate")
HELP = a_device("Help desk", role="desk")
KIOSK = a_device("Coffee")
TABLETS = "/desk/events/demo-2026/devices/"
CASES = "/desk/events/demo-2026/help/"


@pytest.fixture(autouse=True)
def _day(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(store, ada(), grace(), linus(status="pending"), devices=[GATE, HELP, KIOSK])
    monkeypatch.setattr(staff, "pin_misses", Misses())
    monkeypatch.setattr(api, "search_misses", Misses())


def an_act(kind: str, **said: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "seq": 1, "kind": kind, "at": NOW.isoformat(), **said}


def act(client: FlaskClient, device: Any, **one: Any) -> dict[str, Any]:
    answer = say(client, "/acts", {"acts": [one]}, device)
    assert answer.json is not None
    result: dict[str, Any] = answer.json["results"][0]
    return result


def cases(client: FlaskClient) -> list[dict[str, Any]]:
    answer = ask(client, "/referrals", HELP)
    assert answer.json is not None
    found: list[dict[str, Any]] = answer.json["cases"]
    return found


def test_a_refusal_goes_to_the_help_desk_and_is_seen_to(client: FlaskClient) -> None:
    sent = an_act("refer", code=code_of(linus()), reason="unpaid", note="has cash")
    assert act(client, GATE, **sent)["outcome"] == "referred"
    assert act(client, GATE, **sent)["replayed"]
    assert cases(client) == [
        {
            "id": sent["id"],
            "name": "Linus Torvalds",
            "company": "Kernel",
            "code": code_of(linus()),
            "reason": "unpaid",
            "note": "has cash",
            "place": "Gate",
            "referred_at": "2026-06-01T08:00:00Z",
        }
    ]
    done = an_act("settle", referral=sent["id"])
    assert act(client, GATE, **done)["reason"] == "not_the_help_desk"
    assert (
        act(client, HELP, **an_act("settle", referral=sent["id"]))["outcome"] == "settled"
    )
    assert cases(client) == []


@pytest.mark.parametrize("device", [GATE, KIOSK], ids=["gate", "kiosk"])
def test_only_the_help_desk_sees_who_waits(client: FlaskClient, device: Any) -> None:
    assert ask(client, "/referrals", device).status_code == 403


def test_a_case_of_nobody_we_know_has_no_name(client: FlaskClient) -> None:
    act(client, GATE, **an_act("refer", code="0" * 16, reason="unknown_code"))
    assert [(case["name"], case["code"]) for case in cases(client)] == [("", "")]


def test_the_desk_sees_and_settles_cases(client: FlaskClient, desk: Browser) -> None:
    assert "Nobody waits" in desk.get(CASES).text
    sent = an_act("refer", code=code_of(linus()), reason="unpaid", note="<b>cash</b>")
    act(client, GATE, **sent)
    shown = desk.get(CASES).text
    assert "Linus Torvalds" in shown
    assert "Not paid" in shown
    assert "Gate" in shown
    assert "&lt;b&gt;cash" in shown
    assert desk.post(f"{CASES}{sent['id']}/settlement").status_code == 303
    assert "olga@demo.example" in desk.get(CASES).text
    assert desk.post(f"{CASES}{named_id('none')}/settlement").status_code == 404


def test_the_pin_comes_with_the_event_as_a_slow_hash(
    client: FlaskClient, store: SqliteStore
) -> None:
    before = ask(client, "/event", KIOSK).json
    assert before is not None
    assert before["pin"] is None
    assert before["ticket_types"] == ["Regular"]
    store.write(set_pin, hashed(EVENT_ID, "4829"), NOW)
    after = ask(client, "/event", KIOSK)
    assert after.json is not None
    assert after.json["pin"].keys() == {"salt", "rounds", "digest"}
    assert "4829" not in after.text


def test_the_server_checks_a_pin_for_those_who_cannot(
    client: FlaskClient, store: SqliteStore
) -> None:
    assert say(client, "/pin", {"pin": ""}, KIOSK).json == {"is_right": True}
    store.write(set_pin, hashed(EVENT_ID, "4829"), NOW)
    assert say(client, "/pin", {"pin": "4829"}, KIOSK).json == {"is_right": True}
    for _ in range(staff.PIN_MISSES_LIMIT):
        assert say(client, "/pin", {"pin": "0000"}, KIOSK).json == {"is_right": False}
    assert say(client, "/pin", {"pin": "4829"}, KIOSK).status_code == 429
    assert say(client, "/pin", {"pin": "4829"}, GATE).status_code == 200


def test_a_tablet_becomes_another_only_with_the_pin(
    client: FlaskClient, store: SqliteStore
) -> None:
    wanted = {"role": "desk", "pin": "4829"}
    assert say(client, "/role", wanted, KIOSK).status_code == 403  # no PIN was ever set
    store.write(set_pin, hashed(EVENT_ID, "4829"), NOW)
    assert say(client, "/role", wanted | {"pin": "0000"}, KIOSK).status_code == 403
    assert say(client, "/role", wanted | {"role": "owner"}, KIOSK).status_code == 400
    assert ask(client, "/referrals", KIOSK).status_code == 403
    assert say(client, "/role", wanted, KIOSK).json == {"role": "desk"}
    assert ask(client, "/referrals", KIOSK).status_code == 200


def test_a_pin_is_set_changed_and_removed_at_the_desk(
    desk: Browser, store: SqliteStore
) -> None:
    assert "No PIN is set" in desk.get(TABLETS).text
    pin = "/desk/events/demo-2026/pin"
    refused = desk.post(pin, {"pin": "12"})
    assert refused.status_code == 422
    assert "Four to eight digits" in refused.text
    assert desk.post(pin, {"pin": "482915"}).status_code == 303
    with store.read() as tx:
        kept = tx.pins.get(EVENT_ID)
    assert kept is not None
    assert fits(kept, "482915")
    assert "No PIN is set" not in desk.get(TABLETS).text
    assert desk.post(pin).status_code == 303
    assert "No PIN is set" in desk.get(TABLETS).text


def test_self_service_that_finds_nobody_too_often_waits(client: FlaskClient) -> None:
    found = ask(client, "/people?q=Lovelace ada", KIOSK)
    assert found.json is not None
    assert [one["name"] for one in found.json["people"]] == ["Ada Lovelace"]
    for number in range(api.SEARCH_MISSES_LIMIT):
        assert ask(client, f"/people?q=Nobody{number} xyz", KIOSK).status_code == 200
    assert ask(client, "/people?q=Lovelace ada", KIOSK).status_code == 429
    assert ask(client, "/people?q=Lovelace", HELP).status_code == 200


@pytest.mark.parametrize(
    ("device", "found"), [(GATE, ["Ada Lovelace"]), (HELP, ["Ada Lovelace"]), (KIOSK, 403)]
)
def test_staff_hear_of_namesakes_before_they_add_somebody(
    client: FlaskClient, device: Any, found: Any
) -> None:
    answer = ask(client, "/namesakes?name=Lovelace+Adda", device)
    assert answer.json is not None
    people = answer.json.get("people", ())
    assert ([one["name"] for one in people] or answer.status_code) == found
