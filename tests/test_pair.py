"""A tablet joins by a code that works once, and is shut out for good."""

from datetime import timedelta

import pytest

from kiosk.ids import digest, new_short_code
from kiosk.model import Device, PairingRequest
from kiosk.pair import (
    AddDevice,
    Approve,
    AskIn,
    Enrol,
    NobodyAsks,
    NoSuchList,
    TooManyAsk,
    add_device,
    approve,
    ask_in,
    asking,
    enrol,
    revoke,
)
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, a_list, settle

CODE = "AB01CD23"


@pytest.fixture(autouse=True)
def _an_event(tx: Tx) -> None:
    settle(tx)


def a_waiting_device(tx: Tx, code: str = CODE) -> Device:
    command = AddDevice(EVENT_ID, "Door", "gate", "", code_digest=digest(code))
    device = add_device(tx, command, NOW)
    assert isinstance(device, Device)
    return device


def test_a_device_without_a_named_list_serves_main(tx: Tx) -> None:
    tx.events.put_list(a_list("a first one"))
    assert a_waiting_device(tx).list_name == "main"


def test_a_device_for_a_list_that_is_not_there_is_refused(tx: Tx) -> None:
    refused = add_device(tx, AddDevice(EVENT_ID, "Door", "gate", "mian"), NOW)
    assert refused == NoSuchList(("main",))
    assert tx.devices.of_event(EVENT_ID) == []


@pytest.mark.parametrize("typed", [CODE, "ab01-cd23", " ABOl-CD23 ", "AB 01 CD 23"])
def test_a_code_enrols_however_it_is_typed(tx: Tx, typed: str) -> None:
    device = a_waiting_device(tx)
    assert enrol(tx, Enrol(typed, digest("token")), NOW) == device
    assert tx.devices.by_token(digest("token")) == device


def test_a_code_works_once(tx: Tx) -> None:
    a_waiting_device(tx)
    enrol(tx, Enrol(CODE, digest("first")), NOW)
    assert enrol(tx, Enrol(CODE, digest("second")), NOW) is None
    assert tx.devices.by_token(digest("first"))
    assert tx.devices.by_token(digest("second")) is None


@pytest.mark.parametrize("typed", ["", "ZZZZZZZZ", "not a code", "AB01CD2", "💥" * 8])
def test_a_wrong_code_enrols_nobody(tx: Tx, typed: str) -> None:
    a_waiting_device(tx)
    assert enrol(tx, Enrol(typed, digest("token")), NOW) is None


def test_a_code_is_good_for_a_day(tx: Tx) -> None:
    for code, waited, works in (("AAAA1111", 23, True), ("BBBB2222", 24, False)):
        a_waiting_device(tx, code)
        found = enrol(tx, Enrol(code, digest(code)), NOW + timedelta(hours=waited))
        assert (found is not None) == works


def test_a_device_revoked_before_it_was_enrolled_never_is(tx: Tx) -> None:
    device = a_waiting_device(tx)
    assert revoke(tx, device.id, NOW)
    assert enrol(tx, Enrol(CODE, digest("token")), NOW) is None
    assert tx.devices.by_token(digest("token")) is None


def test_a_script_gets_its_token_at_once(tx: Tx) -> None:
    command = AddDevice(EVENT_ID, "Script", "kiosk", "main", token_digest=digest("token"))
    assert add_device(tx, command, NOW) == tx.devices.by_token(digest("token"))


def test_a_device_is_revoked_once_and_stays_known(tx: Tx) -> None:
    device = a_waiting_device(tx)
    assert revoke(tx, device.id, NOW)
    assert not revoke(tx, device.id, NOW)
    assert not revoke(tx, "nobody", NOW)
    kept = tx.devices.get(device.id)
    assert kept
    assert kept.revoked_at == NOW


def test_pairing_codes_are_eight_characters_a_finger_can_type() -> None:
    code = new_short_code()
    assert len(code) == 8
    assert not set(code) & set("ILOUilou-")


SECRET = digest("a secret of 256 bits")


def a_tablet_that_asks(tx: Tx) -> PairingRequest:
    request = ask_in(tx, AskIn(digest(CODE), SECRET), NOW)
    assert isinstance(request, PairingRequest)
    return request


def an_approval(code: str = CODE, list_name: str = "") -> Approve:
    return Approve(code, EVENT_ID, "Main door", "gate", list_name)


def test_an_asking_tablet_becomes_a_device_by_the_secret_it_asked_with(tx: Tx) -> None:
    request = a_tablet_that_asks(tx)
    assert asking(tx, SECRET, NOW) == request
    device = approve(tx, an_approval("ab01-cd23"), NOW)
    assert isinstance(device, Device)
    assert (device.name, device.role, device.list_name) == ("Main door", "gate", "main")
    assert asking(tx, SECRET, NOW) == device
    assert tx.devices.by_token(SECRET) == device


def test_a_code_on_a_screen_is_approved_once(tx: Tx) -> None:
    a_tablet_that_asks(tx)
    approve(tx, an_approval(), NOW)
    assert approve(tx, an_approval(), NOW) == NobodyAsks()
    assert len(tx.devices.of_event(EVENT_ID)) == 1


def test_a_code_on_a_screen_lives_ten_minutes(tx: Tx) -> None:
    request = a_tablet_that_asks(tx)
    assert approve(tx, an_approval(), request.expires_at) == NobodyAsks()
    assert asking(tx, SECRET, request.expires_at) is None
    assert approve(tx, an_approval("ZZZZZZZZ"), NOW) == NobodyAsks()


def test_what_an_approval_names_wrongly_leaves_the_tablet_asking(tx: Tx) -> None:
    request = a_tablet_that_asks(tx)
    assert approve(tx, an_approval(list_name="mian"), NOW) == NoSuchList(("main",))
    assert asking(tx, SECRET, NOW) == request


def test_an_approved_tablet_that_went_dark_hears_of_it_for_ten_minutes(tx: Tx) -> None:
    last = a_tablet_that_asks(tx).expires_at - timedelta(seconds=1)
    device = approve(tx, an_approval(), last)
    assert asking(tx, SECRET, last + timedelta(minutes=9)) == device
    assert asking(tx, SECRET, last + timedelta(minutes=10)) is None


def test_a_stranger_and_a_revoked_tablet_are_told_alike(tx: Tx) -> None:
    a_tablet_that_asks(tx)
    device = approve(tx, an_approval(), NOW)
    assert isinstance(device, Device)
    revoke(tx, device.id, NOW)
    assert asking(tx, SECRET, NOW) is None
    assert asking(tx, digest("a guess"), NOW) is None


def test_the_queue_of_asking_tablets_has_an_end(
    tx: Tx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.pair.WAITING_LIMIT", 1)
    a_tablet_that_asks(tx)
    another = AskIn(digest("ZZZZZZZZ"), digest("another"))
    assert ask_in(tx, another, NOW) == TooManyAsk()
    assert isinstance(ask_in(tx, another, NOW + timedelta(minutes=10)), PairingRequest)
