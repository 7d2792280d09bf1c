"""What remains of a person or an event that was forgotten: ids, instants and counts."""

from dataclasses import dataclass
from datetime import datetime

ERASED = "erased"
"""What stands where a free text about a person was."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person was forgotten; a restored backup forgets them again."""

    attendee_id: str
    event_id: str
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class Purge:
    """Everybody at an event was forgotten; the counts are what was there before."""

    event_id: str
    purged_at: datetime
    attendee_count: int
    checked_in_count: int
    connection_count: int
    letter_count: int
