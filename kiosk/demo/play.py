"""From an empty folder to letters in the inbox, by the commands of the README."""

import csv
import io
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from kiosk.clock import utc_now
from kiosk.demo.day import EVENT, Day, Guest, guests, play
from kiosk.demo.mailbox import Mailbox
from kiosk.demo.tablet import Tablet
from kiosk.demo.venue import DemoFailedError, Venue

OPEN_HOUSE = "open-house"
ORGANISER, PASSWORD = "olga@demo.example", "one-letter-worth-acting-on"
DAY_LASTS = timedelta(hours=8)
LETTERS_WITHIN = 180.0  # seconds, on a slow and busy machine
UNSETTLED = {"planned", "queued", "leased", "committing", "deferred"}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What happened, in numbers, and where the papers lie."""

    imported: int
    rejected: int
    checked_in: int
    refused: Counter[str]
    conflicts: int
    connections: int
    promises: int
    letters: dict[str, int]
    papers: dict[str, Path]


@dataclass(frozen=True, slots=True)
class Listed:
    """The people who came in from the list, and how many rows did not."""

    guests: list[Guest]
    added: int
    rejected: int


def set_up(venue: Venue, tell: Tell) -> Listed:
    """The installation, two events and their people, with badges to print."""
    tell("Setting up: data folder, key, event")
    password = venue.folder / "password.txt"
    password.write_text(PASSWORD)
    venue.run("init", "--organiser", ORGANISER, "--password-file", str(password))
    for slug, name, lists in (
        (EVENT, "Demo Conference 2026", _TWO_LISTS),
        (OPEN_HOUSE, "Hallway Open House", ""),
    ):
        path = venue.folder / f"{slug}.toml"
        path.write_text(_event_file(slug, name, utc_now()) + lists, encoding="utf-8")
        venue.run("event", "apply", str(path))
    tell("Importing the guest list of a ticket shop, printing badges")
    guest_list = venue.folder / "guests.csv"
    guest_list.write_bytes(files("kiosk.demo").joinpath("guests.csv").read_bytes())
    said = [
        venue.ask("attendees", "import", slug, str(guest_list), may_reject=True)
        for slug in (EVENT, OPEN_HOUSE)
    ]
    return Listed(_expected(venue), said[0]["added"], len(said[0]["rejected"]))


def play_day(venue: Venue, expected: list[Guest], tell: Tell) -> Day:
    """The hours from the first badge to the last swap, at four tablets."""
    tell("Doors open: four tablets, one of them soon without a network")
    day = Day(
        venue,
        expected,
        doors=_enrol(venue, EVENT, "Main entrance", "gate"),
        side=_enrol(venue, EVENT, "Side door", "kiosk"),
        coffee=_enrol(venue, EVENT, "Coffee bar", "kiosk"),
        desk=_enrol(venue, EVENT, "Help desk", "desk"),
        began_at=utc_now() - DAY_LASTS + timedelta(hours=1),
    )
    play(day)
    return day


def close_and_wait(venue: Venue, mailbox: Mailbox, tell: Tell) -> None:
    """Close the event; return once every letter has left or will not."""
    tell("The event closes; letters go out")
    venue.run("close", EVENT)
    give_up_at = time.monotonic() + LETTERS_WITHIN
    while time.monotonic() < give_up_at:
        counts = _states(venue)
        if counts and not UNSETTLED & {state for state, count in counts.items() if count}:
            return
        time.sleep(0.3)
    raise DemoFailedError(f"Letters still wait: {_states(venue)}; {mailbox.port=}.")


def report(venue: Venue, mailbox: Mailbox, listed: Listed, day: Day) -> Played:
    """Count what the server kept, and write the papers an organiser takes home."""
    papers = {"badges": venue.folder / "badges.pdf"}
    venue.run("badges", EVENT, "--out", str(papers["badges"]))
    for kind in ("xlsx", "sqlite"):
        papers[f"export.{kind}"] = out = venue.folder / f"export.{kind}"
        venue.run("export", EVENT, "--out", str(out), "--format", kind)
    papers["letter"] = mailbox.longest()
    results = [result for tablet in day.tablets for result in tablet.results]
    refused = Counter(r["reason"] for r in results if r["outcome"] == "turned_away")
    people = venue.ask("attendees", "list", EVENT)
    return Played(
        imported=listed.added,
        rejected=listed.rejected,
        checked_in=sum(person["checked_in"] for person in people),
        refused=refused,
        conflicts=sum(bool(result["conflict"]) for result in results),
        connections=_count_connections(venue),
        promises=day.coffee.deeds["promised"],
        letters=_states(venue),
        papers=papers,
    )


def _expected(venue: Venue) -> list[Guest]:
    badges = venue.folder / "badges.csv"
    venue.run("badges", EVENT, "--out", str(badges), "--format", "csv")
    people = venue.ask("attendees", "list", EVENT)
    tickets = {person["id"]: person["ticket_code"] for person in people}
    pending = {person["id"] for person in people if person["status"] == "pending"}
    return guests(badges, tickets, pending)


def _enrol(venue: Venue, event: str, name: str, role: str) -> Tablet:
    words = ("devices", "add", event, "--name", name, "--role", role, "--list", "main")
    return Tablet(venue.url, name, venue.ask(*words, "--token")["token"])


def _states(venue: Venue) -> dict[str, int]:
    status = venue.ask("follow-ups", "status", EVENT)
    return {state: count for state, count in status.items() if count}


def _count_connections(venue: Venue) -> int:
    out = venue.folder / "connections.csv"
    words = ("export", EVENT, "--out", str(out), "--format", "csv", "--what", "connections")
    venue.run(*words)
    return sum(1 for _ in csv.reader(io.StringIO(out.read_text("utf-8-sig")))) - 1


def _event_file(slug: str, name: str, now: datetime) -> str:
    starts_at, ends_at = now - DAY_LASTS, now + DAY_LASTS
    return f"""\
slug = "{slug}"
name = "{name}"
venue = "Old Harbour Hall"
help_desk = "Foyer, left of the stairs"
timezone = "UTC"
doors_open_at = {starts_at:%Y-%m-%dT%H:%M:%S}
starts_at = {starts_at:%Y-%m-%dT%H:%M:%S}
ends_at = {ends_at:%Y-%m-%dT%H:%M:%S}
languages = ["en", "de", "fr", "es", "ar"]

[sharing]
fields = ["name", "company", "role", "email", "linkedin"]

[badges]
label = "86x54"

[follow_up]
sender_name = "{name}"
sender_address = "hello@demo.example"
reply_to = "team@demo.example"
late_scans_for = "60m"
send = "after-close"
nudges = ["14d", "60d"]

[retention]
days = 60
"""


_TWO_LISTS = """
[[check_in_lists]]
name = "main"
include_pending = true

[[check_in_lists]]
name = "workshop"
ticket_types = ["Workshop", "Speaker"]
"""
