"""Entries that a tablet allowed while it was alone and the rule would not have allowed.

They follow from the set of scans, whatever the order in which these arrived, so nothing
marks them in the store: whoever may have entered wrongly is walked again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from kiosk.model import CheckInList, Event, Scan
from kiosk.ports import Tx
from kiosk.presence import walk


@dataclass(frozen=True, slots=True)
class Conflict:
    """One such entry, and the entry it contradicts; places are names of tablets."""

    attendee_id: str
    name: str
    list_name: str
    place: str
    at: datetime
    earlier_place: str
    earlier_at: datetime


def conflicts_of(tx: Tx, event: Event) -> Sequence[Conflict]:
    """The event's conflicts, the latest first."""
    places = {device.id: device.name for device in tx.devices.of_event(event.id)}
    found = (
        conflict
        for rule in tx.events.lists(event.id)
        if not rule.allow_multiple_entries
        for conflict in _on_list(tx, rule, places)
    )
    return sorted(found, key=lambda conflict: conflict.at, reverse=True)


def _on_list(tx: Tx, rule: CheckInList, places: dict[str, str]) -> Iterator[Conflict]:
    for attendee_id, group in groupby(
        _suspects(tx, rule), key=lambda scan: scan.attendee_id or ""
    ):
        history = list(group)
        attendee = tx.attendees.get(attendee_id)
        for scan in walk(rule, history).conflicts:
            earlier = _entry_before(history, scan)
            yield Conflict(
                attendee_id,
                attendee.name if attendee else "",
                rule.name,
                places.get(scan.device_id, ""),
                scan.scanned_at,
                places.get(earlier.device_id, ""),
                earlier.scanned_at,
            )


def _suspects(tx: Tx, rule: CheckInList) -> Sequence[Scan]:
    """Scans of everybody who can be in conflict, by person; few, so a walk is cheap."""
    if rule.allow_entry_after_exit:
        return tx.figures.entered_twice_running(rule.id)
    return tx.figures.entered_more_than_once(rule.id)


def _entry_before(history: Sequence[Scan], scan: Scan) -> Scan:
    entries = [entry for entry in history if entry.kind == "check_in"]
    return entries[max(entries.index(scan) - 1, 0)]
