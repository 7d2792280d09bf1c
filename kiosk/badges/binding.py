"""The parts of a sheet bound into one PDF, with backdrop and QR codes on its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat
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
        self._sides: list[_Side] = []
        self._extra = b""

    def add(self, part: bytes, urls: Sequence[str], backs: Sequence[str] = ()) -> None:
        """Take over a part's pages and draw on them the codes of its badges, in order.

        With `backs` every other page is the back of the one before.
        """
        codes = [[matrix(url) for url in side] for side in (urls, backs) if side]
        if not self._extra:
            self._share(codes)
        step = self._plan.per_page
        transplant = Transplant(self._book)
        for number, page in enumerate(PdfReader(BytesIO(part)).pages):
            sheet, turned = divmod(number, len(codes))
            first = sheet * step
            contents = self._contents(page, turned, codes[turned][first : first + step])
            resources = transplant.resources(page, self._extra)
            self._book.add_page(self._book.add_stream(contents), resources)

    def close(self) -> None:
        """Complete the document; the file stays open."""
        self._book.close()

    def _share(self, codes: Sequence[Sequence[Matrix]]) -> None:
        self._sides = [
            _Side(name, common(side)) for name, side in zip("CD", codes, strict=False)
        ]
        forms = "".join(f"/{side.name} {self._stamp(side)} 0 R" for side in self._sides)
        width, height = self._plan.page
        behind = self._form(backdrop(self._plan), (width * MM, height * MM))
        self._extra = f"/XObject<<{forms}/B {behind} 0 R>>".encode()

    def _stamp(self, side: "_Side") -> int:
        return self._form(fill(side.shared), (len(side.shared), len(side.shared)))

    def _form(self, drawing: str, size: tuple[float, float]) -> int:
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 {size[0]:.2f} {size[1]:.2f}]"
        return self._book.add_stream(drawing.encode(), head.encode())

    def _contents(self, page: PageObject, turned: int, codes: Sequence[Matrix]) -> bytes:
        own = page.get_contents()
        words = b"" if own is None else own.get_data()
        corners = (
            self._plan.corner(place, is_back=bool(turned)) for place in range(len(codes))
        )
        side = self._sides[turned]
        drawn = "".join(map(self._draw, corners, codes, repeat(side)))
        return b"/B Do\n" + words + b"\n" + drawn.encode()

    def _draw(self, corner: tuple[float, float], code: Matrix, side: "_Side") -> str:
        box = self._plan.qr
        left, top = corner
        module = box.width / (len(code) + 2 * QUIET_ZONE)
        x = (left + box.x + QUIET_ZONE * module) * MM
        y = (self._plan.page[1] - top - box.y - QUIET_ZONE * module) * MM
        size = module * MM
        is_usual = has(code, side.shared)
        rest = f"/{side.name} Do {fill(code, side.shared)}" if is_usual else fill(code)
        return f"q 0 g {size:.4f} 0 0 {-size:.4f} {x:.3f} {y:.3f} cm {rest}Q\n"


@dataclass(frozen=True, slots=True)
class _Side:
    """Front or back: what its codes have in common, and the form that draws that."""

    name: str
    shared: Matrix
