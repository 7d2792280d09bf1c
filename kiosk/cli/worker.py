"""`kiosk worker`: the worker without the server, for good or once."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from kiosk.cli.house import DONE, Commands, House, answer, command
from kiosk.log import set_up_log
from kiosk.worker import Worker


def add_to(commands: Commands) -> None:
    parser = command(commands, "worker", _worker, "close, plan, send, purge what is due")
    parser.add_argument(
        "--once", action="store_true", help="until nothing is due, then stop"
    )


def _worker(args: argparse.Namespace, house: House) -> int:
    set_up_log(house.settings.log)
    worker = Worker(house.store, house.settings)
    with _stopping() as stop:
        (worker.run_once if args.once else worker.run)(stop)
    tally = worker.tally
    answer(
        args,
        {
            "closed": tally.closed_count,
            "planned": tally.planned_count,
            "delivered": tally.delivered_count,
            "purged": tally.purged_count,
        },
        f"{tally.closed_count} events closed, {tally.planned_count} letters planned, "
        f"{tally.delivered_count} deliveries settled"
        + (f", {tally.purged_count} events purged." if tally.purged_count else "."),
    )
    return DONE


@contextmanager
def _stopping() -> Iterator[Event]:
    """An event that is set when the process is asked to stop: the letter under way ends."""
    stop = Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
