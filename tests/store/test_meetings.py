"""Connections, the two sides of each, and what one person sees of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, ada, grace, linus, settle
from tests.store.rows import a_connection, a_side, meet

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def three_people(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])


def test_a_connection_is_found_whichever_of_the_two_is_named_first(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    assert tx.connections.between(ada().id, grace().id) == connection
    assert tx.connections.between(grace().id, ada().id) == connection
    assert tx.connections.get(connection.id) == connection
    assert tx.connections.between(ada().id, linus().id) is None


def test_mutual_connections_are_those_nobody_ended(tx: Tx) -> None:
    stands = meet(tx, ada(), grace())
    ended = meet(tx, ada(), linus(), agreed_at=LATER, withdrawn_at=LATER)
    tx.connections.add(a_connection(grace(), linus(), agreed_at=None, asked_at=NOW))
    assert tx.connections.mutual(EVENT_ID) == [stands]
    assert tx.connections.count(EVENT_ID) == 1
    assert tx.connections.of_attendee(ada().id) == [ended, stands]
    tx.connections.change(replace(ended, withdrawn_at=None))
    assert tx.connections.count(EVENT_ID) == 2
    assert [met for met, _, _ in tx.exports.meetings(EVENT_ID)] == [
        stands,
        replace(ended, withdrawn_at=None),
    ]


def test_asks_are_counted_after_one_instant_until_another(tx: Tx) -> None:
    for other, at in ((grace(), NOW), (linus(), LATER)):
        ask = a_connection(ada(), other, agreed_at=None, asked_at=at, asked_by=ada().id)
        tx.connections.add(ask)
    before = NOW - timedelta(microseconds=1)
    assert tx.connections.asked_count(ada().id, before, LATER) == 2
    assert tx.connections.asked_count(ada().id, NOW, LATER) == 1
    assert tx.connections.asked_count(ada().id, before, NOW) == 1
    assert tx.connections.asked_count(grace().id, before, LATER) == 0


def test_a_removed_connection_takes_its_sides_along(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    tx.connections.remove(connection.id)
    assert tx.connections.get(connection.id) is None
    assert tx.sides.get(connection.id, ada().id) is None


def test_agreeing_again_changes_what_is_shared_and_keeps_the_note(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    assert tx.sides.write_note(connection.id, ada().id, "owes me a book")
    changed = a_side(connection, ada(), how="accepted", fields=("name",), note="")
    tx.sides.put(changed)
    kept = replace(changed, note="owes me a book")
    assert tx.sides.get(connection.id, ada().id) == kept
    assert kept in tx.sides.of_event(EVENT_ID)
    assert len(tx.sides.of_event(EVENT_ID)) == 2
    assert not tx.sides.write_note(connection.id, linus().id, "not mine")


def test_a_meeting_is_seen_from_either_side_and_by_nobody_else(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    seen = tx.meetings.get(connection.id, ada().id)
    assert seen is not None
    assert (seen.connection, seen.person) == (connection, grace())
    assert seen.mine == a_side(connection, ada())
    assert seen.theirs == a_side(connection, grace())
    assert tx.meetings.of_attendee(ada().id) == [seen]
    assert tx.meetings.get(connection.id, linus().id) is None
    assert tx.meetings.of_attendee(linus().id) == []


def test_an_ask_is_a_meeting_without_sides(tx: Tx) -> None:
    tx.connections.add(a_connection(ada(), grace(), agreed_at=None, asked_at=NOW))
    (seen,) = tx.meetings.of_attendee(grace().id)
    assert seen.mine is seen.theirs is None


def test_who_asks_is_seen_by_the_asked_until_they_turn_it_down(tx: Tx) -> None:
    asked = {"agreed_at": None, "asked_at": NOW, "expires_at": LATER}
    first = a_connection(ada(), grace(), asked_by=ada().id, **asked)
    later = a_connection(
        linus(), grace(), asked_by=linus().id, **asked | {"asked_at": LATER}
    )
    for connection in (first, later):
        tx.connections.add(connection)
    assert [one.connection for one in tx.meetings.asking(grace().id)] == [later, first]
    assert tx.meetings.asking(ada().id) == []
    tx.connections.change(replace(first, declined_at=NOW))
    assert [one.person for one in tx.meetings.asking(grace().id)] == [linus()]


def test_an_encounter_is_a_mutual_meeting_with_what_the_other_shares(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    meet(tx, ada(), linus(), withdrawn_at=LATER)
    tx.sides.put(a_side(connection, grace(), fields=("name", "phone")))
    tx.sides.write_note(connection.id, ada().id, "mine")
    tx.sides.write_note(connection.id, grace().id, "not for Ada")
    (met,) = tx.meetings.encounters(ada().id)
    assert (met.attendee_id, met.name, met.at, met.place) == (
        grace().id, "Grace Hopper", NOW, "Coffee",
    )  # fmt: skip
    assert (met.fields, met.note, met.starred_at) == (("name", "phone"), "mine", None)
    assert tx.meetings.encounters(linus().id) == []
