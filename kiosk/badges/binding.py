"""The parts of a sheet bound into one PDF, with backdrop and QR codes on its pages."""

from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from pypdf import PageObject, PdfReader

from kiosk.badges.backdrop import backdrop
from kiosk.badges.book import Book
from kiosk.badges.layouts import MM, Layout
from kiosk.badges.qr import QUIET_ZONE, Matrix, matrix
from kiosk.badges.transplant import Transplant
from kiosk.badges.vectors import common, fill, has


class Binding:
    """A PDF in the making, in one layout; `file` is open for writing."""

    def __init__(self, plan: Layout, file: BinaryIO) -> None:
        self._plan = plan
        self._book = Book(file, plan.page[0] * MM, plan.page[1] * MM)
        self._shared: Matrix = []
        self._extra = b""

    def add(self, part: bytes, urls: Sequence[str]) -> None:
        """Take over a part's pages and draw on them the codes of its badges, in order."""
        codes = [matrix(url) for url in urls]
        if not self._extra:
            self._share(codes)
        step = self._plan.per_page
        transplant = Transplant(self._book)
        pages = PdfReader(BytesIO(part)).pages
        for page, first in zip(pages, range(0, len(urls), step), strict=True):
            contents = self._contents(page, codes[first : first + step])
            resources = transplant.resources(page, self._extra)
            self._book.add_page(self._book.add_stream(contents), resources)

    def close(self) -> None:
        """Complete the document; the file stays open."""
        self._book.close()

    def _share(self, codes: Sequence[Matrix]) -> None:
        self._shared = common(codes)
        side = len(self._shared)
        stamp = self._form(fill(self._shared), (side, side))
        width, height = self._plan.page
        behind = self._form(backdrop(self._plan), (width * MM, height * MM))
        self._extra = b"/XObject<</C %d 0 R/B %d 0 R>>" % (stamp, behind)

    def _form(self, drawing: str, size: tuple[float, float]) -> int:
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 {size[0]:.2f} {size[1]:.2f}]"
        return self._book.add_stream(drawing.encode(), head.encode())

    def _contents(self, page: PageObject, codes: Sequence[Matrix]) -> bytes:
        own = page.get_contents()
        words = b"" if own is None else own.get_data()
        drawn = "".join(self._draw(place, code) for place, code in enumerate(codes))
        return b"/B Do\n" + words + b"\n" + drawn.encode()

    def _draw(self, place: int, code: Matrix) -> str:
        box = self._plan.qr
        left, top = self._plan.corner(place)
        module = box.width / (len(code) + 2 * QUIET_ZONE)
        x = (left + box.x + QUIET_ZONE * module) * MM
        y = (self._plan.page[1] - top - box.y - QUIET_ZONE * module) * MM
        size = module * MM
        is_usual = has(code, self._shared)
        rest = f"/C Do {fill(code, self._shared)}" if is_usual else fill(code)
        return f"q 0 g {size:.4f} 0 0 {-size:.4f} {x:.3f} {y:.3f} cm {rest}Q\n"
