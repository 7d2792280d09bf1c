"""What strangers and broken tablets send to the API for devices: words, never a 500."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.store import SqliteStore
from tests.builders import NOW, a_device, ada, code_of, grace, plant, token_of
from tests.web.browser import Browser
from tests.web.test_api import a_scan, scan

DOOR = a_device()
DEEP = 100_000
GRACE = json.dumps(a_scan(code_of(grace())))


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    plant(store, ada(), grace(), devices=[DOOR])


def send(
    client: FlaskClient, path: str, body: bytes, scheme: str = "Bearer"
) -> TestResponse:
    headers = {"Authorization": f"{scheme} {token_of(DOOR)}"}
    return client.post(f"/api/v1{path}", data=body, headers=headers)


def results(answer: TestResponse) -> list[tuple[Any, str, str | None]]:
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json["results"]  # type: ignore[index]
    return [(row["id"], row["outcome"], row["reason"]) for row in rows]


@pytest.mark.parametrize(
    "odd",
    [
        b'{"id": "\xff"}',
        b'{"id": "lost", "codes": ["\xed\xa0\x80"]}',
        b'{"id": "lost", "codes": ["\\ud800"]}',
        b'{"id": "lost", "seq": NaN}',
        b'{"id": "lost", "seq": -Infinity}',
        b'{"id": "lost", "seq": ' + b"9" * 5000 + b"}",
        b'{"id": "lost", "seq": 1e999}',
        b'{"id": "\\u0000"}',
        b"[" * 500 + b"]" * 500,
        b"null",
    ],
)
def test_an_odd_scan_is_malformed_and_its_neighbour_is_let_in(
    client: FlaskClient, odd: bytes
) -> None:
    answer = send(client, "/scans", b'{"scans": [' + odd + b", " + GRACE.encode() + b"]}")
    (_, *refusal), (_, *welcome) = results(answer)
    assert refusal == ["rejected", "malformed"]
    assert welcome == ["welcomed", None]


def test_a_scan_with_half_a_surrogate_keeps_its_id_in_the_answer(
    client: FlaskClient,
) -> None:
    lost = a_scan()
    body = json.dumps({"scans": [lost | {"codes": ["\ud800"]}]}).encode()
    assert results(send(client, "/scans", body)) == [(lost["id"], "rejected", "malformed")]


@pytest.mark.parametrize("path", ["/scans", "/heartbeat", "/links", "/cards", "/devices"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[" * DEEP,
        b'{"scans": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"a": ' * DEEP + b"1" + b"}" * DEEP,
        b'{"queued": 0, "next_seq": 1, "code": "\xff", "codes": ["\xff"],'
        b' "pairing_code": "\xff", "clock": "\xff", "scans": 7}',
        b'{"scans": {"a": NaN}}',
    ],
)
def test_a_body_that_is_no_message_is_refused_in_words(
    client: FlaskClient, path: str, body: bytes
) -> None:
    answer = send(client, path, body)
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["error"]["code"] == "malformed"


@pytest.mark.parametrize(
    "scanned_at",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_an_instant_at_the_end_of_the_calendar_is_too_far_and_told_at_the_desk(
    client: FlaskClient, desk: Browser, scanned_at: str
) -> None:
    (result,) = scan(client, a_scan(scanned_at=scanned_at))
    assert (result["outcome"], result["reason"]) == ("rejected", "clock_too_far")
    for page in ("refusals/", "exports/everything.json", "exports/scans.csv"):
        with desk.get(f"/desk/events/demo-2026/{page}") as answer:
            assert answer.status_code == 200


def test_an_answer_tells_its_instant_in_utc_whatever_zone_was_sent(
    client: FlaskClient,
) -> None:
    at = (NOW - timedelta(minutes=5)).isoformat()
    (result,) = scan(
        client, a_scan(scanned_at=at.replace("07:55", "09:55")[:-6] + "+02:00")
    )
    assert result["at"] == "2026-06-01T07:55:00Z"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_of_a_token_may_be_written_in_any_case(
    client: FlaskClient, scheme: str
) -> None:
    assert send(client, "/scans", b'{"scans": []}', scheme).status_code == 200
