"""Whom a code stands for: a badge of this event first, then a ticket of its shop."""

from dataclasses import dataclass

from kiosk.ids import canonical_badge_code, digest, ticket_codes
from kiosk.model import Attendee, Badge, Reason, Ticket
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """The person a code stands for, and what is special about the code."""

    attendee: Attendee
    ticket: Ticket | None = None
    is_replaced: bool = False


def find(tx: Tx, event_id: str, text: str) -> Found | Reason:
    """The person, or why there is none: `unknown_code` or `wrong_event`.

    A replaced badge still finds its person (`is_replaced`): the refusal is the caller's.
    """
    code = canonical_badge_code(text)
    badge = tx.badges.by_digest(digest(code)) if code else None
    if badge is None:
        return _by_ticket(tx, event_id, text)
    if badge.event_id != event_id:
        return Reason.WRONG_EVENT
    return _found(tx, badge)


def _found(tx: Tx, badge: Badge) -> Found | Reason:
    attendee = tx.attendees.get(badge.attendee_id)
    if attendee is None:
        return Reason.UNKNOWN_CODE
    return Found(attendee, is_replaced=badge.replaced_at is not None)


def _by_ticket(tx: Tx, event_id: str, text: str) -> Found | Reason:
    for candidate in ticket_codes(text):
        ticket = tx.tickets.find(event_id, candidate)
        attendee = tx.attendees.get(ticket.attendee_id) if ticket else None
        if attendee:
            return Found(attendee, ticket)
    return Reason.UNKNOWN_CODE
