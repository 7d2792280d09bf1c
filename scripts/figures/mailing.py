"""Letters against a bare loop that sends ready-made ones, and many connections."""

import contextlib
import random
import smtplib
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.close import Close, Closed, close
from kiosk.compose import Composed, compose
from kiosk.mail.message import Sender, parcel
from kiosk.model import Answer, Attendee, Connection, Letter, Scan, Side
from kiosk.settings import Settings, read_settings
from kiosk.store import SqliteStore, Tx
from kiosk.worker import Worker, plan_letters
from scripts.figures.figure import Bench, Figure, ratio, spread
from scripts.figures.hall import DEVICE_ID, EVENT_ID, LIST_ID, Hall, build, uid
from scripts.figures.relay import relay

MET = 14  # people the average guest meets
PAIRS = 5
PAUSE = 0.025  # seconds a relay far away needs for a command
CONNECTIONS = (4, 16)
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Post:
    """A store whose event has ended, and how its letters leave."""

    hall: Hall
    store: SqliteStore

    def settings(self, port: int, connections: int | None = None) -> Settings:
        url = f"smtp://127.0.0.1:{port}"
        url += f"?connections={connections}" if connections else ""
        return read_settings({**self.hall.environ(), "KIOSK_MAIL_URL": url})

    def deliver(self, settings: Settings, now: datetime) -> float:
        """Seconds for every letter that is due then."""
        worker = Worker(self.store, settings, lambda: now)
        began = time.perf_counter()
        worker.run_once()
        return time.perf_counter() - began


@contextlib.contextmanager
def ended(
    folder: Path, people_count: int
) -> Iterator[tuple[Post, Sequence[Letter], float]]:
    """Everybody came and met some; the letters, and the seconds it took to plan them."""
    hall = build(folder, people_count)
    store = SqliteStore(hall.database)
    try:
        now = datetime.now().astimezone()
        store.write(_come_and_meet, people_count, now)
        closed = store.write(close, Close(EVENT_ID, "figures"), now)
        assert isinstance(closed, Closed)
        began = time.perf_counter()
        plan_letters(store, closed.closure, now)
        took = time.perf_counter() - began
        with store.read() as tx:
            letters = list(tx.exports.letters(EVENT_ID))
        yield Post(hall, store), letters, took
    finally:
        store.close()


def throughput(bench: Bench) -> Iterable[Figure]:
    """Composed and handed over, against the same messages in a bare loop."""
    count = bench.count(10_000, 200)
    with (
        ended(bench.folder / "letters", count) as (post, letters, planning),
        relay() as port,
    ):
        shares = [letters[start::PAIRS] for start in range(PAIRS)]
        moments = [letters[0].due_at + A_MOMENT * number for number in range(PAIRS)]
        post.store.write(_put_off, list(zip(shares, moments, strict=True)), moments[0])
        settings = post.settings(port)
        ours, theirs = [], []
        for share, moment in zip(shares, moments, strict=True):
            messages = _messages(post, settings, share)
            ours.append(post.deliver(settings, moment) + planning / PAIRS)
            theirs.append(_bare_loop(port, messages))
    rate = f"{count / sum(ours):.0f}/s against {count / sum(theirs):.0f}/s"
    note = f"{rate}, {spread(ours, theirs)}"
    yield Figure(f"{count} letters composed and sent", ratio(ours, theirs), 3.0, note=note)


def connections(bench: Bench) -> Iterable[Figure]:
    """How much faster N connections are than one at a relay that is slow to answer."""
    count = bench.count(30, 10)  # letters for each connection
    with relay(PAUSE) as port:
        one = _rate(bench, port, 1, count)
        for number in CONNECTIONS:
            gain = _rate(bench, port, number, count) / one
            name = f"{number} connections at a slow relay"
            yield Figure(name, gain / number, 0.9, "N", at_least=True)


def _rate(bench: Bench, port: int, connection_count: int, count: int) -> float:
    people_count = connection_count * count
    folder = bench.folder / f"slow-{connection_count}"
    with ended(folder, people_count) as (post, letters, _):
        settings = post.settings(port, connection_count)
        return people_count / post.deliver(settings, letters[0].due_at)


def _come_and_meet(tx: Tx, people_count: int, now: datetime) -> None:
    chance = random.Random(people_count)
    people = tx.attendees.of_event(EVENT_ID)
    for number, person in enumerate(people):
        tx.scans.add(_arrival(person, number, now))
    pairs = {
        tuple(sorted(chance.sample(range(people_count), 2)))
        for _ in range(people_count * MET // 2)
    }
    for number, (one, other) in enumerate(sorted(pairs)):
        _meet(tx, number, (people[one], people[other]), now)


def _arrival(person: Attendee, number: int, now: datetime) -> Scan:
    return Scan(
        id=uid(5, number),
        event_id=EVENT_ID,
        device_id=DEVICE_ID,
        seq=number,
        kind="check_in",
        list_id=LIST_ID,
        attendee_id=person.id,
        scanned_at=now - A_MOMENT,
        received_at=now - A_MOMENT,
        fingerprint="",
        outcome="welcomed",
        reason=None,
        conflict=None,
        answer=Answer(uid(5, number), "welcomed", now),
    )


def _meet(tx: Tx, number: int, people: tuple[Attendee, Attendee], now: datetime) -> None:
    first, second = sorted(person.id for person in people)
    met_at = now - A_MOMENT * (number % 600)
    connection = Connection(
        uid(6, number), EVENT_ID, first, second, agreed_at=met_at, place="Coffee bar"
    )
    tx.connections.add(connection)
    for person in people:
        fields = ("name", "company", "role", "email")
        tx.sides.put(Side(connection.id, person.id, "two_badges", met_at, fields))


def _put_off(
    tx: Tx, shares: Sequence[tuple[Sequence[Letter], datetime]], now: datetime
) -> None:
    del now
    for letters, moment in shares:
        for letter in letters:
            tx.letters.revise(replace(letter, due_at=moment))


def _messages(post: Post, settings: Settings, letters: Sequence[Letter]) -> list[bytes]:
    sender = Sender(settings.public_url, settings.secret_key)
    with post.store.read() as tx:
        found = (compose(tx, letter) for letter in letters)
        composed = [one for one in found if isinstance(one, Composed)]
    return [parcel(one, sender, one.letter.due_at).content for one in composed]


def _bare_loop(port: int, messages: Sequence[bytes]) -> float:
    """Seconds to send ready-made messages over one connection, as fast as smtplib can."""
    with smtplib.SMTP("127.0.0.1", port) as loop:
        assert loop.sock is not None
        loop.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        for number, message in enumerate(messages):
            loop.sendmail("a@figures.example", f"{number}@mail.example", message)
        return time.perf_counter() - began
