"""An event ends once, by its clock or by a hand, and its end can be taken back."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.close import (
    BY_THE_CLOCK,
    REOPENED_FOR,
    AlreadyClosed,
    Close,
    CloseByClock,
    Closed,
    EndLiesBehind,
    EndsBeforeItOpens,
    NotClosed,
    Reopen,
    Reopened,
    Scheduled,
    close,
    close_by_clock,
    is_due,
    reopen,
)
from kiosk.ids import new_id
from kiosk.model import Closure, Event
from kiosk.phase import phase_of
from kiosk.store import SqliteStore, Tx, rows
from tests.builders import EVENT_ID, NOW, ada, grace, plant, settle
from tests.laws import undone
from tests.store.rows import a_closure, a_letter

HOUR = timedelta(hours=1)


@pytest.fixture
def event(tx: Tx) -> Event:
    return settle(tx, people=[ada(), grace()])


def closed(tx: Tx, **changes: Any) -> Closure:
    ended = close(tx, Close(EVENT_ID, "Olga", **changes), NOW)
    assert isinstance(ended, Closed)
    return ended.closure


def test_closing_by_hand_ends_the_event_now_and_counts_late_scans(
    tx: Tx, event: Event
) -> None:
    closure = closed(tx)
    assert (closure.ended_at, closure.closed_at, closure.closed_by) == (NOW, NOW, "Olga")
    assert closure.late_until == NOW + HOUR
    assert tx.events.closure(EVENT_ID) == closure
    assert phase_of(event, closure, NOW) == "late"
    assert phase_of(event, closure, NOW + HOUR) == "closed"


def test_an_event_may_be_closed_as_of_an_earlier_instant(tx: Tx, event: Event) -> None:
    closure = closed(tx, at=NOW - 3 * HOUR)
    assert closure.ended_at == NOW - 3 * HOUR
    assert phase_of(event, closure, NOW) == "closed"


def test_closing_after_the_end_keeps_the_end_the_event_had(tx: Tx, event: Event) -> None:
    later = event.ends_at + timedelta(minutes=20)
    ended = close(tx, Close(EVENT_ID, "Olga"), later)
    assert isinstance(ended, Closed)
    assert ended.closure.ended_at == event.ends_at


def test_an_instant_that_lies_ahead_moves_the_end_and_the_clock_closes(
    tx: Tx, event: Event
) -> None:
    ended = close(tx, Close(EVENT_ID, "Olga", NOW + HOUR), NOW)
    assert ended == Scheduled(replace(event, ends_at=NOW + HOUR))
    assert tx.events.closure(EVENT_ID) is None
    by_clock = close_by_clock(tx, CloseByClock(EVENT_ID), NOW + 2 * HOUR)
    assert by_clock is not None
    assert by_clock.closure.ended_at == NOW + HOUR


def test_an_event_cannot_end_before_it_opens(tx: Tx, event: Event) -> None:
    before = event.opens_at - timedelta(seconds=1)
    assert close(tx, Close(EVENT_ID, "Olga", before), NOW) == EndsBeforeItOpens(
        event.opens_at
    )
    assert tx.events.closure(EVENT_ID) is None


def test_a_second_close_changes_nothing_and_shows_the_first(tx: Tx, event: Event) -> None:
    first = closed(tx)
    assert close(tx, Close(EVENT_ID, "Otto"), NOW + HOUR) == AlreadyClosed(first)
    assert tx.events.closures(EVENT_ID) == [first]


@pytest.mark.parametrize(
    ("minutes", "is_closed"),
    [(-1, False), (0, False), (59, False), (60, True), (61, True), (9999, True)],
)
def test_the_clock_waits_for_late_scans(
    tx: Tx, event: Event, minutes: int, is_closed: bool
) -> None:
    now = event.ends_at + timedelta(minutes=minutes)
    assert is_due(event, None, now) is is_closed
    found = close_by_clock(tx, CloseByClock(EVENT_ID), now)
    assert (found is not None) is is_closed
    if found:
        assert found.closure.ended_at == event.ends_at
        assert found.closure.closed_by == BY_THE_CLOCK
        assert close_by_clock(tx, CloseByClock(EVENT_ID), now) is None


def test_reopening_stands_the_closure_down_and_cancels_what_has_not_left(
    tx: Tx, event: Event
) -> None:
    closure = closed(tx)
    tx.letters.add(a_letter(ada()))
    tx.letters.add(a_letter(grace(), state="sent"))
    again = reopen(tx, Reopen(EVENT_ID, "Olga"), NOW + HOUR)
    assert again == Reopened(event, cancelled_count=1)
    assert tx.events.closure(EVENT_ID) is None
    assert tx.events.closures(EVENT_ID) == [
        replace(closure, reopened_at=NOW + HOUR, reopened_by="Olga")
    ]
    assert tx.letters.counts(EVENT_ID) == {"cancelled": 1, "sent": 1}
    assert phase_of(event, None, NOW + HOUR) == "open"


def test_an_event_reopened_after_its_end_gets_a_new_one_and_stays_open(
    tx: Tx, event: Event
) -> None:
    later = event.ends_at + 2 * HOUR
    assert close_by_clock(tx, CloseByClock(EVENT_ID), later)
    again = reopen(tx, Reopen(EVENT_ID, "Olga"), later)
    assert isinstance(again, Reopened)
    assert again.event.ends_at == later + REOPENED_FOR
    assert tx.events.get(EVENT_ID) == again.event
    assert close_by_clock(tx, CloseByClock(EVENT_ID), later + HOUR) is None


def test_a_reopened_event_may_be_given_its_new_end(tx: Tx, event: Event) -> None:
    closed(tx)
    assert reopen(tx, Reopen(EVENT_ID, "Olga", NOW), NOW) == EndLiesBehind()
    again = reopen(tx, Reopen(EVENT_ID, "Olga", NOW + HOUR), NOW)
    assert again == Reopened(replace(event, ends_at=NOW + HOUR), 0)


def test_an_open_event_cannot_be_reopened(tx: Tx, event: Event) -> None:
    assert reopen(tx, Reopen(EVENT_ID, "Olga"), NOW) == NotClosed()


def test_an_event_can_be_closed_again_after_it_was_reopened(tx: Tx, event: Event) -> None:
    closed(tx)
    reopen(tx, Reopen(EVENT_ID, "Olga"), NOW)
    closed(tx)
    assert len(tx.events.closures(EVENT_ID)) == 2


def test_an_unknown_event_is_a_mistake_of_the_caller(tx: Tx) -> None:
    with pytest.raises(LookupError):
        close(tx, Close("nothing", "Olga"), NOW)


def race(attempts: list[Callable[[], object]]) -> list[object]:
    """What all of them returned, started at the same instant on a thread each."""
    start, results = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(place: int, attempt: Callable[[], object]) -> None:
        start.wait()
        results[place] = attempt()  # type: ignore[call-overload]

    threads = [
        threading.Thread(target=run, args=(place, attempt))
        for place, attempt in enumerate(attempts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(results)


def test_an_event_closes_once_however_many_clocks_and_clicks_race(
    store: SqliteStore,
) -> None:
    event = plant(store)
    now = event.ends_at + HOUR
    clicks = [lambda: store.write(close, Close(EVENT_ID, "Olga"), now)] * 8
    clocks = [lambda: store.write(close_by_clock, CloseByClock(EVENT_ID), now)] * 8
    ended = race([*clicks, *clocks])
    assert sum(isinstance(outcome, Closed) for outcome in ended) == 1
    with store.read() as tx:
        assert len(tx.events.closures(EVENT_ID)) == 1


def test_control_clicks_that_look_first_and_write_later_close_it_often(
    store: SqliteStore,
) -> None:
    """The same race without the one standing closure that the store insists on."""
    plant(store)
    looked = threading.Barrier(4)

    def unprotected(tx: Tx, _: None, _now: datetime) -> None:
        tx.events._session.run("drop index if exists closures_standing")

    def insert(tx: Tx, closure: Closure, _now: datetime) -> None:
        tx.events._session.run(rows.insert(Closure, "closures"), rows.dump(closure))

    def click() -> bool:
        with store.read() as tx:
            is_open = tx.events.closure(EVENT_ID) is None
        looked.wait()
        store.write(insert, a_closure(id=new_id()), NOW)
        return is_open

    store.write(unprotected, None, NOW)
    assert race([click] * 4) == [True] * 4
    with store.read() as tx:
        assert len(tx.events.closures(EVENT_ID)) == 4


PRESSES: dict[str, Callable[[Tx, datetime], object]] = {
    "click": lambda tx, now: close(tx, Close(EVENT_ID, "Olga"), now),
    "clock": lambda tx, now: close_by_clock(tx, CloseByClock(EVENT_ID), now),
    "reopen": lambda tx, now: reopen(tx, Reopen(EVENT_ID, "Olga"), now),
}


@given(st.lists(st.sampled_from(sorted(PRESSES)), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_at_most_one_closure_stands_whatever_is_pressed(tx: Tx, presses: list[str]) -> None:
    with undone(tx):
        now = settle(tx).ends_at
        for press in presses:
            now += HOUR
            PRESSES[press](tx, now)
            all_of_them = tx.events.closures(EVENT_ID)
            standing = [one for one in all_of_them if one.reopened_at is None]
            assert len(standing) <= 1
            assert tx.events.closure(EVENT_ID) == (standing[0] if standing else None)
