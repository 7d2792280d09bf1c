"""`kiosk erase` forgets one person, `kiosk purge` everybody at an event.

Afterwards the database file is written anew: what was erased cannot be read from it.
"""

import argparse
from dataclasses import asdict
from typing import assert_never

from kiosk import copies
from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command, counted
from kiosk.clock import to_text
from kiosk.erase import AlreadyErased, Erase, Erased, NobodyThere, erase
from kiosk.model import Purge
from kiosk.purge import NotYet, PurgeEvent, purge_wholly

_BUSY = " A long read still holds old values in the log; run this again when it is done."


def add_to(commands: Commands) -> None:
    erasing = command(commands, "erase", _erase, "forget one person, for good")
    erasing.add_argument("event", metavar="EVENT")
    erasing.add_argument("--attendee", required=True, metavar="ID")
    purging = command(
        commands, "purge", _purge, "forget everybody at an event; the counts stay"
    )
    purging.add_argument("event", metavar="EVENT")
    purging.add_argument(
        "--now", action="store_true", help="although the event's retention is not over"
    )


def _erase(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    with house.store.read() as tx:
        named_in = copies.letters_naming(tx, event.id, args.attendee)
    house.store.owe_scrub()
    match house.write(erase, Erase(event.id, args.attendee, house.settings.secret_key)):
        case Erased(_, connection_count, letter_count):
            done = (
                f"Erased {args.attendee}: {counted(connection_count, 'connection')} "
                f"removed, {counted(letter_count, 'letter')} emptied or changed."
            )
        case AlreadyErased(erasure):
            connection_count = letter_count = 0
            done = f"{args.attendee} was erased on {erasure.erased_at:%Y-%m-%d}."
        case NobodyThere():
            raise CommandError(
                f"Nobody with the id {args.attendee} is held at {event.slug}; "
                f"`kiosk attendees list {event.slug}` shows the ids."
            )
        case outcome:
            assert_never(outcome)
    copies.drop(house.settings, event.slug, named_in)
    counts = {"connection_count": connection_count, "letter_count": letter_count}
    return _scrubbed(args, house, {"attendee_id": args.attendee} | counts, done)


def _purge(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    house.store.owe_scrub()
    match purge_wholly(house.store, PurgeEvent(event, is_due=args.now), house.now):
        case Purge() as record:
            machine = asdict(record) | {"purged_at": to_text(record.purged_at)}
        case NotYet(due_at):
            raise CommandError(
                f"{event.slug} keeps its people until {due_at:%Y-%m-%d} "
                f"({event.retention_days} days after its end); `--now` forgets them today."
            )
        case outcome:
            assert_never(outcome)
    with house.store.read() as tx:
        letters = copies.all_letters(tx, event.id)
    copies.drop(house.settings, event.slug, letters)
    done = (
        f"Forgot {record.attendee_count} people of {event.slug}, of whom "
        f"{record.checked_in_count} had checked in and made "
        f"{counted(record.connection_count, 'connection')}."
    )
    return _scrubbed(args, house, machine, done)


def _scrubbed(
    args: argparse.Namespace, house: House, machine: dict[str, object], done: str
) -> int:
    is_scrubbed = house.store.scrub()
    answer(args, machine | {"scrubbed": is_scrubbed}, done if is_scrubbed else done + _BUSY)
    return DONE
