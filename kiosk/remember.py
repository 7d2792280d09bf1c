"""What was said: a private note at a person one has met or asked.

Nobody but its writer ever reads a note; it is part of the writer's own data.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import category

from kiosk.ports import Tx

NOTE_LENGTH = 2000  # characters


class Refusal(StrEnum):
    """Why a note was not kept."""

    TOO_LONG = "too_long"
    NOBODY_THERE = "nobody_there"


@dataclass(frozen=True, slots=True)
class Remember:
    attendee_id: str
    connection_id: str
    note: str


def remember(tx: Tx, command: Remember, now: datetime) -> Refusal | None:
    """Keep the note in place of the one before; nothing is cut off silently."""
    note = clean(command.note)
    if len(note) > NOTE_LENGTH:
        return Refusal.TOO_LONG
    is_kept = tx.sides.write_note(command.connection_id, command.attendee_id, note)
    return None if is_kept else Refusal.NOBODY_THERE


def clean(note: str) -> str:
    """The note with plain line ends and without control characters."""
    lines = note.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign in "\n\t" or category(sign) != "Cc"
    ).strip()
