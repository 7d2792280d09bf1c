"""`kiosk follow-ups`: read the letters, hold them, send them, and see where they are."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.cli.house import (
    DONE,
    CommandError,
    Commands,
    House,
    answer,
    command,
    counted,
    group,
)
from kiosk.compose import Composed, compose, draft, for_the_organiser
from kiosk.copies import previews
from kiosk.hold import hold, send
from kiosk.mail.headers import NoAddress
from kiosk.mail.message import Sender, parcel
from kiosk.model import STATES, Attendee, Event, Outbox
from kiosk.ports import Tx

EVERYBODY = 1_000_000
NOT_A_KEY = b"a preview unsubscribes nobody"


def add_to(commands: Commands) -> None:
    letters = group(commands, "follow-ups", "the letters after an event")
    preview = command(letters, "preview", _preview, "write the letters as .eml files")
    preview.add_argument("--attendee", metavar="ID", help="only the letter to this person")
    preview.add_argument("--out", type=Path, metavar="DIR", help="where to write them")
    for parser in (
        preview,
        command(letters, "send", _send, "send every waiting letter now"),
        command(letters, "hold", _hold, "keep back every letter that has not left"),
        command(letters, "status", _status, "count the letters by state"),
    ):
        parser.add_argument("event", metavar="EVENT")


def _preview(args: argparse.Namespace, house: House) -> int:
    """Write what would leave now, without the notes people made for themselves."""
    event = house.event(args.event)
    out: Path = args.out or previews(house.settings, event.slug)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    sender = Sender(house.settings.public_url, NOT_A_KEY)
    written: list[dict[str, object]] = []
    with house.store.read() as tx:
        people = _people(tx, event, args.attendee)
        for composed in _composed(tx, event, people, house):
            try:
                content = parcel(composed, sender, house.now).content
            except NoAddress:
                continue
            path = out / f"{composed.letter.attendee_id}.eml"
            path.write_bytes(content)
            written.append(_told(composed, path))
    human = f"{counted(len(written), 'letter')} written to {out}; nothing was sent."
    if left := len(people) - len(written):
        human += f" Without one ({left}): no address, unsubscribed, or nobody is left."
    answer(args, {"out": str(out), "written": len(written), "letters": written}, human)
    return DONE


def _people(tx: Tx, event: Event, attendee_id: str | None) -> list[Attendee]:
    if attendee_id is None:
        return list(tx.letters.recipients(event.id, "", EVERYBODY))
    person = tx.attendees.get(attendee_id)
    if person is None or person.event_id != event.id:
        raise CommandError(
            f"Nobody at {event.name} has the id {attendee_id}; `kiosk attendees list "
            f"{event.slug}` shows them."
        )
    return [person]


def _composed(
    tx: Tx, event: Event, people: list[Attendee], house: House
) -> Iterator[Composed]:
    for person in people:
        composed = compose(tx, draft(tx, event, person, house.now))
        if isinstance(composed, Composed):
            yield for_the_organiser(composed)


def _told(composed: Composed, path: Path) -> dict[str, object]:
    letter = composed.letter
    return {
        "attendee_id": letter.attendee_id,
        "kind": letter.kind,
        "generation": letter.generation,
        "people": len(composed.people),
        "path": str(path),
    }


def _send(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    handled = house.write(send, event.id)
    human = (
        f"{counted(handled.letter_count, 'letter')} may leave now; a running server sends "
        "them, or `kiosk worker --once`."
    )
    if not handled.has_ended:
        human = f"{event.name} has not ended; nothing will hold its letters when it has."
    answer(args, {"event": event.slug, "letters": handled.letter_count}, human)
    return DONE


def _hold(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    handled = house.write(hold, event.id)
    answer(
        args,
        {"event": event.slug, "letters": handled.letter_count},
        f"{counted(handled.letter_count, 'letter')} held until `kiosk follow-ups send "
        f"{event.slug}`, and so is every letter planned later.",
    )
    return DONE


def _status(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    with house.store.read() as tx:
        counts = tx.letters.counts(event.id)
        outbox = tx.outboxes.get(event.id)
        due_at = tx.letters.next_due_at(event.id)
    lines = [f"{count:7} {state}" for state in STATES if (count := counts.get(state))]
    lines.append(f"{sum(counts.values()):7} letters planned for {event.name}")
    zone = ZoneInfo(event.timezone)
    if due_at:
        lines.append(f"The next one leaves {due_at.astimezone(zone):%Y-%m-%d %H:%M}.")
    lines += _hindrances(outbox, event, zone)
    answer(args, {state: counts.get(state, 0) for state in STATES}, "\n".join(lines))
    return DONE


def _hindrances(outbox: Outbox, event: Event, zone: ZoneInfo) -> Iterator[str]:
    if outbox.held_at:
        yield f"They have been held since {outbox.held_at.astimezone(zone):%Y-%m-%d %H:%M}."
    elif outbox.holds(event.follow_up):
        yield f"The event's file holds them until `kiosk follow-ups send {event.slug}`."
    if outbox.paused_until:
        yield (
            f"The mail server failed {outbox.failure_count} times ({outbox.reason}); "
            f"it is tried again {outbox.paused_until.astimezone(zone):%H:%M}."
        )
