"""What another process does to a database while a test watches: `python other_process.py`.

`write PATH after|before` writes events for ever and prints each slug after it was told that
the row is durable, or (the control) from inside the transaction, before it is.
`count PATH N` adds one to a number N times, reading it first.
`hold PATH` takes the write lock and keeps it until its standard input ends.
"""

import sys
from datetime import datetime
from itertools import count
from pathlib import Path

from kiosk.clock import utc_now
from kiosk.store import SqliteStore, Tx
from kiosk.store.locks import write_lock
from tests.builders import EVENT_ID, an_event


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def write_for_ever(path: Path, when: str) -> None:
    store = SqliteStore(path)

    def add(tx: Tx, slug: str, now: datetime) -> None:
        del now
        tx.events.add(an_event(slug=slug))
        if when == "before":
            say(slug)
            sys.stdin.read()  # the test ends this process here

    for number in count():
        slug = f"event-{number}"
        store.write(add, slug, utc_now())
        say(slug)


def count_up(path: Path, times: int) -> None:
    store = SqliteStore(path)

    def add_one(tx: Tx, source: str, now: datetime) -> None:
        del now
        reached = int(tx.sources.cursor(EVENT_ID, source) or 0)
        tx.sources.put(EVENT_ID, source, str(reached + 1))

    for _ in range(times):
        store.write(add_one, "counter", utc_now())
    store.close()


def hold(path: Path) -> None:
    with write_lock(path):
        say("held")
        sys.stdin.read()


def main() -> None:
    task, path, *rest = sys.argv[1:]
    if task == "write":
        write_for_ever(Path(path), rest[0])
    elif task == "count":
        count_up(Path(path), int(rest[0]))
    else:
        hold(Path(path))


if __name__ == "__main__":
    main()
