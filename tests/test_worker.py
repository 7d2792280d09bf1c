"""The worker closes, plans and delivers; it may die at any step and do so twice at once."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from kiosk import worker as worker_module
from kiosk.alive import Alive
from kiosk.close import Close, Reopen, close, reopen
from kiosk.deliver import FUSE, LEASE_FOR, PAUSE_FOR, Lease, lease
from kiosk.mail.carrier import UNWRITABLE, Carrier
from kiosk.mail.message import parcel
from kiosk.model import Attendee, Letter, LetterState
from kiosk.settings import Settings, SettingsError
from kiosk.store import SqliteStore, Tx
from kiosk.suppress import Link, unsubscribe, unsubscribe_token
from kiosk.worker import Tally, Worker
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    Clock,
    ada,
    an_attendee,
    an_event,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)
from tests.mail.relay import Relay
from tests.store.rows import meet

ROOT = Path(__file__).parents[1]
PEOPLE = (ada(), grace(), linus())
OVER = an_event().ends_at + timedelta(hours=1)


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as relay:
        yield relay


@pytest.fixture
def house(settings: Settings, relay: Relay) -> Settings:
    """The installation, with the test's relay as its way out."""
    return replace(settings, mail_url=f"{relay.url}?connections=3")


@pytest.fixture
def worker(day: SqliteStore, house: Settings, clock: Clock) -> Worker:
    return Worker(day, house, clock)


@pytest.fixture
def day(store: SqliteStore) -> SqliteStore:
    """Ada, Grace and Linus are in; Ada has met the other two."""
    store.write(a_day, PEOPLE, NOW)
    return store


def a_day(tx: Tx, people: tuple[Attendee, ...], _now: datetime) -> None:
    settle(tx, people=people)
    enrol(tx)
    let_in(tx, *people)
    for other in people[1:3]:
        meet(tx, people[0], other)


def counts(store: SqliteStore) -> Mapping[LetterState, int]:
    with store.read() as tx:
        return tx.letters.counts(EVENT_ID)


def letters_to(store: SqliteStore, person: Attendee) -> list[Letter]:
    with store.read() as tx:
        return list(tx.letters.of_attendee(person.id))


def once_each(*people: Attendee) -> Counter[str]:
    return Counter(person.email for person in people)


def message_ids(relay: Relay, person: Attendee) -> list[str]:
    return [
        message_from_bytes(content)["Message-ID"]
        for address, content in relay.letters
        if address == person.email
    ]


