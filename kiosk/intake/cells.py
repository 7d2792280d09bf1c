"""The cells of one row, asked by what they mean instead of by their place.

A part may have several columns: the first filled one in order of rank answers. What had to
be taken out or cut short is remembered as reasons, in the order in which the cells were
asked.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kiosk.intake import values
from kiosk.intake.headings import Columns
from kiosk.intake.reading import Record
from kiosk.intake.text import is_blank, says_nothing
from kiosk.visible import one_line, paragraphs

LONGEST_CELL = 32_767
"""Characters a spreadsheet cell can hold; a longer one is cut before it is looked at."""
LONGEST_NAME = 200
LONGEST_LINE = 500
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of the whole file before its rows are read."""

    columns: Columns
    timezone: ZoneInfo
    delimiter: str = ""
    adds_apostrophes: bool = False


class Cells:
    """One row, and the reasons that came up while it was read."""

    def __init__(self, record: Record, habits: Habits) -> None:
        self.habits = habits
        self.row = record.row
        self.reasons: list[str] = []
        self._cells = record.cells

    def raw(self, part: str) -> str:
        """The first filled cell of a part, trimmed; "" when there is none."""
        for group in self.habits.columns.of.get(part, ()):
            for value in self._filled(group):
                return value
        return ""

    def contradicts_itself(self, part: str) -> bool:
        """Whether two columns under one heading say different things."""
        groups = self.habits.columns.of.get(part, ())
        return any(len(set(self._filled(group))) > 1 for group in groups)

    def line(self, part: str, longest: int = LONGEST_LINE) -> str:
        """One line of visible text; "" where the cell only pretends to be filled."""
        text, removed = one_line(self.raw(part))
        return self._kept(text, removed=removed, longest=longest)

    def text(self, part: str) -> str:
        """Visible text with its paragraphs."""
        text, removed = paragraphs(self.raw(part))
        return self._kept(text, removed=removed, longest=LONGEST_TEXT)

    def warn(self, reason: str) -> None:
        """Remembers a reason once; "" is none."""
        if reason and reason not in self.reasons:
            self.reasons.append(reason)

    def _kept(self, text: str, *, removed: bool, longest: int) -> str:
        if says_nothing(text):
            return ""
        if removed:
            self.warn("control_characters_removed")
        if len(text) > longest:
            self.warn("cell_too_long")
        return text[:longest].rstrip()

    def _filled(self, group: tuple[int, ...]) -> list[str]:
        found = (self._cells[column] for column in group if column < len(self._cells))
        return [
            self._as_written(cell) for cell in found if not is_blank(cell[:LONGEST_CELL])
        ]

    def _as_written(self, cell: str) -> str:
        if len(cell) > LONGEST_CELL:
            self.warn("cell_too_long")
        text = cell[:LONGEST_CELL].strip()
        return values.without_apostrophe(text) if self.habits.adds_apostrophes else text
