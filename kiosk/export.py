"""What is taken out: sheets of rows for the organiser, and all that is held of one person.

The organiser's sheets tell who met whom, when, where and how. Asks that were never
answered, withdrawn and blocked connections, private notes and stars are in none of them.
A sponsor's sheet holds what people agreed to give it and did not take back, nothing else.
Instants are the venue's local time with its offset, so that a person and a program read the
same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from kiosk.model import SHAREABLE, Attendee, CheckInList, Event, Scan, Sponsor
from kiosk.ports import Tx
from kiosk.presence import walk
from kiosk.shown import given

What = Literal["attendees", "check-ins", "connections", "scans", "letters", "leads"]
WHATS: tuple[What, ...] = ("attendees", "check-ins", "connections", "scans", "letters")
"""The organiser's own; `leads` are made for one sponsor at a time."""
Cell = str | int | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns and rows of one kind; the rows can be taken once, while `tx` is open."""

    name: What
    columns: tuple[str, ...]
    rows: Iterable[Row]


def sheets(tx: Tx, event: Event, what: Sequence[What] = WHATS) -> Iterator[Sheet]:
    """One sheet for each kind asked for, in that order, row by row from the store."""
    for name in what:
        columns, rows = _SHEETS[name]
        yield Sheet(name, columns, rows(tx, event))


def leads(tx: Tx, event: Event, sponsor: Sponsor) -> Sheet:
    """What one sponsor was given: a column for each field that anybody agreed to."""
    agreed = {field for lead, _ in tx.leads.of_sponsor(sponsor.id) for field in lead.fields}
    columns = tuple(field for field in SHAREABLE if field in agreed)
    rows = _leads(tx, event, sponsor, columns)
    return Sheet("leads", (*columns, "agreed_at", "purpose"), rows)


def _leads(
    tx: Tx, event: Event, sponsor: Sponsor, columns: tuple[str, ...]
) -> Iterator[Row]:
    local = _local(event)
    for lead, person in tx.leads.of_sponsor(sponsor.id):
        fields = given(event, person, tx.preferences.get(person.id), lead)
        if fields:
            cells = (fields.get(name) for name in columns)
            yield *cells, local(lead.agreed_at), lead.purpose


def _attendees(tx: Tx, event: Event) -> Iterator[Row]:
    local = _local(event)
    for person in tx.exports.attendees(event.id):
        yield tuple(_plain(getattr(person, field), local) for field in _OF_ATTENDEE)


def _check_ins(tx: Tx, event: Event) -> Iterator[Row]:
    names = _names(tx, event)
    for rule in tx.events.lists(event.id):
        scans = tx.exports.successful(rule.id)
        for attendee_id, own in groupby(scans, key=lambda scan: scan.attendee_id or ""):
            yield *_who(names, attendee_id), *_presence(event, rule, own)


def _presence(event: Event, rule: CheckInList, scans: Iterable[Scan]) -> Row:
    local, here = _local(event), walk(rule, scans)
    return (
        rule.name,
        _yes(here.is_inside),
        local(here.first_in_at),
        local(here.last_in_at),
        local(here.last_out_at),
        here.entry_count,
        len(here.conflicts),
    )


def _connections(tx: Tx, event: Event) -> Iterator[Row]:
    names, local = _names(tx, event), _local(event)
    for connection, first_how, second_how in tx.exports.meetings(event.id):
        yield (
            connection.id,
            connection.first_id,
            names.get(connection.first_id, ""),
            connection.second_id,
            names.get(connection.second_id, ""),
            local(connection.agreed_at),
            connection.place,
            second_how if first_how == "asked" else first_how,
        )


def _scans(tx: Tx, event: Event) -> Iterator[Row]:
    names, local = _names(tx, event), _local(event)
    rules = {rule.id: rule.name for rule in tx.events.lists(event.id)}
    devices = {device.id: device.name for device in tx.devices.of_event(event.id)}
    for scan in tx.exports.scans(event.id):
        yield (
            scan.id,
            scan.kind,
            rules.get(scan.list_id or ""),
            devices.get(scan.device_id, ""),
            scan.seq,
            *_who(names, scan.attendee_id),
            local(scan.scanned_at),
            local(scan.received_at),
            scan.outcome,
            scan.reason,
            scan.conflict,
            scan.override,
            local(scan.annulled_at),
        )


def _letters(tx: Tx, event: Event) -> Iterator[Row]:
    names, local = _names(tx, event), _local(event)
    for letter in tx.exports.letters(event.id):
        rest = (_plain(getattr(letter, field), local) for field in _OF_LETTER)
        yield letter.id, *_who(names, letter.attendee_id), *rest


def _who(names: dict[str, str], attendee_id: str | None) -> tuple[str | None, str | None]:
    """Id and name; neither of a person who was erased."""
    name = names.get(attendee_id or "")
    return (None, None) if name is None else (attendee_id, name)


def _names(tx: Tx, event: Event) -> dict[str, str]:
    return {person.id: person.name for person in tx.exports.attendees(event.id)}


Local = Callable[[datetime | None], str | None]


def _local(event: Event) -> Local:
    zone = ZoneInfo(event.timezone)
    return lambda instant: (
        instant.astimezone(zone).isoformat(timespec="seconds") if instant else None
    )


def _plain(value: object, local: Local) -> Cell:
    match value:
        case datetime():
            return local(value)
        case bool():
            return _yes(value)
        case tuple():
            return ", ".join(map(str, value))
        case int() | None:
            return value
        case _:
            return str(value)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


_OF_ATTENDEE = tuple(field.name for field in fields(Attendee) if field.name != "event_id")
_OF_LETTER = (
    "kind", "generation", "state", "to_address", "language", "planned_at", "due_at",
    "settled_at", "attempt_count", "reason",
)  # fmt: skip

_SHEETS: dict[What, tuple[tuple[str, ...], Callable[[Tx, Event], Iterator[Row]]]] = {
    "attendees": (("attendee_id", *_OF_ATTENDEE[1:]), _attendees),
    "check-ins": (
        (
            "attendee_id", "name", "list", "inside_now", "first_in_at", "last_in_at",
            "last_out_at", "entry_count", "conflict_count",
        ),
        _check_ins,
    ),
    "connections": (
        (
            "connection_id", "first_id", "first_name", "second_id", "second_name",
            "met_at", "place", "how",
        ),
        _connections,
    ),
    "scans": (
        (
            "scan_id", "kind", "list", "device", "seq", "attendee_id", "name",
            "scanned_at", "received_at", "outcome", "reason", "conflict", "override",
            "annulled_at",
        ),
        _scans,
    ),
    "letters": (("letter_id", "attendee_id", "name", *_OF_LETTER), _letters),
}  # fmt: skip
