"""Scans as they are kept and asked for, the figures of the desk, and what is set aside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.model import Answer, Earlier, JudgedPair, Quarantined, Reason, Scan, Seen
from kiosk.model.figures import Door
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_device,
    a_list,
    ada,
    enrol,
    grace,
    linus,
    settle,
)
from tests.store.rows import a_scan

MINUTE = timedelta(minutes=1)
MAIN = a_list().id


@pytest.fixture(autouse=True)
def the_door(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    enrol(tx)


def keep(tx: Tx, *scans: Scan) -> None:
    for scan in scans:
        tx.scans.add(scan)


def test_a_scan_comes_back_whole_with_its_answer(tx: Tx) -> None:
    answer = Answer(
        id="scan",
        outcome="turned_away",
        at=NOW,
        reason=Reason.ALREADY_IN,
        conflict=Reason.UNPAID,
        attendees=(Seen(ada().id, "Ada", "", "needs a ramp"),),
        pairs=(JudgedPair((ada().id, grace().id), "turned_away", Reason.BLOCKED_PAIR),),
        earlier=Earlier(NOW - MINUTE, "Door"),
    )
    scan = a_scan(
        person=ada(),
        reason=Reason.ALREADY_IN,
        answer=answer,
        was_clamped=True,
        override="paid",
    )
    keep(tx, scan)
    assert tx.scans.get(scan.id) == scan
    assert tx.scans.get("nothing") is None
    assert list(tx.scans.of_event(EVENT_ID)) == list(tx.exports.scans(EVENT_ID)) == [scan]


def test_history_goes_by_the_time_of_the_scan_not_of_its_arrival(tx: Tx) -> None:
    out = a_scan("b", ada(), kind="check_out", outcome="goodbye", scanned_at=NOW + MINUTE)
    back = a_scan("a", ada(), outcome="welcomed_back", scanned_at=NOW + 2 * MINUTE)
    first = a_scan("c", ada(), received_at=NOW + 5 * MINUTE)
    refused = a_scan("d", ada(), outcome="turned_away")
    keep(tx, back, out, refused, first)
    assert tuple(tx.scans.history(ada().id, MAIN)) == ("check_in", "check_out", "check_in")
    assert tx.scans.last_entry(ada().id, MAIN) == back
    assert tx.scans.successful(MAIN) == list(tx.exports.successful(MAIN))
    assert tx.scans.successful(MAIN) == [first, out, back]
    assert tx.exports.scans_of(ada().id) == sorted(
        [first, refused, out, back], key=lambda scan: (scan.scanned_at, scan.id)
    )
    assert tx.figures.of_attendee(ada().id)[0] == back


def test_scans_at_the_same_instant_go_by_their_id(tx: Tx) -> None:
    keep(tx, a_scan(id="2", person=ada()), a_scan(id="1", person=ada()))
    last = tx.scans.last_entry(ada().id, MAIN)
    assert last is not None
    assert last.id == "2"


def test_an_annulled_scan_counts_for_nothing_and_stays(tx: Tx) -> None:
    scan = a_scan(person=ada())
    keep(tx, scan)
    assert tx.scans.is_checked_in(ada().id)
    assert tx.scans.checked_in_ids(EVENT_ID) == {ada().id}
    tx.scans.annul(scan.id, NOW, "the annul")
    assert tx.scans.get(scan.id) == replace(scan, annulled_at=NOW, annulled_by="the annul")
    assert not tx.scans.is_checked_in(ada().id)
    assert tx.scans.checked_in_ids(EVENT_ID) == set()
    assert tuple(tx.scans.history(ada().id, MAIN)) == ()


def test_an_annul_that_came_first_is_found_by_its_target(tx: Tx) -> None:
    early = a_scan("early", kind="annul", outcome="turned_away", annuls="late")
    keep(tx, early)
    assert tx.scans.annulling("late") == early
    assert tx.scans.annulling("other") is None


def test_a_device_answered_somebody_since_an_instant_of_our_clock(tx: Tx) -> None:
    welcomed = a_scan("in", person=ada(), received_at=NOW + MINUTE)
    refused = a_scan("no", person=ada(), outcome="turned_away", reason=Reason.ALREADY_IN)
    undone = a_scan("undone", person=ada(), outcome="welcomed_back")
    keep(tx, welcomed, refused, undone)
    tx.scans.annul(undone.id, NOW, "the annul")
    door = welcomed.device_id
    assert tx.scans.answers_at(ada().id, door, NOW) == {"welcomed", "already_in"}
    assert tx.scans.answers_at(ada().id, door, NOW + MINUTE) == {"welcomed"}
    assert tx.scans.answers_at(ada().id, door, NOW + 2 * MINUTE) == set()
    assert tx.scans.answers_at(ada().id, "another door", NOW) == set()


def test_missing_numbers_are_those_neither_kept_nor_set_aside(tx: Tx) -> None:
    keep(tx, a_scan("one", seq=1), a_scan("four", seq=4))
    tx.scans.quarantine(a_quarantined(seq=2))
    assert tuple(tx.scans.missing_seqs(a_device().id, 6)) == (3, 5)
    assert tuple(tx.scans.missing_seqs(a_device().id, 1)) == ()
    assert tx.scans.last_seq(a_device().id) == 4
    assert tx.scans.last_seq("another") == 0


def test_the_desk_is_told_of_devices_whose_readings_have_gaps(tx: Tx) -> None:
    keep(tx, a_scan("one", seq=1))
    assert tx.figures.gaps(EVENT_ID) == {}
    keep(tx, a_scan("four", seq=4))
    tx.scans.quarantine(a_quarantined(seq=2))
    assert tx.figures.gaps(EVENT_ID) == {a_device().id: 1}


def test_pairs_are_open_while_a_scan_that_named_them_stands(tx: Tx) -> None:
    first, second = sorted((ada().id, grace().id))
    early, late = (
        a_scan(name, kind="connect", outcome="connected", scanned_at=at)
        for name, at in (("early", NOW), ("late", NOW + MINUTE))
    )
    keep(tx, late, early)
    for scan in (early, late):
        for _ in range(2):
            tx.scans.add_pairs(scan.id, [(first, second)])
    assert tx.scans.open_pairs(grace().id) == [(first, second)]
    assert tx.scans.pairing(first, second) == early
    assert tx.scans.outcomes_of_pair(first, second) == {early.outcome, late.outcome}
    tx.scans.annul(early.id, NOW, "x")
    assert tx.scans.pairing(first, second) == late
    tx.scans.annul(late.id, NOW, "y")
    assert tx.scans.pairing(first, second) is None
    assert tx.scans.outcomes_of_pair(first, second) == set()
    assert tx.scans.open_pairs(grace().id) == []


def a_quarantined(**changes: object) -> Quarantined:
    row = Quarantined("q", EVENT_ID, a_device().id, None, Reason.MALFORMED, "{", NOW)
    return replace(row, **changes)  # type: ignore[arg-type]


def test_what_is_set_aside_is_kept_once(tx: Tx) -> None:
    for _ in range(2):
        tx.scans.quarantine(a_quarantined())
    assert tx.scans.quarantined(EVENT_ID) == [a_quarantined()]
    assert tx.figures.quarantined(EVENT_ID) == 1
    assert tx.scans.quarantined(OTHER_EVENT_ID) == []


def test_a_door_counts_who_may_come_who_came_and_who_is_inside(tx: Tx) -> None:
    keep(
        tx,
        a_scan("in", ada()),
        a_scan("again", ada(), outcome="welcomed_back", scanned_at=NOW + MINUTE),
        a_scan("grace in", grace()),
        a_scan(
            "out", grace(), kind="check_out", outcome="goodbye", scanned_at=NOW + MINUTE
        ),
    )
    assert tx.figures.door(a_list()) == Door(MAIN, "main", 3, 2, 1)
    assert tx.figures.door(a_list(ticket_types=("VIP",))).expected_count == 0
    twice = tx.figures.entered_more_than_once(MAIN)
    assert {scan.attendee_id for scan in twice} == {ada().id}
    assert [scan.outcome for scan in twice] == ["welcomed", "welcomed_back"]
    assert tx.figures.entered_twice_running(MAIN) == twice
    assert tx.figures.people_count(EVENT_ID, "everybody") == 3
    assert tx.figures.people(EVENT_ID, "here", 10) == [ada(), grace()]
    assert tx.figures.people(EVENT_ID, "missing", 10) == [linus()]
    assert tx.figures.people(EVENT_ID, "everybody", 1, offset=1) == [grace()]
    assert tx.figures.arrivals(EVENT_ID) == [(NOW, 2)]
    assert tx.figures.ticket_types(EVENT_ID) == ["Regular"]


def test_refusals_and_outcomes_are_counted_and_the_latest_shown(tx: Tx) -> None:
    welcome = a_scan("in", ada())
    refused = [
        a_scan(
            f"no {number}",
            outcome="turned_away",
            reason=Reason.UNPAID,
            scanned_at=NOW + number * MINUTE,
        )
        for number in range(3)
    ]
    keep(tx, welcome, *refused)
    assert tx.figures.refusals(EVENT_ID) == {"unpaid": 3}
    assert tx.figures.outcomes(EVENT_ID) == {"turned_away": 3, "welcomed": 1}
    assert tx.figures.refused(EVENT_ID, 2) == refused[:0:-1]
    assert tx.figures.latest(EVENT_ID, 1) == refused[-1:]
