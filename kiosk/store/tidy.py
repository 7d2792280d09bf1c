"""Sheets as a small SQLite database that opens well in Datasette or any other tool.

It is a document for people and not the store: no codes, no notes, tables with foreign keys
to `attendees`, a search over names, and views for what is asked most.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import sqlite_utils

from kiosk.export import Sheet
from kiosk.model import Event
from kiosk.store.sqlite import spoken

PEOPLE = "attendees"
_POINTS_TO_PEOPLE = ("attendee_id", "first_id", "second_id")
_KEYS = {
    "attendees": "attendee_id",
    "connections": "connection_id",
    "scans": "scan_id",
    "letters": "letter_id",
}
_VIEWS = (
    (
        "met",
        {"connections"},
        "select first_id as attendee_id, first_name as name, second_id as met_id, "
        "second_name as met_name, met_at, place, how from connections union all "
        "select second_id, second_name, first_id, first_name, met_at, place, how "
        "from connections",
    ),
    (
        "arrivals",
        {"check_ins"},
        "select list, substr(first_in_at, 1, 13) || ':00' as hour, count(*) as people "
        "from check_ins where first_in_at is not null group by list, hour order by hour",
    ),
    (
        "refusals",
        {"scans"},
        "select list, reason, count(*) as scans from scans where outcome = 'turned_away' "
        "group by list, reason order by scans desc",
    ),
)


def write_tidy(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """Fill a new database; the path may be an empty file."""
    connection = sqlite3.connect(path, isolation_level=None)
    with spoken(), closing(connection):
        database = sqlite_utils.Database(connection)
        for pragma in ("journal_mode = off", "synchronous = off"):  # nobody reads it yet
            connection.execute(f"pragma {pragma}")
        _put_event(database, event)
        for sheet in sheets:
            _put_sheet(database, sheet)
        _finish(database)


def _put_event(database: sqlite_utils.Database, event: Event) -> None:
    database.table("event").insert(
        {
            "slug": event.slug,
            "name": event.name,
            "venue": event.venue,
            "timezone": event.timezone,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
        },
        pk="slug",
    )


def _put_sheet(database: sqlite_utils.Database, sheet: Sheet) -> None:
    table = sheet.name.replace("-", "_")
    names = {*database.table_names(), table}
    people = [
        (column, PEOPLE, "attendee_id")
        for column in sheet.columns
        if column in _POINTS_TO_PEOPLE and PEOPLE in names and table != PEOPLE
    ]
    database.table(table).create(
        {column: _type(column) for column in sheet.columns},
        pk=_KEYS.get(table),
        foreign_keys=people,
    )
    database.table(table).insert_all(
        dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows
    )


def _type(column: str) -> type[int] | type[str]:
    is_number = column.endswith("_count") or column in {"seq", "generation"}
    return int if is_number else str


def _finish(database: sqlite_utils.Database) -> None:
    tables = set(database.table_names())
    database.index_foreign_keys()
    if PEOPLE in tables:
        database.table(PEOPLE).enable_fts(["name", "company", "role"])
    for name, needed, sql in _VIEWS:
        if needed <= tables:
            database.create_view(name, sql)
