"""The command line: `kiosk COMMAND …`, one module a room, each adding its commands.

A module offers `add_to(commands)`; it uses `house.command(…)` to name what does the work:
`run(args, house) -> int`. Whatever goes wrong is one plain sentence on stderr and exit 1.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from kiosk.cli.house import FAILED, CommandError, House
from kiosk.settings import SettingsError
from kiosk.store import StoreError

ROOMS = (
    "init",
    "event",
    "attendees",
    "badges",
    "devices",
    "serve",
    "worker",
    "close",
    "follow_ups",
    "doctor",
    "demo",
    "export",
    "erase",
    "backup",
)
INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main(
    argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None
) -> int:
    """Do one command; returns its exit status and never raises."""
    house = House(os.environ if environ is None else environ)
    try:
        args = _parser().parse_args(argv)
        status: int = args.run(args, house)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has printed what is wrong
        return stop.code if isinstance(stop.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (CommandError, SettingsError, StoreError, OSError) as error:
        print(f"kiosk: {_sentence(error)}", file=sys.stderr)
        return FAILED
    finally:
        house.close()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Conference check-in, mutual connections, and one letter afterwards.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for room in ROOMS:
        import_module(f"kiosk.cli.{room}").add_to(commands)
    return parser


def _sentence(error: Exception) -> str:
    match error:
        case FileNotFoundError(filename=str(path)):
            return f"There is no file or folder {path}."
        case PermissionError(filename=str(path)):
            return f"This user may not read or write {path}."
        case OSError(strerror=str(reason)) if reason:
            where = f" {error.filename}" if error.filename else ""
            return f"Cannot use{where}: {reason[0].lower()}{reason[1:]}."
        case _:
            return str(error)
