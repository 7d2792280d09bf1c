"""The devices' API over HTTP, held to CONTRACT §4."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.ids import digest
from kiosk.model import Device
from kiosk.pair import AddDevice, add_device
from kiosk.store import SqliteStore
from tests.builders import (
    EVENT_ID,
    NOW,
    Clock,
    a_device,
    ada,
    code_of,
    grace,
    linus,
    plant,
    token_of,
)

DOOR = a_device()
DESK = a_device("Help desk", role="desk")
RESULT_KEYS = {
    "id", "outcome", "reason", "conflict", "attendees", "pairs", "at", "replayed",
    "earlier",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    plant(store, ada(), grace(), linus(attention="Bring a penguin"), devices=[DOOR, DESK])


def ask(client: FlaskClient, path: str, device: Device = DOOR) -> TestResponse:
    headers = {"Authorization": f"Bearer {token_of(device)}"}
    return client.get(f"/api/v1{path}", headers=headers)


def say(
    client: FlaskClient, path: str, message: Any, device: Device = DOOR
) -> TestResponse:
    headers = {"Authorization": f"Bearer {token_of(device)}"}
    return client.post(f"/api/v1{path}", json=message, headers=headers)


def a_scan(*codes: str, **changes: Any) -> dict[str, Any]:
    codes = codes or (code_of(ada()),)
    at = NOW.isoformat().replace("+00:00", "Z")
    return {
        "id": str(uuid4()), "seq": 1, "kind": "check_in", "codes": list(codes),
        "list": "main", "scanned_at": at, "decided": None, "override": None, **changes,
    }  # fmt: skip


def scan(
    client: FlaskClient, *scans: object, device: Device = DOOR
) -> list[dict[str, Any]]:
    answer = say(client, "/scans", {"scans": list(scans)}, device)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json["results"]  # type: ignore[index]
    return results


def test_a_check_in_is_answered_in_the_shape_of_the_contract(client: FlaskClient) -> None:
    (result,) = scan(client, sent := a_scan())
    assert result.keys() == RESULT_KEYS
    assert result == {
        "id": sent["id"], "outcome": "welcomed", "reason": None, "conflict": None,
        "at": "2026-06-01T08:00:00Z", "pairs": [], "replayed": False, "earlier": None,
        "attendees": [
            {"id": ada().id, "name": "Ada Lovelace", "company": "Analytical Engines",
             "attention": None, "language": ""},
        ],
    }  # fmt: skip


def test_retries_are_byte_identical(client: FlaskClient) -> None:
    batch = {"scans": [a_scan(), a_scan("nobody")]}
    say(client, "/scans", batch)
    second, third = (say(client, "/scans", batch) for _ in range(2))
    assert second.data == third.data
    assert [r["replayed"] for r in second.json["results"]] == [True, True]  # type: ignore[index]


MALFORMED: list[object] = [
    "text", 7, None, [], {},
    {"id": "no uuid"},
    a_scan(id="no uuid"),
    a_scan(seq=-1),
    a_scan(seq="1"),
    a_scan(kind="dance"),
    a_scan(scanned_at="2026-06-01T08:00:00"),
    a_scan(scanned_at="yesterday"),
    a_scan(codes=[]),
    a_scan(codes=["a", "b"]),
    a_scan(codes=["x" * 2049]),
    a_scan(codes=[""]),
    a_scan(kind="connect"),
    a_scan(*"abcdefghi", kind="connect"),
    a_scan(kind="annul", codes=[]),
    a_scan(decided="goodbye"),
    a_scan(decided="connected"),
    a_scan(override={}),
    a_scan(override={"reason": " \t"}),
    a_scan(list="cellar"),
    a_scan(annuls=str(uuid4())),
]  # fmt: skip


@pytest.mark.parametrize("lost", MALFORMED, ids=map(str, range(len(MALFORMED))))
def test_a_malformed_scan_does_not_stop_the_others(
    client: FlaskClient, lost: object
) -> None:
    first, middle, last = scan(client, a_scan(), lost, a_scan(code_of(grace())))
    assert (first["outcome"], last["outcome"]) == ("welcomed", "welcomed")
    assert (middle["outcome"], middle["reason"]) == ("rejected", "malformed")
    expected = lost.get("id") if isinstance(lost, dict) else None
    assert middle["id"] == expected


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"scans": {}}', 400),
        (b'{"scans": [{]}', 400),
        (b'\xff\xfe{"scans": []}', 400),
        (b'{"scans": []}', 200),
        (b'{"scans": [' + b"1," * 500 + b"1]}", 413),
        (b" " * 10_000_001, 413),
    ],
    ids=["empty", "cut", "list", "no list", "broken", "binary", "none", "501", "large"],
)
def test_a_body_that_is_no_batch_is_refused_whole(
    client: FlaskClient, body: bytes, status: int
) -> None:
    headers = {"Authorization": f"Bearer {token_of(DOOR)}"}
    answer = client.post("/api/v1/scans", data=body, headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert set(answer.json["error"]) == {"code", "sentence"}  # type: ignore[index]


def test_five_hundred_scans_go_in_one_batch(client: FlaskClient) -> None:
    results = scan(client, *(a_scan("nobody", seq=n) for n in range(500)))
    assert {r["reason"] for r in results} == {"unknown_code"}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic abc"])
def test_a_wrong_token_is_refused(client: FlaskClient, header: str) -> None:
    answer = client.get("/api/v1/event", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_device_is_refused_on_the_next_request(
    client: FlaskClient, store: SqliteStore
) -> None:
    assert ask(client, "/event").status_code == 200
    store.write(lambda tx, device, now: tx.devices.revoke(device.id, now), DOOR, NOW)
    assert ask(client, "/event").status_code == 401


@pytest.mark.parametrize("is_here", [True, False], ids=["here", "by another program"])
def test_a_device_that_was_just_heard_is_shut_out_with_its_next_scan(
    client: FlaskClient, store: SqliteStore, *, is_here: bool
) -> None:
    assert say(client, "/scans", {"scans": []}).status_code == 200
    revoker = store if is_here else SqliteStore(store.path)
    revoker.write(lambda tx, device, now: tx.devices.revoke(device.id, now), DOOR, NOW)
    if not is_here:
        revoker.close()
    assert say(client, "/scans", {"scans": []}).status_code == 401


def test_a_device_learns_its_event_phase_and_lists(
    client: FlaskClient, clock: Clock
) -> None:
    told = ask(client, "/event").json
    assert told
    assert (told["event"]["slug"], told["phase"]) == ("demo-2026", "open")
    assert [rule["name"] for rule in told["lists"]] == ["main"]
    assert told["server_time"] == "2026-06-01T08:00:00Z"
    clock.move(days=40)
    assert (ask(client, "/event").json or {})["phase"] == "closed"


def add(store: SqliteStore, name: str, code: str) -> None:
    command = AddDevice(EVENT_ID, name, "kiosk", "main", code_digest=digest(code))
    assert isinstance(store.write(add_device, command, NOW), Device)


def enrol_with(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/api/v1/devices", json={"pairing_code": code})


def test_a_code_enrols_one_tablet_once(client: FlaskClient, store: SqliteStore) -> None:
    add(store, "Coffee", "C0FFEE42")
    answer = enrol_with(client, " coffee-42 ".replace("coffee", "c0ff-ee"))
    assert answer.status_code == 201
    enrolled = answer.json or {}
    assert enrolled["role"] == "kiosk"
    assert enrolled["event"]["slug"] == "demo-2026"
    bearer = {"Authorization": f"Bearer {enrolled['token']}"}
    assert client.get("/api/v1/event", headers=bearer).status_code == 200
    assert enrol_with(client, "C0FFEE42").status_code == 404


def test_used_wrong_and_old_codes_are_told_alike(
    client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    add(store, "used", "AAAABBBB")
    add(store, "old", "CCCCDDDD")
    enrol_with(client, "AAAABBBB")
    clock.move(hours=25)
    answers = [enrol_with(client, code) for code in ("AAAABBBB", "CCCCDDDD", "ZZZZZZZZ")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


def test_a_heartbeat_names_the_scans_that_never_came(client: FlaskClient) -> None:
    scan(
        client,
        a_scan(seq=1),
        a_scan(code_of(grace()), seq=2),
        {"seq": 4},
        a_scan("x", seq=6),
    )
    beat = {"queued": 3, "next_seq": 8, "clock": "2026-06-01T08:00:00Z", "battery": 80}
    answer = say(client, "/heartbeat", beat).json
    assert answer == {"missing_seqs": [3, 5, 7], "server_time": "2026-06-01T08:00:00Z"}


def test_a_swap_over_http_names_every_pair(client: FlaskClient) -> None:
    codes = [code_of(person) for person in (ada(), grace(), linus())]
    scan(client, *(a_scan(code) for code in codes))
    (result,) = scan(client, a_scan(*codes, kind="connect"))
    assert result["outcome"] == "connected"
    assert [pair["outcome"] for pair in result["pairs"]] == ["connected"] * 3
    (again,) = scan(client, a_scan(*reversed(codes), kind="connect"))
    assert again["outcome"] == "already_connected"


def test_cards_are_shown_of_people_who_are_here(client: FlaskClient) -> None:
    scan(client, a_scan())
    answer = say(client, "/cards", {"codes": [code_of(ada()), code_of(grace()), "x"]}).json
    here, away, unknown = (answer or {})["cards"]
    assert (here["first_name"], here["shares"]) == (
        "Ada",
        ["name", "company", "role", "email"],
    )
    assert (away["reason"], away["name"]) == ("not_checked_in", "")
    assert unknown["reason"] == "unknown_code"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("love", ["Ada Lovelace"]),
        ("lovelace ada", ["Ada Lovelace"]),
        ("LÓVELÀCE", ["Ada Lovelace"]),
        ("Lovelase", ["Ada Lovelace"]),
        ("grace@grace.example", ["Grace Hopper"]),
        ("nobody", []),
        (code_of(ada()), ["Ada Lovelace"]),
    ],
)
def test_the_desk_searches_forgivingly(
    client: FlaskClient, text: str, names: list[str]
) -> None:
    answer = ask(client, f"/people?q={text}", DESK).json
    assert [person["name"] for person in (answer or {})["people"]] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lovelace", []),
        ("Lovelace ad", []),
        ("Lovelace ada", ["Ada Lovelace"]),
        ("Love ada", []),
        ("Lovelace xyz", []),
        (code_of(ada()), ["Ada Lovelace"]),
    ],
)
def test_a_kiosk_finds_only_who_can_name_themselves(
    client: FlaskClient, text: str, names: list[str]
) -> None:
    answer = ask(client, f"/people?q={text}").json
    assert [person["name"] for person in (answer or {})["people"]] == names


def test_two_letters_are_too_few_to_search(client: FlaskClient) -> None:
    assert ask(client, "/people?q=ad", DESK).status_code == 400


def test_a_link_is_offered_right_after_a_check_in_here(
    client: FlaskClient, clock: Clock
) -> None:
    code = {"code": code_of(ada())}
    assert say(client, "/links", code).status_code == 409
    scan(client, a_scan())
    offered = say(client, "/links", code)
    assert offered.status_code == 201
    assert "/me/link#" in (offered.json or {})["url"]
    assert say(client, "/links", code, DESK).status_code == 409
    clock.now += timedelta(minutes=10)
    assert say(client, "/links", code).status_code == 409
    assert say(client, "/links", {"code": "nobody"}).status_code == 404
