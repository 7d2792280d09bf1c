"""What every page of a layout has in common: the coloured heads and the crop marks."""

from collections.abc import Iterator

from kiosk.badges.layouts import MM, Layout

PETROL, LAMP = "#0d4a54", "#f3b950"
EDGE = 0.05
"""The bright edge below the head, as a share of its height."""

_MARK = 4.5
_GAP = 1.5
"""Crop marks in millimetres: how long, and how far from the corner of the badge."""


def backdrop(plan: Layout) -> str:
    """PDF operators that draw it, in points from the bottom left of the page."""
    heads = [_head(plan, place) for place in range(plan.per_page) if plan.band]
    marks = [*_marks(plan)] if plan.has_crop_marks else []
    return "".join(heads) + "0.25 w 0.35 G\n" + "".join(marks)


def _head(plan: Layout, place: int) -> str:
    left, top = plan.corner(place)
    width, edge = plan.badge[0], plan.band * EDGE
    return (
        f"{_colour(PETROL)} {_box(plan, left, top, width, plan.band)}"
        f"{_colour(LAMP)} {_box(plan, left, top + plan.band, width, edge)}"
    )


def _marks(plan: Layout) -> Iterator[str]:
    (left, top), (width, height) = plan.origin, plan.badge
    for column in range(plan.columns + 1):
        x = left + column * width
        for y in (top - _GAP - _MARK, plan.page[1] - top + _GAP):
            yield _line(plan, (x, y), (x, y + _MARK))
    for row in range(plan.rows + 1):
        y = top + row * height
        for x in (left - _GAP - _MARK, plan.page[0] - left + _GAP):
            yield _line(plan, (x, y), (x + _MARK, y))


def _line(plan: Layout, start: tuple[float, float], end: tuple[float, float]) -> str:
    ends = [f"{x * MM:.3f} {(plan.page[1] - y) * MM:.3f}" for x, y in (start, end)]
    return f"{ends[0]} m {ends[1]} l S\n"


def _box(plan: Layout, x: float, y: float, width: float, height: float) -> str:
    bottom = (plan.page[1] - y - height) * MM
    return f"{x * MM:.3f} {bottom:.3f} {width * MM:.3f} {height * MM:.3f} re f\n"


def _colour(code: str) -> str:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"
