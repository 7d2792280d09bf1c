"""The badge a person walks on with: put right, printed at a tablet, replaced when lost.

Printing admits nobody and letting in prints nothing. A tablet knows a badge for as long as
its person may still stand there: after it first let them in, or with staff. Each sheet of
paper is noted, with a reason from the second one on.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.correct import Correct, Corrected, correct
from kiosk.find import Found, find
from kiosk.ids import badge_code, new_id
from kiosk.issue import Issued, Reissue, reissue
from kiosk.model import Attendee, Badge, Printing, Reason, Seen
from kiosk.occasion import Done, Occasion
from kiosk.ports import Tx
from kiosk.visit import stands_at

AT_HAND_FOR = timedelta(minutes=15)  # after the check-in at that tablet
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Corrects:
    """The person with this badge puts their own name or pronouns right; None: stays."""

    code: str
    name: str | None = None
    pronouns: str | None = None


@dataclass(frozen=True, slots=True)
class Prints:
    """A badge went to the printer of this tablet; a reason when it was not the first."""

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replaces:
    """A lost badge gets a successor; whoever reads the old one is told so."""

    code: str


@dataclass(frozen=True, slots=True)
class AtHand:
    """A badge as the tablet prints it, and how often that was done before."""

    person: Attendee
    code: str = field(repr=False)
    print_count: int


def at_hand(tx: Tx, occasion: Occasion, code: str) -> AtHand | Reason:
    """The badge of whoever stands here; `not_checked_in` when they cannot be known to."""
    held = _held(tx, occasion, code)
    if isinstance(held, Reason):
        return held
    person, badge = held
    count = len(tx.badges.printings_of(person.id))
    return AtHand(person, badge_code(occasion.key, badge.id), count)


def put_right(tx: Tx, deed: Corrects, occasion: Occasion) -> Done:
    held = _held(tx, occasion, deed.code)
    if isinstance(held, Reason):
        return Done("turned_away", held)
    said = {"name": deed.name, "pronouns": deed.pronouns}
    given = {name: text for name, text in said.items() if text is not None}
    outcome = correct(tx, Correct(held[0].id, given), occasion.now)
    if isinstance(outcome, Corrected):
        return Done("corrected")
    return Done("turned_away", next(iter(outcome.reasons.values())))


def note_print(tx: Tx, deed: Prints, occasion: Occasion) -> Done:
    held = _held(tx, occasion, deed.code)
    if isinstance(held, Reason):
        return Done("turned_away", held)
    device_id = occasion.venue.device.id
    printing = Printing(new_id(), held[1].id, device_id, occasion.at, deed.reason)
    tx.badges.note_printing(printing)
    return Done("printed")


def replace_lost(tx: Tx, deed: Replaces, occasion: Occasion) -> Done:
    """Only at the desk or a gate: a badge authenticates nobody, staff do."""
    if occasion.venue.device.role == "kiosk":
        return Done("turned_away", Reason.NOT_CHECKED_IN)
    found = find(tx, occasion.venue.event.id, deed.code)
    if not isinstance(found, Found):
        return Done("turned_away", found)
    event_id, person = occasion.venue.event.id, found.attendee
    made = reissue(tx, Reissue(event_id, person.id, LOST, occasion.key), occasion.now)
    if not isinstance(made, Issued):
        return Done("turned_away", Reason.UNKNOWN_CODE)
    told = Seen(person.id, person.name, person.company, None, person.language)
    return Done("replaced", None, (told,), made.code)


def _held(tx: Tx, occasion: Occasion, code: str) -> tuple[Attendee, Badge] | Reason:
    """Who has this code, if they may stand at this tablet, and the badge that counts."""
    found = find(tx, occasion.venue.event.id, code)
    if not isinstance(found, Found):
        return found
    if found.is_replaced:
        return Reason.REPLACED_BADGE
    person, device = found.attendee, occasion.venue.device
    since = occasion.at - AT_HAND_FOR  # of a lonely tablet we hear later
    is_here = device.role != "kiosk" or stands_at(tx, device, person.id, since)
    badge = tx.badges.of_attendee(person.id)
    return (person, badge) if is_here and badge else Reason.NOT_CHECKED_IN
