"""What people do at a tablet besides being scanned, and which verb each deed calls.

A badge authenticates nothing, so a deed does what whoever stands there with the badge may
do anyway: it may share less than before and never more, for what somebody keeps back is
theirs to give. Deeds of a lonely tablet come late, in their own order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import UUID, uuid5

from kiosk.agree import shared_fields
from kiosk.annul import can_stand
from kiosk.booth import Agrees, Undoes, do_at_booth
from kiosk.consent import Share, share
from kiosk.find import Found, find
from kiosk.ids import badge_code
from kiosk.issue import Issued
from kiosk.judge import Reading
from kiosk.model import Attendee, Connection, Reason, Registration
from kiosk.occasion import Done, Occasion
from kiosk.paper import Corrects, Prints, Replaces, note_print, put_right, replace_lost
from kiosk.phase import refusal_of_time
from kiosk.ports import Tx
from kiosk.promise import MakePromise, promise
from kiosk.promise import Refusal as NotPromised
from kiosk.refer import NotSettled, Refer, Settle, refer, settle
from kiosk.register import WalkIn, walk_in
from kiosk.remember import Star, star
from kiosk.scan import Receive, receive
from kiosk.visible import one_line

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class ComesIn:
    """Somebody who is on no list is registered and let in; the tablet named them."""

    person_id: str
    person: Registration
    list_name: str = ""
    decided: Literal["welcomed"] | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """What the person with this badge shares from now on."""

    code: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """A next step of the person with `code`, towards those of a swap or one of them."""

    scan_id: str
    code: str
    kind: str
    text: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Stars:
    """The person with `code` marks those of a swap, or one of them, as one of the few."""

    scan_id: str
    code: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Refers:
    """Somebody was turned away and goes to the help desk; the lane moves on."""

    scan_id: str | None
    code: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settles:
    """The help desk has seen to a case."""

    referral_id: str


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


def choose_sharing(tx: Tx, deed: Shares, occasion: Occasion) -> Done:
    """Less than before: a photographed badge must not open what its person has closed."""
    person = _person(tx, occasion, deed.code)
    if not isinstance(person, Attendee):
        return Done("turned_away", person)
    given = shared_fields(occasion.venue.event, person)
    chosen = tuple(name for name in deed.fields if name in given)
    share(tx, Share(person.id, chosen), occasion.now)
    return Done("shared")


def make_promises(tx: Tx, deed: Promises, occasion: Occasion) -> Done:
    """One promise for each connection of the swap; done again it is the same."""
    person = _person(tx, occasion, deed.code)
    if not isinstance(person, Attendee):
        return Done("turned_away", person)
    met = _met_in(tx, occasion, deed.scan_id, person, deed.to)
    for connection in met:
        promise_id = str(uuid5(UUID(occasion.id), connection.id))
        command = MakePromise(person.id, connection.id, deed.kind, deed.text, promise_id)
        made = promise(tx, command, occasion.now)
        if isinstance(made, NotPromised):
            return Done("turned_away", str(made))
    return Done("promised") if met else Done("turned_away", "not_connected")


def give_stars(tx: Tx, deed: Stars, occasion: Occasion) -> Done:
    person = _person(tx, occasion, deed.code)
    if not isinstance(person, Attendee):
        return Done("turned_away", person)
    met = _met_in(tx, occasion, deed.scan_id, person, deed.to)
    for connection in met:
        star(tx, Star(person.id, connection.id, is_starred=True), occasion.now)
    return Done("starred") if met else Done("turned_away", "not_connected")


def send_to_desk(tx: Tx, deed: Refers, occasion: Occasion) -> Done:
    device, at = occasion.venue.device, occasion.at
    case = (deed.scan_id, deed.code, deed.reason, deed.note)
    refer(tx, Refer(occasion.id, device, *case, at), occasion.now)
    return Done("referred")


def see_to(tx: Tx, deed: Settles, occasion: Occasion) -> Done:
    """Only at the help desk; seen to twice is seen to."""
    device = occasion.venue.device
    if device.role != "desk":
        return Done("turned_away", "not_the_help_desk")
    by = Settle(device.event_id, deed.referral_id, device.name)
    settled = settle(tx, by, occasion.now)
    if isinstance(settled, NotSettled):
        return Done("turned_away", str(settled))
    return Done("settled")


AtDoors = ComesIn | Shares | Promises | Stars | Refers | Settles
Deed = AtDoors | Corrects | Prints | Replaces | Agrees | Undoes
"""Everything that can be done; each has one line below."""

_VERBS: Mapping[type[Any], Callable[[Tx, Any, Occasion], Done]] = {
    ComesIn: come_in,
    Shares: choose_sharing,
    Promises: make_promises,
    Stars: give_stars,
    Refers: send_to_desk,
    Settles: see_to,
    Corrects: put_right,
    Prints: note_print,
    Replaces: replace_lost,
}


def do(tx: Tx, deed: Deed, occasion: Occasion) -> Done:
    """Call the verb this deed is for; a sponsor's device has its own."""
    if occasion.venue.device.sponsor_id or isinstance(deed, Agrees | Undoes):
        return do_at_booth(tx, deed, occasion)
    return _VERBS[type(deed)](tx, deed, occasion)


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


def _person(tx: Tx, occasion: Occasion, code: str) -> Attendee | Reason:
    found = find(tx, occasion.venue.event.id, code)
    if not isinstance(found, Found):
        return found
    return Reason.REPLACED_BADGE if found.is_replaced else found.attendee


def _met_in(
    tx: Tx, occasion: Occasion, scan_id: str, person: Attendee, to: str
) -> Sequence[Connection]:
    """The connections of a swap at this tablet that this person is one of."""
    scan = tx.scans.get(scan_id)
    if scan is None or scan.device_id != occasion.venue.device.id or not can_stand(scan):
        return ()
    other = _person(tx, occasion, to) if to else None
    pairs = [pair for pair in scan.pairs if person.id in pair]
    if isinstance(other, Attendee):
        pairs = [pair for pair in pairs if other.id in pair]
    found = (tx.connections.between(*pair) for pair in pairs)
    return [connection for connection in found if connection and connection.is_mutual]
