"""Where an event stands: before, open, late or closed; and whether a scan still counts.

An event ends at its closure or else at its `ends_at`. Scans made until then are counted
while they arrive within `late_scans_for`, so that a tablet that was alone loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.model import Closure, Event, Phase, Reason


@dataclass(frozen=True, slots=True)
class End:
    """The instant an event ends and until when earlier scans may still arrive."""

    ended_at: datetime
    late_until: datetime


def end_of(event: Event, closure: Closure | None) -> End:
    if closure is None:
        return End(event.ends_at, event.ends_at + event.follow_up.late_scans_for)
    return End(closure.ended_at, closure.late_until)


def phase_of(event: Event, closure: Closure | None, now: datetime) -> Phase:
    """The event's phase at `now`."""
    end = end_of(event, closure)
    if now < event.opens_at:
        return "before"
    if now < end.ended_at:
        return "open"
    return "late" if now < end.late_until else "closed"


def refusal_of_time(
    event: Event, closure: Closure | None, scanned_at: datetime, now: datetime
) -> Reason | None:
    """Why a scan made at `scanned_at` and heard at `now` does not count, or None."""
    end = end_of(event, closure)
    if scanned_at < event.opens_at:
        return Reason.EVENT_NOT_OPEN
    if scanned_at >= end.ended_at or now >= end.late_until:
        return Reason.EVENT_CLOSED
    return None
