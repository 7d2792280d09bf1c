"""Somebody wants no more letters about an event, and gets none from that moment.

What is kept is a digest of the address, not the address: enough to recognise it in the
next list. A letter that waits is skipped; one that a relay has taken cannot be called back.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.ids import address_digest, plain_address, seal, unseal
from kiosk.model import Attendee, Event
from kiosk.ports import Tx

PURPOSE = "unsubscribe"
UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True)
class Suppression:
    """The person at the event whom an unsubscribe link is about."""

    event: Event
    attendee: Attendee
    is_suppressed: bool


@dataclass(frozen=True, slots=True)
class UnknownLink:
    """No link of ours, or its person was erased."""


@dataclass(frozen=True, slots=True)
class Link:
    """A token of `unsubscribe_token` and the server key that seals it."""

    key: bytes
    token: str


def unsubscribe_token(key: bytes, attendee_id: str) -> str:
    """What stands behind `/u/` in a letter; it never ends, as RFC 8058 links must not."""
    return seal(key, PURPOSE, attendee_id)


def whom(tx: Tx, link: Link) -> Suppression | UnknownLink:
    """Whom a link is about and whether they are unsubscribed; changes nothing."""
    attendee_id = unseal(link.key, PURPOSE, link.token)
    attendee = tx.attendees.get(attendee_id) if attendee_id else None
    event = tx.events.get(attendee.event_id) if attendee else None
    if attendee is None or event is None or not attendee.email:
        return UnknownLink()
    suppressed = tx.suppressions.of_event(event.id)
    return Suppression(event, attendee, address_digest(attendee.email) in suppressed)


def unsubscribe(tx: Tx, link: Link, now: datetime) -> Suppression | UnknownLink:
    """No more letters about this event to this address; doing it twice changes nothing."""
    found = whom(tx, link)
    if isinstance(found, UnknownLink):
        return found
    event, address = found.event, plain_address(found.attendee.email)
    tx.suppressions.add(event.id, address_digest(address), UNSUBSCRIBED, now)
    tx.deliveries.call_back(event.id, "skipped", UNSUBSCRIBED, now, address=address)
    return Suppression(event, found.attendee, is_suppressed=True)


def resubscribe(tx: Tx, link: Link, now: datetime) -> Suppression | UnknownLink:
    """Letters again, from the next that is planned; one that was skipped stays skipped."""
    del now
    found = whom(tx, link)
    if isinstance(found, UnknownLink):
        return found
    tx.suppressions.remove(found.event.id, address_digest(found.attendee.email))
    return Suppression(found.event, found.attendee, is_suppressed=False)
