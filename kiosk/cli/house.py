"""What every command is given: settings and store, opened only when asked for.

A command prints for people, or with `--json` one JSON document for machines, and ends with
0 done, 1 failed, 2 misused or 3 done with rejected rows (CONTRACT §3).
"""

import argparse
import errno
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from kiosk.clock import to_text, utc_now
from kiosk.model import Event
from kiosk.settings import Settings, read_settings
from kiosk.store import SqliteStore, Tx

DONE, FAILED, MISUSED, DONE_WITH_REJECTED = 0, 1, 2, 3

C = TypeVar("C")
R = TypeVar("R")


class CommandError(Exception):
    """The command cannot be done; the message is one sentence for the person."""


class House:
    """The installation a command works in; `now` is one instant for the whole command."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.now: datetime = utc_now()

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.environ)

    @cached_property
    def store(self) -> SqliteStore:
        return SqliteStore(self.settings.database_path)

    def write(self, verb: Callable[[Tx, C, datetime], R], command: C) -> R:
        """Run `verb(tx, command, now)` durably."""
        return self.store.write(verb, command, self.now)

    def event(self, slug: str) -> Event:
        """The event with this slug; CommandError names the nearest."""
        with self.store.read() as tx:
            slugs = [event.slug for event in tx.events.all()]
            event = tx.events.by_slug(slug)
        if event is None:
            raise CommandError(_no_event(slug, slugs))
        return event

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()


def _no_event(slug: str, slugs: list[str]) -> str:
    if not slugs:
        return f'There is no event "{slug}"; make one with `kiosk event apply FILE.toml`.'
    near = get_close_matches(slug, slugs, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(slugs)}."
    return f'There is no event "{slug}"; {hint}'


Run = Callable[[argparse.Namespace, House], int]
Commands = Any
"""What `add_subparsers` returns; argparse keeps that type to itself."""


def command(commands: Commands, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    """Add a command that `run(args, house)` does; it understands `--json`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, says: str) -> Commands:
    """Add a command that has commands of its own, such as `kiosk devices add`."""
    parser = commands.add_parser(name, help=says, description=says)
    return parser.add_subparsers(metavar="COMMAND", required=True)


def counted(count: int, noun: str) -> str:
    """As in "1 letter" and "3 letters"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def answer(args: argparse.Namespace, machine: object, human: str) -> None:
    """Print the one answer of a command, in the form that was asked for."""
    print(json.dumps(machine, ensure_ascii=False, default=_text) if args.json else human)


def _text(value: object) -> str:
    return to_text(value) if isinstance(value, datetime) else str(value)


def sentence(error: Exception) -> str:
    """What a person is told of an error; the errors of our own are sentences already."""
    match error:
        case FileNotFoundError(filename=str(path)):
            return f"There is no file or folder {path}."
        case PermissionError(filename=str(path)):
            return f"This user may not read or write {path}."
        case OSError(errno=errno.ENOSPC):
            return "The disk is full, so this was not done; free some space and try again."
        case OSError(strerror=str(reason)) if reason:
            where = f" {error.filename}" if error.filename else ""
            return f"Cannot use{where}: {reason[0].lower()}{reason[1:]}."
        case UnicodeError():
            return "A file or argument is not UTF-8 text; save it as UTF-8 and try again."
        case _:
            return str(error)
