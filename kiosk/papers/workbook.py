"""Sheets as an Excel workbook, written row by row; every text is text and never run."""

from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kiosk.cell import harmless
from kiosk.export import Row, Sheet
from kiosk.model import Event

ROWS_LIMIT = 1_048_575  # Excel's 2^20 rows less the heading
CELL_LIMIT = 32_767  # characters; Excel calls a longer cell damage
_WIDTHS = {"name": 28, "email": 30, "_id": 12, "_at": 25, "id": 12}
_WIDTH = 16


def write_workbook(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """One worksheet for each sheet; one that is too long goes on in "scans 2"."""
    packed = BytesIO()  # a tenth of its rows; a ZIP on a full disk fails twice, once aloud
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    book.set_properties({"title": event.name, "company": event.venue})
    for sheet in sheets:
        _write_sheet(book, sheet)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(0, str(error)) from error
    path.write_bytes(packed.getbuffer())


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    part, more = 1, True
    while more:
        page = book.add_worksheet(sheet.name if part == 1 else f"{sheet.name} {part}")
        _write_heading(book, page, sheet.columns)
        more = _write_rows(page, islice(rows, ROWS_LIMIT)) == ROWS_LIMIT
        part += 1


def _write_heading(book: Workbook, page: Worksheet, columns: tuple[str, ...]) -> None:
    for place, column in enumerate(columns):
        ends = (width for end, width in _WIDTHS.items() if column.endswith(end))
        page.set_column(place, place, next(ends, _WIDTH))
    page.freeze_panes(1, 2)
    page.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))


def _write_rows(page: Worksheet, rows: Iterable[Row]) -> int:
    """How many were written."""
    number = 0
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, harmless(cell)[:CELL_LIMIT])
            elif cell is not None:
                page.write_number(number, place, cell)
    return number
