"""A sheet as CSV (RFC 4180, UTF-8): for programs, and safe for spreadsheets."""

import csv
from collections.abc import Iterable
from pathlib import Path

from kiosk.cell import harmless
from kiosk.export import Sheet
from kiosk.model import Event


def write_table(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """Write the one sheet there is, headings first."""
    del event
    (sheet,) = sheets
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(sheet.columns)
        rows.writerows(
            [harmless(cell) if isinstance(cell, str) else cell for cell in row]
            for row in sheet.rows
        )
