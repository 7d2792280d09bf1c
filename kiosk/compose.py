"""One letter for each person who came, about the people they met.

Planning decides who gets a letter and of whom it tells; nobody is told of the same person
twice, so people who turn up late make a second letter of their own. What may be said of a
person is read when the letter is sent, never before: a consent taken back is respected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kiosk.foremost import Why, can_be_reached, urgency, why
from kiosk.hour import leaves_at
from kiosk.ids import address_digest, new_id
from kiosk.model import Attendee, Closure, Event, Letter, LetterState, Met
from kiosk.ports import Tx
from kiosk.shown import told

SLICE = 250  # people planned in one write, so that a scan never waits long for it

NO_ADDRESS = "no e-mail address"
NOBODY_LEFT = "nobody is left to write about"
NOT_HERE = "the check-in was annulled"
UNSUBSCRIBED = "unsubscribed"

_NOT_TAKEN = frozenset({"planned", "queued", "deferred", "cancelled", "skipped"})
_AT_REST = frozenset({"cancelled", "skipped"})


@dataclass(frozen=True, slots=True)
class Plan:
    """The slice of people with ids after `after`, for the closure that stands."""

    event_id: str
    closure_id: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """How many letters were written or changed, and where to go on; None when done."""

    letter_count: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """What all letters planned together have in common; a new one starts in `state`."""

    event: Event
    due_at: datetime
    state: LetterState
    suppressed: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter with what it may say now; `people[0]` is the one to write to, and why."""

    letter: Letter
    event: Event
    people: tuple[Met, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class NothingToSay:
    """The letter must not be sent any more; it rests in this state."""

    state: Literal["cancelled", "skipped"]
    reason: str


def is_due(closure: Closure, now: datetime) -> bool:
    """Whether letters are to be planned: once at the close, once when all scans are in."""
    planned_at = closure.letters_planned_at
    return planned_at is None or planned_at < closure.late_until <= now


def plan(tx: Tx, command: Plan, now: datetime) -> Planned:
    """Plan one slice; doing it again changes nothing. `now` is when the round began."""
    event = tx.events.get(command.event_id)
    closure = tx.events.closure(command.event_id)
    if event is None or closure is None or closure.id != command.closure_id:
        return Planned(0, None)
    people = tx.letters.recipients(event.id, command.after, SLICE)
    count = _write(tx, _round(tx, event, closure, now), people) if people else 0
    if len(people) == SLICE:
        return Planned(count, people[-1].id)
    tx.deliveries.cancel_absent(event.id, NOT_HERE, now)
    tx.events.change_closure(replace(closure, letters_planned_at=now))
    return Planned(count, None)


def draft(tx: Tx, event: Event, person: Attendee, now: datetime) -> Letter:
    """The letter this person would get next, or the last one they got; writes nothing."""
    others = tx.letters.met(event.id, person.id, person.id).get(person.id, ())
    before = tx.letters.of_attendee(person.id)
    round_ = _round(tx, event, tx.events.closure(event.id), now)
    return next_letter(round_, person, others, before) or before[-1]


def next_letter(
    round_: Round, person: Attendee, others: Iterable[str], before: Sequence[Letter]
) -> Letter | None:
    """The letter to write or to change for this person, or None when nothing changes.

    A letter that no relay has taken is brought up to date. After one that left, a letter of
    the next generation tells only of those the person has not read of yet.
    """
    waiting = before[-1] if before and before[-1].state in _NOT_TAKEN else None
    left = before[:-1] if waiting else before
    fresh = set(others).difference(*(letter.people for letter in left))
    if left and not fresh:
        return _called_back(waiting, round_.now) if waiting else None
    wanted = _wanted(round_, person, tuple(sorted(fresh)), len(left) + 1)
    return _revised(waiting, wanted) if waiting else wanted


def compose(tx: Tx, letter: Letter) -> Composed | NothingToSay:
    """What the letter may say at this instant; writes nothing."""
    event = tx.events.get(letter.event_id)
    if event is None:
        return NothingToSay("cancelled", "its event is gone")
    if tx.suppressions.has(event.id, address_digest(letter.to_address)):
        return NothingToSay("skipped", UNSUBSCRIBED)
    if letter.kind == "met_nobody":
        return Composed(letter, event, (), "latest")
    meant = set(letter.people)
    encounters = tx.meetings.encounters(letter.attendee_id)
    people = [(told(one), one) for one in encounters if one.attendee_id in meant]
    if all(one.rested_at for _, one in people):
        return NothingToSay("cancelled", NOBODY_LEFT)
    people.sort(key=urgency, reverse=True)
    return Composed(letter, event, tuple(met for met, _ in people), why(people[0][1]))


def for_the_organiser(composed: Composed) -> Composed:
    """The letter as anybody but its recipient may read it: without what they keep.

    Not even the order tells whom they noted, starred or let rest.
    """
    people = [replace(person, note="", promised="") for person in composed.people]
    people.sort(key=lambda person: (can_be_reached(person), person.at), reverse=True)
    return replace(composed, people=tuple(people), why="latest")


def _round(tx: Tx, event: Event, closure: Closure | None, now: datetime) -> Round:
    ended_at = closure.ended_at if closure else event.ends_at
    is_held = tx.outboxes.get(event.id).holds(event.follow_up)
    return Round(
        event=event,
        due_at=leaves_at(event, ended_at, now),
        state="planned" if is_held else "queued",
        suppressed=tx.suppressions.of_event(event.id),
        now=now,
    )


def _write(tx: Tx, round_: Round, people: Sequence[Attendee]) -> int:
    span = (round_.event.id, people[0].id, people[-1].id)
    others, written = tx.letters.met(*span), tx.letters.written(*span)
    count = 0
    for person in people:
        before = written.get(person.id, ())
        letter = next_letter(round_, person, others.get(person.id, ()), before)
        if letter is None:
            continue
        is_known = any(letter.id == earlier.id for earlier in before)
        (tx.letters.revise if is_known else tx.letters.add)(letter)
        count += 1
    return count


def _wanted(
    round_: Round, person: Attendee, people: tuple[str, ...], generation: int
) -> Letter:
    letter_id = new_id()
    domain = round_.event.follow_up.sender_address.rpartition("@")[2]
    reason = _reason_to_skip(round_, person)
    return Letter(
        id=letter_id,
        event_id=person.event_id,
        attendee_id=person.id,
        kind="follow_up" if people else "met_nobody",
        generation=generation,
        to_name=person.name,
        to_address=person.email,
        language=person.language or next(iter(round_.event.languages), "en"),
        message_id=f"<{letter_id}@{domain}>",
        people=people,
        state="skipped" if reason else round_.state,
        planned_at=round_.now,
        due_at=round_.due_at,
        settled_at=round_.now if reason else None,
        reason=reason,
    )


def _reason_to_skip(round_: Round, person: Attendee) -> str:
    if not person.email:
        return NO_ADDRESS
    return round_.suppressed.get(address_digest(person.email), "")


def _revised(waiting: Letter, wanted: Letter) -> Letter | None:
    """The waiting letter as it is wanted now; its id, Message-ID and turn stay."""
    content = replace(
        waiting,
        kind=wanted.kind,
        people=wanted.people,
        to_name=wanted.to_name,
        to_address=wanted.to_address,
        language=wanted.language,
    )
    is_as_before = waiting.state == wanted.state and waiting.reason == wanted.reason
    if is_as_before or not _AT_REST.intersection({waiting.state, wanted.state}):
        return content if content != waiting else None
    return replace(
        content,
        state=wanted.state,
        due_at=wanted.due_at,
        settled_at=wanted.settled_at,
        reason=wanted.reason,
    )


def _called_back(waiting: Letter, now: datetime) -> Letter | None:
    """A further letter about people who all withdrew before it left."""
    if waiting.state in _AT_REST:
        return None
    return replace(waiting, state="cancelled", settled_at=now, reason=NOBODY_LEFT)
