"""The day itself, in the order in which it is lived: arrive, meet, go home, hear."""

import csv
import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.demo.tablet import Tablet
from kiosk.demo.venue import DemoFailedError, Venue

EVENT = "demo-2026"
SEED = 26  # the same day each time
STAY_AWAY = 9  # of those expected, people who never come
BY_TICKET = 6  # every n-th person shows the mail of the ticket shop, not a badge
TALKS = 90
SIDE_DOOR_PEOPLE = 24


@dataclass(frozen=True, slots=True)
class Guest:
    """A person on the list with both codes they could show."""

    id: str
    name: str
    code: str
    url: str
    ticket: str
    is_pending: bool


@dataclass(slots=True)
class Day:
    """What is at hand during the day: who is expected, and a tablet at each place."""

    venue: Venue
    guests: list[Guest]
    doors: Tablet
    side: Tablet
    coffee: Tablet
    desk: Tablet
    began_at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    present: list[Guest] = field(default_factory=list)

    @property
    def tablets(self) -> tuple[Tablet, ...]:
        return self.doors, self.side, self.coffee, self.desk


def play(day: Day) -> None:
    """The whole day up to the closing."""
    expected = [guest for guest in day.guests if not guest.is_pending]
    arriving = expected[:-STAY_AWAY]
    day.chance.shuffle(arriving)
    at_side = arriving[:SIDE_DOOR_PEOPLE]
    _arrive(day, arriving[SIDE_DOOR_PEOPLE:])
    _side_door_without_network(day, at_side)
    _odd_badges(day)
    _help_desk(day)
    _coffee(day)
    _side_door_comes_back(day)
    for tablet in day.tablets:
        if missing := tablet.heartbeat():
            raise DemoFailedError(f"{tablet.name} lost the scans {missing}.")


def _arrive(day: Day, people: list[Guest]) -> None:
    for number, guest in enumerate(people):
        at = day.began_at + timedelta(seconds=25 * number)
        code = guest.ticket if number % BY_TICKET == 0 and guest.ticket else guest.url
        day.doors.scan("check_in", [code], at, list="main")
        day.present.append(guest)


def _side_door_without_network(day: Day, people: list[Guest]) -> None:
    """The tablet is alone: it lets people in by itself and keeps what it did."""
    day.side.is_online = False
    for number, guest in enumerate(people):
        at = day.began_at + timedelta(minutes=20, seconds=40 * number)
        day.side.scan("check_in", [guest.url], at, list="main", decided="welcomed")
        day.present.append(guest)
    came_twice = day.present[0]
    at = day.began_at + timedelta(minutes=50)
    day.side.scan("check_in", [came_twice.url], at, list="main", decided="welcomed")


def _odd_badges(day: Day) -> None:
    at = day.began_at + timedelta(minutes=45)
    for text in ("https://menu.example/today", "0000-0000-0000-0000", "WIFI:S:Guest;;"):
        day.doors.scan("check_in", [text], at, list="main")
    day.doors.scan("check_in", [day.present[3].url], at, list="main")
    for guest in (guest for guest in day.guests if guest.is_pending):
        day.doors.scan("check_in", [guest.url], at, list="main")
    for guest in day.present[:4]:
        day.doors.scan("check_in", [guest.url], at, list="workshop")


def _help_desk(day: Day) -> None:
    """Staff add a walk-in, and give somebody a new badge."""
    at = day.began_at + timedelta(minutes=55)
    walk_in = day.venue.ask("attendees", "add", EVENT, "--name", "Walkin Nguyễn")
    day.desk.scan("check_in", [walk_in["url"]], at, list="main")
    lost = day.present.pop(5)
    reissued = day.venue.ask("reissue", EVENT, lost.id, "--reason", "lost on the tram")
    day.desk.scan("check_in", [lost.url], at, list="main")
    day.present.append(replace(lost, code=reissued["code"], url=reissued["url"]))
    left = day.present[7]
    day.doors.scan("check_out", [left.url], at, list="main")
    day.doors.scan("check_in", [left.url], at + timedelta(minutes=30), list="main")


NEXT_STEPS = ("send", "introduce", "article", "coffee", "job_lead")


def _coffee(day: Day) -> None:
    """Few and real: most people swap with a handful, some with nobody; a table of five."""
    began_at = day.began_at + timedelta(hours=1)
    talkers = day.present[: len(day.present) * 4 // 5]
    for number in range(TALKS):
        pair = day.chance.sample(talkers, 2)
        at = began_at + timedelta(minutes=2 * number)
        met = day.coffee.scan("connect", [guest.url for guest in pair], at)
        if number % 3 == 0:
            promise = day.chance.choice(NEXT_STEPS)
            said = {"scan": met["id"], "code": pair[0].url, "promise": promise}
            day.coffee.act("promise", at + timedelta(seconds=20), **said)
    table = day.chance.sample(talkers, 5)
    at = began_at + timedelta(hours=3)
    day.coffee.scan("connect", [guest.url for guest in table], at)
    mistake = day.coffee.scan("connect", [table[0].url, day.present[-1].url], at)
    day.coffee.scan("annul", [], at + timedelta(seconds=9), annuls=mistake["id"])


def _side_door_comes_back(day: Day) -> None:
    """The first answer is lost on the way; the tablet sends everything once more."""
    day.side.is_online = True
    day.side.flush(loses_the_answer=True)
    again = day.side.flush()
    if not all(result["replayed"] for result in again):
        raise DemoFailedError("A scan that was sent twice was judged twice.")


def guests(badges: Path, tickets: dict[str, str], pending: set[str]) -> list[Guest]:
    """The people of the badge list, with the ticket codes the shop gave them."""
    with badges.open(encoding="utf-8-sig", newline="") as rows:
        return [
            Guest(
                id=row["attendee_id"],
                name=row["name"],
                code=row["code"],
                url=row["url"],
                ticket=tickets.get(row["attendee_id"], ""),
                is_pending=row["attendee_id"] in pending,
            )
            for row in csv.DictReader(rows)
        ]
