"""The short way for scans says what the long way says, and lets nobody else pass."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from kiosk.pair import revoke
from kiosk.store import SqliteStore, StoreUnavailable, Tx
from kiosk.web.house import House
from kiosk.web.messages import BATCH_LIMIT
from kiosk.web.turnstile import LONGEST, PATH, Turnstile
from tests.builders import NOW, a_device, ada, code_of, plant, token_of
from tests.web.test_api import a_scan

DOOR = a_device()
SCAN = a_scan(code_of(ada()))
BATCH = json.dumps({"scans": [SCAN]}).encode()


@pytest.fixture
def house(app: Flask, store: SqliteStore) -> House:
    plant(store, ada(), devices=[DOOR])
    found: House = app.extensions["house"]
    return found


def send(client: FlaskClient, body: bytes = BATCH, **more: Any) -> TestResponse:
    headers = {"Authorization": f"Bearer {token_of(DOOR)}", **more.pop("headers", {})}
    return client.post(PATH, data=body, headers=headers, **more)


def shortly_and_at_length(
    house: House, ask: Callable[[], TestResponse]
) -> tuple[TestResponse, TestResponse]:
    """The same request from a device that is known, and from one that comes anew."""
    ask()
    shortly = ask()
    house.tokens.clear()
    return shortly, ask()


@pytest.mark.parametrize(
    "body",
    [
        BATCH,
        b'{"scans": []}',
        b'{"scans": [{"id": "lost"}]}',
        b'{"scans": [{"seq": NaN}]}',
        b'{"scans": ',
        b"",
        b'"a text"',
        json.dumps({"scans": [SCAN] * (BATCH_LIMIT + 1)}).encode(),
    ],
)
def test_both_ways_give_the_same_answer_and_the_same_headers(
    house: House, client: FlaskClient, body: bytes
) -> None:
    shortly, at_length = shortly_and_at_length(house, lambda: send(client, body))
    assert shortly.data == at_length.data
    assert shortly.status == at_length.status
    assert sorted(shortly.headers) == sorted(at_length.headers)


@pytest.mark.parametrize(
    "stranger",
    [
        {"headers": {"Host": "evil.example"}},
        {"headers": {"Authorization": "Bearer somebody else's"}},
        {"headers": {"Authorization": f"Basic {token_of(DOOR)}"}},
        {"headers": {"Content-Length": str(LONGEST + 1)}},
        {"headers": {"Content-Length": "-1"}},
        {"headers": {"Content-Length": "many"}},
        {"headers": {"Content-Length": str(len(BATCH) + 1)}},
        {"headers": {"Transfer-Encoding": "chunked"}},
        {"method": "PUT"},
        {"path": "/api/v1/scanned"},
    ],
)
def test_what_is_not_in_order_goes_the_long_way(
    house: House, app: Flask, client: FlaskClient, stranger: dict[str, Any]
) -> None:
    send(client)
    went: list[str] = []

    def long_way(environ: dict[str, Any], _start: object) -> list[bytes]:
        went.append(environ["REQUEST_METHOD"])
        return []

    app.wsgi_app = long_way  # type: ignore[method-assign, assignment]
    turnstile = Turnstile(app)

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        told.append(status)
        return bytes

    told: list[str] = []
    for request, is_short in (({}, True), (stranger, False)):
        went.clear()
        list(turnstile(environ_of(request), start))
        assert bool(went) is not is_short
    assert told == ["200 OK"]


def environ_of(request: dict[str, Any]) -> dict[str, Any]:
    """A batch in order but for this; with what a server would pass on, however wrong."""
    usual = {"method": "POST", "path": PATH, "data": BATCH}
    own = {"Authorization": f"Bearer {token_of(DOOR)}"}
    headers: dict[str, str] = own | request.get("headers", {})
    environ = EnvironBuilder(**{**usual, **request, "headers": headers}).get_environ()
    if "Content-Length" in headers:
        environ["CONTENT_LENGTH"] = headers["Content-Length"]
    return environ


def test_a_device_that_was_shut_out_is_so_at_its_next_request(
    house: House, client: FlaskClient, store: SqliteStore
) -> None:
    assert send(client).status_code == send(client).status_code == 200
    store.write(revoke, DOOR.id, NOW)
    refused = send(client)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_a_store_that_cannot_write_is_told_of_as_anywhere_else(
    house: House, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_verb: object, _command: object, _now: datetime) -> Tx:
        raise StoreUnavailable("The disk is full.")

    send(client)
    monkeypatch.setattr(house.store, "write", full)
    shortly, at_length = shortly_and_at_length(house, lambda: send(client))
    assert shortly.status_code == at_length.status_code == 503
    assert shortly.data == at_length.data
    assert shortly.headers["Retry-After"] == at_length.headers["Retry-After"]
