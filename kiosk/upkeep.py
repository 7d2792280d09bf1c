"""What the worker does when the day is long over: it forgets people in time.

An event whose retention is over is purged once, slice by slice, so that a door elsewhere
never waits; the counts stay. What was forgotten, here or from somebody's phone, is made
unreadable in the file as soon as no event is open that would have to wait for it.
"""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kiosk import copies, ports
from kiosk.model import Event
from kiosk.phase import phase_of
from kiosk.purge import PurgeByClock, is_due_for_purge, purge_by_clock
from kiosk.settings import Settings

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
"""Days are counted here: who looks every two seconds finds nothing more."""


class Store(ports.Store, Protocol):
    """The store as the worker uses it: it can also be written anew."""

    @property
    def is_scrub_due(self) -> bool: ...
    def owe_scrub(self) -> None: ...
    def scrub(self, *, may_stall: bool = True) -> bool: ...


class Upkeep:
    """Forgets what is due, when `EVERY` has passed since the last look."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._next_at: datetime | None = None

    def run(self, now: datetime, stop: threading.Event) -> int:
        """How many events were purged wholly."""
        if self._next_at and now < self._next_at:
            return 0
        self._next_at = now + EVERY
        with self._store.read() as tx:
            events = tx.events.all()
            due = [event for event in events if is_due_for_purge(tx, event, now)]
        count = sum(self._purge(event, now, stop) for event in due)
        if self._store.is_scrub_due:
            self._store.scrub(may_stall=not self._is_any_open(events, now))
        return count

    def _purge(self, event: Event, now: datetime, stop: threading.Event) -> bool:
        """Whether it was this worker who came to the end of it."""
        self._store.owe_scrub()
        with self._store.read() as tx:
            letter_ids = copies.all_letters(tx, event.id)
        copies.drop(self._settings, event.slug, letter_ids)
        while not stop.is_set():
            purging = self._store.write(purge_by_clock, PurgeByClock(event), now)
            if purging is None:
                return False
            if purging.is_over:
                people = purging.record.attendee_count
                fields = {"event": event.slug, "people": people}
                log.info("event purged", extra={"fields": fields})
                return True
        return False

    def _is_any_open(self, events: Sequence[Event], now: datetime) -> bool:
        with self._store.read() as tx:
            return any(
                phase_of(event, tx.events.closure(event.id), now) in {"open", "late"}
                for event in events
            )
