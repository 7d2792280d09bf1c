"""A slip: a short letter that leaves at once, about something its person did.

It carries a link they asked for, asks them to confirm an erasure, or says that a phone was
linked. It is no bulk mail: an unsubscribe does not stop it, but an address that bounced
gets none. A slip has the id of the link or phone it is about, and its link is derived from
that id under the server key, so neither the store nor a log holds what it opens.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.ids import address_digest, digest, link_code, seal
from kiosk.model import Attendee, Event, Letter, LetterKind
from kiosk.ports import Tx

NOT_ME = "not-me"
"""The purpose of the sealed token that unlinks a phone."""

UNSUBSCRIBED = "unsubscribed"  # as `suppress` says it
NO_ADDRESS = "no e-mail address"
OVER = "its link is over"
NO_SUCH_PHONE = "the phone is unlinked"


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says: where its link leads, until when, and of which browser it is."""

    letter: Letter
    event: Event
    token: str
    until: datetime | None = None
    browser: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoSlip:
    """It must not be sent any more."""

    reason: str


def write_slip(
    tx: Tx, person: Attendee, kind: LetterKind, about_id: str, now: datetime
) -> bool:
    """Put a slip in the outbox, to leave at once; False when there is no address."""
    event = tx.events.get(person.event_id)
    if event is None or not person.email:
        return False
    domain = event.follow_up.sender_address.rpartition("@")[2]
    tx.letters.add(
        Letter(
            id=about_id,
            event_id=event.id,
            attendee_id=person.id,
            kind=kind,
            generation=len(tx.letters.of_kind(person.id, kind)) + 1,
            to_name=person.name,
            to_address=person.email,
            language=person.language or next(iter(event.languages), "en"),
            message_id=f"<{about_id}@{domain}>",
            people=(),
            state="queued",
            planned_at=now,
            due_at=now,
        )
    )
    return True


def read_slip(tx: Tx, letter: Letter, key: bytes, now: datetime) -> Slip | NoSlip:
    """What the slip says at this instant; writes nothing."""
    event = tx.events.get(letter.event_id)
    if event is None:
        return NoSlip("its event is gone")
    reason = tx.suppressions.reason(event.id, address_digest(letter.to_address))
    if reason and reason != UNSUBSCRIBED:
        return NoSlip(reason)
    if letter.kind == "not_you":
        return _of_a_phone(tx, letter, event, key)
    return _of_a_link(tx, letter, event, key, now)


def _of_a_phone(tx: Tx, letter: Letter, event: Event, key: bytes) -> Slip | NoSlip:
    phone = tx.phones.get(letter.id)
    if phone is None or phone.unlinked_at:
        return NoSlip(NO_SUCH_PHONE)
    token = seal(key, NOT_ME, phone.id)
    return Slip(letter, event, token, browser=phone.name, at=phone.linked_at)


def _of_a_link(
    tx: Tx, letter: Letter, event: Event, key: bytes, now: datetime
) -> Slip | NoSlip:
    token = link_code(key, letter.id)
    link = tx.links.get(digest(token))
    if link is None or link.is_over(now):
        return NoSlip(OVER)
    return Slip(letter, event, token, until=link.expires_at)
