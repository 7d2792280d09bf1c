"""How two people stand to each other when one scans the other's badge with a phone.

What hinders the viewer is named; what hinders the other person never is: an unknown badge,
a replaced one, one of another event, one of somebody who is not here and one of somebody
who wants to be asked by nobody all look alike. Only "swap with me at a tablet" is told.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.door import person_refusal
from kiosk.find import Found, find
from kiosk.ids import canonical_badge_code
from kiosk.model import Attendee, Connection, Event, Preset
from kiosk.phase import phase_of
from kiosk.ports import Tx


class Refusal(StrEnum):
    """Why there is nothing to ask or to answer."""

    NOBODY_TO_ASK = "nobody_to_ask"
    NOT_CHECKED_IN = "not_checked_in"
    EVENT_NOT_OPEN = "event_not_open"
    EVENT_CLOSED = "event_closed"
    TOO_FAST = "too_fast"
    TOO_MANY_TODAY = "too_many_today"
    ASK_OVER = "ask_over"
    ONLY_AT_KIOSK = "only_at_kiosk"
    YOU_BLOCKED = "you_blocked"


@dataclass(frozen=True, slots=True)
class Look:
    """The person with this phone has scanned this code."""

    viewer_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Yourself:
    """Their own badge."""


@dataclass(frozen=True, slots=True)
class MayAsk:
    event: Event
    person: Attendee


@dataclass(frozen=True, slots=True)
class Asked:
    """My ask waits for the other person, or so it looks when they declined."""

    event: Event
    person: Attendee
    connection: Connection


@dataclass(frozen=True, slots=True)
class AsksMe:
    """The other person has asked me: my yes makes it mutual."""

    event: Event
    person: Attendee
    connection: Connection


@dataclass(frozen=True, slots=True)
class Connected:
    connection: Connection
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class TurnedAway:
    reason: Refusal


_ASKED_BY_NO_PHONE: dict[Preset, Refusal] = {
    "kiosk": Refusal.ONLY_AT_KIOSK,
    "nobody": Refusal.NOBODY_TO_ASK,
}

Regard = Yourself | MayAsk | Asked | AsksMe | Connected | TurnedAway


def look(tx: Tx, command: Look, now: datetime) -> Regard:
    """How the person with this code stands to the viewer; writes nothing."""
    viewer = tx.attendees.get(command.viewer_id)
    person = _badge_holder(tx, viewer, command.code) if viewer else None
    if viewer is None or person is None:
        return TurnedAway(Refusal.NOBODY_TO_ASK)
    if person.id == viewer.id:
        return Yourself()
    connection = tx.connections.between(viewer.id, person.id)
    if connection and connection.is_mutual:
        return Connected(connection, is_new=False)
    event = _event_of(tx, viewer)
    reason = _refusal(tx, event, viewer, person, now)
    if reason is None and connection and connection.blocked_by(viewer.id):
        reason = Refusal.YOU_BLOCKED
    if reason:
        return TurnedAway(reason)
    regard = _regard(event, person, connection, now)
    unasked = _ASKED_BY_NO_PHONE.get(tx.preferences.get(person.id).preset)
    return TurnedAway(unasked) if unasked and isinstance(regard, MayAsk) else regard


def _badge_holder(tx: Tx, viewer: Attendee, code: str) -> Attendee | None:
    """Whose badge of the same event this is; a ticket code finds nobody here."""
    if canonical_badge_code(code) is None:
        return None
    found = find(tx, viewer.event_id, code)
    is_a_badge = isinstance(found, Found) and not (found.ticket or found.is_replaced)
    return found.attendee if isinstance(found, Found) and is_a_badge else None


def _event_of(tx: Tx, viewer: Attendee) -> Event:
    event = tx.events.get(viewer.event_id)
    if event is None:
        raise LookupError(f"attendee {viewer.id} belongs to no event")
    return event


def _refusal(
    tx: Tx, event: Event, viewer: Attendee, person: Attendee, now: datetime
) -> Refusal | None:
    """The viewer's own hindrance is named; the other person's never is."""
    phase = phase_of(event, tx.events.closure(event.id), now)
    if phase == "before":
        return Refusal.EVENT_NOT_OPEN
    if phase == "closed":
        return Refusal.EVENT_CLOSED
    if person_refusal(viewer) or not tx.scans.is_checked_in(viewer.id):
        return Refusal.NOT_CHECKED_IN
    if person_refusal(person) or not tx.scans.is_checked_in(person.id):
        return Refusal.NOBODY_TO_ASK
    return None


def _regard(
    event: Event, person: Attendee, connection: Connection | None, now: datetime
) -> MayAsk | Asked | AsksMe:
    if connection is None or not connection.is_open_ask(now):
        return MayAsk(event, person)
    if connection.asked_by != person.id:
        return Asked(event, person, connection)
    return AsksMe(event, person, connection)
