"""Badges as a CSV file for a printer's own software, with no cell that would be run."""

import csv
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from kiosk.badges.face import Face
from kiosk.badges.unfinished import unfinished
from kiosk.cell import harmless

COLUMNS = ("attendee_id", "name", "company", "code", "url")
OF_BACKS = ("agree_code", "agree_url")


def write_csv(faces: Iterable[Face], out: Path) -> int:
    """Write one row a badge under the headings of CONTRACT §3, UTF-8; returns how many.

    Badges with a back have its code and address in two more columns.
    """
    rest = iter(faces)
    first = list(islice(rest, 1))
    backs = OF_BACKS if any(face.back for face in first) else ()
    with unfinished(out) as place, place.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow((*COLUMNS, *backs))
        return sum(1 for face in chain(first, rest) if rows.writerow(_cells(face)))


def _cells(face: Face) -> list[str]:
    back = (face.back.code, face.back.url) if face.back else ()
    return [harmless(text) for text in (*(getattr(face, it) for it in COLUMNS), *back)]
