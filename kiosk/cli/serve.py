"""`kiosk serve`: the pages, the device API and, unless told not to, the worker.

On SQLite one process serves, with several threads whose writes share commits: a second
process would only wait for the same file, and SQLite before 3.51.3 can damage a log that
two processes write at one instant. Whatever is wrong with settings, database or port is
said before anything starts.
"""

import argparse
import gc
import logging
import os
import socket
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from multiprocessing.util import Finalize
from threading import Event, Thread
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kiosk.cli.house import DONE, CommandError, Commands, House, command
from kiosk.cli.only_server import only_server, stop_with_parent
from kiosk.log import set_up_log
from kiosk.settings import Settings, read_settings
from kiosk.store import SqliteStore
from kiosk.worker import Worker

if TYPE_CHECKING:
    from flask import Flask

THREADS = 256  # requests on their way, however slowly; few of them have a turn at once
STOP_WITHIN = 20  # seconds for requests under way before the process is ended
PORTS = range(1, 65536)

log = logging.getLogger(__name__)


def add_to(commands: Commands) -> None:
    parser = command(commands, "serve", _serve, "run the server, and the worker in it")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for every network")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--workers", type=int, default=1, help="processes; 1 on SQLite")
    parser.add_argument(
        "--no-worker", action="store_true", help="send no letters from this process"
    )


def _serve(args: argparse.Namespace, house: House) -> int:
    _check(args, house)
    set_up_log(house.settings.log)
    server = Granian(
        "kiosk",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_WITHIN,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_GRANIAN_LOG,
    )
    server.on_startup(partial(_greet, args, house.settings.public_url))
    loader = partial(_application, dict(house.environ), has_worker=not args.no_worker)
    with only_server(house.settings.data):
        server.serve(target_loader=loader, wrap_loader=False)
    return DONE


def _check(args: argparse.Namespace, house: House) -> None:
    """CommandError or StoreError for what would stop the server later, in its own words."""
    if args.workers != 1:
        raise CommandError(
            "SQLite is written by one process, so more workers would only wait for each "
            "other; leave --workers out."
        )
    with closing(SqliteStore(house.settings.database_path)) as store:
        Worker(store, house.settings)  # refuses a way out for mail that there is not
    if args.port not in PORTS:
        raise CommandError(f"There is no port {args.port}; choose one up to 65535.")
    try:
        _probe(args.host, args.port)
    except socket.gaierror:
        raise CommandError(f"This machine has no address {args.host}.") from None
    except PermissionError:
        raise CommandError(
            f"Port {args.port} is reserved for the system; choose one above 1023."
        ) from None
    except OSError:
        raise CommandError(
            f"Port {args.port} of {args.host} is in use on this machine already; stop the "
            "program that has it, or choose another with --port."
        ) from None


def _probe(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _greet(args: argparse.Namespace, public_url: str) -> None:
    log.info(
        "serving",
        extra={
            "fields": {
                "at": f"http://{args.host}:{args.port}",
                "public_url": public_url,
                "tablet": f"{public_url}/kiosk/",
                "desk": f"{public_url}/desk/",
            }
        },
    )


def _application(environ: Mapping[str, str], *, has_worker: bool) -> "Flask":
    """The application in the process that serves, with its own store and worker."""
    from kiosk.app import create_app  # noqa: PLC0415 - the other commands do without Flask
    from kiosk.web.turns import Turns  # noqa: PLC0415

    stop_with_parent()
    settings = read_settings(environ)
    set_up_log(settings.log)
    store = SqliteStore(settings.database_path)
    Finalize(None, store.close, exitpriority=STORE_LAST)
    if has_worker:
        _start_worker(settings, store)
    log.info("ready", extra={"fields": {"pid": os.getpid(), "worker": has_worker}})
    app = create_app(settings, store)
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign]
    gc.collect()
    gc.freeze()  # what is here now stays: looking through it took 45 ms of a scan's time
    return app


def _start_worker(settings: Settings, store: SqliteStore) -> None:
    stop = Event()
    worker = Worker(store, settings)
    thread = Thread(target=worker.run, args=(stop,), name="worker", daemon=True)
    thread.start()

    def rest() -> None:
        stop.set()
        thread.join(STOP_WITHIN / 2)

    Finalize(None, rest, exitpriority=WORKER_FIRST)


STORE_LAST, WORKER_FIRST = 1, 2  # the worker lets go of its lease before the store closes

_GRANIAN_LOG = {
    "loggers": {
        "_granian": {"propagate": True},
        "granian.access": {"level": "ERROR", "propagate": True},
    }
}
"""Its errors come through our own log; a line a request would name people's addresses."""
