"""A badge at the door: let the person in or out, or say why not.

The person at the tablet is judged by the table in `door`; what the tablet already decided
while it was alone is a fact, kept together with what the table would have answered.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.door import Case, judge
from kiosk.find import Found, find
from kiosk.model import Attendee, CheckInList, Event, Reason
from kiosk.phase import refusal_of_time
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One code at one door. `may_override` lets an unpaid ticket in where the list may."""

    event: Event
    rule: CheckInList
    kind: Literal["check_in", "check_out"]
    code: str
    scanned_at: datetime
    was_decided: bool = False
    may_override: bool = False


@dataclass(frozen=True, slots=True)
class Welcomed:
    attendee: Attendee
    conflict: Reason | None = None


@dataclass(frozen=True, slots=True)
class WelcomedBack:
    attendee: Attendee
    conflict: Reason | None = None


@dataclass(frozen=True, slots=True)
class Goodbye:
    attendee: Attendee
    conflict: Reason | None = None


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Nobody is known for `unknown_code` and `wrong_event`."""

    reason: Reason
    attendee: Attendee | None = None


def check_in(
    tx: Tx, command: CheckIn, now: datetime
) -> Welcomed | WelcomedBack | Goodbye | TurnedAway:
    """Judge one reading at the door; the caller records it. Writes nothing itself."""
    found = find(tx, command.event.id, command.code)
    if isinstance(found, Reason):
        return TurnedAway(found)
    case = _case(tx, command, found, now)
    refusal = judge(case)
    if refusal and not command.was_decided:
        return TurnedAway(refusal, found.attendee)
    if command.kind == "check_out":
        return Goodbye(found.attendee, refusal)
    if "check_in" in case.history:
        return WelcomedBack(found.attendee, refusal)
    return Welcomed(found.attendee, refusal)


def _case(tx: Tx, command: CheckIn, found: Found, now: datetime) -> Case:
    event = command.event
    closure = tx.events.closure(event.id)
    return Case(
        found=found,
        rule=command.rule,
        kind=command.kind,
        scanned_at=command.scanned_at,
        phase_refusal=refusal_of_time(event, closure, command.scanned_at, now),
        ticket_types=_ticket_types(tx, command.rule, found.attendee),
        history=tx.scans.history(found.attendee.id, command.rule.id),
        may_override=command.may_override,
    )


def _ticket_types(tx: Tx, rule: CheckInList, attendee: Attendee) -> frozenset[str]:
    """What this person may go to; not looked up for a door that is open to every type."""
    if not rule.ticket_types:
        return frozenset()
    extra = (
        t.ticket_type for t in tx.tickets.of_attendee(attendee.id) if t.status != "canceled"
    )
    return frozenset([attendee.ticket_type, *extra])
