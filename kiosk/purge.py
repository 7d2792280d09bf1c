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


def is_due_for_purge(tx: Tx, event: Event, now: datetime) -> bool:
    """Whether the retention is over and somebody is still there; for the worker."""
    is_over = now >= due_for_purge_at(tx, event)
    return is_over and (
        tx.erasures.purge_of(event.id) is None or tx.attendees.count(event.id) > 0
    )


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
