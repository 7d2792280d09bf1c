"""One server to a data folder, and none that outlives the process it was started as."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread, main_thread

from kiosk.cli.house import CommandError

LOCK_FILE = "server.lock"
PATIENCE = 3.0  # seconds for a server that is just stopping
POLL = 0.1
FAREWELL = 2.0  # seconds for requests under way when the parent is gone


@contextmanager
def only_server(data: Path) -> Iterator[None]:
    """Hold the folder's lock; CommandError when another server holds it."""
    handle = os.open(data / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, data)
        yield
    finally:
        os.close(handle)


def _take(handle: int, data: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up_at:
                raise CommandError(
                    f"Another server uses {data} already; stop it, or set KIOSK_DATA to "
                    "another folder."
                ) from None
            time.sleep(POLL)
        else:
            return


def stop_with_parent() -> None:
    """End this process soon after its parent did, however that ended.

    Otherwise a killed server would leave one behind that still holds its port.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: BaseProcess) -> None:
    parent.join()  # woken by the system: nobody looks ten times a second
    main = main_thread().ident
    if main is not None:  # to the thread that waits for it: another would not wake it
        signal.pthread_kill(main, signal.SIGTERM)
    time.sleep(FAREWELL)
    os._exit(1)
