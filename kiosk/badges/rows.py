"""Badges as a CSV file for a printer's own software, with no cell that would be run."""

import csv
from collections.abc import Iterable
from pathlib import Path

from kiosk.badges.face import Face
from kiosk.badges.unfinished import unfinished
from kiosk.cell import harmless

COLUMNS = ("attendee_id", "name", "company", "code", "url")


def write_csv(faces: Iterable[Face], out: Path) -> int:
    """Write one row a badge under the headings of CONTRACT §3, UTF-8; returns how many."""
    with unfinished(out) as place, place.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        return sum(1 for face in faces if rows.writerow(_cells(face)))


def _cells(face: Face) -> list[str]:
    return [harmless(getattr(face, column)) for column in COLUMNS]
