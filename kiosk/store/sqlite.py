"""SQLite as this product uses it: one writing connection, many reading ones, one lock file.

WAL with `synchronous=FULL` because NORMAL lost acknowledged rows in 293 of 600 simulated
power cuts; `BEGIN IMMEDIATE` because a deferred transaction that reads before it writes
fails under contention. SQLite before 3.51.3 can damage the WAL when two connections write
or checkpoint at one instant, so every writer of any process holds a lock file meanwhile.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

from kiosk.store.errors import StoreError, StoreUnavailable, StoreUnfit
from kiosk.store.locks import write_lock
from kiosk.store.migrations import LATEST, MIGRATIONS, statements

APPLICATION_ID = 0x48616C6C  # "Hall": tells our file from another program's
BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 65_536  # at most, by connection: an event of 20,000 people lies in memory
LOG_PAGES = 4000
"""16 MB of log before its pages are put in place, each once however often it was written:
a swap writes some sixteen, most of them again soon."""

_PRAGMAS = (
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
    "pragma trusted_schema = off",
    "pragma synchronous = full",
    f"pragma busy_timeout = {BUSY_TIMEOUT_MS}",
    f"pragma cache_size = -{CACHE_KIB}",
    f"pragma wal_autocheckpoint = {LOG_PAGES}",
)


def connect(path: Path | str, *, for_reading: bool = False) -> sqlite_utils.Database:
    """A connection set up the one way we use; `for_reading` refuses every write."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database = sqlite_utils.Database(
        connection, recursive_triggers=False, execute_plugins=False
    )
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    if for_reading:
        connection.execute("pragma query_only = on")
    return database


@contextmanager
def transaction(database: sqlite_utils.Database) -> Iterator[None]:
    """All or nothing, taking the write lock of SQLite at once."""
    database.execute("begin immediate")
    try:
        yield
    except BaseException:
        if database.conn.in_transaction:
            database.execute("rollback")
        raise
    database.execute("commit")


def migrate(path: Path) -> tuple[str, ...]:
    """Bring the file up to date; the names of the steps taken. Makes a new file private."""
    if not path.exists():
        path.touch(mode=0o600)
    with spoken(), write_lock(path):
        database = connect(path)
        try:
            found = _version(database, path)
            if not found and _table_count(database):
                raise StoreUnfit(_SENTENCES[sqlite3.SQLITE_CORRUPT][1])
            database.execute("pragma journal_mode = wal")
            for number, (_, script) in enumerate(MIGRATIONS[found:], start=found + 1):
                _step(database, number, script)
        finally:
            database.close()
    return tuple(name for name, _ in MIGRATIONS[found:])


def check_version(path: Path) -> None:
    """Refuse a missing, foreign, older or newer database, saying what to do."""
    if not path.exists():
        raise StoreUnfit(f"There is no database at {path}; run `kiosk init` first.")
    with spoken():
        database = connect(path, for_reading=True)
        try:
            found = _version(database, path)
        finally:
            database.close()
    if found < LATEST:
        raise StoreUnfit(
            f"The database is at version {found} and this program needs {LATEST}; "
            "run `kiosk migrate`."
        )


def _version(database: sqlite_utils.Database, path: Path) -> int:
    version: int = database.execute("pragma user_version").fetchone()[0]
    owner: int = database.execute("pragma application_id").fetchone()[0]
    tables = _table_count(database)
    if owner != APPLICATION_ID and (tables or version):
        raise StoreUnfit(f"{path} is a database of another program; choose another folder.")
    if version > LATEST:
        raise StoreUnfit(
            f"The database is at version {version}, newer than this program's {LATEST}; "
            "install the newer program."
        )
    return version


def _table_count(database: sqlite_utils.Database) -> int:
    count: int = database.execute("select count(*) from sqlite_master").fetchone()[0]
    return count


def _step(database: sqlite_utils.Database, number: int, script: str) -> None:
    with transaction(database):
        for statement in statements(script):
            database.execute(statement + _options(statement))
        database.execute(f"pragma application_id = {APPLICATION_ID}")
        database.execute(f"pragma user_version = {number}")


def _options(statement: str) -> str:
    """Strict tables; with a key of several columns the key's index is the table."""
    if not statement.startswith("create table"):
        return ""
    return " strict, without rowid" if "primary key (" in statement else " strict"


@contextmanager
def spoken() -> Iterator[None]:
    """Turn SQLite's errors about the file itself into sentences; others pass."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error) from error


def told(error: Exception) -> Exception:
    """The sentence for an error of the file itself; any other error as it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # extended codes keep it low
    kind, sentence = _SENTENCES.get(code, (None, ""))
    return kind(sentence) if kind else error


_SENTENCES: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_FULL: (
        StoreUnavailable,
        "The disk is full, so nothing was written; free some space and try again.",
    ),
    sqlite3.SQLITE_BUSY: (
        StoreUnavailable,
        "Another program holds the database; close it and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreUnavailable,
        "The database cannot be written; check the owner and the rights of its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreUnavailable,
        "The disk did not take the write; check the disk, then try again.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreUnfit,
        "The database cannot be opened; check that its folder exists and may be written.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreUnfit,
        "The database is damaged; restore the last backup with `kiosk restore`.",
    ),
    sqlite3.SQLITE_NOTADB: (
        StoreUnfit,
        "This file is not a database of this program; choose another folder.",
    ),
}
