"""Text with delimiters as records: under which delimiter, and in which encoding.

The delimiter is the one under which the headings are recognised best; a line "sep=;" says
it outright. Rows whose bytes or quotes are broken come through with their fault, so that
they can be named.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from kiosk.intake.encodings import Decoded, decode, reading_of_bad_bytes
from kiosk.intake.headings import ROWS_SEARCHED, best_heading_row
from kiosk.intake.quotes import split_records
from kiosk.intake.reading import Record, Table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 200_000
SHOWN = 60


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
    first = list(islice(_records(text[:SAMPLE_CHARACTERS], delimiter), ROWS_SEARCHED))
    score, _ = best_heading_row(first, mapping)
    return score, max((len(record.cells) for record in first), default=0)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    for row, (cells, is_left_open) in enumerate(split_records(text, delimiter), start=1):
        fault = "" if all(map(_is_sound, cells)) else "bad_encoding"
        yield Record(row, tuple(cells), "unclosed_quote" if is_left_open else fault)


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
