"""Forget a person, or, when its retention is over, everybody at an event.

Rows that exist to know a person go: codes, phones, connections on both sides, notes. Rows
that count something stay, with an id and nothing else: the attendee, scans, letters. What
other people's letters say of the person goes, too, sent or not. An erasure is recorded by
ids alone, so that a restored backup forgets again. The caller runs `store.scrub()` after
it: until then the old values are still in the log and in unused parts of the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.ids import address_digest, canonical_badge_code, digest
from kiosk.model import ERASED, UNSENT, Answer, Attendee, Erasure, Event, Letter, Purge
from kiosk.phase import end_of
from kiosk.ports import Store, Tx

SLICE = 100  # people purged in one write, so that another event's scan never waits long
_CALLED_BACK = frozenset({*UNSENT, "uncertain"})
_LONG_WORD = re.compile(r"[0-9A-Za-z-]{16,}")
_PIECE = re.compile(r"[^\"',\[\](){}]+")


@dataclass(frozen=True, slots=True)
class Erase:
    event_id: str
    attendee_id: str


@dataclass(frozen=True, slots=True)
class Erased:
    """`letter_count` letters to or about the person were emptied, cut or cancelled."""

    attendee_id: str
    connection_count: int
    letter_count: int


@dataclass(frozen=True, slots=True)
class AlreadyErased:
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """This event never had, or was purged of, a person with this id."""

    attendee_id: str


def erase(tx: Tx, command: Erase, now: datetime) -> Erased | AlreadyErased | NobodyThere:
    """Forget one person; everything becomes true together."""
    person = tx.attendees.get(command.attendee_id)
    if person is None or person.event_id != command.event_id:
        erasure = tx.erasures.get(command.attendee_id)
        if erasure is None or erasure.event_id != command.event_id:
            return NobodyThere(command.attendee_id)
        return AlreadyErased(erasure)
    connection_count = len(tx.connections.of_attendee(person.id))
    letter_count = _forget(tx, person, now)
    tx.erasures.add(Erasure(person.id, person.event_id, now))
    return Erased(person.id, connection_count, letter_count)


@dataclass(frozen=True, slots=True)
class PurgeEvent:
    """With `is_due` the retention is not asked: the organiser decided."""

    event: Event
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """The event keeps its people until `due_at`."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class Purging:
    """What the event had; while `is_over` is False, purge again for the next slice."""

    record: Purge
    is_over: bool


def purge(tx: Tx, command: PurgeEvent, now: datetime) -> Purging | NotYet:
    """Forget the next slice of an event's people; the counts stay."""
    due_at = due_for_purge_at(tx, command.event)
    if now < due_at and not command.is_due:
        return NotYet(due_at)
    event_id = command.event.id
    record = tx.erasures.purge_of(event_id) or _count(tx, event_id, now)
    tx.erasures.add_purge(record)
    return Purging(record, is_over=_forget_slice(tx, event_id, now))


def purge_wholly(store: Store, command: PurgeEvent, now: datetime) -> Purge | NotYet:
    """Slice by slice, so that others can write in between; what the event had."""
    while True:
        outcome = store.write(purge, command, now)
        if isinstance(outcome, NotYet):
            return outcome
        if outcome.is_over:
            return outcome.record


def is_due_for_purge(tx: Tx, event: Event, now: datetime) -> bool:
    """Whether the retention is over and somebody is still there; for the worker."""
    is_over = now >= due_for_purge_at(tx, event)
    return is_over and (
        tx.erasures.purge_of(event.id) is None or tx.attendees.count(event.id) > 0
    )


def due_for_purge_at(tx: Tx, event: Event) -> datetime:
    """When the event's retention is over: its days after the end."""
    end = end_of(event, tx.events.closure(event.id))
    return end.ended_at + timedelta(days=event.retention_days)


@dataclass(frozen=True, slots=True)
class EraseAgain:
    """What was forgotten since a backup was made."""

    erasures: tuple[Erasure, ...]
    purges: tuple[Purge, ...]


def erase_again(tx: Tx, command: EraseAgain, now: datetime) -> int:
    """Forget in a restored backup who was forgotten since; returns how many people."""
    del now
    count = 0
    for erasure in command.erasures:
        person = tx.attendees.get(erasure.attendee_id)
        if person is not None:
            _forget(tx, person, erasure.erased_at)
            count += 1
        tx.erasures.add(erasure)
    for record in command.purges:
        count += tx.attendees.count(record.event_id)
        tx.erasures.add_purge(record)
        while not _forget_slice(tx, record.event_id, record.purged_at):
            pass
    return count


