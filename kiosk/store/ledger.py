"""Who was forgotten, by ids alone, in `erasures.jsonl` beside the database.

The file outlives the database: when that is lost, a restored backup still learns from it
whom to forget again. Lines are only ever added; one torn by a crash is passed over.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.model import Erasure, Purge

LEDGER = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """People one by one, and events as a whole."""

    erasures: tuple[Erasure, ...] = ()
    purges: tuple[Purge, ...] = ()

    def __or__(self, other: "Forgotten") -> "Forgotten":
        return Forgotten(
            tuple(dict.fromkeys((*self.erasures, *other.erasures))),
            tuple(dict.fromkeys((*self.purges, *other.purges))),
        )


def read_ledger(folder: Path) -> Forgotten:
    """What the file in this folder tells; nothing when there is none."""
    try:
        lines = (folder / LEDGER).read_bytes().splitlines()
    except FileNotFoundError:
        return Forgotten()
    records = [record for record in map(_record, lines) if record]
    return Forgotten(
        tuple(record for record in records if isinstance(record, Erasure)),
        tuple(record for record in records if isinstance(record, Purge)),
    )


def add_to_ledger(folder: Path, forgotten: Forgotten) -> None:
    """Append, durably, what the file does not tell yet."""
    known = read_ledger(folder)
    news: Iterable[Erasure | Purge] = (
        *(erasure for erasure in forgotten.erasures if erasure not in known.erasures),
        *(purge for purge in forgotten.purges if purge not in known.purges),
    )
    lines = b"".join(msgspec.json.encode(record) + b"\n" for record in news)
    if not lines:
        return
    handle = os.open(folder / LEDGER, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, _mended(handle) + lines)
        os.fsync(handle)
    finally:
        os.close(handle)


def _mended(handle: int) -> bytes:
    """What ends a line that a crash left open."""
    size = os.fstat(handle).st_size
    return b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""


def _record(line: bytes) -> Erasure | Purge | None:
    try:
        if b'"attendee_id"' in line:
            return msgspec.json.decode(line, type=Erasure)
        return msgspec.json.decode(line, type=Purge)
    except msgspec.DecodeError:
        return None
