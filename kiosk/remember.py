"""What I keep of a person for myself: a note, a star, a few tags, and that it may rest.

Nobody but its writer ever reads any of it; it is part of the writer's own data. Nothing is
cut off silently: what is too long is refused with its length.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.ports import Tx
from kiosk.visible import one_line, paragraphs

NOTE_LENGTH = 2000  # characters
TAG_LENGTH = 40  # characters
TAG_COUNT = 10


class Refusal(StrEnum):
    """Why something was not kept."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOBODY_THERE = "nobody_there"


@dataclass(frozen=True, slots=True)
class Remember:
    attendee_id: str
    connection_id: str
    note: str


@dataclass(frozen=True, slots=True)
class Star:
    attendee_id: str
    connection_id: str
    is_starred: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """These tags in place of those before."""

    attendee_id: str
    connection_id: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """This person wants to be reminded of the other no more, or again."""

    attendee_id: str
    connection_id: str
    is_resting: bool


def remember(tx: Tx, command: Remember, now: datetime) -> Refusal | None:
    """Keep the note in place of the one before."""
    note = clean(command.note)
    if len(note) > NOTE_LENGTH:
        return Refusal.TOO_LONG
    return _or_nobody(tx.sides.write_note(command.connection_id, command.attendee_id, note))


def star(tx: Tx, command: Star, now: datetime) -> Refusal | None:
    """Mark the person as one of the few, or no more."""
    at = now if command.is_starred else None
    return _or_nobody(tx.sides.star(command.connection_id, command.attendee_id, at))


def tag(tx: Tx, command: Tag, now: datetime) -> Refusal | None:
    """Keep the tags, each once; two that differ in capitals alone are the same."""
    tags = clean_tags(command.tags)
    if len(tags) > TAG_COUNT:
        return Refusal.TOO_MANY
    if any(len(word) > TAG_LENGTH for word in tags):
        return Refusal.TOO_LONG
    return _or_nobody(tx.sides.tag(command.connection_id, command.attendee_id, tags))


def rest(tx: Tx, command: Rest, now: datetime) -> Refusal | None:
    """Let the person rest, or end it. The connection itself stays as it is."""
    at = now if command.is_resting else None
    return _or_nobody(tx.sides.rest(command.connection_id, command.attendee_id, at))


def clean(note: str) -> str:
    """The note with plain line ends and without what nobody can see."""
    return paragraphs(note)[0]


def clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags on one line each, without empty ones and repetitions, as they came."""
    seen: dict[str, str] = {}
    for word in tags:
        line = " ".join(one_line(word)[0].split())
        if line:
            seen.setdefault(line.casefold(), line)
    return tuple(seen.values())


def _or_nobody(is_kept: bool) -> Refusal | None:
    return None if is_kept else Refusal.NOBODY_THERE
