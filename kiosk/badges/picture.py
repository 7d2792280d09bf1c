"""Badges as PNG pictures, 300 dots an inch, one file a badge, drawn by Pillow.

Files are named after the attendee's id, never after the person: names end in logs and URLs.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain, islice
from pathlib import Path

from PIL import Image, ImageDraw

from kiosk.badges.backdrop import EDGE, LAMP, PETROL
from kiosk.badges.face import Face, short_form
from kiosk.badges.layouts import LAYOUTS, Box, Layout
from kiosk.badges.qr import QUIET_ZONE, dark_runs, matrix
from kiosk.badges.setting import Setting, draw, fit
from kiosk.badges.unfinished import unfinished
from kiosk.badges.words import Words, words

DOTS = 300
"""Dots an inch: what label printers have."""

_MM = DOTS / 25.4
_PT = DOTS / 72
Pictures = list[tuple[str, bytes]]
"""Files of one badge: name and content."""

_INK, _SOFT, _PAPER = "#000000", "#333333", "#ffffff"


def write_png(faces: Iterable[Face], out: Path, layout: str) -> int:
    """Draw the faces; returns how many, and writes nothing for none.

    One face is written to `out`. Several become a ZIP file when `out` ends in .zip, else a
    folder of that name. A back is a picture beside its front, with "-back" in its name.
    """
    rest = iter(faces)
    ahead = list(islice(rest, 2))
    plan = LAYOUTS[layout]
    if not ahead:
        return 0
    if len(ahead) == 1 and out.suffix.lower() != ".zip" and not out.is_dir():
        for mark, side in _sides(ahead[0]):
            out.with_stem(out.stem + mark).write_bytes(picture(side, plan))
        return 1
    sheets = (_pictures(face, plan) for face in chain(ahead, rest))
    return _zip(sheets, out) if out.suffix.lower() == ".zip" else _folder(sheets, out)


def picture(face: Face, plan: Layout) -> bytes:
    """One badge as a PNG file."""
    size = round(plan.badge[0] * _MM), round(plan.badge[1] * _MM)
    image = Image.new("RGB", size, _PAPER)
    _Badge(ImageDraw.Draw(image), plan).draw(face)
    file = BytesIO()
    image.save(file, "PNG", dpi=(DOTS, DOTS), compress_level=6)
    return file.getvalue()


def _zip(sheets: Iterable[Pictures], out: Path) -> int:
    count = 0
    with unfinished(out) as place, zipfile.ZipFile(place, "w") as archive:  # PNG is packed
        for count, pictures in enumerate(sheets, start=1):  # noqa: B007 - counted
            for name, content in pictures:
                archive.writestr(name, content)
    return count


def _folder(sheets: Iterable[Pictures], out: Path) -> int:
    count = 0
    out.mkdir(parents=True, exist_ok=True)
    for count, pictures in enumerate(sheets, start=1):  # noqa: B007 - counted
        for name, content in pictures:
            (out / name).write_bytes(content)
    return count


def _pictures(face: Face, plan: Layout) -> Pictures:
    """The files of one badge: its front and, if it has one, its back."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", face.attendee_id)
    return [(f"{stem}{mark}.png", picture(side, plan)) for mark, side in _sides(face)]


def _sides(face: Face) -> Iterator[tuple[str, Face]]:
    yield "", face
    if face.back:
        yield "-back", face.back


class _Badge:
    """The drawing of one badge, box by box, as `sheet.typ` does it."""

    def __init__(self, canvas: ImageDraw.ImageDraw, plan: Layout) -> None:
        self._canvas = canvas
        self._plan = plan
        self._sizes = {
            kind: [pt * _PT for pt in sizes] for kind, sizes in plan.sizes().items()
        }

    def draw(self, face: Face) -> None:
        plan = self._plan
        if plan.band:
            self._band()
        event_fill = _PAPER if plan.band else _SOFT
        self._words(words(face.event_name), plan.event, ("event", 600, event_fill))
        self._words(words(face.name), plan.name, ("name", 700, _INK))
        self._details(face)
        self._foot(face)
        self._code(face.url)

    def _band(self) -> None:
        width, edge = self._plan.badge[0] * _MM, self._plan.band * _MM
        self._canvas.rectangle((0, 0, width, edge), PETROL)
        self._canvas.rectangle((0, edge, width, edge * (1 + EDGE)), LAMP)

    def _words(self, text: Words, box: Box, look: tuple[str, int, str]) -> None:
        if not text.text:
            return
        kind, weight, fill = look
        setting = self._fit(text, box, kind, weight)
        top = box.y * _MM + (box.height * _MM - setting.height) / 2
        draw(self._canvas, setting, (_side(setting, box), top), fill)

    def _fit(self, text: Words, box: Box, kind: str, weight: int) -> Setting:
        return fit(text, (box.width * _MM, box.height * _MM), self._sizes[kind], weight)

    def _details(self, face: Face) -> None:
        rows = [row for row in _rows(face) if row[0].text]
        if not rows:
            return
        box = self._plan.details
        share = box.height / sum(parts for *_, parts in rows)
        top = box.y * _MM
        for text, kind, weight, fill, parts in rows:
            room = Box(box.x, box.y, box.width, share * parts)
            setting = self._fit(text, room, kind, weight)
            draw(self._canvas, setting, (_side(setting, box), top), fill)
            top += setting.height

    def _foot(self, face: Face) -> None:
        box = self._plan.foot
        half = Box(box.x, box.y, box.width, box.height / 2)
        code = self._fit(words(short_form(face.code)), half, "code", 400)
        bottom = (box.y + box.height) * _MM
        draw(self._canvas, code, (box.x * _MM, bottom - code.height), _SOFT)
        ticket = words(face.ticket_type)
        if ticket.text:
            setting = self._fit(ticket, half, "small", 700)
            top = bottom - code.height - setting.height
            draw(self._canvas, setting, (_side(setting, box), top), self._accent)

    @property
    def _accent(self) -> str:
        return PETROL if self._plan.band else _INK

    def _code(self, url: str) -> None:
        modules = matrix(url)
        box = self._plan.qr
        module = int(box.width * _MM / (len(modules) + 2 * QUIET_ZONE))
        inset = (box.width * _MM - module * len(modules)) / 2
        left, top = round(box.x * _MM + inset), round(box.y * _MM + inset)
        for y, row in enumerate(modules):
            for x, length in dark_runs(row):
                corner = left + x * module, top + y * module
                self._canvas.rectangle(
                    (*corner, corner[0] + length * module - 1, corner[1] + module - 1), 0
                )


def _rows(face: Face) -> Iterator[tuple[Words, str, int, str, int]]:
    """The lines below the name: words, size, weight, colour and share of the height."""
    yield words(face.role), "role", 400, _INK, 3
    yield words(face.company), "company", 700, _INK, 4
    yield words(face.pronouns), "small", 400, _SOFT, 2


def _side(setting: Setting, box: Box) -> float:
    """Where a line begins: the left edge, or the right one for words read from there."""
    return (box.x + box.width if setting.words.rtl else box.x) * _MM
