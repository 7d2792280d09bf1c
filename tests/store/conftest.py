"""The engines that one contract holds for: every test here runs on each of them.

Another engine joins by one entry in `ENGINES`; no test names an engine.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.store import SqliteStore, Tx
from kiosk.store.session import Session
from kiosk.store.sqlite import connect


@dataclass(frozen=True)
class Engine:
    """How an engine gives an empty store, and an empty transaction that is not kept."""

    store: Callable[[Path, Path], AbstractContextManager[SqliteStore]]
    tx: Callable[[Path], AbstractContextManager[Tx]]


@contextmanager
def sqlite_store(template: Path, folder: Path) -> Iterator[SqliteStore]:
    path = folder / "kiosk.sqlite"
    shutil.copyfile(template, path)
    store = SqliteStore(path)
    yield store
    store.close()


@contextmanager
def sqlite_tx(template: Path) -> Iterator[Tx]:
    source, database = connect(template, for_reading=True), connect(":memory:")
    source.conn.backup(database.conn)
    source.close()
    yield Tx(Session(database))
    database.close()


ENGINES = {"sqlite": Engine(sqlite_store, sqlite_tx)}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


@pytest.fixture
def store(engine: Engine, template: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    with engine.store(template, tmp_path) as store:
        yield store


@pytest.fixture
def tx(engine: Engine, template: Path) -> Iterator[Tx]:
    with engine.tx(template) as tx:
        yield tx
