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
from kiosk.model import UNSENT, Answer, Attendee, Erasure, Event, Letter, Purge
from kiosk.phase import end_of
from kiosk.ports import Tx

ERASED = "erased"
"""What stands where a free text about the person was."""

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


def purge(tx: Tx, command: PurgeEvent, now: datetime) -> Purge | NotYet:
    """Forget everybody at an event; the counts stay. A second purge finds nobody."""
    due_at = due_for_purge_at(tx, command.event)
    if now < due_at and not command.is_due:
        return NotYet(due_at)
    record = _count(tx, command.event.id, now)
    tx.erasures.add_purge(record)
    _forget_everybody(tx, command.event.id, now)
    return tx.erasures.purge_of(command.event.id) or record


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
    count = 0
    for erasure in command.erasures:
        person = tx.attendees.get(erasure.attendee_id)
        if person is not None:
            _forget(tx, person, erasure.erased_at)
            count += 1
        tx.erasures.add(erasure)
    for record in command.purges:
        count += tx.attendees.count(record.event_id)
        _forget_everybody(tx, record.event_id, record.purged_at)
        tx.erasures.add_purge(record)
    return count


def _forget(tx: Tx, person: Attendee, at: datetime) -> int:
    _empty_quarantine(tx, person)
    for scan_id, answer in tx.erasures.answers(person.event_id, naming=person.id):
        tx.erasures.put_answer(scan_id, _without_names(answer, person.id))
    letters = tx.erasures.letters(person.event_id, naming=person.id)
    for letter in letters:
        tx.erasures.put_letter(_letter_after(letter, person.id, at))
    tx.erasures.drop_suppression(person, address_digest(person.email))
    tx.erasures.forget(person.id, at)
    return len(letters)


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
        letter_count=len(tx.erasures.letters(event_id)),
    )


def _forget_everybody(tx: Tx, event_id: str, at: datetime) -> None:
    for scan_id, answer in tx.erasures.answers(event_id):
        tx.erasures.put_answer(scan_id, _without_names(answer))
    for letter in tx.erasures.letters(event_id):
        tx.erasures.put_letter(_emptied(letter, at))
    tx.erasures.forget_everybody(event_id, at)
