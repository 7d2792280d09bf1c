"""The two lock files beside the database, held by the system and let go with the process.

`kiosk.sqlite.lock` is held by whoever writes, for the length of one write or checkpoint.
`serving.lock` is shared by every open store (a server, a worker, a command) and held alone
by `kiosk restore`, so that no file is exchanged under a program that has it open.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.store.errors import StoreUnavailable

PATIENCE = 30.0  # seconds; an import of 20,000 people holds the lock for about three
POLL = 0.005
SERVING = "serving.lock"


class WriteLock:
    """The lock beside a database; opened once, because opening costs more than taking."""

    def __init__(self, path: Path) -> None:
        self._handle = _open(Path(f"{path}.lock"))

    def __enter__(self) -> None:
        """Hold the lock, or StoreUnavailable when it stays taken."""
        _take(self._handle)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._handle)


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Hold the lock once, for a program that writes once."""
    lock = WriteLock(path)
    try:
        with lock:
            yield
    finally:
        lock.close()


def share(path: Path) -> int:
    """Say that this program has the database open, until the handle is closed."""
    handle = _open(path.parent / SERVING)
    if _try(handle, fcntl.LOCK_SH):
        return handle
    os.close(handle)
    raise StoreUnavailable("A backup is being restored here; try again when it is done.")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold off every other program, or StoreUnavailable while one has the database open."""
    handle = _open(path.parent / SERVING)
    try:
        if not _try(handle, fcntl.LOCK_EX):
            raise StoreUnavailable(
                "A server, a worker or another command uses this database; stop it first."
            )
        yield
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(handle: int) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not _try(handle, fcntl.LOCK_EX):
        if time.monotonic() > give_up_at:
            raise StoreUnavailable(
                "Another command is writing to the database; try again when it is done."
            )
        time.sleep(POLL)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
