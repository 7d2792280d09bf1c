"""Make two people known to each other whom one knows: offered to both, made by both.

Only somebody connected with both may offer. Each of the two sees who offers it and what the
other shows at first sight; details flow when both have agreed, and then what each shows
an introduction. A no is told to nobody: the offer looks open until its time is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.agree import Agreement, agree, is_blocked
from kiosk.ids import new_id
from kiosk.model import Attendee, Connection, Event, How, Introduction
from kiosk.ports import Tx
from kiosk.shown import covered
from kiosk.visible import paragraphs

NOTE_LENGTH = 500  # characters
OPEN_FOR = timedelta(days=30)
OFFERS_A_DAY = 20


class Refusal(StrEnum):
    """Why nothing was offered or answered."""

    NOT_CONNECTED = "not_connected"
    SAME_PERSON = "same_person"
    TOO_LONG = "too_long"
    TOO_MANY_TODAY = "too_many_today"
    OFFERED_ALREADY = "offered_already"
    OFFER_OVER = "offer_over"


@dataclass(frozen=True, slots=True)
class Introduce:
    """The two by the introducer's connections with them; `note` is read by both."""

    introducer_id: str
    connection_ids: tuple[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    attendee_id: str
    introduction_id: str
    is_yes: bool


@dataclass(frozen=True, slots=True)
class TakeBack:
    introducer_id: str
    introduction_id: str


def introduce(tx: Tx, command: Introduce, now: datetime) -> Introduction | Refusal:
    """The offer as both will find it."""
    note, _ = paragraphs(command.note)
    if len(note) > NOTE_LENGTH:
        return Refusal.TOO_LONG
    first, second = (
        _known(tx, connection_id, command.introducer_id)
        for connection_id in command.connection_ids
    )
    if first is None or second is None:
        return Refusal.NOT_CONNECTED
    if first.id == second.id:
        return Refusal.SAME_PERSON
    return _offer(tx, command.introducer_id, (first, second), note, now)


def answer_offer(
    tx: Tx, command: AnswerOffer, now: datetime
) -> Introduction | Connection | Refusal:
    """The offer as it stands now, or the connection when both have agreed."""
    offer = tx.introductions.get(command.introduction_id)
    if offer is None or offer not in waiting_for(tx, command.attendee_id, now):
        return Refusal.OFFER_OVER
    if not command.is_yes:
        declined = replace(offer, declined_at=now, declined_by=command.attendee_id)
        tx.introductions.change(declined)
        return declined
    agreed = _with_yes(offer, command.attendee_id, now)
    if agreed.first_agreed_at is None or agreed.second_agreed_at is None:
        tx.introductions.change(agreed)
        return agreed
    tx.introductions.change(replace(agreed, introduced_at=now))
    return _connect(tx, agreed, now)


def take_back_offer(tx: Tx, command: TakeBack, now: datetime) -> bool:
    """False when there is nothing (any more) to take back."""
    offer = tx.introductions.get(command.introduction_id)
    if offer is None or offer.introducer_id != command.introducer_id:
        return False
    if offer.introduced_at or offer.taken_back_at:
        return False
    tx.introductions.change(replace(offer, taken_back_at=now))
    return True


def waiting_for(tx: Tx, attendee_id: str, now: datetime) -> Sequence[Introduction]:
    """Offers this person may answer: from somebody they know, to somebody they do not."""
    offers = tx.introductions.of_attendee(attendee_id)
    return [
        offer
        for offer in offers
        if offer.waits_for(attendee_id, now) and _still_makes_sense(tx, offer)
    ]


def _offer(
    tx: Tx, introducer_id: str, people: tuple[Attendee, Attendee], note: str, now: datetime
) -> Introduction | Refusal:
    first, second = sorted(people, key=lambda person: person.id)
    before = tx.introductions.between(introducer_id, (first.id, second.id))
    if before and before.taken_back_at is None:
        return Refusal.OFFERED_ALREADY
    if tx.introductions.offered_count(introducer_id, now - timedelta(days=1)) >= (
        OFFERS_A_DAY
    ):
        return Refusal.TOO_MANY_TODAY
    offer = Introduction(
        id=before.id if before else new_id(),
        event_id=first.event_id,
        introducer_id=introducer_id,
        first_id=first.id,
        second_id=second.id,
        note=note,
        offered_at=now,
        expires_at=now + OPEN_FOR,
        # A no stands: offered again it asks nobody, and looks like any other offer.
        declined_at=before.declined_at if before else None,
        declined_by=before.declined_by if before else None,
    )
    (tx.introductions.change if before else tx.introductions.add)(offer)
    return offer


def _with_yes(offer: Introduction, attendee_id: str, now: datetime) -> Introduction:
    if attendee_id == offer.first_id:
        return replace(offer, first_agreed_at=now)
    return replace(offer, second_agreed_at=now)


def _still_makes_sense(tx: Tx, offer: Introduction) -> bool:
    """Both still know the introducer, and not each other; neither has blocked anybody."""
    knows = (tx.connections.between(offer.introducer_id, one) for one in offer.ids)
    if not all(connection and connection.is_mutual for connection in knows):
        return False
    between = tx.connections.between(*offer.ids)
    return between is None or not (between.is_mutual or is_blocked(between))


def _connect(tx: Tx, offer: Introduction, now: datetime) -> Connection:
    people = (_person(tx, offer.first_id), _person(tx, offer.second_id))
    event = tx.events.get(offer.event_id)
    if event is None:
        raise LookupError(f"introduction {offer.id} belongs to no event")
    before = tx.connections.between(*offer.ids)
    hows: tuple[How, How] = ("introduced", "introduced")
    connection, _ = agree(tx, Agreement(event, people, hows, now, "", before))
    for person in people:
        _share_as_introduced(tx, event, person, connection)
    return connection


def _share_as_introduced(
    tx: Tx, event: Event, person: Attendee, connection: Connection
) -> None:
    side = tx.sides.get(connection.id, person.id)
    if side:
        fields = covered(event, person, tx.preferences.get(person.id), "introductions")
        tx.sides.put(replace(side, fields=fields))


def _known(tx: Tx, connection_id: str, introducer_id: str) -> Attendee | None:
    """The other person of this connection, while it stands."""
    connection = tx.connections.get(connection_id)
    if connection is None or introducer_id not in connection.ids:
        return None
    if not connection.is_mutual:
        return None
    return tx.attendees.get(connection.other(introducer_id))


def _person(tx: Tx, attendee_id: str) -> Attendee:
    person = tx.attendees.get(attendee_id)
    if person is None:
        raise LookupError(f"there is no attendee {attendee_id}")
    return person
