"""What a spreadsheet shows for the number in a cell: a day, a padded code, a plain number.

Spreadsheets keep 15 digits of a number. One that is longer has lost its end before it
reached us; it comes out in scientific form, by which a ruined code is known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.intake.tags import listen

PRECISE = 10**15
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Number formats that mean a day or an hour in every spreadsheet (ECMA-376, 18.8.30)."""
FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  (cells have no zone)
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass(frozen=True, slots=True)
class Look:
    """How cells of each style are shown; `counts_from_1904` as old Macs did."""

    formats: tuple[str, ...] = ()
    counts_from_1904: bool = False

    def number(self, written: str, style: str) -> str:
        """The text a spreadsheet shows for `written` in a cell of that style."""
        value = float(written)
        known = int(style) if style else 0
        code = self.formats[known] if known < len(self.formats) else ""
        if code and set(code) == {"0"} and value.is_integer() and 0 <= value < PRECISE:
            return f"{int(value):0{len(code)}d}"
        if re.search(r"[dmyhs]", _NOT_SHOWN.sub("", code), re.IGNORECASE):
            return self._day(value)
        return plain_number(value)

    def _day(self, value: float) -> str:
        try:
            passed = timedelta(seconds=round(value * 86_400))
            moment = FIRST_DAY[self.counts_from_1904] + passed
        except (ValueError, OverflowError):  # a spreadsheet shows ##### here
            return plain_number(value)
        return moment.date().isoformat() if value.is_integer() else moment.isoformat(" ")


def plain_number(value: float) -> str:
    """A whole number without ".0", and one that is too long to be precise as 1.2E+17."""
    if abs(value) >= PRECISE:
        return f"{value:.14E}"
    return str(int(value)) if value.is_integer() else repr(value)


class _Styles:
    """Listens to xl/styles.xml for the number format of each cell style."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = dict.fromkeys(BUILT_IN_DATES, "d")
        self.used: list[int] = []
        self._counts = False

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "xf" and self._counts:
            self.used.append(int(attributes.get("numFmtId", 0)))
        self._counts = self._counts or tag == "cellXfs"

    def ended(self, tag: str) -> None:
        self._counts = self._counts and tag != "cellXfs"

    def heard(self, text: str) -> None: ...


def look_of(styles: bytes, *, counts_from_1904: bool) -> Look:
    """The look that a workbook's styles give its numbers."""
    listener = _Styles()
    if styles:
        listen(styles, listener)
    formats = tuple(listener.codes.get(number, "") for number in listener.used)
    return Look(formats, counts_from_1904)
