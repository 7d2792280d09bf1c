"""Forget everybody at an event when its retention is over; the counts stay.

The caller runs `store.scrub()` when the last slice is done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.forget import forget_slice
from kiosk.model import Event, Purge
from kiosk.phase import end_of
from kiosk.ports import Store, Tx


@dataclass(frozen=True, slots=True)
class PurgeEvent:
    """With `is_due` the retention is not asked: the organiser decided."""

    event: Event
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """The event keeps its people until `due_at`."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class Purging:
    """What the event had; while `is_over` is False, purge again for the next slice."""

    record: Purge
    is_over: bool


def purge(tx: Tx, command: PurgeEvent, now: datetime) -> Purging | NotYet:
    """Forget the next slice of an event's people; the counts stay."""
    due_at = due_for_purge_at(tx, command.event)
    if now < due_at and not command.is_due:
        return NotYet(due_at)
    event_id = command.event.id
    record = tx.erasures.purge_of(event_id) or _count(tx, event_id, now)
    tx.erasures.add_purge(record)
    return Purging(record, is_over=forget_slice(tx, event_id, now))


def purge_wholly(store: Store, command: PurgeEvent, now: datetime) -> Purge | NotYet:
    """Slice by slice, so that others can write in between; what the event had."""
    while True:
        outcome = store.write(purge, command, now)
        if isinstance(outcome, NotYet):
            return outcome
        if outcome.is_over:
            return outcome.record


@dataclass(frozen=True, slots=True)
class PurgeByClock:
    """Nobody asked; the event's time is over."""

    event: Event


def purge_by_clock(tx: Tx, command: PurgeByClock, now: datetime) -> Purging | None:
    """The next slice of an event that is due; None when it is not (any more)."""
    if not is_due_for_purge(tx, command.event, now):
        return None
    purging = purge(tx, PurgeEvent(command.event, is_due=True), now)
    return purging if isinstance(purging, Purging) else None


def is_due_for_purge(tx: Tx, event: Event, now: datetime) -> bool:
    """Whether the clock may forget this event's people.

    It is more careful than a person: the days count from when the end was put on record,
    and nobody goes before they were held so long, whenever their list came in. So neither
    an event that was set up after its end, nor a list that is imported again, is gone
    before anybody has looked at it.
    """
    closure, since = tx.events.closure(event.id), now - timedelta(event.retention_days)
    if closure is None or since < max(closure.ended_at, closure.closed_at):
        return False
    begun = tx.erasures.purge_of(event.id)
    if not tx.erasures.next_people(event.id, 1):
        return begun is None
    if begun:  # who was there then goes, too, if that was cut short
        since = max(since, begun.purged_at)
    return tx.erasures.is_anybody_held_since(event.id, since)


def due_for_purge_at(tx: Tx, event: Event) -> datetime:
    """When the event's retention is over: its days after the end."""
    end = end_of(event, tx.events.closure(event.id))
    return end.ended_at + timedelta(days=event.retention_days)


def _count(tx: Tx, event_id: str, now: datetime) -> Purge:
    return Purge(
        event_id=event_id,
        purged_at=now,
        attendee_count=tx.attendees.count(event_id),
        checked_in_count=len(tx.scans.checked_in_ids(event_id)),
        connection_count=tx.connections.count(event_id),
        letter_count=sum(tx.letters.counts(event_id).values()),
    )
