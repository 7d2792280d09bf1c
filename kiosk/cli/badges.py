"""`kiosk badges` prints them, `kiosk reissue` gives a person another one.

What was printed is noted, so that `--only new` prints the rest. Who canceled gets no badge
unless their id is named.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import assert_never

from kiosk.badges import (
    LAYOUTS,
    CannotPrint,
    Face,
    badge_url,
    with_back,
    write_csv,
    write_pdf,
    write_png,
)
from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command, counted
from kiosk.ids import agree_code, badge_code, digest
from kiosk.issue import Issued, NobodyThere, Reissue, reissue
from kiosk.model import Attendee, Badge, Event

Printed = tuple[Attendee, Badge]
FORMATS = {".pdf": "pdf", ".png": "png", ".zip": "png", "": "png", ".csv": "csv"}
"""Endings and what they mean; a folder gets pictures."""


def add_to(commands: Commands) -> None:
    printing = command(commands, "badges", _badges, "write the badges of an event")
    printing.add_argument("event", metavar="EVENT")
    printing.add_argument("--out", required=True, metavar="FILE", type=Path)
    printing.add_argument("--format", choices=("pdf", "png", "csv"))
    printing.add_argument("--layout", choices=sorted(LAYOUTS), default="a4")
    printing.add_argument(
        "--only",
        nargs="+",
        action="extend",
        metavar="new|ID",
        help="never printed before, or these people",
    )
    again = command(commands, "reissue", _reissue, "give a person another badge")
    again.add_argument("event", metavar="EVENT")
    again.add_argument("attendee_id", metavar="ATTENDEE_ID")
    again.add_argument("--reason", required=True, metavar="R", help="such as: lost")


def _badges(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    wanted = _wanted(args, house, event)
    if not wanted:
        answer(args, {"badges": 0, "path": None}, "There is no badge to print.")
        return DONE
    kind = args.format or _kind(args.out)
    _check_place(args.out, kind)
    faces = _faces(house, event, wanted)
    try:
        count = _writer(kind, args.layout)(faces, args.out)
    except CannotPrint as error:
        raise CommandError(str(error)) from None
    badge_ids = [badge.id for _, badge in wanted]
    house.write(lambda tx, ids, now: tx.badges.note_printed(ids, now), badge_ids)
    machine = {"badges": count, "path": str(args.out), "format": kind}
    answer(args, machine, f"{args.out}: {counted(count, 'badge')} ({kind}).")
    return DONE


def _wanted(args: argparse.Namespace, house: House, event: Event) -> list[Printed]:
    """The people to print with their badges, by name."""
    with house.store.read() as tx:
        badges = {badge.attendee_id: badge for badge in tx.badges.of_event(event.id)}
        people = [it for it in tx.attendees.of_event(event.id) if it.id in badges]
        printed = tx.badges.printed(event.id)
    chosen = _chosen(args.only or [], people, event)
    pairs = [(person, badges[person.id]) for person in chosen]
    if args.only == ["new"]:
        return [pair for pair in pairs if pair[1].id not in printed]
    return pairs


def _chosen(
    only: Sequence[str], people: Sequence[Attendee], event: Event
) -> list[Attendee]:
    if not only or only == ["new"]:
        return [person for person in people if person.status != "canceled"]
    unknown = sorted(set(only) - {person.id for person in people})
    if unknown:
        raise CommandError(
            f"Nobody at {event.slug} has the id {unknown[0]}; "
            f"`kiosk attendees list {event.slug}` shows the ids."
        )
    return [person for person in people if person.id in only]


def _kind(out: Path) -> str:
    kind = FORMATS.get(out.suffix.lower())
    if kind is None:
        raise CommandError(f"{out} ends like no known format; say --format pdf|png|csv.")
    return kind


def _check_place(out: Path, kind: str) -> None:
    if not out.parent.is_dir():
        raise CommandError(f"There is no folder {out.parent}; make it first.")
    if out.is_dir() and kind != "png":
        raise CommandError(f"{out} is a folder; name the file to write.")


def _writer(kind: str, layout: str) -> Callable[[Iterable[Face], Path], int]:
    match kind:
        case "csv":
            return write_csv
        case "png":
            return lambda faces, out: write_png(faces, out, layout)
        case _:
            return lambda faces, out: write_pdf(faces, out, layout)


def _faces(house: House, event: Event, wanted: Iterable[Printed]) -> list[Face]:
    """What stands on each badge; CommandError when the key is not the one they had."""
    faces = []
    for person, badge in wanted:
        code = badge_code(house.settings.secret_key, badge.id)
        if digest(code) != badge.digest:
            raise CommandError(
                "These badges were issued under another secret key, so their codes cannot "
                "be printed; put the old key back."
            )
        face = _face(person, event, code, badge_url(house.settings.public_url, code))
        faces.append(
            _turned(house, event, face, (person, badge)) if event.agree_code else face
        )
    return faces


def _turned(house: House, event: Event, face: Face, printed: Printed) -> Face:
    person, badge = printed
    language = person.language or next(iter(event.languages), "")
    agreed = agree_code(house.settings.secret_key, badge.id)
    return with_back(face, agreed, house.settings.public_url, language)


def _face(person: Attendee, event: Event, code: str, url: str) -> Face:
    return Face(
        attendee_id=person.id,
        name=person.name,
        company=person.company,
        code=code,
        url=url,
        role=person.role,
        pronouns=person.pronouns,
        event_name=event.name,
        ticket_type=person.ticket_type,
    )


def _reissue(args: argparse.Namespace, house: House) -> int:
    event = house.event(args.event)
    wanted = Reissue(event.id, args.attendee_id, args.reason, house.settings.secret_key)
    match house.write(reissue, wanted):
        case Issued(attendee, code):
            url = badge_url(house.settings.public_url, code)
            made = {"attendee_id": attendee.id, "code": code, "url": url}
            shown = f"{attendee.name} has a new badge, {url}; the old one is void."
            answer(args, made, shown)
        case NobodyThere(attendee_id):
            raise CommandError(
                f"Nobody at {event.slug} has the id {attendee_id}; "
                f"`kiosk attendees list {event.slug}` shows the ids."
            )
        case never:
            assert_never(never)
    return DONE
