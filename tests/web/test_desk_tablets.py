"""Tablets at the desk: a code shown once, and a revocation that counts at once."""

import re
from datetime import timedelta

from flask.testing import FlaskClient

from kiosk.ids import digest
from kiosk.store import SqliteStore
from tests.builders import Clock, a_device, an_event, enrol, plant, settle, token_of
from tests.web.browser import Browser

TABLETS = "/desk/events/demo-2026/devices/"
_CODE = re.compile(r'aria-label="([0-9A-Z]{8})" role="img"')


def test_a_pairing_code_is_shown_once_and_works_once(
    desk: Browser, client: FlaskClient, store: SqliteStore
) -> None:
    plant(store)
    answer = desk.post(TABLETS, {"name": " Main  door ", "role": "gate"})
    assert answer.status_code == 201
    found = _CODE.search(answer.text)
    assert found is not None
    assert '<svg class="qr"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert found[1] not in desk.get(TABLETS).text
    paired = client.post("/api/v1/devices", json={"pairing_code": found[1]})
    assert paired.status_code == 201
    assert paired.json is not None
    assert paired.json["role"] == "gate"
    again = client.post("/api/v1/devices", json={"pairing_code": found[1]})
    assert again.status_code == 404
    with store.read() as tx:
        assert [device.name for device in tx.devices.of_event(an_event().id)] == [
            "Main door"
        ]


def test_a_tablet_without_a_name_is_asked_for_one(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store)
    answer = desk.post(TABLETS, {"name": "  "})
    assert answer.status_code == 422
    assert "Give it a name" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_role_nobody_knows_is_self_service(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    desk.post(TABLETS, {"name": "Door", "role": "root"})
    with store.read() as tx:
        assert tx.devices.of_event(an_event().id)[0].role == "kiosk"


def test_a_revoked_tablet_is_out_on_its_next_request(
    desk: Browser, client: FlaskClient, store: SqliteStore
) -> None:
    device = a_device()
    plant(store, devices=[device])
    header = {"Authorization": f"Bearer {token_of(device)}"}
    assert client.get("/api/v1/event", headers=header).status_code == 200
    answer = desk.post(f"{TABLETS}{device.id}/revocation")
    assert answer.location == TABLETS
    assert client.get("/api/v1/event", headers=header).status_code == 401
    assert "Revoked" in desk.get(TABLETS).text


def test_a_tablet_of_another_event_cannot_be_revoked_here(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store)
    other = an_event(slug="other-2026")
    theirs = a_device("Theirs", event_id=other.id)
    store.write(
        lambda tx, _, now: (settle(tx, other), enrol(tx, theirs)), None, other.starts_at
    )
    assert desk.post(f"{TABLETS}{theirs.id}/revocation").status_code == 404
    with store.read() as tx:
        device = tx.devices.by_token(digest(token_of(theirs)))
        assert device is not None
        assert device.revoked_at is None


def test_a_tablet_that_went_silent_is_missed_with_what_it_had_not_sent(
    desk: Browser, client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    plant(store, devices=[a_device(), a_device("Coffee"), a_device("Attic")])
    for device, queued in ((a_device(), 3), (a_device("Coffee"), 0)):
        header = {"Authorization": f"Bearer {token_of(device)}"}
        beat = {"queued": queued, "next_seq": 4}
        client.post("/api/v1/heartbeat", json=beat, headers=header)
    assert "3 waiting" in desk.get(TABLETS).text
    assert "Silent" not in desk.get(TABLETS).text
    clock.move(minutes=3)
    page = desk.get(TABLETS).text
    assert "Door went silent with 3 scans unsent" in page
    assert page.count("Silent") == 2
    assert "All sent" not in page
    assert "Silent, 3 unsent" in desk.get("/desk/events/demo-2026/live").text
    desk.post(f"{TABLETS}{a_device().id}/revocation")
    assert "Revoked, 3 unsent" in desk.get(TABLETS).text


def test_nobody_misses_a_tablet_that_is_off_when_all_is_over(
    desk: Browser, client: FlaskClient, store: SqliteStore, clock: Clock
) -> None:
    plant(store, devices=[a_device()])
    header = {"Authorization": f"Bearer {token_of(a_device())}"}
    beat = {"queued": 0, "next_seq": 1}
    client.post("/api/v1/heartbeat", json=beat, headers=header)
    clock.now = an_event().ends_at + timedelta(hours=2)
    assert "Silent" not in desk.get(TABLETS).text
