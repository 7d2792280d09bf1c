"""A phone scans a badge: one person asks, and it takes both to become a connection.

Both must be checked in. The other person says yes by scanning back or by accepting, on a
phone or from their letter; until then neither sees a contact field. Who declined is never
told of, and a declined ask cannot be pressed on anybody again. An ask lives a day, and at
least until a day after the letters of its event have left.

Who says yes beforehand to anyone who scans them here is connected at once, while the event
is open. A press that was kept while the network was away counts from the moment its page
was opened; one that is older than a no or a withdrawal is over.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from kiosk.agree import Agreement, agree, shared_fields
from kiosk.hour import leaves_at
from kiosk.ids import new_id, seal, unseal
from kiosk.model import Attendee, Connection, Event, How, Meeting, Side
from kiosk.phase import end_of, phase_of
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
PURPOSE = "answer"


@dataclass(frozen=True, slots=True)
class Ask:
    """The person with this phone presses *Ask to swap* on the page of this code.

    `opened_at` is when they were shown that page, if that is known and was today.
    """

    asker_id: str
    code: str
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The person who was asked says yes or not now."""

    attendee_id: str
    connection_id: str
    is_yes: bool
    how: How = "accepted"


@dataclass(frozen=True, slots=True)
class Declined:
    connection: Connection


def ask(tx: Tx, command: Ask, now: datetime) -> Asked | Connected | Yourself | TurnedAway:
    """Ask, or say yes to who has asked before; asking twice changes nothing."""
    at = min(command.opened_at or now, now)
    regard = look(tx, Look(command.asker_id, command.code), at)
    match regard:
        case Yourself() | Connected() | Asked() | TurnedAway():
            return regard
        case AsksMe(event=event, connection=connection):
            if _was_ended_since(connection, at):
                return TurnedAway(Refusal.ASK_OVER)
            return _accept(tx, event, connection, at, _how(connection, at))
        case MayAsk(event=event, person=person):
            pair = _Pair(event, _person(tx, command.asker_id), person)
            return _ask(tx, pair, at, now)
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
    return _accept(tx, event, connection, now, command.how)


def waiting_asks(tx: Tx, attendee_id: str, now: datetime) -> tuple[Meeting, ...]:
    """The asks this person may still answer, the latest first."""
    asking = tx.meetings.asking(attendee_id)
    return tuple(one for one in asking if one.connection.is_waiting_for(attendee_id, now))


def answer_token(key: bytes, attendee_id: str, connection_id: str) -> str:
    """What stands behind `/a/` in a letter: it answers this ask, and opens nothing."""
    return seal(key, PURPOSE, f"{attendee_id} {connection_id}")


def asked_by_letter(tx: Tx, key: bytes, token: str) -> tuple[Attendee, Meeting] | None:
    """Who was asked, and by whom; None for no token of ours, or when one is gone."""
    attendee_id, _, connection_id = (unseal(key, PURPOSE, token) or "").partition(" ")
    person = tx.attendees.get(attendee_id)
    meeting = tx.meetings.get(connection_id, attendee_id)
    return (person, meeting) if person and meeting else None


@dataclass(frozen=True, slots=True)
class _Pair:
    event: Event
    asker: Attendee
    person: Attendee


def _ask(
    tx: Tx, pair: _Pair, at: datetime, now: datetime
) -> Asked | Connected | TurnedAway:
    """An ask made at `at` and heard at `now`; a yes said beforehand answers it."""
    before = tx.connections.between(pair.asker.id, pair.person.id)
    if before and _was_ended_since(before, at):
        return TurnedAway(Refusal.ASK_OVER)
    reason = _limit(tx, pair.asker.id, at, now)
    if reason:
        return TurnedAway(reason)
    asked = _with_ask(tx, pair, before, at)
    fields = shared_fields(pair.event, pair.asker)
    tx.sides.put(Side(asked.id, pair.asker.id, "asked", at, fields))
    if _is_yes_beforehand(tx, pair, before, now):
        return _accept(tx, pair.event, asked, at, "preset")
    return Asked(pair.event, pair.person, asked)


def _limit(tx: Tx, asker_id: str, at: datetime, now: datetime) -> Refusal | None:
    """A person meets a few people a minute; more than that is a collector.

    Kept presses come in any order, so the minute after `at` is looked at as well.
    """
    count, minute = tx.connections.asked_count, timedelta(minutes=1)
    windows = ((at - minute, at), (at, at + minute))
    if max(count(asker_id, *window) for window in windows) >= ASKS_A_MINUTE:
        return Refusal.TOO_FAST
    if count(asker_id, now - timedelta(days=1), now) >= ASKS_A_DAY:
        return Refusal.TOO_MANY_TODAY
    return None


def _with_ask(tx: Tx, pair: _Pair, before: Connection | None, at: datetime) -> Connection:
    """The pair's one row with this ask in it.

    A withdrawal stays on record beside the newer ask, so that no old tablet scan can undo
    it; and so does the other person's no to the same asker.
    """
    first, second = sorted((pair.asker.id, pair.person.id))
    row = before or Connection(new_id(), pair.event.id, first, second)
    asked = replace(
        row,
        asked_at=at,
        asked_by=pair.asker.id,
        expires_at=_answered_by(tx, pair.event, at),
        declined_at=row.declined_at if row.asked_by == pair.asker.id else None,
    )
    (tx.connections.change if before else tx.connections.add)(asked)
    return asked


def _is_yes_beforehand(
    tx: Tx, pair: _Pair, before: Connection | None, now: datetime
) -> bool:
    """Whether this person says yes to anyone here; not to whom they once said no."""
    if tx.preferences.get(pair.person.id).preset != "yes":
        return False
    if before and (before.declined_at or before.is_blocked or before.withdrawn_at):
        return False
    return phase_of(pair.event, tx.events.closure(pair.event.id), now) == "open"


def _answered_by(tx: Tx, event: Event, now: datetime) -> datetime:
    ended_at = end_of(event, tx.events.closure(event.id)).ended_at
    return max(now, leaves_at(event, ended_at, ended_at)) + ANSWERED_WITHIN


def _was_ended_since(connection: Connection, at: datetime) -> bool:
    """Whether somebody said no or took back after this press, which was kept, was due."""
    ends = (connection.withdrawn_at, connection.declined_at)
    return any(end is not None and at < end for end in ends)


def _how(connection: Connection, now: datetime) -> How:
    asked_at = connection.asked_at or now
    return "scan_back" if abs(now - asked_at) <= SCANNED_BACK_WITHIN else "accepted"


def _accept(
    tx: Tx, event: Event, connection: Connection, now: datetime, how: How
) -> Connected:
    other_id = connection.other(connection.asked_by or "")
    people = (_person(tx, connection.asked_by or ""), _person(tx, other_id))
    at = max(now, connection.asked_at or now)  # once both had said yes
    mutual, is_new = agree(tx, Agreement(event, people, ("asked", how), at, "", connection))
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
