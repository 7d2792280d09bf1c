"""The event ends: by its clock, or because the organiser says so.

The end is a record. It is written once however many clocks and clicks race, and it can be
taken back: what has not been sent is then cancelled, and closing again writes to nobody
about people they have already read of. Scans made before the end still count while they
arrive until `late_until`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.ids import new_id
from kiosk.model import Closure, Event
from kiosk.phase import end_of
from kiosk.ports import Tx

BY_THE_CLOCK = "clock"
REOPENED_FOR = timedelta(hours=12)
"""How long a reopened event whose own end has passed stays open, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Close:
    """`at` is the instant it ended; None means now, or its own end if that has passed."""

    event_id: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The event has ended; its letters may be planned."""

    closure: Closure


@dataclass(frozen=True, slots=True)
class AlreadyClosed:
    closure: Closure


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The instant lies ahead: the event now ends then, and the clock will close it."""

    event: Event


@dataclass(frozen=True, slots=True)
class EndsBeforeItOpens:
    opens_at: datetime


def close(
    tx: Tx, command: Close, now: datetime
) -> Closed | AlreadyClosed | Scheduled | EndsBeforeItOpens:
    """End the event at once, or move its end when the instant lies ahead."""
    event = _event(tx, command.event_id)
    standing = tx.events.closure(event.id)
    if standing:
        return AlreadyClosed(standing)
    ended_at = command.at or min(now, event.ends_at)
    if ended_at < event.opens_at:
        return EndsBeforeItOpens(event.opens_at)
    if ended_at > now:
        moved = replace(event, ends_at=ended_at)
        tx.events.change(moved)
        return Scheduled(moved)
    return _close(tx, event, ended_at, command.by, now)


@dataclass(frozen=True, slots=True)
class CloseByClock:
    event_id: str


def close_by_clock(tx: Tx, command: CloseByClock, now: datetime) -> Closed | None:
    """End an event whose time is over, late scans included; None when it is not due."""
    event = _event(tx, command.event_id)
    if not is_due(event, tx.events.closure(event.id), now):
        return None
    closed = _close(tx, event, event.ends_at, BY_THE_CLOCK, now)
    return closed if isinstance(closed, Closed) else None


def is_due(event: Event, closure: Closure | None, now: datetime) -> bool:
    """Whether the clock should close this event."""
    return closure is None and now >= end_of(event, None).late_until


@dataclass(frozen=True, slots=True)
class Reopen:
    """`until` is the new end; None keeps the event's own, 12 hours more if it passed."""

    event_id: str
    by: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """The event goes on until `event.ends_at`; so many unsent letters were cancelled."""

    event: Event
    cancelled_count: int


@dataclass(frozen=True, slots=True)
class NotClosed:
    """There is nothing to take back."""


@dataclass(frozen=True, slots=True)
class EndLiesBehind:
    """A reopened event needs an end that lies ahead."""


def reopen(tx: Tx, command: Reopen, now: datetime) -> Reopened | NotClosed | EndLiesBehind:
    """Take the end back. Letters that were sent stay sent; the others are cancelled."""
    event = _event(tx, command.event_id)
    standing = tx.events.closure(event.id)
    if standing is None:
        return NotClosed()
    if command.until is not None and command.until <= now:
        return EndLiesBehind()
    tx.events.change_closure(replace(standing, reopened_at=now, reopened_by=command.by))
    event = replace(event, ends_at=_new_end(event, command.until, now))
    tx.events.change(event)
    tx.outboxes.put(replace(tx.outboxes.get(event.id), released_at=None))
    cancelled = tx.deliveries.call_back(event.id, "cancelled", "the event reopened", now)
    return Reopened(event, cancelled)


def _event(tx: Tx, event_id: str) -> Event:
    event = tx.events.get(event_id)
    if event is None:
        raise LookupError(f"no event has the id {event_id}")
    return event


def _close(
    tx: Tx, event: Event, ended_at: datetime, by: str, now: datetime
) -> Closed | AlreadyClosed:
    closure = Closure(
        id=new_id(),
        event_id=event.id,
        ended_at=ended_at,
        closed_at=now,
        closed_by=by,
        late_until=ended_at + event.follow_up.late_scans_for,
    )
    if tx.events.add_closure(closure):
        return Closed(closure)
    standing = tx.events.closure(event.id)
    return AlreadyClosed(standing or closure)


def _new_end(event: Event, until: datetime | None, now: datetime) -> datetime:
    if until is not None:
        return until
    return event.ends_at if event.ends_at > now else now + REOPENED_FOR
