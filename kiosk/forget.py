"""What it takes to forget somebody, one person or a slice of an event's people.

Rows that exist to know a person go: codes, phones, connections on both sides, notes. Rows
that count something stay, with an id and nothing else: the attendee, scans, letters. What
other people's letters say of the person goes, too, sent or not.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kiosk.ids import address_digest, canonical_badge_code, digest
from kiosk.model import ERASED, UNSENT, Answer, Attendee, Letter
from kiosk.ports import Tx

SLICE = 100  # people purged in one write, so that another event's scan never waits long

_CALLED_BACK = frozenset({*UNSENT, "uncertain"})
_LONG_WORD = re.compile(r"[0-9A-Za-z-]{16,}")
_PIECE = re.compile(r"[^\"',\[\](){}]+")


def forget(tx: Tx, person: Attendee, at: datetime) -> int:
    """Forget one person wherever they are named; how many letters that changed."""
    _empty_quarantine(tx, person)
    for connection in tx.connections.of_attendee(person.id):
        if connection.asked_by == person.id:  # a letter on its way may say who asks
            tx.deliveries.take_back(connection.other(person.id))
    for scan_id, answer in tx.erasures.refused_swaps(person.event_id, naming=person.id):
        tx.erasures.put_answer(scan_id, _without_names(answer, person.id))
    tx.erasures.drop_suppression(person, address_digest(person.email))
    return _forget_rows(tx, person.event_id, person.id, at)


def forget_slice(tx: Tx, event_id: str, at: datetime) -> bool:
    """Forget some more people of an event; True when nobody is left."""
    people = tx.erasures.next_people(event_id, SLICE + 1)
    for attendee_id in people[:SLICE]:
        _forget_rows(tx, event_id, attendee_id, at)
    if len(people) > SLICE:
        return False
    for scan_id, answer in tx.erasures.refused_swaps(event_id):
        tx.erasures.put_answer(scan_id, _without_names(answer))
    tx.erasures.forget_texts(event_id)
    tx.link_requests.drop_before(at)
    return True


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
