"""A tablet shows a code, an organiser approves it, and the tablet goes to work."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.store import SqliteStore
from kiosk.web import pairings
from kiosk.web.limits import Misses
from tests.builders import EVENT_ID, Clock, a_list, plant
from tests.web.browser import Browser

APPROVE = "/desk/pair"


@pytest.fixture(autouse=True)
def _day(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(store)
    monkeypatch.setattr(pairings, "asked", Misses())


def ask_in(client: FlaskClient) -> dict[str, Any]:
    answer = client.post("/api/v1/pairings")
    assert answer.status_code == 201
    assert answer.json is not None
    asked: dict[str, Any] = answer.json
    return asked


def look(client: FlaskClient, secret: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {secret}"}
    return client.get("/api/v1/pairings/mine", headers=headers)


def approval(code: str, **changes: str) -> dict[str, str]:
    form = {"code": code, "place": a_list().id, "name": " Main  door ", "role": "gate"}
    return form | changes


def test_an_approved_tablet_gets_what_a_pairing_code_gives(
    client: FlaskClient, desk: Browser
) -> None:
    asked = ask_in(client)
    assert asked["url"].endswith(f"/desk/pair?code={asked['code']}")
    waiting = look(client, asked["secret"])
    assert waiting.json == {
        "state": "waiting",
        "expires_at": asked["expires_at"],
        "enrolled": None,
    }
    answer = desk.post(APPROVE, approval(asked["code"].lower()))
    assert answer.status_code == 303
    assert "Main door is in" in desk.get(answer.location).text
    told = look(client, asked["secret"]).json
    assert told is not None
    enrolled = told["enrolled"]
    assert told["state"] == "approved"
    assert (enrolled["role"], enrolled["token"]) == ("gate", asked["secret"])
    assert enrolled.keys() == {"device_id", "token", "role", "event", "lists", "sponsor"}
    headers = {"Authorization": f"Bearer {enrolled['token']}"}
    assert client.get("/api/v1/event", headers=headers).status_code == 200


def test_a_code_is_approved_once_and_only_by_an_organiser(
    client: FlaskClient, desk: Browser, store: SqliteStore
) -> None:
    asked = ask_in(client)
    assert client.post(APPROVE, data=approval(asked["code"])).status_code == 401
    assert desk.client.post(APPROVE, data=approval(asked["code"])).status_code == 403
    assert desk.post(APPROVE, approval(asked["code"])).status_code == 303
    again = desk.post(APPROVE, approval(asked["code"]))
    assert again.status_code == 422
    assert "No tablet shows this code now" in again.text
    with store.read() as tx:
        assert len(tx.devices.of_event(EVENT_ID)) == 1


def test_an_old_request_and_a_guess_hear_the_same(
    client: FlaskClient, clock: Clock
) -> None:
    asked = ask_in(client)
    clock.move(minutes=10)
    answers = [look(client, secret) for secret in (asked["secret"], "guessed", "")]
    assert {(one.status_code, one.get_data()) for one in answers} == {
        (404, answers[0].get_data())
    }


def test_a_form_that_lacks_something_keeps_the_code(
    client: FlaskClient, desk: Browser
) -> None:
    code = ask_in(client)["code"]
    assert f'value="{code}"' in desk.get(f"{APPROVE}?code={code}").text
    for changes in ({"name": " "}, {"place": "nowhere"}):
        answer = desk.post(APPROVE, approval(code, **changes))
        assert answer.status_code == 422
        assert f'value="{code}"' in answer.text


def test_guessing_codes_at_the_desk_is_slowed_down(
    client: FlaskClient, desk: Browser
) -> None:
    for _ in range(20):
        assert desk.post(APPROVE, approval("ZZZZZZZZ")).status_code == 422
    asked = ask_in(client)
    assert desk.post(APPROVE, approval(asked["code"])).status_code == 429


def test_who_asks_too_often_waits(client: FlaskClient) -> None:
    for _ in range(pairings.ASKED_LIMIT):
        ask_in(client)
    refused = client.post("/api/v1/pairings")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_no_code_and_no_secret_is_kept(client: FlaskClient, store: SqliteStore) -> None:
    asked = ask_in(client)
    content = store.path.read_bytes() + store.path.with_suffix(".sqlite-wal").read_bytes()
    assert asked["code"].encode() not in content
    assert asked["secret"].encode() not in content
