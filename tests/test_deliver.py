"""Every planned letter is in exactly one state, and each step is taken by one worker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.close import Reopen, reopen
from kiosk.deliver import (
    ATTEMPTS,
    DOUBT_PAUSE,
    FUSE,
    LEASE_FOR,
    LONGEST_PAUSE,
    NO_ANSWER,
    PAUSE_FOR,
    Accepted,
    Commit,
    Dropped,
    Lease,
    Refused,
    Release,
    Result,
    Settle,
    TryLater,
    Unclear,
    commit,
    lease,
    release,
    release_expired,
    settle,
    settled,
)
from kiosk.hold import hold, send
from kiosk.model import STATES, Letter, Outbox
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    ada,
    enrol,
    grace,
    let_in,
    linus,
    named_id,
)
from tests.builders import settle as put_event
from tests.laws import undone
from tests.store.rows import a_closure, a_letter

PEOPLE = (ada(), grace(), linus())
RELAY_DOWN = TryLater("no route", is_relay=True)
SOON = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def outbox(tx: Tx) -> None:
    """An event that has ended, with three letters that are due."""
    put_event(tx, people=PEOPLE)
    enrol(tx)
    let_in(tx, *PEOPLE)
    tx.events.add_closure(a_closure())
    for person in PEOPLE:
        tx.letters.add(a_letter(person))


def leased(tx: Tx, worker: str = "worker", now: datetime = NOW) -> Letter:
    (letter,) = lease(tx, Lease(worker, 1), now)
    return letter


def state_of(tx: Tx, letter: Letter) -> str:
    found = tx.letters.get(letter.id)
    assert found is not None
    return found.state


def test_a_lease_is_one_workers_until_it_ends(tx: Tx) -> None:
    mine = lease(tx, Lease("one", 2), NOW)
    assert {letter.leased_until for letter in mine} == {NOW + LEASE_FOR}
    assert {letter.attempt_count for letter in mine} == {1}
    others = lease(tx, Lease("two", 9), NOW)
    assert len(others) == 1
    assert not {letter.id for letter in mine} & {letter.id for letter in others}
    assert lease(tx, Lease("three", 9), NOW) == []


def test_nothing_leaves_before_its_hour(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), generation=2, due_at=NOW + SOON))
    assert len(lease(tx, Lease("one", 9), NOW)) == 3
    assert len(lease(tx, Lease("one", 9), NOW + SOON)) == 1


def test_nothing_leaves_while_the_event_is_open(tx: Tx) -> None:
    doubtful = a_letter(ada(), generation=2, state="uncertain")
    tx.letters.add(doubtful)
    reopen(tx, Reopen(EVENT_ID, "Olga"), NOW)
    assert lease(tx, Lease("one", 9), NOW) == []
    assert tx.deliveries.due_count(NOW) == 0
    assert state_of(tx, doubtful) == "uncertain"


def test_a_letter_called_back_before_the_last_byte_does_not_leave(tx: Tx) -> None:
    letter = leased(tx)
    hold(tx, EVENT_ID, NOW)
    assert not commit(tx, Commit(letter.id, "worker"), NOW)
    assert not settle(tx, Settle(letter, "worker", Accepted("250")), NOW)
    assert tx.letters.counts(EVENT_ID) == {"planned": 3}


def test_only_the_worker_that_leased_a_letter_commits_and_settles_it(tx: Tx) -> None:
    letter = leased(tx)
    assert not commit(tx, Commit(letter.id, "thief"), NOW)
    assert commit(tx, Commit(letter.id, "worker"), NOW)
    assert not commit(tx, Commit(letter.id, "worker"), NOW), "the dot leaves once"
    assert not settle(tx, Settle(letter, "thief", Accepted("250")), NOW)
    assert settle(tx, Settle(letter, "worker", Accepted("250 OK")), NOW)
    found = tx.letters.get(letter.id)
    assert found is not None
    assert (found.state, found.reason, found.settled_at) == ("sent", "250 OK", NOW)
    assert (found.leased_by, found.leased_until) == (None, None)


def test_the_letter_before_is_settled_with_the_commit_of_the_next(tx: Tx) -> None:
    first, second = lease(tx, Lease("worker", 2), NOW)
    commit(tx, Commit(first.id, "worker"), NOW)
    before = Settle(first, "worker", Accepted("250"))
    assert commit(tx, Commit(second.id, "worker", before), NOW)
    assert (state_of(tx, first), state_of(tx, second)) == ("sent", "committing")


@pytest.mark.parametrize(
    ("result", "state", "due_in"),
    [
        (Accepted("250 OK"), "sent", None),
        (TryLater("452 full"), "deferred", timedelta(minutes=1)),
        (RELAY_DOWN, "deferred", timedelta(minutes=1)),
        (Refused("550 nobody"), "failed", None),
        (Unclear(NO_ANSWER), "uncertain", DOUBT_PAUSE),
        (Dropped("cancelled", "nobody left"), "cancelled", None),
        (Dropped("skipped", "unsubscribed"), "skipped", None),
    ],
)
def test_each_way_a_delivery_goes_has_its_state(
    tx: Tx, result: Result, state: str, due_in: timedelta | None
) -> None:
    letter = leased(tx)
    assert settle(tx, Settle(letter, "worker", result), NOW)
    found = tx.letters.get(letter.id)
    assert found is not None
    assert found.state == state
    assert found.due_at == (NOW + due_in if due_in else letter.due_at)
    assert (found.settled_at is None) is (due_in is not None)


def test_pauses_grow_to_a_limit_and_end_in_failure() -> None:
    letter, now, pauses = a_letter(ada(), state="leased"), NOW, []
    for attempt in range(1, ATTEMPTS):
        after = settled(replace(letter, attempt_count=attempt), TryLater("451"), now)
        assert after.state == "deferred"
        pauses.append(after.due_at - now)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert pauses[-1] == LONGEST_PAUSE
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=3)
    after = settled(replace(letter, attempt_count=ATTEMPTS), TryLater("451 busy"), now)
    assert (after.state, after.reason) == (
        "failed",
        f"given up after {ATTEMPTS} attempts: 451 busy",
    )


def test_a_death_before_the_commit_means_another_try(tx: Tx) -> None:
    letter = leased(tx)
    assert release_expired(tx, [], NOW + LEASE_FOR - SOON) == 0
    assert release_expired(tx, [], NOW + LEASE_FOR) == 1
    assert state_of(tx, letter) == "queued"
    assert leased(tx, "another", NOW + LEASE_FOR).attempt_count in {1, 2}


def test_a_death_after_the_commit_means_one_copy_and_then_none(tx: Tx) -> None:
    letter = leased(tx)
    commit(tx, Commit(letter.id, "worker"), NOW)
    now = NOW + LEASE_FOR
    release_expired(tx, [], now)
    assert state_of(tx, letter) == "uncertain"
    again = next(one for one in lease(tx, Lease("two", 9), now) if one.id == letter.id)
    assert again.message_id == letter.message_id
    commit(tx, Commit(letter.id, "two"), now)
    release_expired(tx, [], now + LEASE_FOR)
    found = tx.letters.get(letter.id)
    assert found is not None
    assert (found.state, found.doubt_count) == ("failed", 2)
    assert found.reason == f"twice: {NO_ANSWER}"


def test_a_worker_known_to_be_dead_is_not_waited_for(tx: Tx) -> None:
    dead, alive = leased(tx, "dead"), leased(tx, "alive")
    assert sorted(tx.deliveries.workers()) == ["alive", "dead"]
    assert release_expired(tx, ["dead"], NOW) == 1
    assert (state_of(tx, dead), state_of(tx, alive)) == ("queued", "leased")


def test_a_letter_that_kills_every_worker_is_given_up(tx: Tx) -> None:
    letter = leased(tx)
    for attempt in range(1, ATTEMPTS + 1):
        now = NOW + LEASE_FOR * attempt
        release_expired(tx, [], now)
        lease(tx, Lease("worker", 9), now)
    assert state_of(tx, letter) == "failed"


def test_a_worker_that_was_away_may_still_say_that_it_sent(tx: Tx) -> None:
    letter = leased(tx)
    commit(tx, Commit(letter.id, "worker"), NOW)
    release_expired(tx, [], NOW + LEASE_FOR)
    assert settle(tx, Settle(letter, "worker", Accepted("250")), NOW + LEASE_FOR)
    assert state_of(tx, letter) == "sent"


def test_what_was_not_begun_is_given_back_as_it_was(tx: Tx) -> None:
    letter = leased(tx)
    assert release(tx, Release((letter.id,), "thief"), NOW) == 0
    assert release(tx, Release((letter.id,), "worker"), NOW) == 1
    found = tx.letters.get(letter.id)
    assert found is not None
    assert (found.state, found.attempt_count) == ("queued", 0)


def test_a_relay_that_keeps_failing_pauses_the_event(tx: Tx) -> None:
    letter = leased(tx)
    for _ in range(FUSE - 1):
        settle(tx, Settle(again(tx, letter), "worker", RELAY_DOWN), NOW)
    assert tx.deliveries.due_count(NOW) == 2
    settle(tx, Settle(again(tx, letter), "worker", RELAY_DOWN), NOW)
    assert tx.deliveries.due_count(NOW) == 0
    box = tx.outboxes.get(EVENT_ID)
    assert (box.failure_count, box.reason) == (FUSE, "no route")
    assert box.paused_until == NOW + PAUSE_FOR
    assert tx.deliveries.due_count(NOW + PAUSE_FOR) == 3


def again(tx: Tx, letter: Letter) -> Letter:
    """The same letter, leased once more."""
    taken = replace(
        letter, state="leased", leased_by="worker", leased_until=NOW + LEASE_FOR
    )
    tx.erasures.put_letter(taken)
    return taken


def test_one_success_forgets_the_failures_before(tx: Tx) -> None:
    letter = leased(tx)
    for _ in range(FUSE - 1):
        settle(tx, Settle(again(tx, letter), "worker", RELAY_DOWN), NOW)
    settle(tx, Settle(again(tx, letter), "worker", Accepted("250")), NOW)
    settle(tx, Settle(again(tx, letter), "worker", RELAY_DOWN), NOW)
    assert tx.outboxes.get(EVENT_ID).paused_until is None


def test_addresses_that_fail_do_not_blow_the_fuse(tx: Tx) -> None:
    letter = leased(tx)
    for _ in range(FUSE * 2):
        settle(tx, Settle(again(tx, letter), "worker", Refused("550 nobody")), NOW)
        settle(tx, Settle(again(tx, letter), "worker", TryLater("452 full")), NOW)
    assert tx.outboxes.get(EVENT_ID) == Outbox(EVENT_ID)


def test_the_organiser_may_lift_the_pause(tx: Tx) -> None:
    tx.outboxes.put(Outbox(EVENT_ID, failure_count=99, paused_until=NOW + PAUSE_FOR))
    assert tx.deliveries.due_count(NOW) == 0
    assert send(tx, EVENT_ID, NOW).letter_count == 3
    assert tx.deliveries.due_count(NOW) == 3


def test_a_doubtful_letter_is_held_with_the_others(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), generation=2, state="uncertain"))
    hold(tx, EVENT_ID, NOW)
    assert lease(tx, Lease("worker", 9), NOW) == []


WORKERS = st.sampled_from(["one", "two"])
RESULTS: list[Result] = [
    Accepted("250"),
    TryLater("451"),
    RELAY_DOWN,
    Refused("550"),
    Unclear(NO_ANSWER),
    Dropped("cancelled", "gone"),
]
Act = Callable[[Tx, str, Result, datetime], object]


def some(tx: Tx, worker: str) -> list[Letter]:
    every = [one for person in PEOPLE for one in tx.letters.of_attendee(person.id)]
    return [one for one in every if one.leased_by == worker]


def commit_all(tx: Tx, worker: str, _: Result, now: datetime) -> None:
    for letter in some(tx, worker):
        commit(tx, Commit(letter.id, worker), now)


def settle_all(tx: Tx, worker: str, result: Result, now: datetime) -> None:
    for letter in some(tx, worker):
        settle(tx, Settle(letter, worker, result), now)


ACTS: dict[str, Act] = {
    "lease": lambda tx, worker, _, now: lease(tx, Lease(worker, 2), now),
    "commit": commit_all,
    "settle": settle_all,
    "die": lambda tx, worker, _, now: release_expired(tx, [worker], now),
    "expire": lambda tx, _, __, now: release_expired(tx, [], now),
    "hold": lambda tx, _, __, now: hold(tx, EVENT_ID, now),
    "send": lambda tx, _, __, now: send(tx, EVENT_ID, now),
    "reopen": lambda tx, _, __, now: reopen(tx, Reopen(EVENT_ID, "Olga"), now),
    "close": lambda tx, _, __, now: tx.events.add_closure(a_closure(id=named_id(str(now)))),
}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), WORKERS, st.sampled_from(RESULTS)),
        max_size=25,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_states_sum_to_the_number_planned_whatever_happens(
    tx: Tx, acts: list[tuple[str, str, Result]]
) -> None:
    with undone(tx):
        now = NOW
        for act, worker, result in acts:
            now += timedelta(minutes=7)
            ACTS[act](tx, worker, result, now)
            counts = tx.letters.counts(EVENT_ID)
            assert sum(counts.values()) == len(PEOPLE)
            assert set(counts) <= set(STATES)
        for letter in (
            one for person in PEOPLE for one in tx.letters.of_attendee(person.id)
        ):
            assert (letter.leased_by is not None) is (
                letter.state in {"leased", "committing"}
            )
            assert letter.doubt_count <= 2


def test_several_hands_share_the_last_letters(tx: Tx) -> None:
    for generation in range(2, 12):
        for person in PEOPLE:
            tx.letters.add(a_letter(person, generation=generation))
    taken = [len(lease(tx, Lease("worker", 10, hands=4), NOW)) for _ in range(25)]
    assert sum(taken) == 33
    assert taken[0] == 4
    assert taken == sorted(taken, reverse=True)
    assert taken[-1] == 0
