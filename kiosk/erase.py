"""Forget a person, at once and again whenever an older backup comes back.

An erasure is recorded by ids alone, and apart from it by signs that recognise a list's row
of the person and name nobody. The caller runs `store.scrub()` after it: until then
the old values are still in the log and in unused parts of the file.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.forget import forget, forget_slice
from kiosk.model import Attendee, Erasure, Purge
from kiosk.ports import Tx
from kiosk.recognise import signs_of


@dataclass(frozen=True, slots=True)
class Erase:
    """`key` is the server key: with it a list's row of this person is known again."""

    event_id: str
    attendee_id: str
    key: bytes = field(repr=False)


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
    letter_count = _forget(tx, command.key, person, now)
    tx.erasures.add(Erasure(person.id, person.event_id, now))
    return Erased(person.id, connection_count, letter_count)


@dataclass(frozen=True, slots=True)
class EraseAgain:
    """What was forgotten since a backup was made."""

    erasures: tuple[Erasure, ...]
    purges: tuple[Purge, ...]
    key: bytes = field(repr=False)


def erase_again(tx: Tx, command: EraseAgain, now: datetime) -> int:
    """Forget in a restored backup who was forgotten since; returns how many people."""
    del now
    count = 0
    for erasure in command.erasures:
        person = tx.attendees.get(erasure.attendee_id)
        if person is not None:
            _forget(tx, command.key, person, erasure.erased_at)
            count += 1
        tx.erasures.add(erasure)
    for record in command.purges:
        count += tx.attendees.count(record.event_id)
        tx.erasures.add_purge(record)
        while not forget_slice(tx, record.event_id, record.purged_at):
            pass
    return count


def _forget(tx: Tx, key: bytes, person: Attendee, at: datetime) -> int:
    tx.erasures.put_signs(person.event_id, signs_of(tx, key, person))
    return forget(tx, person, at)
