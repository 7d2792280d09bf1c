"""A store on SQLite: `write` runs a verb durably, `read` gives a still picture."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from kiosk.store.session import Session
from kiosk.store.sqlite import check_version, connect, spoken
from kiosk.store.tx import Tx
from kiosk.store.writer import Writer

C = TypeVar("C")
R = TypeVar("R")


class SqliteStore:
    """One file, one writer thread, as many readers as there are threads that read."""

    def __init__(self, path: Path) -> None:
        check_version(path)
        self.path = path
        with spoken():
            self._database = connect(path)
        self._tx = Tx(Session(self._database))
        self._writer = Writer(self._database, path)
        self._readers: deque[tuple[sqlite_utils.Database, Tx]] = deque()

    def write(self, verb: Callable[[Tx, C, datetime], R], command: C, now: datetime) -> R:
        """Run `verb(tx, command, now)` in a transaction; returns once it is durable."""
        result: R = self._writer.submit(lambda: verb(self._tx, command, now)).result()
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

    def backup(self, target: Path) -> None:
        """A whole, defragmented copy; `VACUUM INTO` took 0.4 s where stepping took 89 s."""
        copy = str(target)
        self._writer.submit(
            lambda: self._database.execute("vacuum into :copy", {"copy": copy}), alone=True
        ).result()

    def scrub(self) -> None:
        """Empty the write-ahead log, where erased values would otherwise live on."""
        self._writer.submit(
            lambda: self._database.execute("pragma wal_checkpoint(truncate)").fetchall(),
            alone=True,
        ).result()

    def close(self) -> None:
        self._writer.stop()
        while self._readers:
            self._readers.pop()[0].close()
        self._database.close()

    def _borrow(self) -> tuple[sqlite_utils.Database, Tx]:
        try:
            return self._readers.pop()
        except IndexError:
            with spoken():
                database = connect(self.path, for_reading=True)
            return database, Tx(Session(database))
