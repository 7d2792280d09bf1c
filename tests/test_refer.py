"""A refusal becomes a case at the help desk, once, and is seen to once."""

from datetime import timedelta

import pytest

from kiosk.model import Device
from kiosk.refer import NOTE_LENGTH, NotSettled, Refer, Settle, refer
from kiosk.refer import settle as see_to
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    ada,
    code_of,
    enrol,
    linus,
    named_id,
    settle,
)
from tests.store.rows import a_scan

CASE = named_id("a case")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def gate(tx: Tx) -> Device:
    settle(tx, people=[ada(), linus(status="pending")])
    return enrol(tx)


def a_refusal(gate: Device, **said: str | None) -> Refer:
    return Refer(
        id=said.get("id") or CASE,
        device=gate,
        scan_id=said.get("scan_id"),
        code=said.get("code") or "",
        reason="unpaid",
        note=said.get("note") or "",
        at=NOW,
    )


def test_a_case_knows_its_person_by_the_refused_scan(tx: Tx, gate: Device) -> None:
    scan = a_scan("no", linus(), outcome="turned_away")
    tx.scans.add(scan)
    case = refer(tx, a_refusal(gate, scan_id=scan.id), LATER)
    assert (case.attendee_id, case.device_id) == (linus().id, gate.id)
    assert case.referred_at == NOW


@pytest.mark.parametrize(
    ("code", "attendee_id"),
    [(code_of(ada()), ada().id), ("0000000000000000", None), ("", None)],
    ids=["a badge", "nobody's", "none"],
)
def test_without_a_scan_the_code_says_who_it_is(
    tx: Tx, gate: Device, code: str, attendee_id: str | None
) -> None:
    case = refer(tx, a_refusal(gate, code=code), NOW)
    assert case.attendee_id == attendee_id
    assert tx.referrals.open(EVENT_ID) == [case]


def test_a_case_sent_twice_is_one(tx: Tx, gate: Device) -> None:
    first = refer(tx, a_refusal(gate, note="paid in cash"), NOW)
    assert refer(tx, a_refusal(gate, note="something else"), LATER) == first
    assert len(tx.referrals.open(EVENT_ID)) == 1


def test_who_waits_already_is_not_listed_twice(tx: Tx, gate: Device) -> None:
    first = refer(tx, a_refusal(gate, code=code_of(linus())), NOW)
    other = a_refusal(gate, id=named_id("another"), code=code_of(linus()))
    assert refer(tx, other, LATER) == first
    see_to(tx, Settle(EVENT_ID, first.id, "Help desk"), LATER)
    assert refer(tx, other, LATER).id == other.id


def test_a_note_is_kept_on_one_line_and_not_endless(tx: Tx, gate: Device) -> None:
    note = "two\nlines \u202e" + "x" * 1000
    kept = refer(tx, a_refusal(gate, note=note), NOW).note
    assert kept.startswith("two lines")
    assert len(kept) == NOTE_LENGTH
    assert "\u202e" not in kept


def test_who_sees_to_it_first_is_remembered(tx: Tx, gate: Device) -> None:
    refer(tx, a_refusal(gate), NOW)
    for by in ("Help desk", "olga@demo.example"):
        settled = see_to(tx, Settle(EVENT_ID, CASE, by), LATER)
        assert not isinstance(settled, NotSettled)
        assert (settled.settled_by, settled.settled_at) == ("Help desk", LATER)


def test_a_case_of_another_event_is_not_seen_to_here(tx: Tx, gate: Device) -> None:
    refer(tx, a_refusal(gate), NOW)
    for event_id, case in ((OTHER_EVENT_ID, CASE), (EVENT_ID, named_id("no case"))):
        settled = see_to(tx, Settle(event_id, case, "Mallory"), LATER)
        assert settled is NotSettled.NO_SUCH_CASE
    assert len(tx.referrals.open(EVENT_ID)) == 1
