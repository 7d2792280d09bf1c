"""What changed for the tablets, numbered in the order in which it became true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kiosk.model import Position, Ticket, Visit
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_badge,
    a_device,
    a_list,
    ada,
    enrol,
    grace,
    let_in,
    linus,
    mallory,
    settle,
)


def changed(tx: Tx, after: int = 0) -> list[str]:
    return [attendee_id for _, attendee_id in tx.rosters.changed(EVENT_ID, after, 100)]


def test_whoever_changes_is_numbered_behind_everybody_else(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    position = tx.rosters.latest(EVENT_ID)
    assert changed(tx) == [ada().id, grace().id]
    assert changed(tx, position.people) == []
    tx.attendees.change(replace(ada(), company="Nobody"))
    assert changed(tx, position.people) == [ada().id]
    assert changed(tx) == [grace().id, ada().id]
    assert tx.rosters.latest(EVENT_ID).people > position.people
    assert len(tx.rosters.changed(EVENT_ID, 0, 1)) == 1


def test_badges_tickets_and_erasures_are_changes_of_their_person(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    changes: list[Callable[[], object]] = [
        lambda: tx.badges.replace(a_badge(grace()).id, NOW, "lost"),
        lambda: tx.badges.add(a_badge(grace(), 2)),
        lambda: tx.tickets.put([Ticket(EVENT_ID, "NEW", grace().id)]),
        lambda: tx.tickets.remove(EVENT_ID, "NEW"),
        lambda: tx.erasures.forget(grace().id, NOW),
    ]
    for change in changes:
        before = tx.rosters.latest(EVENT_ID).people
        change()
        assert changed(tx, before) == [grace().id]
    before = tx.rosters.latest(EVENT_ID).people
    tx.tickets.remove(EVENT_ID, "NEVER THERE")
    assert changed(tx, before) == []


def test_events_count_for_themselves(tx: Tx) -> None:
    settle(tx, people=[ada()])
    before = tx.rosters.latest(EVENT_ID)
    tx.attendees.add(mallory(event_id=EVENT_ID))
    assert changed(tx, before.people) == [mallory(event_id=EVENT_ID).id]
    assert tx.rosters.latest("nowhere") == Position("", 0, before.scans)


def test_scans_tell_of_their_person_and_annuls_of_the_scan_s(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    enrol(tx)
    let_in(tx, ada(), grace())
    (first, who), (second, whom) = tx.rosters.scanned(EVENT_ID, 0, 10)
    assert (who, whom) == (ada().id, grace().id)
    assert tx.rosters.latest(EVENT_ID).scans == second > first
    [(_, only)] = tx.rosters.scanned(EVENT_ID, first, 10)
    assert only == grace().id
    assert len(tx.rosters.scanned(EVENT_ID, 0, 1)) == 1
    scan = next(scan for scan in tx.exports.scans(EVENT_ID) if scan.attendee_id == ada().id)
    undo = replace(
        scan, id="an annul", kind="annul", attendee_id=None, annuls=scan.id, seq=9
    )
    tx.scans.add(undo)
    [(_, undone)] = tx.rosters.scanned(EVENT_ID, second, 10)
    assert undone == ada().id


def test_a_person_is_listed_whole_and_an_erased_one_as_nobody(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    enrol(tx)
    later = NOW + timedelta(minutes=5)
    let_in(tx, ada())
    let_in(tx, ada(), at=later)
    tx.badges.replace(a_badge(ada()).id, NOW, "lost")
    tx.badges.add(a_badge(ada(), 2, issued_at=later))
    tx.erasures.forget(grace().id, NOW)
    first, second = tx.rosters.listed([grace().id, ada().id])
    assert (first.attendee, first.badges) == (ada(), second_badge())
    assert first.tickets == ((ada().ticket_code, "Regular", "confirmed"),)
    kinds = ("check_in", "check_in")
    assert first.visits == (Visit(a_list().id, kinds, later, a_device().id),)
    assert (second.attendee, second.badges, second.tickets) == (None, (), ())
    assert second.place > first.place


def second_badge() -> tuple[tuple[str, bool], ...]:
    return ((a_badge(ada()).id, True), (a_badge(ada(), 2).id, False))


def test_the_ends_of_the_ticket_codes_are_known(tx: Tx) -> None:
    assert tx.rosters.ticket_range(EVENT_ID) == ("", "")
    settle(tx, people=[ada(), grace(), linus()])
    assert tx.rosters.ticket_range(EVENT_ID) == (ada().ticket_code, linus().ticket_code)


def test_after_a_restore_older_positions_mean_nothing(tx: Tx) -> None:
    settle(tx, people=[ada()])
    before = tx.rosters.latest(EVENT_ID)
    tx.rosters.begin_anew("another")
    assert tx.rosters.latest(EVENT_ID) == replace(before, epoch="another")
