"""One sheet of a workbook as records, cell by cell, with nothing laid out in memory.

A ready-made parser (calamine) was tried first: it allocates the rectangle that the cells of
a sheet span, and a reference that lies ends the whole process, which nothing can catch.
Here a cell costs what it holds, and one that is far from all others is refused.
"""

import re
from collections.abc import Mapping, Sequence

from kiosk.intake.reading import Record, UnreadableList
from kiosk.intake.shown import Look
from kiosk.intake.tags import listen

WIDEST = 16_384
MOST_BLANK_ROWS = 20_000
MOST_CELLS = 20_000_000
FAR_CELL = (
    "The sheet has a cell far from the list (row {row}, column {column}): "
    "delete everything right of the list and below it, and save it again."
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{0,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Texts:
    """Listens for texts: those of rich text are joined, those of reading aids left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_aid = False

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        self._is_aid = self._is_aid or tag == "rPh"
        self._is_text = tag == "t" and not self._is_aid

    def ended(self, tag: str) -> None:
        self._is_text = False
        self._is_aid = self._is_aid and tag != "rPh"
        if tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))

    def heard(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


class _Sheet:
    """Listens to a sheet; knows where it is, and what the cell it is in holds so far."""

    def __init__(self, strings: Sequence[str], look: Look) -> None:
        self.records: list[Record] = []
        self._strings = strings
        self._look = look
        self._row, self._column = 0, 0
        self._cells: dict[int, str] = {}
        self._kind, self._style = "", ""
        self._pieces: list[str] = []
        self._is_value = self._is_aid = False
        self._spent = 0

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column, self._cells = 0, {}
            case "c":
                self._column = self._place(attributes.get("r", ""))
                self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
                self._pieces = []
            case "rPh":
                self._is_aid = True
            case "v" | "t":
                self._is_value = not self._is_aid

    def ended(self, tag: str) -> None:
        match tag:
            case "v" | "t":
                self._is_value = False
            case "rPh":
                self._is_aid = False
            case "c":
                if value := self._value("".join(self._pieces)):
                    self._cells[self._column] = value
            case "row":
                self._finish_row()

    def heard(self, text: str) -> None:
        if self._is_value:
            self._pieces.append(text)

    def _place(self, reference: str) -> int:
        if not reference:
            return self._column + 1
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise ValueError(reference)
        return column_number(match[1])

    def _value(self, written: str) -> str:
        match self._kind:
            case "s":
                return self._strings[int(written)] if written else ""
            case "b":
                return {"1": "yes", "0": "no"}.get(written, "")
            case "n":
                return self._look.number(written, self._style) if written.strip() else ""
            case _:
                return unescaped(written)

    def _finish_row(self) -> None:
        if not self._cells:
            return
        last, width = len(self.records), max(self._cells)
        self._spent += width
        if self._row - last > MOST_BLANK_ROWS or self._spent > MOST_CELLS or width > WIDEST:
            raise UnreadableList(FAR_CELL.format(row=self._row, column=width))
        self.records += [Record(row, ()) for row in range(last + 1, self._row)]
        cells = tuple(self._cells.get(column, "") for column in range(1, width + 1))
        self.records.append(Record(len(self.records) + 1, cells))


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def unescaped(text: str) -> str:
    """Workbooks write control characters as _x000D_."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text) if "_x" in text else text


def strings_of(xml: bytes) -> Sequence[str]:
    """The shared texts of a workbook, by their number."""
    listener = _Texts()
    if xml:
        listen(xml, listener)
    return listener.texts


def records_of(xml: bytes, strings: Sequence[str], look: Look) -> tuple[Record, ...]:
    """The records of a sheet down to the last filled row, blank rows included."""
    listener = _Sheet(strings, look)
    listen(xml, listener)
    return tuple(listener.records)
