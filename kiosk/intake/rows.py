"""One row of a list as a person, or the reason why it is none.

Every row gets one verdict. A row that cannot be trusted is rejected and named; a row that
is no new person is skipped; who has not confirmed is held; the rest are people, with or
without a warning. Nothing is guessed: a doubtful cell is dropped and its reason is told.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from kiosk.intake import values
from kiosk.intake.cells import LONGEST_CELL, Cells, Habits
from kiosk.intake.person import person_of
from kiosk.intake.reading import Record
from kiosk.intake.status import Standing, standing_of
from kiosk.intake.text import is_blank
from kiosk.model import Registration

Verdict = Literal["ok", "warn", "held", "skip", "reject"]

IDENTITY = ("name", "first_name", "last_name", "email", "ticket_code", "external_id")
CONTRADICTABLE = IDENTITY[:-1]
STANDING = ("status", "rsvp", "paid", "canceled", "approved")
DELIMITERS = frozenset(",;\t|")
MOST_CELLS_OF_A_FOOTER = 3
LONGEST_FOOTER = 100
_FOOTER = re.compile(
    r"\W*("
    r"(grand |sub ?)?totals?|sums?|summe|gesamt\w*|zwischensumme|somme|totaux|totale|suma|"
    r"soma|celkem|razem|yhteens[aä]|итого|всего|合計|合计|总计|總計|小計|المجموع|סה\"כ|"
    r"end of (the )?(list|file|report|export|document)|ende( der (liste|tabelle|datei))?|"
    r"fin de (la )?(liste|lista)|fine (della )?lista|no more (rows|records|entries)|"
    r"(page|seite) \d+( (of|von) \d+)?|"
    r"\d+ (rows|records|entries|attendees|people|participants|zeilen|eintr[aä]ge|personen|"
    r"teilnehmer\w*|lignes)( in total)?|"
    r"(exported|generated|printed|created|exportiert|gedruckt|erstellt) (on|by|am|von) .*"
    r")\W*[\d.,]*\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its order, and whether its address is only the buyer's."""

    order: str = ""
    position: str = ""
    add_on_to: str = ""
    has_buyers_address: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its verdict, and the person it tells of, if any."""

    row: int
    verdict: Verdict
    reason: str = ""
    person: Registration | None = None
    place: Place = field(default_factory=Place)


def judge(record: Record, habits: Habits) -> Judged:
    """The verdict on one record below the headings."""
    if record.fault:
        return Judged(record.row, "reject", record.fault)
    if all(is_blank(cell[:LONGEST_CELL]) for cell in record.cells):
        return Judged(record.row, "skip", "blank")
    cells = Cells(record, habits)
    if reason := _why_no_person(record, cells):
        return Judged(record.row, "reject", reason)
    code, reason = values.code_of(cells.raw("ticket_code"))
    if reason:
        return Judged(record.row, "reject", reason)
    return _judge_person(cells, code)


def _why_no_person(record: Record, cells: Cells) -> str:
    if reason := _misshapen(record, cells.habits):
        return reason
    if _repeats_headings(record, cells.habits) or not _tells_of_somebody(record, cells):
        return "not_a_person"
    if any(cells.contradicts_itself(part) for part in CONTRADICTABLE):
        return "ambiguous_columns"
    return ""


def _misshapen(record: Record, habits: Habits) -> str:
    """Too many cells, or one cell that another delimiter would split: lines of another
    file.

    Missing cells at the end are no fault: spreadsheets leave empty ones out.
    """
    width = len(habits.columns.texts)
    if not habits.delimiter or len(record.cells) == width:
        return ""
    if any(not is_blank(cell[:LONGEST_CELL]) for cell in record.cells[width:]):
        return "wrong_column_count"
    if len(record.cells) > 1 or width < MOST_CELLS_OF_A_FOOTER:
        return ""
    others = DELIMITERS - {habits.delimiter}
    has_other = any(record.cells[0].count(other) == width - 1 for other in others)
    return "wrong_column_count" if has_other else "not_a_person"


def _repeats_headings(record: Record, habits: Habits) -> bool:
    return tuple(cell.strip() for cell in record.cells) == habits.columns.texts


def _tells_of_somebody(record: Record, cells: Cells) -> bool:
    if not any(cells.raw(part) for part in IDENTITY):
        return False
    filled = [cell.strip() for cell in record.cells if not is_blank(cell[:LONGEST_CELL])]
    is_short = len(filled) <= MOST_CELLS_OF_A_FOOTER and "@" not in "".join(filled)
    return not (is_short and _FOOTER.fullmatch(filled[0][:LONGEST_FOOTER]))


def _judge_person(cells: Cells, code: str) -> Judged:
    standing = standing_of(
        {part: cells.raw(part) for part in STANDING}, has_code=bool(code)
    )
    person = person_of(cells, code, standing)
    place = _place(cells)
    if place.order and place.position and not person.external_id:
        person = replace(person, external_id=f"{place.order}-{place.position}")
    verdict, reason = _verdict(cells, standing)
    return Judged(cells.row, verdict, reason, person, place)


def _place(cells: Cells) -> Place:
    order, position, add_on_to = map(cells.raw, ("order", "position", "add_on_to"))
    return Place(order, position, add_on_to, values.is_no_address(cells.raw("email")))


def _verdict(cells: Cells, standing: Standing) -> tuple[Verdict, str]:
    if standing.is_declined:
        return "skip", "not_coming"
    if standing.status == "pending":
        return "held", "not_confirmed"
    for part, usual in (("quantity", 1), ("guests", 0)):
        count = values.count_of(cells.raw(part))
        if count > usual:
            cells.warn(f"{part}_{count}")
    return ("warn", "+".join(cells.reasons)) if cells.reasons else ("ok", "")
