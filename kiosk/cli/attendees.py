"""`kiosk attendees import|add|list`: lists in, one walk-in, and who is registered.

An import is one transaction: a file that cannot be read changes nothing. `--dry-run` does
everything but write, on a connection that cannot.
"""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, assert_never

from kiosk.badges import badge_url
from kiosk.cli.house import (
    DONE,
    DONE_WITH_REJECTED,
    CommandError,
    Commands,
    House,
    answer,
    command,
    group,
)
from kiosk.cli.imported import Imported
from kiosk.cli.pretix import import_from_pretix
from kiosk.intake import Reading, UnreadableList, read_list
from kiosk.intake.values import email_of
from kiosk.issue import Issued
from kiosk.model import Attendee, Event, Registration
from kiosk.register import AlreadyRegistered, RegisterList, WalkIn, register, walk_in
from kiosk.visible import one_line

SAID_OF_A_WALK_IN = (
    "name", "email", "company", "role", "pronouns", "phone", "language",
    "ticket_type", "ticket_code", "attention",
)  # fmt: skip


def add_to(commands: Commands) -> None:
    attendees = group(commands, "attendees", "the people of an event")
    _add_import(attendees)
    adding = command(attendees, "add", _add, "register one person")
    adding.add_argument("event", metavar="EVENT")
    for name in SAID_OF_A_WALK_IN:
        adding.add_argument(
            f"--{name.replace('_', '-')}", default="", required=name == "name"
        )
    listing = command(attendees, "list", _list, "who is registered, with ids")
    listing.add_argument("event", metavar="EVENT")


def _add_import(attendees: Commands) -> None:
    parser = command(
        attendees, "import", _import, "read a list: CSV, TSV, XLSX, JSON, or pretix"
    )
    parser.add_argument("event", metavar="EVENT")
    parser.add_argument("file", metavar="FILE", nargs="?")
    parser.add_argument("--format", help="csv, tsv, xlsx, xlsx:SHEET or json")
    parser.add_argument("--encoding", metavar="E", help="such as cp1252")
    parser.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        type=_pair,
        default=[],
        help="what a column holds; may be given several times",
    )
    parser.add_argument("--dry-run", action="store_true", help="count, write nothing")
    shop = parser.add_argument_group("from a pretix server")
    shop.add_argument("--pretix", metavar="URL")
    shop.add_argument("--organizer", metavar="O")
    shop.add_argument("--event", metavar="E", dest="shop_event")
    shop.add_argument("--token-file", metavar="F")
    shop.add_argument("--full", action="store_true", help="read everything again")
    parser.set_defaults(misused=parser.error)


def _pair(text: str) -> tuple[str, str]:
    column, equals, wanted = text.rpartition("=")
    if not (column and equals and wanted):
        raise argparse.ArgumentTypeError(f'"{text}" is not of the form "Column=field"')
    return column.strip(), wanted.strip()


def _import(args: argparse.Namespace, house: House) -> int:
    if bool(args.file) == bool(args.pretix):
        args.misused("give a FILE or --pretix URL, one of them")
    event = house.event(args.event)
    take = import_from_pretix if args.pretix else _import_file
    imported = take(args, house, event)
    answer(args, imported.machine(), imported.human(event.slug))
    return DONE_WITH_REJECTED if imported.rejected else DONE


def _import_file(args: argparse.Namespace, house: House, event: Event) -> Imported:
    path = Path(args.file)
    try:
        reading = read_list(
            path.read_bytes(),
            path.name,
            format=args.format,
            encoding=args.encoding,
            mapping=dict(args.map),
            timezone=event.timezone,
        )
    except UnreadableList as error:
        raise CommandError(f"{path.name} was not imported: {error}") from None
    imported = _told(reading, is_dry_run=args.dry_run)
    wanted = RegisterList(
        event_id=event.id,
        rows=reading.people,
        key=house.settings.secret_key,
        withdrawn=reading.withdrawn,
        dry_run=args.dry_run,
    )
    if args.dry_run:
        with house.store.read() as tx:
            imported.add(register(tx, wanted, house.now))
    else:
        imported.add(house.write(register, wanted))
    return imported


def _told(reading: Reading, *, is_dry_run: bool) -> Imported:
    """What reading the file said; who has not confirmed is a warning of its own."""
    return Imported(
        format=reading.format,
        encoding=reading.encoding,
        mapping=reading.mapping,
        is_dry_run=is_dry_run,
        skipped=list(reading.skipped),
        warnings=[*reading.warnings, *reading.held],
        rejected=list(reading.rejected),
        notes=list(reading.notes),
    )


def _add(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    said: dict[str, Any] = {
        name: one_line(getattr(args, name))[0] for name in SAID_OF_A_WALK_IN
    }
    if not said["name"]:
        raise CommandError("A person needs a name to be called by.")
    if said["email"] and email_of(said["email"])[1]:
        raise CommandError(f'"{said["email"]}" is not an e-mail address.')
    wanted = WalkIn(event.id, replace(Registration(), **said), house.settings.secret_key)
    match house.write(walk_in, wanted):
        case Issued(attendee, code):
            url = badge_url(house.settings.public_url, code)
            made = {"attendee_id": attendee.id, "name": attendee.name}
            shown = f"{attendee.name} is registered as {attendee.id}; badge {url}"
            answer(args, made | {"code": code, "url": url}, shown)
        case AlreadyRegistered(attendee):
            raise CommandError(
                f"{attendee.name} is registered already as {attendee.id}; "
                "nothing was added."
            )
        case never:
            assert_never(never)
    return DONE


def _list(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    with house.store.read() as tx:
        people = tx.attendees.of_event(event.id)
        inside = tx.scans.checked_in_ids(event.id)
    rows = [asdict(person) | {"checked_in": person.id in inside} for person in people]
    lines = (_line(person, is_in=person.id in inside) for person in people)
    answer(args, rows, "\n".join(lines) or "Nobody is registered yet.")
    return DONE


def _line(person: Attendee, *, is_in: bool) -> str:
    state = "checked in" if is_in else person.status
    about = ", ".join(word for word in (person.name, person.company, person.email) if word)
    return f"{person.id}  {state:<10}  {about}"
