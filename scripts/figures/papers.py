"""What comes out in one piece: badges for everybody, and the tables of a large event."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from kiosk.clock import utc_now
from kiosk.model import Connection, Side
from kiosk.store import SqliteStore, Tx
from scripts.figures.command import MEBI, Spent, kiosk
from scripts.figures.figure import Bench, Figure, ratio, spread
from scripts.figures.hall import CHUNK, EVENT_ID, Hall, build, uid

Pair = tuple[int, int, int]
"""A number of its own and the numbers of two people."""


def badges(bench: Bench) -> Iterable[Figure]:
    """Ten times as many badges, each as a file of its own."""
    many = bench.count(10_000, 200)
    few, runs = many // 10, bench.count(3, 1)
    halls = [build(bench.folder / f"badges-{count}", count) for count in (few, many)]
    spent: list[list[Spent]] = [[], []]
    for _ in range(runs):
        for hall, found in zip(halls, spent, strict=True):
            found.append(_print(hall))
    seconds = [[one.seconds for one in found] for found in spent]
    times, note = ratio(seconds[1], seconds[0]), spread(seconds[1], seconds[0])
    yield Figure(f"{many:,} badges against {few:,}", times, 11.0, note=note)
    yield Figure(f"{many:,} badges", median(seconds[1]), 30.0, unit="s")
    size = (halls[1].data / "badges.pdf").stat().st_size / 1e6
    yield Figure(f"{many:,} badges, size of the file", size, 10.0, unit="MB")
    yield Figure(f"{many:,} badges, peak", _peak(spent[1]), 300.0, unit="MiB")


def export(bench: Bench) -> Iterable[Figure]:
    """Every sheet that CSV has, of people and their connections."""
    people_count = bench.count(20_000, 300)
    pair_count, runs = bench.count(100_000, 1_000), bench.count(3, 1)
    hall = build(bench.folder / "export", people_count)
    _introduce(hall, pair_count)
    out = hall.data / "sheets"
    words = ("export", "figures", "--format", "csv")
    whats = ("--what", "attendees", "--what", "connections")
    spent = [kiosk(hall.environ(), *words, *whats, "--out", f"{out}/") for _ in range(runs)]
    note = f"{sum(path.stat().st_size for path in out.iterdir()) / MEBI:.0f} MiB of CSV"
    name = f"export of {people_count:,} people, {pair_count:,} connections"
    yield Figure(name, median(one.seconds for one in spent), 10.0, unit="s", note=note)
    yield Figure("the same, peak", _peak(spent), 300.0, unit="MiB")


def _print(hall: Hall) -> Spent:
    out = str(hall.data / "badges.pdf")
    return kiosk(hall.environ(), "badges", "figures", "--out", out)


def _peak(spent: Sequence[Spent]) -> float:
    return max(one.peak_mib for one in spent)


def _introduce(hall: Hall, pair_count: int) -> None:
    """So many pairs, by chance, each once."""
    dice = random.Random(pair_count)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < pair_count:
        one, two = dice.sample(range(hall.people_count), 2)
        pairs.add((min(one, two), max(one, two)))
    numbered = [(number, *pair) for number, pair in enumerate(sorted(pairs))]
    store = SqliteStore(hall.database)
    try:
        for start in range(0, pair_count, CHUNK):
            store.write(_connect, numbered[start : start + CHUNK], utc_now())
    finally:
        store.close()


def _connect(tx: Tx, pairs: Sequence[Pair], now: datetime) -> None:
    for number, one, two in pairs:
        connection_id = uid(4, number)
        first, second = sorted((uid(1, one), uid(1, two)))
        tx.connections.add(
            Connection(connection_id, EVENT_ID, first, second, agreed_at=now, place="Door")
        )
        for person in (first, second):
            fields = ("name", "company")
            tx.sides.put(Side(connection_id, person, "two_badges", now, fields))
