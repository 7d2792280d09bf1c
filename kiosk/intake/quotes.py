"""Delimited text cut into records, line by line where a quote was never closed.

A quote that is opened and not closed would swallow the people below it into one cell. So a
record of several lines must also hold when quotes are taken strictly (RFC 4180); if it does
not, only its first line is given up, and the lines below are read on their own.
"""

import csv
import io
from collections.abc import Iterator, Sequence

LARGEST_FILE = 64 * 1024 * 1024
MOST_OPEN_QUOTES = 500
"""Beyond that the file is not made of quotes and commas, and is read as it comes."""

csv.field_size_limit(LARGEST_FILE)  # our own limits are stricter and do not lose the row


def split_records(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """(cells, whether a quote was left open) of every record, blank lines included."""
    lines = list(io.StringIO(text, newline=""))
    start = 0
    for _ in range(MOST_OPEN_QUOTES):
        broken = None
        for begun, ended, cells in _spans(lines, start, delimiter):
            if _is_left_open(lines[begun:ended], delimiter, are_last=ended == len(lines)):
                broken = begun
                break
            yield cells, False
        if broken is None:
            return
        yield [lines[broken]], True
        start = broken + 1
    yield from ((cells, False) for _, _, cells in _spans(lines, start, delimiter))


def _spans(
    lines: Sequence[str], start: int, delimiter: str
) -> Iterator[tuple[int, int, list[str]]]:
    """(first line, line after the last, cells) of every record from line `start` on."""
    reader = csv.reader(lines[start:], delimiter=delimiter)
    begun = start
    for cells in reader:
        ended = start + reader.line_num
        yield begun, ended, cells
        begun = ended


def _is_left_open(lines: Sequence[str], delimiter: str, *, are_last: bool) -> bool:
    if len(lines) == 1:
        return are_last and lines[0].count('"') % 2 == 1
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False
