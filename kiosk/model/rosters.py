"""What a tablet may hold of a person, and how far it has read what changed."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.model.people import Attendee, Status


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has read: changes of people, and scans, up to these numbers.

    Numbers of another `epoch` mean nothing: the database was put back to an older day.
    """

    epoch: str
    people: int
    scans: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A person on one list: kinds of their successful scans in order; None, no entry."""

    list_id: str
    kinds: tuple[str, ...]
    last_in_at: datetime | None
    last_in_at_device: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """All that a roster tells of one person; nobody (None) once they are erased.

    `badges` holds ids and whether each was replaced; `tickets` code, type and status;
    `place` is their number in the roster and says nothing else.
    """

    place: int
    attendee: Attendee | None
    badges: tuple[tuple[str, bool], ...] = ()
    tickets: tuple[tuple[str, str, Status], ...] = ()
    visits: tuple[Visit, ...] = ()
