"""One person tells the organisers about another, in their own words.

Only about somebody they met or were asked by; the other person is never told, and neither
is what the organisers make of it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.ids import new_id
from kiosk.model import Report
from kiosk.ports import Tx
from kiosk.visible import paragraphs

REASON_LENGTH = 1000  # characters
REPORTS_A_DAY = 20


class Refusal(StrEnum):
    """Why nothing was passed on."""

    NOBODY_THERE = "nobody_there"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Tell:
    """What this person says of the other one of a connection, in any state of it."""

    attendee_id: str
    connection_id: str
    reason: str


def report(tx: Tx, command: Tell, now: datetime) -> Report | Refusal:
    """Keep the report for the desk of the event; nothing is cut off silently."""
    connection = tx.connections.get(command.connection_id)
    if connection is None or command.attendee_id not in connection.ids:
        return Refusal.NOBODY_THERE
    reason = clean(command.reason)
    if refusal := _refusal(tx, command.attendee_id, reason, now):
        return refusal
    told = Report(
        id=new_id(),
        event_id=connection.event_id,
        reporter_id=command.attendee_id,
        reported_id=connection.other(command.attendee_id),
        reason=reason,
        reported_at=now,
    )
    tx.reports.add(told)
    return told


@dataclass(frozen=True, slots=True)
class SeeTo:
    """An organiser has seen to a report of their event."""

    event_id: str
    report_id: str
    by: str


def see_to(tx: Tx, command: SeeTo, now: datetime) -> Report | None:
    """The report as it stands now; who saw to it first stays on record."""
    told = tx.reports.get(command.report_id)
    if told is None or told.event_id != command.event_id:
        return None
    if told.seen_at:
        return told
    seen = replace(told, seen_at=now, seen_by=command.by)
    tx.reports.change(seen)
    return seen


def clean(reason: str) -> str:
    """The words without what nobody can see."""
    return paragraphs(reason)[0]


def _refusal(tx: Tx, attendee_id: str, reason: str, now: datetime) -> Refusal | None:
    if not reason:
        return Refusal.EMPTY
    if len(reason) > REASON_LENGTH:
        return Refusal.TOO_LONG
    since = now - timedelta(days=1)
    told = [one for one in tx.reports.by_attendee(attendee_id) if one.reported_at > since]
    return Refusal.TOO_MANY if len(told) >= REPORTS_A_DAY else None
