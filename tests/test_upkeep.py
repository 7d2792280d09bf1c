"""What happens by itself when an event's days are over: once, in time, and not before."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Flag

import pytest

from kiosk import copies
from kiosk.model import Closure
from kiosk.settings import Settings
from kiosk.store import SqliteStore
from kiosk.upkeep import EVERY, Upkeep
from kiosk.worker import Worker
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    Clock,
    ada,
    an_event,
    join,
    mallory,
    plant,
)
from tests.day import MARK, live
from tests.store.rows import a_closure

DAYS = timedelta(days=60)
DUE = an_event().ends_at + DAYS
SECOND = timedelta(seconds=1)


@pytest.fixture
def day(store: SqliteStore) -> SqliteStore:
    """A day that was lived, and closed by its clock."""
    live(store)
    close(store, a_closure())
    return store


def close(store: SqliteStore, closure: Closure) -> None:
    store.write(lambda tx, it, _: tx.events.add_closure(it), closure, NOW)


def upkeep(store: SqliteStore, settings: Settings, now: datetime) -> int:
    return Upkeep(store, settings).run(now, Flag())


def count(store: SqliteStore, event_id: str = EVENT_ID) -> int:
    with store.read() as tx:
        return tx.attendees.count(event_id)


def test_an_event_is_purged_by_the_worker_when_its_days_are_over(
    day: SqliteStore,
    settings: Settings,
    clock: Clock,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    worker = Worker(day, settings, clock)
    clock.now = DUE - EVERY
    assert worker.run_once().purged_count == 0
    assert count(day) == 3
    clock.now = DUE
    assert worker.run_once().purged_count == 1
    assert count(day) == 0
    clock.move(days=1)
    assert worker.run_once().purged_count == 1, "once"
    assert caplog.text.count("event purged") == 1
    assert MARK not in caplog.text
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path.name for path in files if MARK.encode() in path.read_bytes()]
    assert not day.is_scrub_due


def test_what_is_seldom_due_is_seldom_looked_for(
    day: SqliteStore, settings: Settings
) -> None:
    keeper = Upkeep(day, settings)
    assert keeper.run(DUE - SECOND, Flag()) == 0
    assert keeper.run(DUE, Flag()) == 0
    assert keeper.run(DUE - SECOND + EVERY, Flag()) == 1


def test_an_event_that_was_closed_late_keeps_its_people_as_long(
    store: SqliteStore, settings: Settings
) -> None:
    """Set up after its end, or while no worker ran: its letters leave and are read."""
    live(store)
    late = DUE + timedelta(days=9)
    close(store, a_closure(closed_at=late))
    assert upkeep(store, settings, late) == 0
    assert upkeep(store, settings, late + DAYS - SECOND) == 0
    assert upkeep(store, settings, late + DAYS) == 1


def test_without_a_closure_nothing_is_forgotten(
    store: SqliteStore, settings: Settings
) -> None:
    live(store)
    assert upkeep(store, settings, DUE + DAYS) == 0
    assert count(store) == 3


def test_a_list_that_comes_in_after_the_purge_is_not_swept_away_at_once(
    day: SqliteStore, settings: Settings
) -> None:
    upkeep(day, settings, DUE)
    came_at = DUE + timedelta(hours=1)
    again = ada(id="again", registered_at=came_at)
    day.write(lambda tx, it, _: join(tx, it), again, came_at)
    assert upkeep(day, settings, came_at + DAYS - SECOND) == 0
    assert count(day) == 1
    assert upkeep(day, settings, came_at + DAYS) == 1
    assert count(day) == 0


class StoppedSoon(Flag):
    """A worker that is asked to stop after its first slice."""

    def __init__(self) -> None:
        super().__init__()
        self._answers = iter([False])

    def is_set(self) -> bool:
        return next(self._answers, True)


def test_a_purge_that_was_cut_short_goes_on_and_takes_who_was_there(
    day: SqliteStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.forget.SLICE", 1)
    assert Upkeep(day, settings).run(DUE, StoppedSoon()) == 0
    assert count(day) == 2
    assert upkeep(day, settings, DUE) == 1
    assert count(day) == 0


def test_one_event_that_is_over_leaves_the_others_alone(
    day: SqliteStore, settings: Settings
) -> None:
    plant(day, mallory(), event=an_event(slug="other-2026"))
    upkeep(day, settings, DUE)
    assert (count(day), count(day, OTHER_EVENT_ID)) == (0, 1)


def test_copies_of_letters_go_with_their_people(
    day: SqliteStore, settings: Settings
) -> None:
    with day.read() as tx:
        letter_id = copies.all_letters(tx, EVENT_ID)[0]
    mail = Path(settings.mail_url.partition(":")[2])
    mail.mkdir(parents=True, exist_ok=True)
    copy = mail / f"{letter_id}.eml"
    copy.write_text(MARK)
    preview = copies.previews(settings, an_event().slug) / "preview.eml"
    preview.parent.mkdir(parents=True)
    preview.write_text(MARK)
    upkeep(day, settings, DUE)
    assert not copy.exists()
    assert not preview.exists()


def test_a_scrub_that_somebody_owed_is_done_when_no_event_is_open(
    store: SqliteStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure on a phone left it: a large file is not written anew in rush hour."""
    monkeypatch.setattr("kiosk.store.store.STALLS_ABOVE", 0)
    live(store)
    assert not store.scrub(may_stall=False)
    upkeep(store, settings, NOW)
    assert store.is_scrub_due
    upkeep(store, settings, an_event().ends_at + timedelta(hours=2))
    assert not store.is_scrub_due
