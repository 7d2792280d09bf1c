"""Two badges meet, or up to eight around a table: every pair becomes a connection.

Both badges on the tablet and the pressed *Swap* are the yes of both people. All of them
must be checked in; a pair in which one blocked the other is refused, nobody else told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from kiosk.agree import Agreement, agree, is_blocked
from kiosk.door import person_refusal
from kiosk.find import Found, find
from kiosk.model import Attendee, Event, JudgedPair, Reason
from kiosk.phase import refusal_of_time
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Connect:
    """Two to eight codes read together at one place."""

    event: Event
    codes: tuple[str, ...]
    scanned_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Connected:
    people: tuple[Attendee, ...]
    pairs: tuple[JudgedPair, ...]


@dataclass(frozen=True, slots=True)
class AlreadyConnected:
    people: tuple[Attendee, ...]
    pairs: tuple[JudgedPair, ...]


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """`people` are those who were recognised; `pairs` is empty when somebody was not."""

    reason: Reason
    people: tuple[Attendee, ...] = ()
    pairs: tuple[JudgedPair, ...] = ()


def connect(
    tx: Tx, command: Connect, now: datetime
) -> Connected | AlreadyConnected | TurnedAway:
    """Make every pair that may be made, and say for each what happened."""
    found = [find(tx, command.event.id, code) for code in command.codes]
    people = tuple(who.attendee for who in found if isinstance(who, Found))
    reason = next(filter(None, map(_refusal_of_code, found)), None)
    if reason:
        return TurnedAway(reason, people)
    reason = _refusal_of_group(tx, command, people, now)
    if reason:
        return TurnedAway(reason, people, _all_refused(people, reason))
    return _outcome(people, tuple(_pairs(tx, command, people)))


def _refusal_of_code(found: Found | Reason) -> Reason | None:
    if isinstance(found, Reason):
        return found
    return Reason.REPLACED_BADGE if found.is_replaced else None


def _refusal_of_group(
    tx: Tx, command: Connect, people: Sequence[Attendee], now: datetime
) -> Reason | None:
    closure = tx.events.closure(command.event.id)
    reason = refusal_of_time(command.event, closure, command.scanned_at, now)
    reason = reason or next(filter(None, map(person_refusal, people)), None)
    if reason:
        return reason
    if len({person.id for person in people}) == 1:
        return Reason.SAME_PERSON
    if not all(tx.scans.is_checked_in(person.id) for person in people):
        return Reason.NOT_CHECKED_IN
    return None


def _all_refused(people: Sequence[Attendee], reason: Reason) -> tuple[JudgedPair, ...]:
    return tuple(
        JudgedPair((first.id, second.id), "turned_away", reason)
        for first, second in combinations(people, 2)
    )


def _pairs(tx: Tx, command: Connect, people: Sequence[Attendee]) -> Sequence[JudgedPair]:
    return [_pair(tx, command, first, second) for first, second in combinations(people, 2)]


def _pair(tx: Tx, command: Connect, first: Attendee, second: Attendee) -> JudgedPair:
    ids = (first.id, second.id)
    if first.id == second.id:
        return JudgedPair(ids, "turned_away", Reason.SAME_PERSON)
    before = tx.connections.between(*ids)
    if is_blocked(before):
        return JudgedPair(ids, "turned_away", Reason.BLOCKED_PAIR)
    _, is_new = agree(
        tx,
        Agreement(
            command.event,
            (first, second),
            ("two_badges", "two_badges"),
            command.scanned_at,
            command.place,
            before,
        ),
    )
    return JudgedPair(ids, "connected" if is_new else "already_connected")


def _outcome(
    people: tuple[Attendee, ...], pairs: tuple[JudgedPair, ...]
) -> Connected | AlreadyConnected | TurnedAway:
    outcomes = {pair.outcome for pair in pairs}
    if "connected" in outcomes:
        return Connected(people, pairs)
    if "already_connected" in outcomes:
        return AlreadyConnected(people, pairs)
    return TurnedAway(pairs[0].reason or Reason.BLOCKED_PAIR, people, pairs)
