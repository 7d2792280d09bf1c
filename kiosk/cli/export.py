"""`kiosk export`: what is known of an event, as files for people and programs."""

import argparse
import os
from pathlib import Path

from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command
from kiosk.export import WHATS
from kiosk.model import Event, Sponsor
from kiosk.papers import FORMATS, CannotExport, Order, Written, write


def add_to(commands: Commands) -> None:
    parser = command(
        commands, "export", _export, "write attendees, check-ins, connections … to files"
    )
    parser.add_argument("event", metavar="EVENT")
    parser.add_argument(
        "--out", required=True, metavar="PATH", help="a file, or a folder (ends with /)"
    )
    parser.add_argument(
        "--format", choices=FORMATS, help="default: what the ending of PATH says"
    )
    parser.add_argument(
        "--what",
        choices=(*WHATS, "leads"),
        action="append",
        default=[],
        help="may be given several times",
    )
    parser.add_argument(
        "--sponsor", default="", metavar="NAME", help="whose leads, with --what leads"
    )


def _export(args: argparse.Namespace, house: House) -> int:
    out = Path(args.out)
    event = house.event(args.event)
    order = Order(
        event=event,
        format=args.format or _format_of(out),
        out=out,
        what=tuple(dict.fromkeys(args.what)),
        is_folder=args.out.endswith(("/", os.sep)),
        sponsor=_sponsor(house, event, args.sponsor) if args.sponsor else None,
    )
    try:
        with house.store.read() as tx:
            written = write(tx, order)
    except CannotExport as error:
        raise CommandError(str(error)) from error
    files = [{"path": str(paper.path), "rows": paper.counts} for paper in written]
    answer(args, {"files": files}, "\n".join(map(_told, written)))
    return DONE


def _sponsor(house: House, event: Event, name: str) -> Sponsor:
    with house.store.read() as tx:
        sponsors = {one.name: one for one in tx.sponsors.of_event(event.id)}
    if name not in sponsors:
        there_are = ", ".join(sponsors) or "none"
        raise CommandError(f'There is no sponsor "{name}"; there are: {there_are}.')
    return sponsors[name]


def _format_of(out: Path) -> str:
    ending = out.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise CommandError(f"Name a format: --format {'|'.join(FORMATS)}.")
    return ending


def _told(paper: Written) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in paper.counts.items())
    return f"{paper.path}: {counts}"
