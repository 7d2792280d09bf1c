"""Somebody who is on no list comes in: registered, with a badge, and checked in at once.

The tablet names them itself, so the same person sent twice is one. An address that is none
becomes a note to staff: nobody is lost for it.
"""

from dataclasses import dataclass
from typing import Literal

from kiosk.ids import badge_code
from kiosk.issue import Issued
from kiosk.judge import Reading
from kiosk.model import Attendee, Reason, Registration
from kiosk.occasion import Done, Occasion
from kiosk.phase import refusal_of_time
from kiosk.ports import Tx
from kiosk.register import WalkIn, walk_in
from kiosk.scan import Receive, receive
from kiosk.visible import one_line


@dataclass(frozen=True, slots=True)
class ComesIn:
    """Somebody who is on no list is registered and let in; the tablet named them."""

    person_id: str
    person: Registration
    list_name: str = ""
    decided: Literal["welcomed"] | None = None


def come_in(tx: Tx, deed: ComesIn, occasion: Occasion) -> Done:
    """Register, give a badge, and check in by a scan that has the act's id and number.

    Whom the tablet has let in alone is registered, whatever the hour and the door.
    """
    venue, now = occasion.venue, occasion.now
    shut = _shut(tx, deed, occasion) if deed.decided is None else None
    if shut:
        return shut
    known = tx.attendees.get(deed.person_id)
    if known and known.event_id != venue.event.id:
        return Done("rejected", Reason.MALFORMED)
    code = _badge_of(tx, occasion.key, known) if known else _registered(tx, deed, occasion)
    reading = Reading(
        id=occasion.id,
        seq=occasion.seq,
        kind="check_in",
        codes=(code,),
        scanned_at=occasion.at,
        list_name=deed.list_name,
        decided=deed.decided,
    )
    answer = receive(tx, Receive(venue.device, (reading,)), now)[0]
    return Done(answer.outcome, answer.reason, answer.attendees, code)


def _shut(tx: Tx, deed: ComesIn, occasion: Occasion) -> Done | None:
    """Why nobody can come in here now: then nobody is registered either."""
    event = occasion.venue.event
    if occasion.venue.rule(deed.list_name) is None:
        return Done("rejected", Reason.MALFORMED)
    closure = tx.events.closure(event.id)
    refusal = refusal_of_time(event, closure, occasion.at, occasion.now)
    return Done("turned_away", refusal) if refusal else None


def _registered(tx: Tx, deed: ComesIn, occasion: Occasion) -> str:
    """The badge code of the new person, or of the one who turns out to be known."""
    name, _ = one_line(deed.person.name)
    event_id, key = occasion.venue.event.id, occasion.key
    command = WalkIn(event_id, _plain(deed.person, name), key, deed.person_id)
    made = walk_in(tx, command, occasion.now)
    return made.code if isinstance(made, Issued) else _badge_of(tx, key, made.attendee)


def _plain(person: Registration, name: str) -> Registration:
    """The person as typed, on one line each; what is no address becomes a note to staff."""
    email, _ = one_line(person.email)
    company, _ = one_line(person.company)
    return Registration(
        name=name,
        email=email if _is_address(email) else "",
        attention="" if not email or _is_address(email) else f"E-mail as typed: {email}",
        company=company,
        ticket_type=one_line(person.ticket_type)[0],
        language=one_line(person.language)[0],
    )


def _is_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    return bool(local) and "." in domain.strip(".") and " " not in text


def _badge_of(tx: Tx, key: bytes, person: Attendee) -> str:
    badge = tx.badges.of_attendee(person.id)
    return badge_code(key, badge.id) if badge else ""