def test_an_event_ends_by_its_clock_and_everybody_gets_one_letter(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    assert worker.run_once() == Tally()
    clock.now = OVER - timedelta(seconds=1)
    assert worker.run_once() == Tally()
    clock.now = OVER
    assert worker.run_once() == Tally(1, 3, 3)
    assert relay.copies == once_each(*PEOPLE)
    assert counts(day) == {"sent": 3}
    clock.move(days=3)
    worker.run_once()
    assert relay.copies == once_each(*PEOPLE)


def test_late_meetings_make_one_second_letter_when_all_scans_are_in(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    day.write(close, Close(EVENT_ID, "Olga"), clock())
    worker.run_once()
    day.write(lambda tx, _, __: meet(tx, grace(), linus()), None, clock())
    clock.move(minutes=59)
    worker.run_once()
    assert relay.copies == once_each(*PEOPLE)
    clock.move(minutes=1)
    worker.run_once()
    assert relay.copies == once_each(*PEOPLE) + once_each(grace(), linus())
    first, second = letters_to(day, grace())
    assert (second.generation, second.people) == (2, (linus().id,))
    assert first.message_id != second.message_id


def test_reopening_and_closing_again_writes_to_nobody_twice(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    for _ in range(3):
        day.write(close, Close(EVENT_ID, "Olga"), clock())
        worker.run_once()
        day.write(reopen, Reopen(EVENT_ID, "Olga"), clock())
        worker.run_once()
    assert relay.copies == once_each(*PEOPLE)


def test_nobody_who_unsubscribed_meanwhile_gets_a_letter(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    link = Link(KEY, unsubscribe_token(KEY, ada().id))
    day.write(close, Close(EVENT_ID, "Olga"), clock())
    worker._plan()
    day.write(unsubscribe, link, clock())
    worker.run_once()
    assert relay.copies == once_each(grace(), linus())
    assert counts(day) == {"sent": 2, "skipped": 1}


def test_a_greylisted_letter_arrives_with_its_second_try(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    relay.replies[ada().email] = ["450 4.2.0 greylisted, come back in a minute"]
    clock.now = OVER
    worker.run_once()
    assert counts(day) == {"sent": 2, "deferred": 1}
    clock.move(seconds=59)
    worker.run_once()
    assert counts(day) == {"sent": 2, "deferred": 1}
    clock.move(seconds=1)
    worker.run_once()
    assert relay.copies == once_each(*PEOPLE)


def test_an_address_that_is_refused_fails_and_the_others_arrive(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    relay.replies[ada().email] = ["550 5.1.1 nobody here"] * 9
    clock.now = OVER
    worker.run_once()
    assert counts(day) == {"sent": 2, "failed": 1}
    (letter,) = letters_to(day, ada())
    assert letter.reason == "550 5.1.1 nobody here"


def test_a_relay_without_an_answer_after_the_dot_gets_one_copy_more(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    relay.after_dot[ada().email] = ["", "", "", ""]
    clock.now = OVER
    for _ in range(5):
        worker.run_once()
        clock.move(hours=1)
    assert relay.copies[ada().email] == 2
    assert len(set(message_ids(relay, ada()))) == 1
    assert counts(day) == {"sent": 2, "failed": 1}


def test_a_relay_that_is_down_is_left_alone_and_tried_again(
    day: SqliteStore, house: Settings, relay: Relay, clock: Clock
) -> None:
    crowd = crowded(day, 30)
    down = replace(house, mail_url="smtp://127.0.0.1:1?connections=3")
    clock.now = OVER
    Worker(day, down, clock).run_once()
    with day.read() as tx:
        box = tx.outboxes.get(EVENT_ID)
    assert FUSE <= box.failure_count <= FUSE + 3
    assert box.paused_until == OVER + PAUSE_FOR
    assert counts(day)["queued"] >= 33 - FUSE - 3
    up = Worker(day, house, clock)
    up.run_once()
    assert not relay.letters
    clock.move(minutes=15)
    up.run_once()
    assert relay.copies == once_each(*PEOPLE, *crowd)
    with day.read() as tx:
        assert tx.outboxes.get(EVENT_ID).failure_count == 0


def test_a_letter_that_cannot_be_composed_stands_in_nobodys_way(
    day: SqliteStore,
    worker: Worker,
    relay: Relay,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:

    def stumble(composed: object, *rest: object) -> object:
        if composed.letter.attendee_id == ada().id:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return parcel(composed, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("kiosk.mail.carrier.parcel", stumble)
    clock.now = OVER
    worker.run_once()
    (letter,) = letters_to(day, ada())
    assert (letter.state, letter.reason) == ("deferred", UNWRITABLE)
    assert relay.copies == once_each(grace(), linus())
    assert "letter put off" in caplog.text
    assert ada().email not in caplog.text


def test_two_workers_at_once_send_each_letter_once(
    day: SqliteStore, house: Settings, relay: Relay, clock: Clock
) -> None:
    crowd = crowded(day, 40)
    clock.now = OVER
    together(Worker(day, house, clock), Worker(day, house, clock))
    assert relay.copies == once_each(*PEOPLE, *crowd)
    assert counts(day) == {"sent": 43}


def test_control_two_workers_that_only_look_send_letters_twice(
    day: SqliteStore,
    house: Settings,
    relay: Relay,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same race with a lease and a commit that bind nobody."""
    crowded(day, 40)
    clock.now = OVER
    day.write(close, Close(EVENT_ID, "Olga"), clock())
    Worker(day, house, clock)._plan()
    both = threading.Barrier(2)

    def look(carrier: Carrier) -> bool:
        with day.read() as tx:
            due = [one for one in tx.exports.letters(EVENT_ID) if one.state == "queued"]
        both.wait()
        carrier._leased.extend(due)
        monkeypatch.setattr(Carrier, "_lease", lambda _: False)
        return True

    monkeypatch.setattr(Carrier, "_lease", look)
    monkeypatch.setattr(Carrier, "_commit", lambda *_: True)
    one_each = replace(house, mail_url=relay.url + "?connections=1")
    together(Worker(day, one_each, clock), Worker(day, one_each, clock))
    assert max(relay.copies.values()) == 2


def crowded(store: SqliteStore, count: int) -> tuple[Attendee, ...]:
    crowd = tuple(an_attendee(f"Person{number}") for number in range(count))

    def put(tx: Tx, _: None, _now: datetime) -> None:
        for person in crowd:
            tx.attendees.add(person)
        let_in(tx, *crowd)

    store.write(put, None, NOW)
    return crowd


def together(*workers: Worker) -> None:
    threads = [threading.Thread(target=worker.run_once) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def die(store: SqliteStore, url: str, step: str, *, forgetful: bool = False) -> None:
    """Run a worker in its own process that kills itself at a step of its first letter."""
    program = [sys.executable, "-m", "tests.dying_worker"]
    words = [str(store.path.parent), f"{url}?connections=1", step, OVER.isoformat()]
    died = subprocess.run(
        [*program, *words, *(["forgetful"] if forgetful else [])],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert died.returncode == -9


@pytest.mark.parametrize(
    ("step", "copies"), [("before_commit", 1), ("after_commit", 1), ("after_dot", 2)]
)
def test_a_worker_that_is_killed_loses_no_letter_and_costs_at_most_one_copy(
    day: SqliteStore,
    worker: Worker,
    relay: Relay,
    clock: Clock,
    step: str,
    copies: int,
) -> None:
    die(day, relay.url, step)
    states = counts(day)
    assert sum(states.values()) == 3
    clock.now = OVER
    worker.run_once()
    assert counts(day) == {"sent": 3}
    assert sorted(relay.copies.values()) == [1, 1, copies]
    for person in PEOPLE:
        assert len(set(message_ids(relay, person))) == 1


def test_a_worker_killed_again_and_again_after_the_dot_stops_at_two_copies(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    for _ in range(3):
        die(day, relay.url, "after_dot")
    clock.now = OVER
    worker.run_once()
    assert max(relay.copies.values()) == 2
    assert sum(counts(day).values()) == 3


def test_control_a_worker_that_forgets_to_commit_sends_a_copy_at_every_death(
    day: SqliteStore, relay: Relay
) -> None:
    for _ in range(3):
        die(day, relay.url, "after_dot", forgetful=True)
    assert max(relay.copies.values()) == 3


def test_the_leases_of_a_living_worker_are_left_alone(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock, tmp_path: Path
) -> None:
    clock.now = OVER
    worker._close()
    worker._plan()
    other = Alive(tmp_path / "workers")
    day.write(lease, Lease(other.id, 9), OVER)
    worker.run_once()
    assert relay.copies == Counter()
    clock.now += LEASE_FOR
    worker.run_once()
    assert relay.copies == once_each(*PEOPLE)
    other.close()


def test_a_worker_whose_process_is_gone_is_dead_and_others_are_not(tmp_path: Path) -> None:
    here, there = Alive(tmp_path), Alive(tmp_path)
    assert here.dead([here.id, there.id, "on another machine"]) == []
    os.close(there._handle)  # as the system does when a process ends
    assert here.dead([there.id]) == [there.id]
    assert here.dead([there.id]) == []
    here.close()
    assert list(tmp_path.iterdir()) == []


def test_a_worker_asked_to_stop_gives_back_what_it_had_not_begun(
    day: SqliteStore,
    worker: Worker,
    relay: Relay,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crowded(day, 40)
    stop = threading.Event()
    monkeypatch.setattr(Relay, "handle_RCPT", stopping(stop, Relay.handle_RCPT))
    clock.now = OVER
    worker.run_once(stop)
    states = counts(day)
    assert set(states) == {"sent", "queued"}
    assert states["sent"] <= 4
    assert {one.attempt_count for one in waiting(day)} == {0}


def stopping(stop: threading.Event, handler: object) -> object:
    async def handle(*args: object) -> str:
        stop.set()
        return await handler(*args)  # type: ignore[operator, no-any-return]

    return handle


def waiting(store: SqliteStore) -> list[Letter]:
    with store.read() as tx:
        return [one for one in tx.exports.letters(EVENT_ID) if one.state == "queued"]


class Rested(threading.Event):
    """A stop event that tells when somebody rests on it."""

    def __init__(self) -> None:
        super().__init__()
        self.rested = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.rested.set()
        return super().wait(timeout)


def test_the_worker_runs_until_it_is_stopped(
    day: SqliteStore, worker: Worker, relay: Relay, clock: Clock
) -> None:
    clock.now = OVER
    stop = Rested()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    assert stop.rested.wait(30), "the worker rests once nothing is due"
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert relay.copies == once_each(*PEOPLE)


def test_the_worker_goes_on_after_an_error(
    day: SqliteStore,
    worker: Worker,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, steps = threading.Event(), []

    def step(*_: object) -> bool:
        steps.append(1)
        if len(steps) == 1:
            raise RuntimeError("the disk is full")
        stop.set()
        return False

    monkeypatch.setattr(worker_module, "REST", 0)
    monkeypatch.setattr(worker, "_step", step)
    worker.run(stop)
    assert len(steps) == 2
    assert "the worker tries again" in caplog.text


def test_a_way_out_that_there_is_not_is_refused_when_the_worker_starts(
    store: SqliteStore, settings: Settings
) -> None:
    with pytest.raises(SettingsError, match="postmark are not supported yet"):
        Worker(store, replace(settings, mail_url="postmark://token"))
