"""Writing and reading on any engine: all or nothing, told when durable, seen when told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest

from kiosk.store import SqliteStore, Tx
from tests.builders import EVENT_ID, NOW, an_attendee, plant

CROWD = 24


def join(tx: Tx, name: str, now: datetime) -> str:
    """A verb that writes first and may fail afterwards."""
    del now
    attendee = an_attendee(name)
    tx.attendees.add(attendee)
    if name.startswith("Mallory"):
        raise PermissionError(name)
    return attendee.id


def count(store: SqliteStore) -> int:
    with store.read() as tx:
        return tx.attendees.count(EVENT_ID)


def test_what_was_told_is_there_for_every_reader(store: SqliteStore) -> None:
    plant(store)
    attendee_id = store.write(join, "Ada Lovelace", NOW)
    with store.read() as tx:
        assert tx.attendees.get(attendee_id) == an_attendee("Ada Lovelace")


def test_one_question_needs_no_transaction(store: SqliteStore) -> None:
    plant(store)
    store.write(join, "Ada Lovelace", NOW)
    assert store.ask(lambda tx: tx.attendees.count(EVENT_ID)) == 1
    with pytest.raises(Exception, match=r"(?i)read.?only|cannot be written"):
        store.ask(lambda tx: tx.attendees.add(an_attendee("Grace Hopper")))
    assert count(store) == 1


def test_a_verb_that_fails_leaves_nothing_and_its_caller_hears_why(
    store: SqliteStore,
) -> None:
    plant(store)
    with pytest.raises(PermissionError, match="Mallory"):
        store.write(join, "Mallory", NOW)
    assert count(store) == 0


def test_in_a_crowd_a_failing_verb_undoes_only_itself(store: SqliteStore) -> None:
    plant(store)
    names = [f"{'Mallory' if n % 3 == 0 else 'Guest'} {n}" for n in range(CROWD)]
    at_once = Barrier(CROWD)

    def send(name: str) -> str | None:
        at_once.wait()
        try:
            return store.write(join, name, NOW)
        except PermissionError:
            return None

    with ThreadPoolExecutor(CROWD) as crowd:
        told = list(crowd.map(send, names))
    assert [name.startswith("Guest") for name in names] == [bool(id_) for id_ in told]
    with store.read() as tx:
        kept = {attendee.id for attendee in tx.attendees.of_event(EVENT_ID)}
    assert kept == set(filter(None, told))


def test_two_who_read_before_they_write_never_both_win(store: SqliteStore) -> None:
    plant(store)

    def take(tx: Tx, name: str, now: datetime) -> bool:
        del now
        if tx.attendees.count(EVENT_ID):
            return False
        tx.attendees.add(an_attendee(name))
        return True

    with ThreadPoolExecutor(CROWD) as crowd:
        told = list(crowd.map(lambda n: store.write(take, f"Guest {n}", NOW), range(CROWD)))
    assert sum(told) == 1


def test_a_reader_keeps_one_picture_while_others_write(store: SqliteStore) -> None:
    plant(store)
    with store.read() as tx:
        before = tx.attendees.count(EVENT_ID)
        store.write(join, "Ada Lovelace", NOW)
        assert tx.attendees.count(EVENT_ID) == before
    assert count(store) == before + 1


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: tx.attendees.add(an_attendee()),
        lambda tx: tx.scans.annul("scan", NOW, "x"),
        lambda tx: tx.devices.give_token("device", "token"),
    ],
)
def test_a_reader_cannot_write(store: SqliteStore, write: Callable[[Tx], None]) -> None:
    plant(store)
    with (
        pytest.raises(Exception, match=r"(?i)read.?only|cannot be written"),
        store.read() as tx,
    ):
        write(tx)
    assert count(store) == 0


def test_a_reader_that_fails_leaves_the_next_one_a_clean_picture(
    store: SqliteStore,
) -> None:
    plant(store)

    def look_and_fail() -> None:
        with store.read() as tx:
            tx.attendees.count(EVENT_ID)
            raise LookupError

    with pytest.raises(LookupError):
        look_and_fail()
    store.write(join, "Ada Lovelace", NOW)
    assert count(store) == 1


def test_a_job_must_not_wait_for_another_of_its_own_writer(store: SqliteStore) -> None:
    def nest(tx: Tx, command: None, now: datetime) -> None:
        del tx
        store.write(lambda *_: None, command, now)

    with pytest.raises(RuntimeError, match="must not wait"):
        store.write(nest, None, NOW)
