"""What people do at a tablet besides being scanned, and which verb each deed calls.

A badge authenticates nothing, so a deed does what whoever stands there with the badge may
do anyway: it may share less than before and never more, for what somebody keeps back is
theirs to give. Deeds of a lonely tablet come late, in their own order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid5

from kiosk.agree import shared_fields
from kiosk.annul import can_stand
from kiosk.booth import Agrees, Undoes, do_at_booth
from kiosk.consent import Share, share
from kiosk.find import Found, find
from kiosk.model import Attendee, Connection, Reason
from kiosk.newcomer import ComesIn, come_in
from kiosk.occasion import Done, Occasion
from kiosk.paper import Corrects, Prints, Replaces, note_print, put_right, replace_lost
from kiosk.ports import Tx
from kiosk.promise import MakePromise, promise
from kiosk.promise import Refusal as NotPromised
from kiosk.refer import NotSettled, Refer, Settle, refer, settle
from kiosk.remember import Star, star

D = TypeVar("D")


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
