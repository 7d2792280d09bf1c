"""`kiosk event apply FILE.toml`: the event as written becomes the event there is."""

import argparse
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from kiosk.apply import (
    Applied,
    ApplyEvent,
    Change,
    ListsInUse,
    SponsorsInUse,
    apply,
)
from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command, group
from kiosk.clock import to_text
from kiosk.intake.event_file import EventFileError, read_event_file
from kiosk.model import Event


def add_to(commands: Commands) -> None:
    events = group(commands, "event", "the event as its organiser writes it down")
    parser = command(events, "apply", _apply, "create or update an event from a TOML file")
    parser.add_argument("file", metavar="FILE.toml")


def _apply(args: argparse.Namespace, house: House) -> int:
    try:
        wanted = read_event_file(Path(args.file).read_bytes())
    except EventFileError as error:
        raise CommandError(f"{args.file} was not applied: {error}") from None
    wanted, note = _with_a_sender(wanted, house.settings.public_url)
    match house.write(apply, wanted):
        case Applied() as done:
            notes = [note] if note else []
            human = "\n".join([_human(done), *notes])
            answer(args, _machine(done) | {"notes": notes}, human)
        case ListsInUse(names):
            raise CommandError(
                f"Nothing was changed: {_named('list', names)} cannot go because of scans "
                "or a device there; put it back into the file, or revoke the device first."
            )
        case SponsorsInUse(names):
            raise CommandError(
                f"Nothing was changed: {_named('sponsor', names)} cannot go because people "
                "said yes to it or it has a device; put it back into the file."
            )
        case never:
            assert_never(never)
    return DONE


def _with_a_sender(wanted: ApplyEvent, public_url: str) -> tuple[ApplyEvent, str]:
    """The event with an address its letters can come from, and a note when it is ours.

    Without one every letter would fail, on the morning after, when it is too late.
    """
    follow_up = wanted.event.follow_up
    if follow_up.sender_address:
        return wanted, ""
    host = urlsplit(public_url).hostname or ""
    domain = host if re.search(r"[a-z]$", host) else "localhost"
    address = f"hello@{domain}"
    follow_up = replace(
        follow_up, sender_address=address, reply_to=follow_up.reply_to or address
    )
    note = (
        f"The file names no follow_up.sender_address, so letters will come from {address}; "
        "set one that people can answer."
    )
    return replace(wanted, event=replace(wanted.event, follow_up=follow_up)), note


def _machine(done: Applied) -> dict[str, object]:
    changes = [
        {"field": it.field, "before": _plain(it.before), "after": _plain(it.after)}
        for it in done.changes
    ]
    event = done.event
    return {
        "event": event.slug,
        "event_id": event.id,
        "created": done.is_new,
        "changed": changes,
    }


def _human(done: Applied) -> str:
    event = done.event
    if done.is_new:
        return f"Created {event.slug}: {event.name}, {_when(event)}."
    if not done.changes:
        return f"{event.slug} is as the file says; nothing changed."
    zone = ZoneInfo(event.timezone)
    lines = (f"  {_line(change, zone)}" for change in done.changes)
    return "\n".join([f"Changed {event.slug}:", *lines])


def _when(event: Event) -> str:
    zone = ZoneInfo(event.timezone)
    first, last = (it.astimezone(zone) for it in (event.starts_at, event.ends_at))
    return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} ({zone.key})"


def _line(change: Change, zone: ZoneInfo) -> str:
    if change.before is None:
        return f"{change.field} {_shown(change.after, zone)} is new"
    if change.after is None:
        return f"{change.field} {_shown(change.before, zone)} is gone"
    return f"{change.field}: {_shown(change.before, zone)} → {_shown(change.after, zone)}"


def _shown(value: object, zone: ZoneInfo) -> str:
    """A value as the event file writes it."""
    match value:
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%dT%H:%M:%S}"
        case timedelta() if value and not value % timedelta(days=1):
            return f"{value.days}d"
        case tuple():
            return ", ".join(_shown(item, zone) for item in value) or "none"
        case bool():
            return "true" if value else "false"
        case _:
            return f"{_plain(value)}"


def _plain(value: object) -> object:
    """Instants and lengths as text, tuples as lists."""
    match value:
        case datetime():
            return to_text(value)
        case timedelta():
            return f"{int(value.total_seconds() // 60)}m"
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _named(kind: str, names: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"{kind} {quoted}" if len(names) == 1 else f"{kind}s {quoted}"