def _forget(tx: Tx, person: Attendee, at: datetime) -> int:
    """Forget one person wherever they are named; how many letters that changed."""
    _empty_quarantine(tx, person)
    for scan_id, answer in tx.erasures.refused_swaps(person.event_id, naming=person.id):
        tx.erasures.put_answer(scan_id, _without_names(answer, person.id))
    tx.erasures.drop_suppression(person, address_digest(person.email))
    return _forget_rows(tx, person.event_id, person.id, at)


def _forget_rows(tx: Tx, event_id: str, attendee_id: str, at: datetime) -> int:
    for scan_id, answer in tx.erasures.answers(attendee_id):
        tx.erasures.put_answer(scan_id, _without_names(answer, attendee_id))
    letters = tx.erasures.letters(event_id, attendee_id)
    changed = [
        letter for letter in letters if attendee_id in {letter.attendee_id, *letter.people}
    ]
    for letter in changed:
        tx.erasures.put_letter(_letter_after(letter, attendee_id, at))
    tx.erasures.forget(attendee_id, at)
    return len(changed)


def _forget_slice(tx: Tx, event_id: str, at: datetime) -> bool:
    """Forget some more people of an event; True when nobody is left."""
    people = tx.erasures.next_people(event_id, SLICE)
    for attendee_id in people:
        _forget_rows(tx, event_id, attendee_id, at)
    if len(people) == SLICE:
        return False
    for scan_id, answer in tx.erasures.refused_swaps(event_id):
        tx.erasures.put_answer(scan_id, _without_names(answer))
    tx.erasures.forget_texts(event_id)
    return True


def _empty_quarantine(tx: Tx, person: Attendee) -> None:
    """Bodies that could not be read as scans hold codes as they were read."""
    badges = {badge.digest for badge in tx.exports.badges_of(person.id)}
    tickets = {ticket.code for ticket in tx.tickets.of_attendee(person.id)}
    words = {word.casefold() for word in (*tickets, person.name, person.email) if word}
    for row in tx.scans.quarantined(person.event_id):
        text = row.body.casefold()
        if _has_badge(row.body, badges) or any(word in text for word in words):
            tx.erasures.empty_quarantined(row.id)


def _has_badge(body: str, digests: set[str]) -> bool:
    pieces: Iterable[str] = {*_LONG_WORD.findall(body), *_PIECE.findall(body)}
    codes = filter(None, map(canonical_badge_code, pieces))
    return any(digest(code) in digests for code in codes)


def _without_names(answer: Answer, attendee_id: str | None = None) -> Answer:
    """The answer with this person, or everybody, reduced to an id."""
    return replace(
        answer,
        attendees=tuple(
            replace(seen, name="", company="", attention=None)
            if attendee_id in {None, seen.id}
            else seen
            for seen in answer.attendees
        ),
    )


def _letter_after(letter: Letter, attendee_id: str, at: datetime) -> Letter:
    if letter.attendee_id == attendee_id:
        return _emptied(letter, at)
    left = replace(letter, people=tuple(i for i in letter.people if i != attendee_id))
    if letter.state != "leased":
        return left
    # Its worker has read the name already: without the lease it will not send that.
    return replace(left, state="queued", leased_by=None, leased_until=None)


def _emptied(letter: Letter, at: datetime) -> Letter:
    """A letter of which only kind, state and instants are left."""
    empty = replace(letter, to_name="", to_address="", people=(), reason=ERASED)
    return _cancelled(empty, at) if letter.state in _CALLED_BACK else empty


def _cancelled(letter: Letter, at: datetime) -> Letter:
    return replace(
        letter,
        state="cancelled",
        leased_by=None,
        leased_until=None,
        settled_at=at,
        reason=ERASED,
    )


def _count(tx: Tx, event_id: str, now: datetime) -> Purge:
    return Purge(
        event_id=event_id,
        purged_at=now,
        attendee_count=tx.attendees.count(event_id),
        checked_in_count=len(tx.scans.checked_in_ids(event_id)),
        connection_count=tx.connections.count(event_id),
        letter_count=sum(tx.letters.counts(event_id).values()),
    )
