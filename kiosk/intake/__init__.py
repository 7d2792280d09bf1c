"""Attendee lists as the world writes them: any table of people, in any of its disguises.

A file is known by its bytes, its columns by their headings, and every row gets a verdict.
One rule goes before all others: a guest is never lost silently. A row that cannot be used
is named with its number and the reason, and what was guessed is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kiosk.intake.cells import Habits
from kiosk.intake.delimited import read_delimited
from kiosk.intake.encodings import decode
from kiosk.intake.gather import gather
from kiosk.intake.headings import Columns, find_columns
from kiosk.intake.kinds import kind_of
from kiosk.intake.objects import read_objects
from kiosk.intake.quotes import LARGEST_FILE
from kiosk.intake.reading import Reading, Record, RowNote, Table, UnreadableList
from kiosk.intake.rows import Judged, Verdict, judge
from kiosk.intake.text import is_blank
from kiosk.intake.values import meaning_of, writes_apostrophes
from kiosk.intake.workbook import read_workbook

__all__ = ["Reading", "RowNote", "UnreadableList", "read_list"]

FORMATS = ("csv", "tsv", "xlsx", "json")
NO_MAPPING: Mapping[str, str] = MappingProxyType({})
SHOWN_WORDS = 5
MOST_ROWS = 250_000


def read_list(
    raw: bytes,
    filename: str,
    *,
    format: str | None = None,  # noqa: A002  (the name of the option it comes from)
    encoding: str | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
    timezone: str = "UTC",
) -> Reading:
    """The people of one file, and a note for every row that is not plainly fine.

    `format` is csv, tsv, xlsx, xlsx:SHEET or json; without it the bytes decide, never the
    suffix. `mapping` is column → attendee field and goes before what the headings say.
    Dates without an offset are local in `timezone`. Raises UnreadableList for a file
    without people.
    """
    table = _table(raw, format or "", encoding, mapping)
    columns = find_columns(table.records, mapping)
    below = _below_the_headings(table, columns, filename)
    escapes = bool(table.delimiter) and writes_apostrophes(below)
    habits = Habits(columns, ZoneInfo(timezone), table.delimiter, escapes)
    rows = gather(judge(record, habits) for record in below)
    notes = (*table.notes, *_remarks(columns, below), *_remarks_on_people(rows))
    return _reading(table, columns, rows, notes)


def _table(
    raw: bytes, wanted: str, encoding: str | None, mapping: Mapping[str, str]
) -> Table:
    form, _, sheet = wanted.partition(":")
    if form and form not in FORMATS:
        raise UnreadableList(
            f'There is no format "{form}": csv, tsv, xlsx and json are known.'
        )
    if len(raw) > LARGEST_FILE:
        raise UnreadableList(
            "The file is larger than 64 MB: split the list and import each part."
        )
    match kind_of(raw):
        case "workbook":
            return read_workbook(raw, mapping, sheet)
        case "objects" if form in {"", "json"}:
            decoded = decode(raw, encoding)
            return read_objects(decoded.text, decoded.encoding)
        case _ if form in {"xlsx", "json"}:
            raise UnreadableList(
                f"The file is no {form.upper()} file: leave the format out."
            )
        case _:
            return read_delimited(raw, encoding, mapping, tabs=form == "tsv")


def _below_the_headings(table: Table, columns: Columns, filename: str) -> list[Record]:
    below = [record for record in table.records if record.row > columns.row]
    if all(is_blank(cell) for record in below for cell in record.cells):
        raise UnreadableList(
            f'"{filename}" has headings but not a single person: nothing was changed.'
        )
    if len(below) > MOST_ROWS:
        raise UnreadableList(
            f"The list has {len(below)} rows: split it into parts of {MOST_ROWS} rows."
        )
    return below


def _remarks(columns: Columns, below: Sequence[Record]) -> Iterator[str]:
    """One sentence for what is true of the whole file, instead of one a row."""
    if not columns.of.keys() & {"name", "first_name", "last_name"}:
        yield "The list has no names: people come in without one."
    if not columns.of.keys() & {"email", "buyer_email"}:
        yield "The list has no e-mail addresses: nobody in it can get a letter."
    for part in ("status", "rsvp"):
        for group in columns.of.get(part, ()):
            yield from _unknown_words(columns.texts[group[0]], group[0], below)


def _remarks_on_people(rows: Sequence[Judged]) -> Iterator[str]:
    left = [
        str(judged.row)
        for judged in rows
        if judged.verdict in {"ok", "warn"}
        and judged.person
        and not judged.person.email
        and "email" not in judged.reason
    ]
    if not any(judged.verdict in {"ok", "warn", "held"} for judged in rows):
        yield "Nobody in the list could be imported: look at the rows below."
    if left:
        yield (
            f"{len(left)} people have no address but that of who bought for several "
            f"(row {', '.join(left[:SHOWN_WORDS])}): it was not stored, ask for theirs."
        )


def _unknown_words(heading: str, column: int, below: Sequence[Record]) -> Iterator[str]:
    said = {record.cells[column].strip() for record in below if column < len(record.cells)}
    unknown = sorted(word for word in said if word and not meaning_of(word))
    if unknown:
        shown = ", ".join(f'"{word[:40]}"' for word in unknown[:SHOWN_WORDS])
        yield f'The column "{heading}" says {shown}: nothing was concluded from that.'


def _reading(
    table: Table, columns: Columns, rows: Sequence[Judged], notes: tuple[str, ...]
) -> Reading:
    people = [judged for judged in rows if judged.verdict in {"ok", "warn", "held"}]
    declined = [judged for judged in rows if judged.reason == "not_coming"]
    return Reading(
        people=tuple(judged.person for judged in people if judged.person),
        skipped=_notes(rows, "skip"),
        warnings=_notes(rows, "warn"),
        rejected=_notes(rows, "reject"),
        held=_notes(rows, "held"),
        mapping=columns.mapping(),
        encoding=table.encoding,
        format=table.format,
        notes=notes,
        withdrawn=tuple(judged.person for judged in declined if judged.person),
    )


def _notes(rows: Sequence[Judged], verdict: Verdict) -> tuple[RowNote, ...]:
    return tuple(
        RowNote(judged.row, judged.reason) for judged in rows if judged.verdict == verdict
    )
