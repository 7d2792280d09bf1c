"""Whom a code stands for: a badge of this event first, then a ticket of its shop."""

from dataclasses import dataclass

from kiosk.ids import canonical_badge_code, digest, ticket_codes
from kiosk.model import Attendee, Reason, Ticket
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
    held = tx.badges.held(digest(code)) if code else None
    if held is None:
        return _by_ticket(tx, event_id, text)
    badge, holder = held
    if badge.event_id != event_id:
        return Reason.WRONG_EVENT
    if holder is None:
        return Reason.UNKNOWN_CODE
    return Found(holder, is_replaced=badge.replaced_at is not None)


def _by_ticket(tx: Tx, event_id: str, text: str) -> Found | Reason:
    for candidate in ticket_codes(text):
        ticket = tx.tickets.find(event_id, candidate)
        attendee = tx.attendees.get(ticket.attendee_id) if ticket else None
        if attendee:
            return Found(attendee, ticket)
    return Reason.UNKNOWN_CODE
