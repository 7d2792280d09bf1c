"""Text with delimiters as records: which delimiter, and where a quote was never closed.

The delimiter is the one under which the headings are recognised best; a first line "sep=;"
says it outright. A quote that is opened and never closed would swallow everything after it,
so that record is named and the lines below it are read on their own.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice

from kiosk.intake.encodings import Decoded, decode, reading_of_bad_bytes
from kiosk.intake.headings import best_heading_row
from kiosk.intake.reading import Record, Table

LARGEST_FILE = 64 * 1024 * 1024
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 200_000
MOST_OPEN_QUOTES = 20
SHOWN = 60

csv.field_size_limit(LARGEST_FILE)  # our own limits are stricter and do not lose the row


def read_delimited(
    raw: bytes, encoding: str | None, mapping: Mapping[str, str], *, tabs: bool = False
) -> Table:
    """The records of a CSV or TSV file. `tabs` is somebody's word that it is TSV."""
    decoded = decode(raw, encoding)
    delimiter = "\t" if tabs else _delimiter(decoded.text, mapping)
    records = tuple(_records(decoded.text, delimiter))
    return Table(
        records=records,
        format="tsv" if delimiter == "\t" else "csv",
        encoding=decoded.encoding,
        delimiter=delimiter,
        notes=tuple(_notes(decoded, records)),
    )


def _delimiter(text: str, mapping: Mapping[str, str]) -> str:
    first, _, _ = text[:20].partition("\n")
    hint = first.strip().strip('"')
    if hint.casefold().startswith("sep=") and len(hint) > len("sep="):
        return hint[len("sep=")]
    if first.casefold().startswith("sep=\t"):
        return "\t"
    return max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter, mapping))


def _fitness(text: str, delimiter: str, mapping: Mapping[str, str]) -> tuple[int, int]:
    """How well headings are recognised, then in how many cells the first lines fall."""
    sample = text[:SAMPLE_CHARACTERS]
    records = [
        Record(row, tuple(cells))
        for row, cells in enumerate(
            islice(csv.reader(_lines(sample), delimiter=delimiter), 40), 1
        )
    ]
    score, _ = best_heading_row(records, mapping)
    return score, max((len(record.cells) for record in records), default=0)


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _records(text: str, delimiter: str) -> Iterator[Record]:
    lines = list(_lines(text))
    start, row = 0, 0
    for _ in range(MOST_OPEN_QUOTES):
        rest = lines[start:]
        reader = csv.reader(rest, delimiter=delimiter)
        begun = 0
        for cells in reader:
            row += 1
            is_open = reader.line_num == len(rest) and _is_left_open(rest[begun:])
            if is_open:
                yield Record(row, (rest[begun],), "unclosed_quote")
                break
            yield _record(row, cells)
            begun = reader.line_num
        else:
            return
        start += begun + 1


def _is_left_open(lines: list[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _record(row: int, cells: list[str]) -> Record:
    fault = "" if all(map(_is_sound, cells)) else "bad_encoding"
    return Record(row, tuple(cells), fault)


def _is_sound(cell: str) -> bool:
    """No lone surrogate: that is how undecodable bytes come through."""
    if cell.isascii():
        return True
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _notes(decoded: Decoded, records: tuple[Record, ...]) -> Iterator[str]:
    if decoded.is_guess:
        odd = next((line for line in decoded.text.splitlines() if not line.isascii()), "")
        yield (
            f"The file does not say how its letters are written; it was read as "
            f'{decoded.encoding} ("{odd[:SHOWN]}"). If that looks wrong, give the encoding.'
        )
    bad = [record for record in records if record.fault == "bad_encoding"]
    if bad:
        text, name = reading_of_bad_bytes(" ".join(bad[0].cells))
        yield (
            f"{len(bad)} rows are not {decoded.encoding}; row {bad[0].row} would read "
            f'"{text[:SHOWN]}" in {name}. Save it all as UTF-8 and import it again.'
        )
