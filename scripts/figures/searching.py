"""Finding one of 20,000 people, letter by letter and with a slip of the finger."""

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.search import Search, search
from kiosk.store import SqliteStore, Tx
from scripts.figures.figure import Bench, Figure, quantile
from scripts.figures.hall import EVENT_ID, build, uid
from scripts.figures.names import full_name

FIRST_TEN = 10
FEWEST_LETTERS = 3
P95 = 0.95
MILLI = 1e3


@dataclass(slots=True)
class Tries:
    """Milliseconds a search, and whether the person meant was among the first ten."""

    times: list[float] = field(default_factory=list)
    hits: list[bool] = field(default_factory=list)

    def ask(self, tx: Tx, text: str) -> bool:
        began = time.perf_counter()
        people = search(tx, Search(EVENT_ID, text))
        self.times.append((time.perf_counter() - began) * MILLI)
        return any(person.id == self.meant for person in people[:FIRST_TEN])

    meant: str = ""


def searching(bench: Bench) -> Iterable[Figure]:
    """Every keystroke of whole names is a search; recall is of the whole text."""
    people_count = bench.count(20_000, 500)
    hall = build(bench.folder / "data", people_count)
    dice = random.Random(20_000)
    wanted = dice.sample(range(people_count), bench.count(400, 40))
    store = SqliteStore(hall.database)
    try:
        with store.read() as tx:
            typed = _typed(tx, wanted)
            slipped = _slipped(tx, wanted, dice)
    finally:
        store.close()
    yield from _figures("search", typed, 1.0)
    yield from _figures("search with a typo", slipped, 5.0)


def _typed(tx: Tx, wanted: Sequence[int]) -> Tries:
    """The surname from its third letter on, then the given name after it."""
    tries = Tries()
    for number in wanted:
        given, surname = full_name(number).split()
        tries.meant = uid(1, number)
        text = f"{surname} {given}"
        found = [tries.ask(tx, text[:end]) for end in range(FEWEST_LETTERS, len(text) + 1)]
        tries.hits.append(found[-1])
    return tries


def _slipped(tx: Tx, wanted: Sequence[int], dice: random.Random) -> Tries:
    """The whole name with one letter wrong, missing, doubled or swapped in the surname."""
    tries = Tries()
    for number in wanted:
        given, surname = full_name(number).split()
        tries.meant = uid(1, number)
        tries.hits.append(tries.ask(tx, f"{given} {_slip(surname, dice)}"))
    return tries


def _slip(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return dice.choice(
        [
            before + dice.choice("abcdefghijklmnoprstuvwxyz") + after,
            before + after,
            before + letter * 2 + after,
            before + after[0] + letter + after[1:],
        ]
    )


def _figures(name: str, tries: Tries, limit: float) -> Iterable[Figure]:
    note = f"median {quantile(tries.times, 0.5):.2f} ms of {len(tries.times):,}"
    yield Figure(f"{name}, p95", quantile(tries.times, P95), limit, unit="ms", note=note)
    share = 100 * sum(tries.hits) / len(tries.hits)
    yield Figure(
        f"{name}, right person in the first ten", share, 98, unit="%", at_least=True
    )
