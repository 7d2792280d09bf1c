"""What reading a list gives: the people, and one note for every row that is not plainly
fine.

A row is the n-th record of the file, whatever stands above the headings, which is the
number a spreadsheet shows. Every row after the headings is counted once: it became a person
without remark, or it is named in exactly one of the four kinds of notes.
"""

from dataclasses import dataclass, field

from kiosk.model import Registration


class UnreadableList(Exception):
    """A whole file that cannot be read, as one plain sentence a person can act on."""


@dataclass(frozen=True, slots=True)
class RowNote:
    """Why a row needs a look; several reasons are joined with "+"."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file as text cells; `fault` says why its cells cannot be trusted."""

    row: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as records, before anybody asks what the columns mean.

    `delimiter` is empty where cells have their own borders (a workbook, objects);
    `heading_row` is 0 where the headings are not a record of the file (objects).
    """

    records: tuple[Record, ...]
    format: str
    encoding: str = "-"
    delimiter: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A list that was read. `people` holds the rows that are fine, warned of and held.

    A held person has not confirmed (status "pending"). `withdrawn` are people who said no
    or were declined: never new people, but one who is already known is no longer coming.
    `mapping` is heading → attendee field; `notes` are sentences about the whole file.
    """

    people: tuple[Registration, ...]
    skipped: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    rejected: tuple[RowNote, ...]
    held: tuple[RowNote, ...]
    mapping: dict[str, str]
    encoding: str
    format: str
    notes: tuple[str, ...] = ()
    withdrawn: tuple[Registration, ...] = field(default=())
