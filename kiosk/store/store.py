"""A store on SQLite: `write` runs a verb durably, `read` gives a still picture."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from kiosk.store.ledger import Forgotten, add_to_ledger
from kiosk.store.locks import share
from kiosk.store.session import Session
from kiosk.store.sqlite import check_version, connect, spoken
from kiosk.store.tx import Tx
from kiosk.store.writer import Writer

STALLS_ABOVE = 64_000_000  # bytes; half a second of writing

C = TypeVar("C")
R = TypeVar("R")


class SqliteStore:
    """One file, one writer, as many readers as there are threads that read."""

    def __init__(self, path: Path) -> None:
        check_version(path)
        self.path = path
        self._scrub_mark = path.with_name("scrub.due")
        self._is_closed = False
        self._handle = share(path)
        with spoken():
            self._database = connect(path)
        self._tx = Tx(Session(self._database.conn))
        self._writer = Writer(self._database.conn, path)
        self._readers: deque[tuple[sqlite_utils.Database, Tx]] = deque()

    def write(self, verb: Callable[[Tx, C, datetime], R], command: C, now: datetime) -> R:
        """Run `verb(tx, command, now)` in a transaction; returns once it is durable."""
        result: R = self._writer.do(lambda: self._run(verb, command, now))
        return result

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """The nouns as they stood at one instant; nothing can be written through it."""
        database, tx = self._borrow()
        try:
            with spoken():
                database.execute("begin")
                yield tx
        finally:
            if database.conn.in_transaction:
                database.execute("rollback")
            self._readers.append((database, tx))

    def ask(self, question: Callable[[Tx], R]) -> R:
        """The answer of one statement, which needs no transaction to be a still picture."""
        database, tx = self._borrow()
        try:
            with spoken():
                return question(tx)
        finally:
            self._readers.append((database, tx))

    def backup(self, target: Path) -> None:
        """A whole, defragmented copy that only its owner may read, put in place at once.

        `VACUUM INTO` took 0.4 s where stepping took 89 s under writes.
        """
        part = target.with_name(f"{target.name}.part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        try:
            self._alone("vacuum into :part", part=str(part))
            with part.open("rb") as copy:
                os.fsync(copy.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def scrub(self, *, may_stall: bool = True) -> bool:
        """Make erased values unreadable: in unused space, in the log, and in later backups.

        `secure_delete` is not enough: a row that moved to another page leaves its bytes
        behind (seen with 1 of 300 erased people), so the file is written anew, at 7 ms a
        megabyte during which nobody else writes. False when something is left to do,
        because a long read holds the log or the file is large and may not stall writers;
        then `is_scrub_due` until a later call returns True.
        """
        with self.read() as tx:
            forgotten = Forgotten(tuple(tx.erasures.all()), tuple(tx.erasures.purges()))
        add_to_ledger(self.path.parent, forgotten)
        self.owe_scrub()
        is_whole = may_stall or self.path.stat().st_size <= STALLS_ABOVE
        if is_whole:
            self._alone("vacuum")
        is_busy: int = self._alone("pragma wal_checkpoint(truncate)")[0][0]
        if is_whole and not is_busy:
            self._scrub_mark.unlink(missing_ok=True)
        return not self.is_scrub_due

    def owe_scrub(self) -> None:
        """Said before anybody is forgotten: whoever dies before `scrub` leaves it due."""
        self._scrub_mark.touch(mode=0o600)

    @property
    def is_scrub_due(self) -> bool:
        return self._scrub_mark.exists()

    def close(self) -> None:
        """Finish what is queued and let go of the files; closing again does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._writer.stop()
        while self._readers:
            self._readers.pop()[0].close()
        self._database.close()
        os.close(self._handle)

    def _run(self, verb: Callable[[Tx, C, datetime], R], command: C, now: datetime) -> R:
        self._tx.renew()
        return verb(self._tx, command, now)

    def _alone(self, sql: str, **parameters: str) -> list[Any]:
        """Rows of a statement that must stand outside every transaction."""
        rows: list[Any] = self._writer.do(
            lambda: self._database.execute(sql, parameters).fetchall(), is_alone=True
        )
        return rows

    def _borrow(self) -> tuple[sqlite_utils.Database, Tx]:
        try:
            return self._readers.pop()
        except IndexError:
            with spoken():
                database = connect(self.path, for_reading=True)
            return database, Tx(Session(database.conn))
