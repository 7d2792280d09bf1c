"""The command line: `kiosk COMMAND …`, one module a room, each adding its commands.

A module offers `add_to(commands)`; it uses `house.command(…)` to name what does the work:
`run(args, house) -> int`. Whatever goes wrong is one plain sentence on stderr and exit 1.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from traceback import extract_tb

from kiosk import __version__
from kiosk.cli.house import FAILED, CommandError, House, sentence
from kiosk.settings import SettingsError
from kiosk.store import StoreError

ROOMS: dict[str, tuple[str, ...]] = {
    "init": ("init", "migrate"),
    "event": ("event",),
    "attendees": ("attendees",),
    "badges": ("badges", "reissue"),
    "devices": ("devices",),
    "serve": ("serve",),
    "worker": ("worker",),
    "close": ("close", "reopen"),
    "follow_ups": ("follow-ups",),
    "doctor": ("doctor",),
    "demo": ("demo",),
    "export": ("export",),
    "erase": ("erase", "purge"),
    "backup": ("backup", "restore"),
}
"""Each room with its commands, so that a command loads the room it needs and no other."""

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main(
    argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None
) -> int:
    """Do one command; returns its exit status and never raises."""
    house = House(os.environ if environ is None else environ)
    try:
        given = sys.argv[1:] if argv is None else argv
        args = _parser(given).parse_args(given)
        status: int = args.run(args, house)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has printed what is wrong
        return stop.code if isinstance(stop.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (CommandError, SettingsError, StoreError, OSError, UnicodeError) as error:
        print(f"kiosk: {sentence(error)}", file=sys.stderr)
        return FAILED
    except Exception as error:
        print(f"kiosk: {_our_fault(error)}", file=sys.stderr)
        return FAILED
    finally:
        house.close()
    return status


def _parser(given: Sequence[str] = ()) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Conference check-in, mutual connections, and one letter afterwards.",
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    asked = [room for room, names in ROOMS.items() if given and given[0] in names]
    for room in asked or ROOMS:
        import_module(f"kiosk.cli.{room}").add_to(commands)
    return parser


def _our_fault(error: Exception) -> str:
    """What nobody foresaw, with the place in the program that a report needs."""
    frame = extract_tb(error.__traceback__)[-1]
    return (
        f"This is a mistake of the program, please report it: {type(error).__name__} in "
        f"{Path(frame.filename).name} line {frame.lineno}; what was durable before stays."
    )
