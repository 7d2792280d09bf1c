"""Badges as a PDF of any length: typst sets the words, we draw the codes, in parts.

One document of 10,000 badges took typst over 400 MiB, so each part is set by a process of
its own and the parts are bound together.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.util import find_spec
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.badges import fonts
from kiosk.badges.face import CannotPrint, Face, short_form
from kiosk.badges.layouts import LAYOUTS, Layout
from kiosk.badges.unfinished import unfinished
from kiosk.badges.words import words

if TYPE_CHECKING:
    from kiosk.badges.binding import Binding

PART = 400
"""Badges set by one process, below 250 MiB; a multiple of what any page holds."""

_SETTER = Path(__file__).with_name("typeset.py")


def write_pdf(faces: Iterable[Face], out: Path, layout: str) -> int:
    """Print the faces; returns how many, and writes no file for none.

    Refuses when typst is not installed.
    """
    if find_spec("typst") is None or find_spec("pypdf") is None:
        raise CannotPrint(
            "Printing PDF badges needs typst: run `pip install 'kiosk[pdf]'`."
        )
    from kiosk.badges.binding import Binding  # noqa: PLC0415 - pypdf is optional

    parts = list(_parts(faces))
    if not parts:
        return 0
    with unfinished(out) as place, place.open("wb") as file:
        _bind(Binding(LAYOUTS[layout], file), parts, LAYOUTS[layout])
    return sum(map(len, parts))


def _bind(binding: "Binding", parts: Sequence[list[Face]], plan: Layout) -> None:
    with ThreadPoolExecutor(1) as ahead:  # while one part is bound, the next is set
        for part, pages in zip(
            parts, ahead.map(_typeset, parts, repeat(plan)), strict=True
        ):
            backs = [face.back.url for face in part if face.back]
            binding.add(pages, [face.url for face in part], backs)
    binding.close()


def _parts(faces: Iterable[Face]) -> Iterator[list[Face]]:
    rest = iter(faces)
    while part := list(islice(rest, PART)):
        yield part


def _typeset(faces: Sequence[Face], plan: Layout) -> bytes:
    folders = [str(folder) for folder in fonts.folders()]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-P", str(_SETTER), *folders],
        input=json.dumps(_job(faces, plan)).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise CannotPrint(f"typst could not set the badges: {last}")
    return done.stdout


def _job(faces: Sequence[Face], plan: Layout) -> dict[str, object]:
    return {
        "title": f"Badges {faces[0].event_name}".strip(),
        "layout": asdict(plan),
        "corners": [_corners(plan, is_back) for is_back in (False, True)],
        "fonts": {region: fonts.families(region) for region in fonts.REGIONS},
        "sizes": plan.sizes(),
        "pages": list(_pages(faces, plan)),
    }


def _corners(plan: Layout, is_back: bool) -> list[tuple[float, float]]:
    return [plan.corner(place, is_back=is_back) for place in range(plan.per_page)]


def _pages(faces: Sequence[Face], plan: Layout) -> Iterator[dict[str, object]]:
    """What stands on each page: the fronts of a sheet, then their backs if any."""
    for first in range(0, len(faces), plan.per_page):
        sheet = faces[first : first + plan.per_page]
        backs = [face.back for face in sheet if face.back]
        yield {"side": 0, "faces": [_spoken(face) for face in sheet]}
        if backs:
            yield {"side": 1, "faces": [_spoken(back) for back in backs]}


def _spoken(face: Face) -> dict[str, object]:
    return {
        "name": asdict(words(face.name)),
        "company": asdict(words(face.company)),
        "role": asdict(words(face.role)),
        "pronouns": asdict(words(face.pronouns)),
        "ticket_type": asdict(words(face.ticket_type)),
        "event_name": asdict(words(face.event_name)),
        "code": asdict(words(short_form(face.code))),
    }
