"""An .xlsx workbook as records: the sheet that looks like a list of people, the others
offered.

The cells come as the program that wrote them would show them: formulas as their last
result, yes for true, 100200300401 without ".0". Numbers of more than 15 digits are already
ruined when they reach us (spreadsheets keep 15); they come out in scientific form, so that
they are named.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kiosk.intake.headings import best_heading_row
from kiosk.intake.reading import Record, Table, UnreadableList
from kiosk.intake.unpacking import BROKEN, checked_workbook

MOST_CELLS = 8_000_000
"""Cells of the rectangle a sheet spans: the parser lays all of it out in memory."""
PRECISE = 10**15
_FILLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>\s*<"""
)
_ROW = re.compile(
    rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["'](\d{1,9})["'][^<>]*(?<!/)>\s*<(?:\w+:)?c\b(?![^<>]*\br\s*=)"""
)
Value = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    records: tuple[Record, ...]
    is_visible: bool


def read_workbook(raw: bytes, mapping: Mapping[str, str], sheet: str = "") -> Table:
    """The records of one sheet: the one named, else the one whose headings tell most."""
    clean = checked_workbook(raw)
    _check_spans(clean)
    sheets = _sheets(clean)
    chosen = _chosen(sheets, mapping, sheet)
    others = [other for other in sheets if other is not chosen and len(other.records) > 1]
    return Table(chosen.records, format="xlsx", notes=tuple(map(_offer, others)))


def _check_spans(clean: bytes) -> None:
    """No cell far outside: a sheet of 2 kB with one at XFD1048576 would need gigabytes."""
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                _check_span(archive.read(name))


def _check_span(xml: bytes) -> None:
    columns: set[bytes] = {b"A"}
    last_row = max((int(hit[1]) for hit in _ROW.finditer(xml)), default=0)
    for hit in _FILLED_CELL.finditer(xml):
        columns.add(hit[1])
        last_row = max(last_row, int(hit[2]))
    last_column = max(columns, key=_column_number)
    if _column_number(last_column) * last_row > MOST_CELLS:
        raise UnreadableList(
            f"The sheet has a cell far from the list ({last_column.decode()}{last_row}): "
            "delete everything right of the list and below it, and save it again."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheets(clean: bytes) -> list[_Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(clean))
        return [
            _Sheet(
                sheet.name,
                tuple(_records(workbook.get_sheet_by_name(sheet.name))),
                sheet.visible == SheetVisibleEnum.Visible,
            )
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except CalamineError:
        raise UnreadableList(BROKEN) from None


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    if sheet.start is None:
        return
    above, left = sheet.start
    for row in range(1, above + 1):
        yield Record(row, ())
    for row, cells in enumerate(sheet.iter_rows(), start=above + 1):
        yield Record(row, ("",) * left + tuple(map(_shown, cells)))


def _shown(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return _number(value)
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float) -> str:
    """A whole number without ".0", and a number too long to be precise as 1.2E+17."""
    if value.is_integer() and abs(value) < PRECISE:
        return str(int(value))
    return f"{value:.14E}" if abs(value) >= PRECISE else repr(value)


def _chosen(sheets: list[_Sheet], mapping: Mapping[str, str], wanted: str) -> _Sheet:
    if not sheets:
        raise UnreadableList("The workbook has no sheet.")
    if wanted:
        found = next((sheet for sheet in sheets if sheet.name == wanted), None)
        if found is None:
            names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
            raise UnreadableList(f'There is no sheet "{wanted}"; there are {names}.')
        return found
    return max(sheets, key=lambda sheet: _likeness(sheet, mapping))


def _likeness(sheet: _Sheet, mapping: Mapping[str, str]) -> tuple[bool, int]:
    """A sheet that is shown goes before a hidden one; then the headings decide."""
    score, _ = best_heading_row(sheet.records, mapping)
    return sheet.is_visible and score > 0, score


def _offer(sheet: _Sheet) -> str:
    return (
        f'The sheet "{sheet.name}" ({len(sheet.records) - 1} rows) was not read; '
        f'to import it too, give the format "xlsx:{sheet.name}".'
    )
