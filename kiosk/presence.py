"""Who is inside, worked out from the scans alone.

Presence, counts and conflicts are a function of the *set* of successful scans: they are
walked in the order of `scanned_at`, ties by id, whatever the order in which they arrived.
An entry that the door's rule would not allow at its place is a conflict.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.door import may_enter
from kiosk.model import CheckInList, Scan


@dataclass(frozen=True, slots=True)
class Presence:
    """One person on one list. Instants are None when nothing of the kind happened."""

    is_inside: bool = False
    entry_count: int = 0
    first_in_at: datetime | None = None
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    conflicts: tuple[Scan, ...] = ()


def walk(rule: CheckInList, scans: Iterable[Scan]) -> Presence:
    """The presence of one person from their successful, not annulled scans on one list."""
    ordered = sorted(scans, key=lambda scan: (scan.scanned_at, scan.id))
    history: list[str] = []
    conflicts: list[Scan] = []
    for scan in ordered:
        if scan.kind == "check_in" and not may_enter(rule, history):
            conflicts.append(scan)
        history.append(scan.kind)
    entries = [scan.scanned_at for scan in ordered if scan.kind == "check_in"]
    exits = [scan.scanned_at for scan in ordered if scan.kind == "check_out"]
    return Presence(
        is_inside=bool(history) and history[-1] == "check_in",
        entry_count=len(entries),
        first_in_at=entries[0] if entries else None,
        last_in_at=entries[-1] if entries else None,
        last_out_at=exits[-1] if exits else None,
        conflicts=tuple(conflicts),
    )
