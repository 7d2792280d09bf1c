"""The demo as a person meets it: told step by step, reported, then left open to walk in."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from kiosk.demo.inbox import Inbox
from kiosk.demo.mailbox import Mailbox
from kiosk.demo.play import (
    OPEN_HOUSE,
    ORGANISER,
    PASSWORD,
    Played,
    close_and_wait,
    play_day,
    report,
    set_up,
)
from kiosk.demo.venue import DemoFailedError, Venue, fresh


def run(folder: Path, port: int, *, stays_open: bool) -> None:
    """Play the day in `folder`; DemoFailedError says what went wrong."""
    _check_port(port)
    fresh(folder)
    with ExitStack() as open_things:
        mailbox = open_things.enter_context(closing(Mailbox(folder / "inbox")))
        venue = Venue(folder, port, mailbox.port)
        listed = set_up(venue, _tell)
        open_things.enter_context(venue.serving())
        day = play_day(venue, listed.guests, _tell)
        close_and_wait(venue, mailbox, _tell)
        print(_report(report(venue, mailbox, listed, day)), flush=True)
        if stays_open:
            inbox = open_things.enter_context(closing(Inbox(mailbox.folder)))
            _stay_open(venue, inbox)


def _stay_open(venue: Venue, inbox: Inbox) -> None:
    tablet = venue.ask(
        "devices", "add", OPEN_HOUSE, "--name", "Your tablet", "--role", "desk"
    )
    badges = venue.folder / "open-house.csv"
    venue.run("badges", OPEN_HOUSE, "--out", str(badges), "--format", "csv")
    people = [row.split(",") for row in badges.read_text("utf-8-sig").splitlines()[5:8]]
    codes = [person[-1].rpartition("/")[2] for person in people]
    print(
        f"""
Walk through it (Ctrl-C ends the demo; everything lies in {venue.folder}):
  tablet  {tablet["url"]}
          then type or scan a badge, for instance {codes[0]} and {codes[1]}
  phone   {venue.url}/B/{codes[2]}
  desk    {venue.url}/desk/   {ORGANISER} / {PASSWORD}
  inbox   {inbox.url}""",
        flush=True,
    )
    with _until_told_to_stop() as told:
        told.wait()


@contextmanager
def _until_told_to_stop() -> Iterator[threading.Event]:
    told = threading.Event()
    before = [
        signal.signal(number, lambda *_: told.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    ]
    try:
        yield told
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)


def _report(played: Played) -> str:
    refused = ", ".join(
        f"{reason} {count}" for reason, count in played.refused.most_common()
    )
    letters = ", ".join(
        f"{state} {count}" for state, count in sorted(played.letters.items())
    )
    return f"""
The day in numbers
  people        {played.imported} imported, {played.rejected} rejected
  checked in    {played.checked_in}
  refused       {sum(played.refused.values())}: {refused}
  conflicts     {played.conflicts} (let in while a tablet was alone)
  connections   {played.connections}
  promises      {played.promises}
  letters       {letters}
  badges        {played.papers["badges"]}
  a letter      {played.papers["letter"]}
  export        {played.papers["export.xlsx"]}
  export        {played.papers["export.sqlite"]}"""


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise DemoFailedError(
                f"Port {port} is in use; choose another with --port."
            ) from None


def _tell(sentence: str) -> None:
    print(f"· {sentence}", flush=True)
