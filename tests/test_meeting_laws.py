"""Laws of two people meeting, whatever they press in whatever order.

A small model tells who has said yes and not taken it back; the store must agree with it
after every act: mutual exactly when both have, one row a pair, visible to both or neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.ask import Answer, Ask, answer, ask
from kiosk.connect import Connect, connect
from kiosk.consent import Withdraw, withdraw
from kiosk.shown import met
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)

PEOPLE = (ada(), grace(), linus())
Act = Literal["ask", "accept", "decline", "withdraw", "swap", "wait"]
ACTS: tuple[Act, ...] = ("ask", "ask", "accept", "decline", "withdraw", "swap", "wait")
Step = tuple[Act, int, int]


@st.composite
def days(draw: st.DrawFn) -> list[Step]:
    two = [(0, 1), (1, 0)]
    pairs = st.sampled_from([*two, *two, *two, (0, 2), (2, 0), (1, 2), (2, 1)])
    steps = st.lists(st.tuples(st.sampled_from(ACTS), pairs), min_size=1, max_size=14)
    return [(act, one, two) for act, (one, two) in draw(steps)]


@dataclass
class Pair:
    """Plain rules, without rows: two people who have both said yes are connected."""

    yes: dict[int, datetime] = field(default_factory=dict)  # until when it stands
    declined: int | None = None  # whose ask was declined
    is_mutual: bool = False

    def swap(self, _one: int, _two: int, _now: datetime) -> None:
        self.is_mutual, self.yes, self.declined = True, {}, None

    def ask(self, one: int, two: int, now: datetime) -> None:
        if self.is_mutual or self._has_asked(one, now):
            return
        if self._has_asked(two, now):
            self.swap(one, two, now)
            return
        self.yes = {one: an_event().ends_at + timedelta(days=1)}
        self.declined = one if self.declined == one else None

    def accept(self, one: int, two: int, now: datetime) -> None:
        if self._has_asked(two, now) and self.declined != two:
            self.swap(one, two, now)

    def decline(self, _one: int, two: int, now: datetime) -> None:
        if self._has_asked(two, now):
            self.declined = two

    def withdraw(self, one: int, _two: int, _now: datetime) -> None:
        self.is_mutual = False
        self.yes.pop(one, None)

    def wait(self, _one: int, _two: int, _now: datetime) -> None:
        """Nothing happens but time."""

    def _has_asked(self, person: int, now: datetime) -> bool:
        return self.yes.get(person, now) > now


def model_of(steps: list[Step]) -> dict[frozenset[int], Pair]:
    pairs = {frozenset(two): Pair() for two in combinations(range(len(PEOPLE)), 2)}
    for now, (act, one, two) in timed(steps):
        getattr(pairs[frozenset((one, two))], act)(one, two, now)
    return pairs


def timed(steps: list[Step]) -> Iterator[tuple[datetime, Step]]:
    """Each step a minute after the other; "wait" lets open asks grow old, once."""
    now = NOW
    for step in steps:
        now += timedelta(hours=2) if step[0] == "wait" else timedelta(minutes=1)
        yield now, step


def play(tx: Tx, now: datetime, step: Step) -> None:
    act, one, two = step
    me, them = PEOPLE[one], PEOPLE[two]
    connection = tx.connections.between(me.id, them.id)
    if act == "ask":
        ask(tx, Ask(me.id, code_of(them)), now)
    elif act == "swap":
        codes = (code_of(me), code_of(them))
        connect(tx, Connect(an_event(), codes, now, "Coffee"), now)
    elif connection and act in {"accept", "decline"}:
        answer(tx, Answer(me.id, connection.id, act == "accept"), now)
    elif connection and act == "withdraw":
        withdraw(tx, Withdraw(me.id, connection.id), now)


def check(tx: Tx, pairs: dict[frozenset[int], Pair]) -> None:
    rows = tx.connections._session.rows("select first_id, second_id from connections")
    assert len(set(rows)) == len(rows)
    assert all(first < second for first, second in rows)
    for two, pair in pairs.items():
        one, other = (PEOPLE[number] for number in two)
        connection = tx.connections.between(one.id, other.id)
        assert connection == tx.connections.between(other.id, one.id)
        assert bool(connection and connection.is_mutual) == pair.is_mutual
        if connection:
            sights = [tx.meetings.get(connection.id, person.id) for person in (one, other)]
            assert [bool(sight and met(sight)) for sight in sights] == [pair.is_mutual] * 2
            sides = [tx.sides.get(connection.id, person.id) for person in (one, other)]
            assert all(sides) or not pair.is_mutual


def every_state_and_act() -> Iterator[list[Step]]:
    """The shortest way to each state of the model, followed by each act there."""
    acts: list[Step] = [
        (act, *two) for act in dict.fromkeys(ACTS) for two in ((0, 1), (1, 0))
    ]
    known: set[tuple[object, ...]] = set()
    ways: list[list[Step]] = [[]]
    for way in ways:
        for act in acts:
            yield [*way, act]
            state = state_of([*way, act])
            if state not in known:
                known.add(state)
                ways.append([*way, act])


def state_of(steps: list[Step]) -> tuple[object, ...]:
    pair = model_of(steps)[frozenset((0, 1))]
    return frozenset(pair.yes), pair.declined, pair.is_mutual


def test_every_act_in_every_state_does_what_the_rules_say(tx: Tx) -> None:
    for steps in every_state_and_act():
        with a_hall(tx):
            for now, step in timed(steps):
                play(tx, now, step)
            check(tx, model_of(steps))


@contextmanager
def a_hall(tx: Tx) -> Iterator[None]:
    """All three inside; afterwards the store is as empty as before."""
    session = tx.connections._session
    session.run("savepoint hall")
    settle(tx, people=PEOPLE)
    enrol(tx)
    let_in(tx, *PEOPLE)
    yield
    session.run("rollback to hall")
    session.run("release hall")


@given(days())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_two_yeses_make_a_connection_in_any_order(tx: Tx, steps: list[Step]) -> None:
    with a_hall(tx):
        for played, (now, step) in enumerate(timed(steps), start=1):
            play(tx, now, step)
            check(tx, model_of(steps[:played]))


@given(days())
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_who_presses_first_decides_nothing(tx: Tx, steps: list[Step]) -> None:
    """Mirrored names end in the mirrored state: nobody is first by their id."""
    mirror = {0: 1, 1: 0, 2: 2}
    mirrored = [(act, mirror[one], mirror[two]) for act, one, two in steps]
    states = []
    for day, names in ((steps, (0, 1, 2)), (mirrored, (1, 0, 2))):
        with a_hall(tx):
            for now, step in timed(day):
                play(tx, now, step)
            states.append(mutual_pairs(tx, names))
    assert states[0] == states[1]


def mutual_pairs(tx: Tx, names: tuple[int, ...]) -> set[frozenset[int]]:
    numbers = {PEOPLE[place].id: name for name, place in enumerate(names)}
    return {
        frozenset((numbers[one.first_id], numbers[one.second_id]))
        for one in tx.connections.mutual(EVENT_ID)
    }
