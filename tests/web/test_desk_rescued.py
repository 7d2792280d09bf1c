"""A dead tablet's file at the desk: every scan in it counts once, whoever brings it."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.store import SqliteStore
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_device,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    named_id,
    plant,
    settle,
    token_of,
)
from tests.web.browser import Browser

TABLETS = "/desk/events/demo-2026/devices/"
FORMAT = "hallway-kept-scans"


def a_scan(seq: int, code: str, **changes: Any) -> dict[str, Any]:
    scan = {"id": named_id(f"scan {seq}"), "seq": seq, "kind": "check_in", "codes": [code]}
    return scan | {"scanned_at": NOW.isoformat()} | changes


def bring(desk: Browser, told: object) -> TestResponse:
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    return desk.post(f"{TABLETS}kept-scans", {"kept": (io.BytesIO(raw), "kept.json")})


def a_file(*scans: dict[str, Any], acts: Any = (), device: str = "") -> dict[str, Any]:
    device_id = device or a_device().id
    part = {
        "device_id": device_id,
        "event": "demo-2026",
        "scans": scans,
        "acts": list(acts),
    }
    return {"format": FORMAT, "version": 1, "devices": [part]}


def test_a_file_counts_once_though_the_tablet_sends_it_as_well(
    desk: Browser, client: FlaskClient, store: SqliteStore
) -> None:
    plant(store, ada(), grace(), devices=[a_device()])
    scans = [a_scan(1, code_of(ada())), a_scan(2, code_of(grace())), a_scan(3, "X" * 16)]
    answer = bring(desk, a_file(*scans))
    assert answer.status_code == 303
    assert "2 new, 0 were here already, 1 refused" in desk.get(answer.location).text
    again = bring(desk, a_file(*scans))
    assert "0 new, 3 were here already, 0 refused" in desk.get(again.location).text
    header = {"Authorization": f"Bearer {token_of(a_device())}"}
    sent = client.post("/api/v1/scans", json={"scans": scans}, headers=header)
    assert sent.json is not None
    assert [one["replayed"] for one in sent.json["results"]] == [True] * 3
    with store.read() as tx:
        assert tx.scans.checked_in_ids(EVENT_ID) == {ada().id, grace().id}
        assert [scan.device_id for scan in tx.exports.scans(EVENT_ID)] == [
            a_device().id
        ] * 3


def test_a_revoked_tablet_s_file_is_taken(
    desk: Browser, client: FlaskClient, store: SqliteStore
) -> None:
    plant(store, ada(), devices=[a_device()])
    header = {"Authorization": f"Bearer {token_of(a_device())}"}
    beat = {"queued": 1, "next_seq": 2}
    client.post("/api/v1/heartbeat", json=beat, headers=header)
    desk.post(f"{TABLETS}{a_device().id}/revocation")
    assert "1 unsent" in desk.get(TABLETS).text
    bring(desk, a_file(a_scan(1, code_of(ada()))))
    assert "unsent" not in desk.get(TABLETS).text
    with store.read() as tx:
        assert tx.scans.is_checked_in(ada().id)


def test_a_walk_in_of_the_file_comes_before_the_scan_of_its_badge(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada(), devices=[a_device()])
    star = {"id": named_id("an act"), "seq": 2, "kind": "star", "at": NOW.isoformat()}
    answer = bring(
        desk, a_file(a_scan(3, code_of(ada())), a_scan(1, "Y" * 16), acts=[star])
    )
    assert "1 new, 0 were here already, 2 refused" in desk.get(answer.location).text
    with store.read() as tx:
        assert tx.figures.gaps(EVENT_ID) == {}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "hallway-kept-scans"',
        b'{"format": "a hotel", "devices": []}',
        b'{"format": "hallway-kept-scans", "devices": [{"scans": []}]}',
    ],
)
def test_what_is_no_such_file_is_refused_in_words(
    desk: Browser, store: SqliteStore, raw: bytes
) -> None:
    plant(store)
    answer = bring(desk, raw)
    assert answer.status_code == 422
    assert "not a file that a tablet has saved" in answer.text


def test_a_file_of_another_event_is_sent_to_its_own_desk(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada())
    theirs = a_device("Theirs", event_id=OTHER_EVENT_ID)
    other = an_event(slug="other-2026")
    store.write(lambda tx, _, now: (settle(tx, other), enrol(tx, theirs)), None, NOW)
    answer = bring(desk, a_file(a_scan(1, code_of(ada())), device=theirs.id))
    assert answer.status_code == 422
    assert "other event" in answer.text
    with store.read() as tx:
        assert not list(tx.exports.scans(EVENT_ID))
        assert not list(tx.exports.scans(OTHER_EVENT_ID))


def test_the_desk_sees_how_a_tablet_is(
    desk: Browser, client: FlaskClient, store: SqliteStore
) -> None:
    plant(store, devices=[a_device()])
    header = {"Authorization": f"Bearer {token_of(a_device())}"}
    beat = {"queued": 0, "next_seq": 9, "first_seq": 9, "release": "0123456789abcdef"}
    late = {"clock": "2026-06-01T09:30:00Z", "battery": 41.6}
    answer = client.post("/api/v1/heartbeat", json=beat | late, headers=header)
    assert answer.json is not None
    assert answer.json["missing_seqs"] == []
    page = " ".join(desk.get(TABLETS).text.split())
    for words in ("battery 42 %", "clock 90 min ahead", "app 0123456", "All sent"):
        assert words in page


@pytest.mark.parametrize("said", ["yesterday", "", 12.5, "9999-12-31T23:59:59-23:59", None])
def test_a_clock_that_cannot_be_read_is_not_noted(
    client: FlaskClient, store: SqliteStore, said: object
) -> None:
    plant(store, devices=[a_device()])
    header = {"Authorization": f"Bearer {token_of(a_device())}"}
    beat = {"queued": 1, "next_seq": 1, "clock": said}
    assert client.post("/api/v1/heartbeat", json=beat, headers=header).status_code == 200
    with store.read() as tx:
        device = tx.devices.get(a_device().id)
    assert device is not None
    assert device.clock_ahead is None
    assert device.queued_count == 1
