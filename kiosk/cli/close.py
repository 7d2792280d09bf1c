"""`kiosk close` and `kiosk reopen`: the end of an event, and taking it back."""

import argparse
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command, counted
from kiosk.close import (
    AlreadyClosed,
    Close,
    Closed,
    EndLiesBehind,
    EndsBeforeItOpens,
    NotClosed,
    Reopen,
    Reopened,
    Scheduled,
    close,
    reopen,
)
from kiosk.model import YEARS, Closure, Event
from kiosk.worker import plan_letters

BY = "command line"


def add_to(commands: Commands) -> None:
    parser = command(commands, "close", _close, "end an event; its letters are planned")
    parser.add_argument("event", metavar="EVENT")
    parser.add_argument(
        "--at",
        metavar="INSTANT",
        help="when it ended or will end: 2026-06-02T18:00, venue time or with an offset",
    )
    parser = command(commands, "reopen", _reopen, "take the end back; unsent letters go")
    parser.add_argument("event", metavar="EVENT")
    parser.add_argument("--until", metavar="INSTANT", help="the new end; else 12 hours")


def _close(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    ended = house.write(close, Close(event.id, BY, _instant(event, args.at)))
    match ended:
        case Closed(closure):
            _tell_closed(args, house, event, closure)
        case AlreadyClosed(closure):
            _tell_closed_before(args, event, closure)
        case Scheduled(moved):
            machine = {"event": event.slug, "closed": False, "ends_at": moved.ends_at}
            human = f"{event.name} ends {_local(event, moved.ends_at)}; letters follow."
            answer(args, machine, human)
        case EndsBeforeItOpens(opens_at):
            raise CommandError(
                f"{event.name} opens {_local(event, opens_at)} and cannot end before that."
            )
        case _:
            assert_never(ended)
    return DONE


def _tell_closed(
    args: argparse.Namespace, house: House, event: Event, closure: Closure
) -> None:
    count = plan_letters(house.store, closure, house.now)
    with house.store.read() as tx:
        due_at = tx.letters.next_due_at(event.id)
        is_held = tx.outboxes.get(event.id).holds(event.follow_up)
    leave = f"they leave {_local(event, due_at)}" if due_at else "none waits for its hour"
    if is_held:
        leave = f"they wait for `kiosk follow-ups send {event.slug}`"
    answer(
        args,
        _closed(event, closure) | {"letters": count, "due_at": due_at},
        f"{event.name} ended {_local(event, closure.ended_at)}. {counted(count, 'letter')} "
        f"planned; {leave}. Scans made before the end count until "
        f"{_local(event, closure.late_until)}.",
    )


def _tell_closed_before(args: argparse.Namespace, event: Event, closure: Closure) -> None:
    human = (
        f"{event.name} was closed before by {closure.closed_by}: it ended "
        f"{_local(event, closure.ended_at)}. Nothing was changed."
    )
    answer(args, _closed(event, closure), human)


def _closed(event: Event, closure: Closure) -> dict[str, object]:
    return {
        "event": event.slug,
        "closed": True,
        "ended_at": closure.ended_at,
        "late_until": closure.late_until,
    }


def _reopen(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    again = house.write(reopen, Reopen(event.id, BY, _instant(event, args.until)))
    match again:
        case Reopened(moved, count):
            answer(
                args,
                {"event": event.slug, "ends_at": moved.ends_at, "cancelled": count},
                f"{event.name} is open until {_local(event, moved.ends_at)}. "
                f"{counted(count, 'letter')} that had not left cancelled.",
            )
        case NotClosed():
            raise CommandError(
                f"{event.name} is not closed, so there is nothing to reopen."
            )
        case EndLiesBehind():
            raise CommandError("--until lies in the past; name an instant still to come.")
        case _:
            assert_never(again)
    return DONE


def _instant(event: Event, text: str | None) -> datetime | None:
    """The instant in an option; without an offset it is the time at the venue."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f'"{text}" is no instant; write it like 2026-06-02T18:00.'
        ) from None
    if instant.year not in YEARS:
        raise CommandError(f"The year {instant.year} is none for an event.")
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(event.timezone))


def _local(event: Event, instant: datetime) -> str:
    return (
        f"{instant.astimezone(ZoneInfo(event.timezone)):%Y-%m-%d %H:%M} ({event.timezone})"
    )
