"""Which workers are alive, told by locks that end with their process.

A worker holds a lock on a file named after it. When another can take that lock, the worker
is dead and its leases end at once instead of at their time. A worker without such a file,
on another machine perhaps, is waited for.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from kiosk.ids import new_id


class Alive:
    """This worker's sign of life; `id` is its name in leases."""

    def __init__(self, folder: Path) -> None:
        self.id = new_id()
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._handle = os.open(self._file(self.id), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def dead(self, workers: Iterable[str]) -> list[str]:
        """Those of the workers that are known to be dead; their files are removed."""
        return [worker for worker in workers if worker != self.id and self._bury(worker)]

    def close(self) -> None:
        self._file(self.id).unlink(missing_ok=True)
        os.close(self._handle)

    def _bury(self, worker: str) -> bool:
        try:
            handle = os.open(self._file(worker), os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            self._file(worker).unlink(missing_ok=True)
            return True
        finally:
            os.close(handle)

    def _file(self, worker: str) -> Path:
        return self._folder / f"{worker}.lock"
