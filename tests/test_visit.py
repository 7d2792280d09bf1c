"""Who can be taken to stand at a tablet: who came in there, or was read by staff."""

from datetime import timedelta

import pytest

from kiosk.model import Device, ScanKind
from kiosk.scan import Receive, receive
from kiosk.store import Tx
from kiosk.visit import stands_at
from tests.builders import NOW, a_device, a_list, ada, enrol, settle
from tests.day import reading

KIOSK, OTHER = a_device(), a_device("Coffee")
DESK = a_device("Help desk", role="desk")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada()])
    tx.events.put_list(a_list(allow_multiple_entries=True))
    for device in (KIOSK, OTHER, DESK):
        enrol(tx, device)
    return tx


def reads(tx: Tx, device: Device, kind: ScanKind, minute: int) -> None:
    now = NOW + minute * MINUTE
    shown = reading(ada(), kind=kind, scanned_at=now)
    receive(tx, Receive(device, (shown,)), now)


def stands(tx: Tx, device: Device) -> bool:
    return stands_at(tx, device, ada().id, NOW)


def test_a_kiosk_knows_whom_it_let_in_first(hall: Tx) -> None:
    assert not stands(hall, KIOSK)
    reads(hall, KIOSK, "check_in", 0)
    assert stands(hall, KIOSK)
    assert not stands(hall, OTHER)
    assert not stands_at(hall, KIOSK, ada().id, NOW + MINUTE)


@pytest.mark.parametrize("leaves", [True, False])
def test_a_badge_that_is_shown_again_opens_no_more_than_the_door(
    hall: Tx, leaves: bool
) -> None:
    """A photograph of it would do: on a list with many entries, or after a way out."""
    reads(hall, KIOSK, "check_in", -60)
    if leaves:
        reads(hall, OTHER, "check_out", -30)
    reads(hall, KIOSK, "check_in", 1)
    assert not stands(hall, KIOSK)


def test_another_list_is_another_first_entry(hall: Tx) -> None:
    hall.events.put_list(a_list("workshop"))
    reads(hall, OTHER, "check_in", -60)
    now = NOW + MINUTE
    shown = reading(ada(), scanned_at=now, list_name="workshop")
    receive(hall, Receive(KIOSK, (shown,)), now)
    assert stands(hall, KIOSK)


def test_staff_know_whom_they_read_in_already_or_not(hall: Tx) -> None:
    hall.events.put_list(a_list(allow_multiple_entries=False))
    reads(hall, KIOSK, "check_in", -60)
    assert not stands(hall, DESK)
    reads(hall, DESK, "check_in", 1)
    assert stands(hall, DESK)
