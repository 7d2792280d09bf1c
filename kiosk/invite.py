"""A link by mail: anybody may ask for one, and only the mailbox learns the answer.

The page that takes an address never looks it up, so it answers alike, and in the same
time, whether somebody has it or not; the worker answers a moment later, by mail or not at
all. Too many wishes for one address, or from a place that keeps guessing, come to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.ids import address_digest, digest, link_code, new_id, plain_address
from kiosk.model import Attendee, LinkPurpose, LinkRequest, OneTimeLink
from kiosk.ports import Tx
from kiosk.slip import write_slip

LIVES_FOR = timedelta(minutes=10)
KEPT_FOR = timedelta(hours=12)
"""In the browser that asked a link works for the rest of the day: mail may come late."""

WITHIN = timedelta(hours=1)
WISHES_AN_ADDRESS = 3
MISSES_A_CALLER = 20
WAITING_LIMIT = 1000
ANSWERED_AT_ONCE = 50
PEOPLE_LIMIT = 5
"""One mail for each event, or for each of several people with one address; not more."""

ADDRESS_LENGTH = 254  # RFC 5321 §4.5.3.1.3, without the brackets


@dataclass(frozen=True, slots=True)
class WishLink:
    """Somebody typed this address; `caller` and `browser` are digests, or empty."""

    address: str
    caller: str
    browser: str


def wish_link(tx: Tx, command: WishLink, now: datetime) -> None:
    """Put the wish on record; a flood of them is not kept."""
    address = command.address.strip()[:ADDRESS_LENGTH]
    if len(tx.link_requests.waiting(WAITING_LIMIT)) == WAITING_LIMIT:
        return
    tx.link_requests.add(
        LinkRequest(
            new_id(), address, address_digest(address), command.caller, command.browser, now
        )
    )


@dataclass(frozen=True, slots=True)
class AnswerWishes:
    """`key` is the server key, under which the tokens are derived."""

    key: bytes


def answer_wishes(tx: Tx, command: AnswerWishes, now: datetime) -> int:
    """Write the mails that were wished for; how many wishes were answered."""
    wishes = tx.link_requests.waiting(ANSWERED_AT_ONCE)
    for wish in wishes:
        people = _people(tx, wish, now)
        for person in people:
            _invite(tx, person, wish, command.key)
        tx.link_requests.change(
            replace(wish, address="", answered_at=now, was_known=bool(people))
        )
    tx.link_requests.drop_before(now - WITHIN)
    return len(wishes)


@dataclass(frozen=True, slots=True)
class ConfirmErasure:
    """This person wants to be forgotten; a mail asks them once more."""

    attendee_id: str
    key: bytes


def confirm_erasure(tx: Tx, command: ConfirmErasure, now: datetime) -> bool:
    """Mail the link that erases; False without an address, or too often in an hour."""
    person = tx.attendees.get(command.attendee_id)
    if person is None:
        return False
    since = now - WITHIN
    sent = [one for one in tx.letters.of_kind(person.id, "erase") if one.planned_at > since]
    if len(sent) >= WISHES_AN_ADDRESS or not person.email:
        return False
    link = OneTimeLink("", person.id, "erase", now, now + LIVES_FOR)
    return _write(tx, person, link, command.key)


@dataclass(frozen=True, slots=True)
class TakeConfirmation:
    """Somebody pressed the button behind the link in that mail."""

    token: str


def take_confirmation(tx: Tx, command: TakeConfirmation, now: datetime) -> Attendee | None:
    """Whom to forget now; None when the link is unknown, used or over."""
    attendee_id = tx.links.use(digest(command.token), "erase", "", now)
    return tx.attendees.get(attendee_id) if attendee_id else None


def _people(tx: Tx, wish: LinkRequest, now: datetime) -> Sequence[Attendee]:
    """Whom to write to: everybody with this address, those of the nearest event first."""
    since = wish.asked_at - WITHIN
    is_over = wish.asked_at + KEPT_FOR <= now
    is_pressed = tx.link_requests.of_address(wish.address_digest, since) > WISHES_AN_ADDRESS
    is_guessed = tx.link_requests.misses_of(wish.caller, since) >= MISSES_A_CALLER
    if is_over or is_pressed or is_guessed or not plain_address(wish.address):
        return ()
    people = tx.attendees.with_address(wish.address)
    return sorted(people, key=lambda person: _distance(tx, person, now))[:PEOPLE_LIMIT]


def _distance(tx: Tx, person: Attendee, now: datetime) -> timedelta:
    event = tx.events.get(person.event_id)
    if event is None:
        return timedelta.max
    return max(event.opens_at - now, now - event.ends_at, timedelta())


def _invite(tx: Tx, person: Attendee, wish: LinkRequest, key: bytes) -> None:
    purpose: LinkPurpose = "link"
    link = OneTimeLink(
        digest="",
        attendee_id=person.id,
        purpose=purpose,
        made_at=wish.asked_at,
        expires_at=wish.asked_at + LIVES_FOR,
        browser=wish.browser,
        kept_until=wish.asked_at + KEPT_FOR if wish.browser else None,
    )
    _write(tx, person, link, key)


def _write(tx: Tx, person: Attendee, link: OneTimeLink, key: bytes) -> bool:
    """The slip and its link become true together; the token itself is kept nowhere."""
    link_id = new_id()
    tx.links.offer(replace(link, digest=digest(link_code(key, link_id))))
    return write_slip(tx, person, link.purpose, link_id, link.made_at)
