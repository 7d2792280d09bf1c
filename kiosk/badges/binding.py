"""The parts of a sheet bound into one PDF, with the QR codes drawn on its pages."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from kiosk.badges.layouts import MM, Layout
from kiosk.badges.qr import QUIET_ZONE, Matrix, matrix
from kiosk.badges.vectors import common, fill, has

_STAMP = "/C"
"""The name under which a page finds what all codes have in common."""


class Binding:
    """A PDF in the making, in one layout."""

    def __init__(self, plan: Layout) -> None:
        self.badge_count = 0
        self._plan = plan
        self._writer = PdfWriter()
        self._shared: Matrix = []
        self._stamp: IndirectObject | None = None

    def add(self, part: bytes, urls: Sequence[str]) -> None:
        """Take over a part's pages and draw on them the codes of its badges, in order."""
        codes = [matrix(url) for url in urls]
        if self._stamp is None:
            self._share(codes)
        step = self._plan.per_page
        used: dict[str, PdfObject] = {}
        pages = PdfReader(BytesIO(part)).pages
        for page, first in zip(pages, range(0, len(urls), step), strict=True):
            self._bind(page, codes[first : first + step], used)
        self.badge_count += len(urls)

    def write(self, out: Path) -> None:
        """Write the whole PDF to that file."""
        width, height = (FloatObject(round(side * MM, 3)) for side in self._plan.page)
        whole = ArrayObject([NumberObject(0), NumberObject(0), width, height])
        book = cast("DictionaryObject", self._writer.root_object["/Pages"])
        book[NameObject("/MediaBox")] = whole
        self._writer.write(out)

    def _share(self, codes: Sequence[Matrix]) -> None:
        self._shared = common(codes)
        size = len(self._shared)
        stamp = DecodedStreamObject()
        stamp.set_data(fill(self._shared).encode())
        box = ArrayObject([NumberObject(side) for side in (0, 0, size, size)])
        stamp[NameObject("/Type")] = NameObject("/XObject")
        stamp[NameObject("/Subtype")] = NameObject("/Form")
        stamp[NameObject("/BBox")] = box
        self._stamp = self._writer._add_object(stamp.flate_encode(9))

    def _bind(
        self, page: PageObject, codes: Sequence[Matrix], used: dict[str, PdfObject]
    ) -> None:
        contents = page.get_contents()
        words = b"" if contents is None else contents.get_data()
        drawn = "".join(self._draw(place, code) for place, code in enumerate(codes))
        both = DecodedStreamObject()
        both.set_data(words + b"\n" + drawn.encode())
        page[NameObject("/Contents")] = both.flate_encode(9)
        page[NameObject("/Resources")] = self._resources(page, used)
        del page["/MediaBox"]  # every page has the size that the book has
        self._writer.add_page(page)

    def _resources(self, page: PageObject, used: dict[str, PdfObject]) -> PdfObject:
        """The typefaces of a page and the stamp; pages that use the same share one list."""
        own = cast("DictionaryObject", page["/Resources"])
        key = str(own)
        if key not in used:
            own[NameObject("/XObject")] = DictionaryObject(
                {NameObject(_STAMP): self._stamp}
            )
            used[key] = page.raw_get("/Resources")
        return used[key]

    def _draw(self, place: int, code: Matrix) -> str:
        box = self._plan.qr
        left, top = self._plan.corner(place)
        module = box.width / (len(code) + 2 * QUIET_ZONE)
        x = (left + box.x + QUIET_ZONE * module) * MM
        y = (self._plan.page[1] - top - box.y - QUIET_ZONE * module) * MM
        size = module * MM
        rest = (
            f"{_STAMP} Do {fill(code, self._shared)}"
            if has(code, self._shared)
            else fill(code)
        )
        return f"q 0 g {size:.4f} 0 0 {-size:.4f} {x:.3f} {y:.3f} cm {rest}Q\n"
