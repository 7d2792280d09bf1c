"""What the tests of laws share: one store in memory, put back after every example."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.store import Tx


@contextmanager
def undone(tx: Tx) -> Iterator[None]:
    """Whatever is written in the block is gone after it."""
    run = tx.letters._session.run
    run("savepoint example")
    try:
        yield
    finally:
        run("rollback to example")
        run("release example")
