"""Pages of a phone as a phone gets them: how heavy, how quick, and what codes give away.

A guesser is given the best chances: a linked phone, whose page of a badge that is worn
differs from all others. Whether a badge is worn must not be told by time either, to a
stranger who has no phone at all.
"""

import random
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from http.client import HTTPConnection
from statistics import median

from kiosk.agree import Agreement, agree
from kiosk.clock import utc_now
from kiosk.ids import digest
from kiosk.model import Answer, How, Phone, Scan
from kiosk.promise import MakePromise, promise
from kiosk.remember import NOTE_LENGTH, Remember, remember
from kiosk.store import SqliteStore, Tx
from scripts.figures.figure import Bench, Figure, quantile
from scripts.figures.hall import DEVICE_ID, EVENT_ID, LIST_ID, Hall, build, event_at, uid
from scripts.figures.hall import person as guest
from scripts.figures.server import product

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
COOKIE = "a-phone-of-the-figures"
BOTH: tuple[How, How] = ("two_badges", "two_badges")
KILOBYTE, MILLI, P95 = 1000, 1e3, 0.95
ROUNDS = 5  # other work on the machine is none of ours
PERSON_MS, PERSON_KB, FIRST_KB, TELLTALE_MS = 50, 60, 30, 1
ASIDE = re.compile(r'<(?:link|script|use|img)\b[^>]*?(?:href|src)="(/[^"#]+)')
"""What a page makes the browser fetch besides."""


def phone(bench: Bench) -> Iterable[Figure]:
    met_count = bench.count(300, 10)
    hall = build(bench.folder / "data", met_count + 1)
    with closing(SqliteStore(hall.database)) as store:
        connection_id = store.write(_meet, met_count, utc_now())
    with product(hall.environ(), bench.folder / "server.log") as server:
        caller = Caller(server.port)
        yield from _pages(caller, hall, connection_id, bench.count(60, 10))
        yield _hits(caller, bench.count(100_000, 100))
        yield _telltale(caller, hall, bench.count(20, 1))


class Caller:
    """One connection, kept alive; with `is_linked` the phone of the first guest."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)

    def get(self, path: str, *, is_linked: bool = False) -> bytes:
        headers = {"Accept-Encoding": "gzip"}
        if is_linked:
            headers["Cookie"] = f"hall-phone={COOKIE}"
        self._connection.request("GET", path, headers=headers)
        return self._connection.getresponse().read()

    def seconds(self, path: str, *, is_linked: bool = False) -> float:
        began = time.perf_counter()
        self.get(path, is_linked=is_linked)
        return time.perf_counter() - began


def _meet(tx: Tx, met_count: int, now: datetime) -> str:
    """The first guest has met all others and keeps as much of them as one can."""
    event, people = event_at(now), [guest(n, now) for n in range(met_count + 1)]
    me, *others = people
    for number, one in enumerate(people):
        _let_in(tx, number, one.id, now)
    linked = Phone(uid(5, 0), me.id, "Firefox on Android", now)
    tx.phones.add(linked, digest(COOKIE))
    made = ""
    for one in others:
        made = agree(tx, Agreement(event, (me, one), BOTH, now))[0].id
        remember(tx, Remember(me.id, made, "n" * NOTE_LENGTH), now)
        due_at = now + timedelta(days=1)
        promise(tx, MakePromise(me.id, made, "send", "x" * 60, due_at=due_at), now)
    return made


def _let_in(tx: Tx, number: int, attendee_id: str, now: datetime) -> None:
    scan_id = uid(6, number)
    tx.scans.add(
        Scan(
            id=scan_id,
            event_id=EVENT_ID,
            device_id=DEVICE_ID,
            seq=number + 1,
            kind="check_in",
            list_id=LIST_ID,
            attendee_id=attendee_id,
            scanned_at=now,
            received_at=now,
            fingerprint=scan_id,
            outcome="welcomed",
            reason=None,
            conflict=None,
            answer=Answer(scan_id, "welcomed", now),
        )
    )


def _pages(caller: Caller, hall: Hall, connection_id: str, count: int) -> Iterator[Figure]:
    path = f"/me/people/{connection_id}"
    caller.get(path, is_linked=True)  # the first one compiles the templates
    rounds = [
        [MILLI * caller.seconds(path, is_linked=True) for _ in range(count)]
        for _ in range(ROUNDS)
    ]
    note = f"median {median(rounds[0]):.1f} ms; the quietest of {ROUNDS} rounds"
    p95 = min(quantile(took, P95) for took in rounds)
    yield Figure("phone: a person of 300, p95", p95, PERSON_MS, "ms", note=note)
    size = _size(caller, path, is_linked=True)
    yield Figure("phone: that page in total", size, PERSON_KB, "kB")
    size = _size(caller, f"/b/{hall.code(1)}", is_linked=False)
    yield Figure("phone: first view of a badge", size, FIRST_KB, "kB")


def _size(caller: Caller, path: str, *, is_linked: bool) -> float:
    """Kilobytes of the page and of all that it makes the browser fetch."""
    page = caller.get(path, is_linked=is_linked)
    aside = set(ASIDE.findall(page.decode()))
    whole = len(page) + sum(len(caller.get(address)) for address in aside)
    return whole / KILOBYTE


def _hits(caller: Caller, count: int) -> Figure:
    """Codes made up by somebody linked and inside: how many open anything."""
    dice = random.Random(count)
    nobodys = _plain(caller.get(f"/b/{_made_up(dice)}", is_linked=True))
    hits = sum(
        _plain(caller.get(f"/b/{_made_up(dice)}", is_linked=True)) != nobodys
        for _ in range(count)
    )
    note = f"{count:,} random codes"
    return Figure("phone: codes guessed", hits, 0, "hits", note=note)


def _telltale(caller: Caller, hall: Hall, rounds: int) -> Figure:
    """The difference of the medians, for a stranger; the kinds in turn."""
    dice = random.Random(rounds)
    caller.get(f"/b/{_made_up(dice)}")
    worn: list[float] = []
    made_up: list[float] = []
    for number in list(range(1, hall.people_count)) * rounds:
        worn.append(MILLI * caller.seconds(f"/b/{hall.code(number)}"))
        made_up.append(MILLI * caller.seconds(f"/b/{_made_up(dice)}"))
    apart = abs(median(worn) - median(made_up))
    note = f"median {median(worn):.2f} ms of {len(worn):,} codes each"
    return Figure("phone: worn or made up, by time", apart, TELLTALE_MS, "ms", note=note)


def _plain(page: bytes) -> bytes:
    """What the page says, without the proofs in its forms, which differ each time."""
    said = page.partition(b"<main")[2].partition(b"</main")[0]
    return re.sub(rb'value="[^"]{32,}"', b"", said)


def _made_up(dice: random.Random) -> str:
    return "".join(dice.choices(ALPHABET, k=16))
