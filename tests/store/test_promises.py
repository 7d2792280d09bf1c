"""What the two of a connection promised each other, as it is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.model import Connection
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, ada, grace, linus, settle
from tests.store.rows import a_promise, a_side, meet

LATER = NOW + timedelta(days=1)


@pytest.fixture
def met(tx: Tx) -> Connection:
    settle(tx, people=[ada(), grace(), linus()])
    return meet(tx, ada(), grace())


def test_a_promise_is_kept_as_it_was_made_and_changed(tx: Tx, met: Connection) -> None:
    promise = a_promise(met, ada(), due_at=LATER)
    tx.promises.put(promise)
    assert tx.promises.get(promise.id) == promise
    done = replace(promise, done_at=LATER, due_at=None)
    tx.promises.put(done)
    assert tx.promises.get(promise.id) == done
    tx.promises.remove(promise.id)
    assert tx.promises.get(promise.id) is None


def test_promises_stand_in_the_order_in_which_they_are_due(tx: Tx, met: Connection) -> None:
    kept = a_promise(met, ada(), "kept", done_at=NOW, due_at=NOW)
    someday = a_promise(met, ada(), "someday")
    later = a_promise(met, ada(), "later", due_at=LATER)
    soon = a_promise(met, ada(), "soon", due_at=NOW)
    hers = a_promise(met, grace(), "hers", due_at=NOW - timedelta(days=1))
    for promise in (kept, someday, later, soon, hers):
        tx.promises.put(promise)
    assert tx.promises.of_attendee(ada().id) == [soon, later, someday, kept]
    assert tx.promises.of_connection(met.id) == [hers, soon, later, someday, kept]
    assert tx.promises.of_attendee(linus().id) == []


@pytest.mark.parametrize("person", [ada(), grace()], ids=["mine", "theirs"])
def test_a_promise_goes_with_either_of_the_two(
    tx: Tx, met: Connection, person: object
) -> None:
    tx.promises.put(a_promise(met, ada()))
    tx.erasures.forget(person.id, NOW)  # type: ignore[attr-defined]
    assert tx.promises.of_connection(met.id) == []


def test_a_removed_connection_takes_its_promises_along(tx: Tx, met: Connection) -> None:
    tx.promises.put(a_promise(met, ada()))
    tx.connections.remove(met.id)
    assert tx.promises.of_attendee(ada().id) == []


def test_star_tags_and_rest_are_of_one_side_and_outlive_a_new_yes(
    tx: Tx, met: Connection
) -> None:
    assert tx.sides.star(met.id, ada().id, NOW)
    assert tx.sides.rest(met.id, ada().id, LATER)
    assert tx.sides.tag(met.id, ada().id, ("compilers", "Ärzte"))
    tx.sides.put(a_side(met, ada(), how="accepted"))
    mine, theirs = (
        tx.sides.of_event(EVENT_ID)
        if ada().id < grace().id
        else reversed(tx.sides.of_event(EVENT_ID))
    )
    assert (mine.how, mine.starred_at, mine.rested_at, mine.tags) == (
        "accepted", NOW, LATER, ("compilers", "Ärzte"),
    )  # fmt: skip
    assert theirs == a_side(met, grace())
    assert tx.sides.star(met.id, ada().id, None)
    assert tx.sides.rest(met.id, ada().id, None)
    assert tx.sides.tag(met.id, ada().id, ())
    assert tx.sides.get(met.id, ada().id) == a_side(met, ada(), how="accepted")
    assert not tx.sides.star(met.id, linus().id, NOW)
    assert not tx.sides.rest(met.id, linus().id, NOW)
    assert not tx.sides.tag(met.id, linus().id, ("mine",))
