"""A worker that dies by kill -9 at a chosen step; run as a program by tests/test_worker.py.

`python dying_worker.py DATA MAIL_URL STEP NOW [forgetful]`: STEP is before_commit,
after_commit or after_dot. A forgetful worker writes no commit: the control.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.mail.carrier import Carrier
from kiosk.settings import read_settings
from kiosk.store import SqliteStore
from kiosk.worker import Worker
from tests.builders import KEY


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after_commit(carrier: Carrier, letter: Any) -> bool:
    commit(carrier, letter)
    return bool(die())


commit = Carrier._commit
STEPS = {
    "before_commit": ("_commit", die),
    "after_commit": ("_commit", die_after_commit),
    "after_dot": ("_settle", die),
}

if __name__ == "__main__":
    data, mail_url, step, now = sys.argv[1:5]
    if "forgetful" in sys.argv:
        setattr(Carrier, "_commit", lambda *_: True)  # noqa: B010
    setattr(Carrier, *STEPS[step])
    environ = {
        "KIOSK_DATA": data,
        "KIOSK_SECRET_KEY": KEY.decode(),
        "KIOSK_MAIL_URL": mail_url,
    }
    store = SqliteStore(Path(data) / "kiosk.sqlite")
    Worker(store, read_settings(environ), lambda: datetime.fromisoformat(now)).run_once()
