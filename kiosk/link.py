"""A phone becomes a person's own: by one link, once, from a tablet or from their mailbox,
or by the back of their badge, where the event prints one.

The tablet may show a link only right after it first let the person in (`visit`): the front
of a badge, which anybody may photograph, never opens somebody's pages. Links and phones are
kept as digests. Of every new phone its person is told by mail, with a way to undo it; that
ends the power of the badge's back as well, because somebody else has seen it.
"""

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.door import person_refusal
from kiosk.ids import (
    agree_code,
    canonical_back,
    canonical_badge_code,
    digest,
    new_id,
    new_short_code,
    new_token,
)
from kiosk.model import Attendee, Badge, OneTimeLink, Phone
from kiosk.phase import phase_of
from kiosk.ports import Tx
from kiosk.slip import write_slip
from kiosk.visit import stands_at

LINK_LIVES_FOR = timedelta(seconds=60)
OFFERED_AFTER_ENTRY_FOR = timedelta(minutes=5)
LINK_LENGTH = 16  # Crockford characters: 80 random bits that a finger can still type


class Refusal(StrEnum):
    """Why there is no link or no phone."""

    NOT_JUST_CHECKED_IN = "not_just_checked_in"
    LINK_OVER = "link_over"
    BACK_OPENS_NOTHING = "back_opens_nothing"
    PHONE_OF_ANOTHER = "phone_of_another"


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
class TurnOver:
    """A browser presents both codes of a badge: `text` is as typed or scanned."""

    key: bytes = field(repr=False)
    text: str = field(repr=False)
    phone_name: str
    replaces: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Unlink:
    attendee_id: str
    phone_id: str


def offer_link(tx: Tx, command: OfferLink, now: datetime) -> Offered | TurnedAway:
    """A link that works once, for a minute."""
    device = tx.devices.get(command.device_id)
    since = now - OFFERED_AFTER_ENTRY_FOR
    if device is None or not stands_at(tx, device, command.attendee_id, since):
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
    return _linked(tx, attendee_id, command, now)


def turn_over(tx: Tx, command: TurnOver, now: datetime) -> Linked | TurnedAway:
    """Whoever shows the back of a badge that counts is its person, as often as they like.

    But not with the phone of somebody else at this event: they were shown a badge, and
    one press must not make them another person.

    An unknown badge, a wrong code, a replaced badge, a person who may not be there and an
    event that is over or prints no backs are refused with the same word.
    """
    front, agreed = canonical_back(command.text) or ("", "")
    badge, person = tx.badges.held(digest(front)) or (None, None)
    expected = agree_code(command.key, badge.id if badge else "")  # the same work always
    is_right = hmac.compare_digest(agreed, expected)
    if badge is None or person is None or not is_right:
        return TurnedAway(Refusal.BACK_OPENS_NOTHING)
    if not _opens(tx, badge, person, now):
        return TurnedAway(Refusal.BACK_OPENS_NOTHING)
    if _is_anothers(tx, command.replaces, person):
        return TurnedAway(Refusal.PHONE_OF_ANOTHER)
    return _linked(tx, person.id, command, now)


def unlink(tx: Tx, command: Unlink, now: datetime) -> bool:
    """False when the person has no such phone (any more)."""
    return tx.phones.unlink(command.phone_id, command.attendee_id, now)


def canonical_link(text: str) -> str | None:
    """The token in what was typed, pasted or scanned: alone, or at the end of its URL."""
    return canonical_badge_code(text.strip().replace("#", "/").rpartition("/")[2])


def _opens(tx: Tx, badge: Badge, person: Attendee, now: datetime) -> bool:
    """Whether this badge's back has its power: a badge in the bin has none."""
    event = tx.events.get(badge.event_id)
    if event is None or not event.agree_code:
        return False
    is_over = phase_of(event, tx.events.closure(event.id), now) == "closed"
    is_void = badge.replaced_at is not None or badge.agree_ended_at is not None
    return not is_over and not is_void and person_refusal(person) is None


def _is_anothers(tx: Tx, secret: str | None, person: Attendee) -> bool:
    phone = tx.phones.by_token(digest(secret)) if secret else None
    owner = tx.attendees.get(phone.attendee_id) if phone else None
    is_here = owner is not None and owner.event_id == person.event_id
    return is_here and owner != person


def _linked(tx: Tx, attendee_id: str, by: Link | TurnOver, now: datetime) -> Linked:
    before = _let_go(tx, by.replaces, now)
    phone = Phone(new_id(), attendee_id, by.phone_name, now)
    secret, is_known = new_token(), before is not None and before.attendee_id == attendee_id
    if before and is_known:
        phone = replace(phone, recognised_at=before.recognised_at)
    tx.phones.add(phone, digest(secret))
    if not is_known:
        _tell(tx, phone, now)
    return Linked(phone, secret)


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
