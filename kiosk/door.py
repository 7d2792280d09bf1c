"""The decision table of the door (CONTRACT §4): the first row that holds is the refusal.

The rows stand in the order in which they are judged, so the reason shown is the one that
helps most. The browser walks the same table; `tests/vectors/door.json` holds both to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.find import Found
from kiosk.model import Attendee, CheckInList, Reason, ScanKind


@dataclass(frozen=True, slots=True)
class Case:
    """All that the table looks at; `history` holds kinds of earlier successful scans."""

    found: Found
    rule: CheckInList
    kind: ScanKind
    scanned_at: datetime
    phase_refusal: Reason | None
    ticket_types: frozenset[str]
    history: Sequence[str]
    may_override: bool = False

    @property
    def is_entry(self) -> bool:
        return self.kind == "check_in"


def judge(case: Case) -> Reason | None:
    """Why this person is turned away, or None when they may pass."""
    return next((reason for reason, holds in REFUSALS if holds(case)), None)


def may_enter(rule: CheckInList, history: Sequence[str]) -> bool:
    """Whether another entry is allowed after these scans of the same person and list."""
    if rule.allow_multiple_entries or "check_in" not in history:
        return True
    return rule.allow_entry_after_exit and history[-1] == "check_out"


def _is_canceled(case: Case) -> bool:
    ticket = case.found.ticket
    return case.found.attendee.status == "canceled" or (
        ticket is not None and ticket.status == "canceled"
    )


def _is_unpaid(case: Case) -> bool:
    ticket = case.found.ticket
    is_pending = case.found.attendee.status == "pending" or (
        ticket is not None and ticket.status == "pending"
    )
    return is_pending and not (case.rule.include_pending and case.may_override)


def _is_too_early(case: Case) -> bool:
    start = case.found.attendee.valid_from
    return case.is_entry and start is not None and case.scanned_at < start


def _is_too_late(case: Case) -> bool:
    end = case.found.attendee.valid_until
    return case.is_entry and end is not None and case.scanned_at > end


def _has_no_ticket_for_this_door(case: Case) -> bool:
    return bool(case.rule.ticket_types) and case.ticket_types.isdisjoint(
        case.rule.ticket_types
    )


def _may_not_enter_again(case: Case) -> bool:
    return case.is_entry and not may_enter(case.rule, case.history)


REFUSALS: tuple[tuple[Reason, Callable[[Case], bool]], ...] = (
    (Reason.REPLACED_BADGE, lambda case: case.found.is_replaced),
    (Reason.EVENT_NOT_OPEN, lambda case: case.phase_refusal == Reason.EVENT_NOT_OPEN),
    (Reason.EVENT_CLOSED, lambda case: case.phase_refusal == Reason.EVENT_CLOSED),
    (Reason.CANCELED, _is_canceled),
    (Reason.BLOCKED, lambda case: bool(case.found.attendee.blocked)),
    (Reason.UNAPPROVED, lambda case: not case.found.attendee.approved),
    (Reason.NOT_YET_VALID, _is_too_early),
    (Reason.NO_LONGER_VALID, _is_too_late),
    (Reason.WRONG_LIST, _has_no_ticket_for_this_door),
    (Reason.UNPAID, _is_unpaid),
    (Reason.ALREADY_IN, _may_not_enter_again),
)


def person_refusal(attendee: Attendee) -> Reason | None:
    """Why a person may take part in nothing at this event, door or swap."""
    if attendee.status == "canceled":
        return Reason.CANCELED
    if attendee.blocked:
        return Reason.BLOCKED
    return None if attendee.approved else Reason.UNAPPROVED
