"""Badges as a CSV file for a printer's own software.

Spreadsheets run cells that begin like a formula, so such a cell gets an apostrophe in front
(OWASP, CSV injection).
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from kiosk.badges.face import Face

COLUMNS = ("attendee_id", "name", "company", "code", "url")

_FORMULA = tuple("=+-@\t\r＝＋－＠")


def write_csv(faces: Iterable[Face], out: Path) -> int:
    """Write one row a badge under the headings of CONTRACT §3, UTF-8; returns how many."""
    with out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        return sum(1 for face in faces if rows.writerow(_cells(face)))


def _cells(face: Face) -> list[str]:
    return [_harmless(getattr(face, column)) for column in COLUMNS]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
