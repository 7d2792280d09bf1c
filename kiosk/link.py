"""A phone becomes a person's own: by one link, once, from a tablet or from their mailbox.

The tablet may show a link only right after it let the person in: a badge alone, which
anybody may photograph, never opens somebody's pages. Links and phones are kept as digests.
Of every new phone its person is told by mail, with a way to undo it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.ids import (
    canonical_badge_code,
    digest,
    new_id,
    new_short_code,
    new_token,
    unseal,
)
from kiosk.model import OneTimeLink, Phone
from kiosk.ports import Tx
from kiosk.slip import NOT_ME, write_slip

LINK_LIVES_FOR = timedelta(seconds=60)
OFFERED_AFTER_ENTRY_FOR = timedelta(minutes=5)
LINK_LENGTH = 16  # Crockford characters: 80 random bits that a finger can still type


class Refusal(StrEnum):
    """Why there is no link or no phone."""

    NOT_JUST_CHECKED_IN = "not_just_checked_in"
    LINK_OVER = "link_over"


@dataclass(frozen=True, slots=True)
class OfferLink:
    """A device asks for a link for the person it has just let in."""

    device_id: str
    attendee_id: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The token to show, once; nobody can read it back."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TurnedAway:
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Link:
    """A browser presents a token; `replaces` is the token of the cookie it had before.

    `browser` is the digest of the cookie it was given when it asked for a mail, or "".
    """

    token: str
    phone_name: str
    replaces: str | None = None
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """`secret` goes into the browser's cookie and nowhere else."""

    phone: Phone
    secret: str


@dataclass(frozen=True, slots=True)
class Unlink:
    attendee_id: str
    phone_id: str


def offer_link(tx: Tx, command: OfferLink, now: datetime) -> Offered | TurnedAway:
    """A link that works once, for a minute."""
    since = now - OFFERED_AFTER_ENTRY_FOR
    if not tx.scans.has_entered_at(command.attendee_id, command.device_id, since):
        return TurnedAway(Refusal.NOT_JUST_CHECKED_IN)
    token = new_short_code(LINK_LENGTH)
    expires_at = now + LINK_LIVES_FOR
    link = OneTimeLink(digest(token), command.attendee_id, "link", now, expires_at)
    tx.links.offer(link)
    return Offered(token, expires_at)


def link(tx: Tx, command: Link, now: datetime) -> Linked | TurnedAway:
    """Use up the link; an unknown, used or old one is refused with the same words."""
    token = canonical_link(command.token)
    token_digest = digest(token) if token else ""
    attendee_id = tx.links.use(token_digest, "link", command.browser, now)
    if attendee_id is None:
        return TurnedAway(Refusal.LINK_OVER)
    before = _let_go(tx, command.replaces, now)
    phone = Phone(new_id(), attendee_id, command.phone_name, now)
    secret = new_token()
    tx.phones.add(phone, digest(secret))
    if before is None or before.attendee_id != attendee_id:
        _tell(tx, phone, now)
    return Linked(phone, secret)


def unlink(tx: Tx, command: Unlink, now: datetime) -> bool:
    """False when the person has no such phone (any more)."""
    return tx.phones.unlink(command.phone_id, command.attendee_id, now)


@dataclass(frozen=True, slots=True)
class Disown:
    """Somebody read that a phone was linked and says that it is not theirs."""

    key: bytes
    token: str


def disowned(tx: Tx, command: Disown) -> Phone | None:
    """The phone a mailed token is about, linked or not; None for any other token."""
    phone_id = unseal(command.key, NOT_ME, command.token)
    return tx.phones.get(phone_id) if phone_id else None


def disown(tx: Tx, command: Disown, now: datetime) -> Phone | None:
    """Unlink that phone and use up every link that is on its way; twice is like once."""
    phone = disowned(tx, command)
    if phone:
        tx.phones.unlink(phone.id, phone.attendee_id, now)
        tx.links.revoke(phone.attendee_id, now)
    return phone


def canonical_link(text: str) -> str | None:
    """The token in what was typed, pasted or scanned: alone, or at the end of its URL."""
    return canonical_badge_code(text.strip().replace("#", "/").rpartition("/")[2])


def _let_go(tx: Tx, secret: str | None, now: datetime) -> Phone | None:
    """A browser that is linked anew loses its cookie, so the phone it was is no more."""
    before = tx.phones.by_token(digest(secret)) if secret else None
    if before:
        tx.phones.unlink(before.id, before.attendee_id, now)
    return before


def _tell(tx: Tx, phone: Phone, now: datetime) -> None:
    """Whoever has the mailbox learns of every new phone, and can say: not mine."""
    person = tx.attendees.get(phone.attendee_id)
    if person:
        write_slip(tx, person, "not_you", phone.id, now)
