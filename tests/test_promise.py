"""What one side took on: made, planned, kept and dropped, by nobody but its own person."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from kiosk.model import Attendee, Connection, Promise, PromiseKind
from kiosk.promise import (
    OPEN_COUNT,
    TEXT_LENGTH,
    Drop,
    Keep,
    MakePromise,
    Plan,
    Refusal,
    drop,
    keep,
    plan,
    promise,
)
from kiosk.store import Tx
from tests.builders import NOW, ada, grace, linus, named_id, settle
from tests.store.rows import meet

LATER = NOW + timedelta(days=3)


@pytest.fixture
def met(tx: Tx) -> Connection:
    settle(tx, people=[ada(), grace(), linus()])
    return meet(tx, ada(), grace())


def made(tx: Tx, met: Connection, person: Attendee | None = None) -> Promise:
    person = person or ada()
    kept = promise(tx, MakePromise(person.id, met.id, "send", "the paper"), NOW)
    assert isinstance(kept, Promise)
    return kept


@pytest.mark.parametrize("kind", get_args(PromiseKind))
def test_every_kind_can_be_promised_with_a_tap(
    tx: Tx, met: Connection, kind: PromiseKind
) -> None:
    kept = promise(tx, MakePromise(ada().id, met.id, kind), NOW)
    assert isinstance(kept, Promise)
    assert (kept.kind, kept.text, kept.promised_at) == (kind, "", NOW)
    assert tx.promises.of_connection(met.id) == [kept]


def test_both_sides_promise_and_each_keeps_their_own(tx: Tx, met: Connection) -> None:
    mine, hers = made(tx, met), made(tx, met, grace())
    assert tx.promises.of_attendee(ada().id) == [mine]
    assert tx.promises.of_attendee(grace().id) == [hers]


def test_a_promise_sent_twice_is_kept_once(tx: Tx, met: Connection) -> None:
    command = MakePromise(ada().id, met.id, "coffee", "", named_id("from a tablet"))
    first = promise(tx, command, NOW)
    assert isinstance(first, Promise)
    done = keep(tx, Keep(ada().id, first.id, is_done=True), NOW)
    assert promise(tx, command, LATER) == done
    assert promise(tx, replace(command, kind="send"), LATER) is Refusal.ID_REUSED
    other = replace(command, attendee_id=grace().id)
    assert promise(tx, other, LATER) is Refusal.ID_REUSED
    assert tx.promises.of_connection(met.id) == [done]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "the moon"}, Refusal.UNKNOWN_KIND),
        ({"kind": ""}, Refusal.UNKNOWN_KIND),
        ({"text": "y" * (TEXT_LENGTH + 1)}, Refusal.TOO_LONG),
        ({"due_at": NOW}, Refusal.NOT_AHEAD),
        ({"due_at": NOW + timedelta(days=9999)}, Refusal.NOT_AHEAD),
        ({"attendee_id": linus().id}, Refusal.NOT_CONNECTED),
        ({"connection_id": "nothing"}, Refusal.NOT_CONNECTED),
    ],
)
def test_what_cannot_be_promised_is_refused_and_not_cut(
    tx: Tx, met: Connection, changes: dict[str, str], reason: Refusal
) -> None:
    command = replace(MakePromise(ada().id, met.id, "send", "a book"), **changes)  # type: ignore[arg-type]
    assert promise(tx, command, NOW) is reason
    assert tx.promises.of_connection(met.id) == []


def test_the_longest_text_is_kept_whole_on_one_line(tx: Tx, met: Connection) -> None:
    text = "👩‍🚀" + "ü" * (TEXT_LENGTH - 3)
    kept = promise(tx, MakePromise(ada().id, met.id, "other", f" {text}\r\n"), NOW)
    assert isinstance(kept, Promise)
    assert kept.text == text


def test_an_override_of_direction_reaches_nobody(tx: Tx, met: Connection) -> None:
    command = MakePromise(ada().id, met.id, "other", "pay \u202eeurt\u202c\nnow")
    kept = promise(tx, command, NOW)
    assert isinstance(kept, Promise)
    assert kept.text == "pay eurt now"


def test_nobody_is_flooded_with_promises(tx: Tx, met: Connection) -> None:
    several = [made(tx, met) for _ in range(OPEN_COUNT)]
    more = MakePromise(ada().id, met.id, "send")
    assert promise(tx, more, NOW) is Refusal.TOO_MANY
    made(tx, met, grace())
    keep(tx, Keep(ada().id, several[0].id, is_done=True), NOW)
    assert isinstance(promise(tx, more, NOW), Promise)


@pytest.mark.parametrize(
    "how", ["withdrawn_at", "first_blocked_at", "second_blocked_at", "agreed_at"]
)
def test_only_people_who_are_connected_promise_anything(
    tx: Tx, met: Connection, how: str
) -> None:
    mine = made(tx, met)
    ended = {"agreed_at": None} if how == "agreed_at" else {how: NOW}
    tx.connections.change(replace(met, **ended))
    more = MakePromise(ada().id, met.id, "send")
    assert promise(tx, more, NOW) is Refusal.NOT_CONNECTED
    assert plan(tx, Plan(ada().id, mine.id, LATER), NOW) is Refusal.NOT_YOURS
    assert keep(tx, Keep(ada().id, mine.id, is_done=True), NOW) is Refusal.NOT_YOURS
    assert drop(tx, Drop(ada().id, mine.id), NOW) is Refusal.NOT_YOURS
    assert tx.promises.get(mine.id) == mine


def test_a_promise_is_planned_done_undone_and_dropped(tx: Tx, met: Connection) -> None:
    mine = made(tx, met)
    planned = plan(tx, Plan(ada().id, mine.id, LATER), NOW)
    assert planned == replace(mine, due_at=LATER)
    done = keep(tx, Keep(ada().id, mine.id, is_done=True), NOW)
    assert keep(tx, Keep(ada().id, mine.id, is_done=True), LATER) == done
    assert done == replace(mine, due_at=LATER, done_at=NOW)
    assert keep(tx, Keep(ada().id, mine.id, is_done=False), LATER) == planned
    assert plan(tx, Plan(ada().id, mine.id, None), NOW) == mine
    assert plan(tx, Plan(ada().id, mine.id, NOW), NOW) is Refusal.NOT_AHEAD
    assert drop(tx, Drop(ada().id, mine.id), NOW) == mine
    assert drop(tx, Drop(ada().id, mine.id), NOW) is Refusal.NOT_YOURS


@pytest.mark.parametrize("person", [grace(), linus()], ids=["the other", "a stranger"])
def test_nobody_touches_anothers_promise(tx: Tx, met: Connection, person: Attendee) -> None:
    mine = made(tx, met)
    assert plan(tx, Plan(person.id, mine.id, LATER), NOW) is Refusal.NOT_YOURS
    assert keep(tx, Keep(person.id, mine.id, is_done=True), NOW) is Refusal.NOT_YOURS
    assert drop(tx, Drop(person.id, mine.id), NOW) is Refusal.NOT_YOURS
    assert tx.promises.of_connection(met.id) == [mine]
