"""What the desk counts: figures of a day, and the latest readings with their people."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.model.scans import Outcome, Reason, ScanKind


@dataclass(frozen=True, slots=True)
class Door:
    """One check-in list: how many may come, came, and are inside now."""

    list_id: str
    name: str
    expected_count: int
    checked_in_count: int
    inside_count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A scan as the desk shows it; `people` are ids and names of those it stood for."""

    scan_id: str
    kind: ScanKind
    outcome: Outcome
    reason: Reason | None
    scanned_at: datetime
    place: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry that a tablet allowed alone and the rule would not have allowed."""

    attendee_id: str
    name: str
    list_name: str
    place: str
    scanned_at: datetime
    earlier_place: str
    earlier_at: datetime
