"""Where things stand on a badge and badges on a page, in millimetres from the top left.

One description serves the PDF and the picture. The QR box includes the quiet zone.
"""

from dataclasses import dataclass

MM = 72 / 25.4
"""Points in a millimetre."""

SMALLEST = 4.5
"""Points; only a company of 160 wide letters on a label gets there."""

_STEP = 0.93


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of `columns` × `rows` badges, centred, and the boxes of one badge.

    `band` is the height of the coloured head, 0 for printers with one ink. `largest` is the
    size of a short name in points.
    """

    title: str
    page: tuple[float, float]
    badge: tuple[float, float]
    event: Box
    name: Box
    details: Box
    foot: Box
    qr: Box
    largest: float
    code_size: float
    columns: int = 1
    rows: int = 1
    band: float = 0
    has_crop_marks: bool = False

    def sizes(self) -> dict[str, list[float]]:
        """The sizes in points to try for each kind of words, from the largest down."""
        return {
            "name": _ladder(self.largest),
            "company": _ladder(self.largest * 0.36),
            "role": _ladder(self.largest * 0.3),
            "small": _ladder(self.largest * 0.26),
            "code": [self.code_size],
            "event": _ladder(min(self.event.height * 1.9, 20)),
        }

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def origin(self) -> tuple[float, float]:
        """The top left corner of the first badge on the page."""
        (page_width, page_height), (width, height) = self.page, self.badge
        return (page_width - self.columns * width) / 2, (
            page_height - self.rows * height
        ) / 2

    def corner(self, place: int, *, is_back: bool = False) -> tuple[float, float]:
        """The top left corner of the n-th badge on a page, counted along the rows.

        Backs are counted from the right: the sheet was turned over its long edge.
        """
        row, column = divmod(place, self.columns)
        if is_back:
            column = self.columns - 1 - column
        left, top = self.origin
        return left + column * self.badge[0], top + row * self.badge[1]


def _ladder(largest: float) -> list[float]:
    steps = [largest * _STEP**i for i in range(60)]
    return [round(size, 2) for size in steps if size > SMALLEST] + [SMALLEST]


LAYOUTS = {
    "a4": Layout(
        title="A4 sheet, eight badges of 90 × 66 mm with crop marks",
        page=(210, 297),
        badge=(90, 66),
        columns=2,
        rows=4,
        band=9,
        has_crop_marks=True,
        event=Box(6, 1, 78, 7),
        name=Box(6, 11.5, 78, 20.5),
        details=Box(6, 33, 45, 19),
        foot=Box(6, 53, 45, 9.5),
        qr=Box(54, 32.5, 32, 32),
        largest=38,
        code_size=8,
    ),
    "a6": Layout(
        title="A6, one badge a page",
        page=(105, 148),
        badge=(105, 148),
        band=24,
        event=Box(9, 5, 87, 14),
        name=Box(9, 31, 87, 46),
        details=Box(9, 79, 87, 21),
        foot=Box(56, 107, 42, 34),
        qr=Box(4, 99, 46, 46),
        largest=58,
        code_size=9,
    ),
    "card": Layout(
        title="Label in credit card size, 86 × 54 mm, one a page, black only",
        page=(86, 54),
        badge=(86, 54),
        event=Box(5, 3.5, 76, 4),
        name=Box(5, 9, 76, 17.5),
        details=Box(5, 28, 49, 13.5),
        foot=Box(5, 42.5, 49, 8.5),
        qr=Box(57, 27, 26, 26),
        largest=36,
        code_size=7,
    ),
}
