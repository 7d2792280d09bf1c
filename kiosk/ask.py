"""A phone scans a badge: one person asks, and it takes both to become a connection.

Both must be checked in. The other person says yes by scanning back or by accepting; until
then neither sees a contact field. Who declined is never told of, and a declined ask cannot
be pressed on anybody again. An ask lives a day, and at least until a day after the event.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from kiosk.agree import Agreement, agree, shared_fields
from kiosk.ids import new_id
from kiosk.model import Attendee, Connection, Event, How, Side
from kiosk.phase import end_of
from kiosk.ports import Tx
from kiosk.regard import (
    Asked,
    AsksMe,
    Connected,
    Look,
    MayAsk,
    Refusal,
    TurnedAway,
    Yourself,
    look,
)

ANSWERED_WITHIN = timedelta(hours=24)
SCANNED_BACK_WITHIN = timedelta(minutes=15)
ASKS_A_MINUTE = 12
ASKS_A_DAY = 150


@dataclass(frozen=True, slots=True)
class Ask:
    """The person with this phone presses *Ask to swap* on the page of this code."""

    asker_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The person who was asked says yes or not now."""

    attendee_id: str
    connection_id: str
    is_yes: bool


@dataclass(frozen=True, slots=True)
class Declined:
    connection: Connection


def ask(tx: Tx, command: Ask, now: datetime) -> Asked | Connected | Yourself | TurnedAway:
    """Ask, or say yes to who has asked before; asking twice changes nothing."""
    regard = look(tx, Look(command.asker_id, command.code), now)
    match regard:
        case Yourself() | Connected() | Asked() | TurnedAway():
            return regard
        case AsksMe(event=event, connection=connection):
            return _accept(tx, event, connection, now, _how(connection, now))
        case MayAsk(event=event, person=person):
            reason = _limit(tx, command.asker_id, now)
            return TurnedAway(reason) if reason else _ask(tx, event, person, command, now)
        case _:
            assert_never(regard)


def answer(tx: Tx, command: Answer, now: datetime) -> Connected | Declined | TurnedAway:
    """Accept or decline an ask that waits for this person; a late answer is told so."""
    connection = tx.connections.get(command.connection_id)
    if connection is None or not _is_of(connection, command.attendee_id):
        return TurnedAway(Refusal.ASK_OVER)
    if connection.is_mutual:
        return Connected(connection, is_new=False)
    if not connection.is_waiting_for(command.attendee_id, now):
        return TurnedAway(Refusal.ASK_OVER)
    if not command.is_yes:
        declined = replace(connection, declined_at=now)
        tx.connections.change(declined)
        return Declined(declined)
    event = tx.events.get(connection.event_id)
    if event is None or not _are_both_in(tx, connection):
        return TurnedAway(Refusal.ASK_OVER)
    return _accept(tx, event, connection, now, "accepted")


def _limit(tx: Tx, asker_id: str, now: datetime) -> Refusal | None:
    """A person meets a few people a minute; more than that is a collector."""
    if tx.connections.asked_count(asker_id, now - timedelta(minutes=1)) >= ASKS_A_MINUTE:
        return Refusal.TOO_FAST
    if tx.connections.asked_count(asker_id, now - timedelta(days=1)) >= ASKS_A_DAY:
        return Refusal.TOO_MANY_TODAY
    return None


def _ask(tx: Tx, event: Event, person: Attendee, command: Ask, now: datetime) -> Asked:
    asker = _person(tx, command.asker_id)
    connection = _with_ask(tx, event, (asker.id, person.id), now)
    fields = shared_fields(event, asker)
    tx.sides.put(Side(connection.id, asker.id, "asked", now, fields))
    return Asked(event, person, connection)


def _with_ask(tx: Tx, event: Event, ids: tuple[str, str], now: datetime) -> Connection:
    """The pair's one row with this ask in it.

    A withdrawal stays on record beside the newer ask, so that no old tablet scan can undo
    it; and so does the other person's no to the same asker.
    """
    asker_id = ids[0]
    before = tx.connections.between(*ids)
    first, second = sorted(ids)
    row = before or Connection(new_id(), event.id, first, second)
    asked = replace(
        row,
        asked_at=now,
        asked_by=asker_id,
        expires_at=_answered_by(tx, event, now),
        declined_at=row.declined_at if row.asked_by == asker_id else None,
    )
    (tx.connections.change if before else tx.connections.add)(asked)
    return asked


def _answered_by(tx: Tx, event: Event, now: datetime) -> datetime:
    ended_at = end_of(event, tx.events.closure(event.id)).ended_at
    return max(now, ended_at) + ANSWERED_WITHIN


def _how(connection: Connection, now: datetime) -> How:
    asked_at = connection.asked_at or now
    return "scan_back" if now - asked_at <= SCANNED_BACK_WITHIN else "accepted"


def _accept(
    tx: Tx, event: Event, connection: Connection, now: datetime, how: How
) -> Connected:
    other_id = connection.other(connection.asked_by or "")
    people = (_person(tx, connection.asked_by or ""), _person(tx, other_id))
    mutual, is_new = agree(
        tx, Agreement(event, people, ("asked", how), now, "", connection)
    )
    return Connected(mutual, is_new)


def _are_both_in(tx: Tx, connection: Connection) -> bool:
    return all(map(tx.scans.is_checked_in, (connection.first_id, connection.second_id)))


def _is_of(connection: Connection, attendee_id: str) -> bool:
    return attendee_id in {connection.first_id, connection.second_id}


def _person(tx: Tx, attendee_id: str) -> Attendee:
    person = tx.attendees.get(attendee_id)
    if person is None:
        raise LookupError(f"there is no attendee {attendee_id}")
    return person
