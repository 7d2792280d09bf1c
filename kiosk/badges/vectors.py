"""QR codes as PDF drawing: filled rectangles, the one thing that every printer does right.

Drawn through typst a code takes 2 KB; here it takes 0.25 KB, which keeps 10,000 badges
below 10 MB. What all codes of an event have in common (the finder patterns, the host) is
drawn once and used by each.
"""

from collections.abc import Sequence

from kiosk.badges.qr import Matrix, dark_runs

_SAMPLE = 40
"""Codes compared to find what is common; a random module is dark in all once in 2^40."""


def common(codes: Sequence[Matrix]) -> Matrix:
    """The modules that are dark in all of the first codes."""
    return [
        [all(column) for column in zip(*rows, strict=True)]
        for rows in zip(*codes[:_SAMPLE], strict=True)
    ]


def has(code: Matrix, shared: Matrix) -> bool:
    """Whether the code is dark wherever the shared part is."""
    return len(code) == len(shared) and all(
        not dark or module
        for row, shared_row in zip(code, shared, strict=True)
        for module, dark in zip(row, shared_row, strict=True)
    )


def fill(code: Matrix, shared: Matrix | None = None) -> str:
    """Operators that fill the code, one unit a module, y downwards, from the top left.

    Columns make shorter text than rows, and one path for all leaves no hairlines between
    them. Stretches that lie wholly in the shared part are left out, others are drawn whole.
    """
    drawn = shared or [[False] * len(code)] * len(code)
    columns = zip(zip(*code, strict=True), zip(*drawn, strict=True), strict=True)
    return "".join(_column(x, *column) for x, column in enumerate(columns)) + "f\n"


def _column(x: int, code: Sequence[bool], drawn: Sequence[bool]) -> str:
    return "".join(
        f"{x} {y} 1 {length} re\n"
        for y, length in dark_runs(code)
        if not all(drawn[y : y + length])
    )
