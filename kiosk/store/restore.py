"""Put a backup in the place of the database, and forget again who was forgotten since.

The backup is checked and brought up to date as a copy beside the database; the database is
exchanged in one rename, and what it held is kept aside. What must not be undone by going
back in time is carried over from it: erasures, unsubscribes, and letters that have left.
"""

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from kiosk.ids import new_id
from kiosk.store.carry import carry_over
from kiosk.store.errors import StoreError, StoreUnfit
from kiosk.store.ledger import Forgotten, add_to_ledger, read_ledger
from kiosk.store.locks import alone, write_lock
from kiosk.store.migrations import LATEST
from kiosk.store.session import Session
from kiosk.store.sqlite import (
    APPLICATION_ID,
    check_version,
    connect,
    migrate,
    spoken,
    transaction,
)
from kiosk.store.tx import Tx

Forget = Callable[[Tx, Forgotten], int]
"""Forgets again in a restored database; returns how many people."""

_HEADER = struct.Struct(">16s44xI4xI")  # sqlite.org/fileformat2.html, section 1.3


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is the database that was replaced; None when there was none."""

    erased_count: int
    carried_count: int
    steps: tuple[str, ...]
    aside: Path | None


def restore(source: Path, path: Path, forget: Forget, now: datetime) -> Restored:
    """Replace the database at `path` by a backup; StoreError leaves it as it was."""
    with alone(path), spoken():
        _check_header(source, path)
        fresh = path.with_name(f"{path.name}.restoring")
        try:
            steps = _copy(source, fresh)
            erased_count, carried_count = _bring_up_to_date(fresh, path, forget)
            aside = _exchange(fresh, path, now)
        finally:
            for leftover in _files(fresh):
                leftover.unlink(missing_ok=True)
    return Restored(erased_count, carried_count, steps, aside)


def _check_header(source: Path, path: Path) -> None:
    """Refuse what is no backup of ours by its first 100 bytes, without opening it."""
    with source.open("rb") as file:
        start = file.read(_HEADER.size)
    if path.exists() and source.samefile(path):
        raise StoreUnfit(f"{source} is the database itself; name a backup of it.")
    if len(start) < _HEADER.size or not start.startswith(b"SQLite format 3\0"):
        raise StoreUnfit(f"{source} is not a backup; name a file made by `kiosk backup`.")
    _, version, owner = _HEADER.unpack(start)
    if owner != APPLICATION_ID:
        raise StoreUnfit(f"{source} is a database of another program, not a backup.")
    if version > LATEST:
        raise StoreUnfit(
            f"{source} was made by a newer program (version {version}, this one reads "
            f"{LATEST}); install that one first."
        )
    wal = source.with_name(f"{source.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreUnfit(
            f"{source} is a database in use, not a backup; make one with `kiosk backup`."
        )


def _copy(source: Path, fresh: Path) -> tuple[str, ...]:
    """Copy the backup and prove the copy sound; the migrations it needed."""
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    shutil.copyfile(source, fresh)
    database = connect(fresh)
    try:
        is_sound = database.execute("pragma integrity_check").fetchone()[0] == "ok"
        is_whole = database.execute("pragma foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError:
        is_sound = is_whole = False
    finally:
        database.close()
    if not (is_sound and is_whole):
        raise StoreUnfit(f"{source} is damaged; restore an older backup.")
    return migrate(fresh)


def _bring_up_to_date(fresh: Path, path: Path, forget: Forget) -> tuple[int, int]:
    """How many people were forgotten again, and how many rows were carried over."""
    forgotten, carried_count = read_ledger(path.parent), 0
    database = connect(fresh)
    try:
        with transaction(database):
            tx = Tx(Session(database))
            current = _legible(path)
            if current is not None:
                forgotten |= _forgotten(current)
                carried_count = carry_over(Session(current), Session(database))
                current.close()
            erased_count = forget(tx, forgotten)
            tx.rosters.begin_anew(new_id())
        add_to_ledger(path.parent, _forgotten(database))
        database.execute("vacuum")
        database.execute("pragma wal_checkpoint(truncate)").fetchall()
    finally:
        database.close()
    return erased_count, carried_count


def _legible(path: Path) -> sqlite_utils.Database | None:
    """The database to be replaced, if it can still be read."""
    try:
        check_version(path)
        database = connect(path, for_reading=True)
        database.execute("select count(*) from letters").fetchone()
    except (StoreError, sqlite3.Error):
        return None
    return database


def _forgotten(database: sqlite_utils.Database) -> Forgotten:
    erasures = Tx(Session(database)).erasures
    return Forgotten(tuple(erasures.all()), tuple(erasures.purges()))


def _exchange(fresh: Path, path: Path, now: datetime) -> Path | None:
    """Keep what was there under another name, and put the copy in its place at once.

    A log that belongs to the old file must never meet the new one.
    """
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    aside = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%S.%f}")
    with write_lock(path):
        if not path.exists():
            fresh.replace(path)
            return None
        with suppress(sqlite3.Error):
            database = connect(path)
            database.execute("pragma wal_checkpoint(truncate)").fetchall()
            database.close()
        os.link(path, aside)
        aside.chmod(0o600)
        for log in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{path}{log}").replace(f"{aside}{log}")
        fresh.replace(path)
    return aside


def _files(database: Path) -> tuple[Path, ...]:
    return tuple(Path(f"{database}{end}") for end in ("", "-wal", "-shm", ".lock"))
