"""Introductions: offered by somebody who knows both, made by both, declined in silence."""

from datetime import timedelta

import pytest

from kiosk.consent import Withdraw, withdraw
from kiosk.introduce import (
    OFFERS_A_DAY,
    AnswerOffer,
    Introduce,
    Refusal,
    TakeBack,
    answer_offer,
    introduce,
    take_back_offer,
    waiting_for,
)
from kiosk.model import Attendee, Connection, Introduction
from kiosk.prefer import Prefer, prefer
from kiosk.store import Tx
from tests.builders import NOW, ada, an_attendee, grace, linus, settle
from tests.store.rows import meet

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def known(tx: Tx) -> Tx:
    """Ada knows Grace and Linus, who do not know each other."""
    settle(tx, people=[ada(), grace(), linus()])
    meet(tx, ada(), grace())
    meet(tx, ada(), linus())
    return tx


def between(tx: Tx, one: Attendee, other: Attendee) -> Connection:
    connection = tx.connections.between(one.id, other.id)
    assert connection
    return connection


def offer(tx: Tx, note: str = "You both sail") -> Introduction | Refusal:
    ids = (between(tx, ada(), grace()).id, between(tx, ada(), linus()).id)
    return introduce(tx, Introduce(ada().id, ids, note), NOW)


def offered(tx: Tx) -> Introduction:
    made = offer(tx)
    assert isinstance(made, Introduction)
    return made


def say(
    tx: Tx, person: Attendee, made: Introduction, *, is_yes: bool
) -> Introduction | Connection | Refusal:
    return answer_offer(tx, AnswerOffer(person.id, made.id, is_yes), LATER)


def test_details_flow_only_when_both_have_said_yes(known: Tx) -> None:
    made = offered(known)
    assert waiting_for(known, grace().id, LATER) == [made]
    say(known, grace(), made, is_yes=True)
    assert known.connections.between(grace().id, linus().id) is None
    connection = say(known, linus(), made, is_yes=True)
    assert isinstance(connection, Connection)
    assert connection.is_mutual
    side = known.sides.get(connection.id, grace().id)
    assert side
    assert side.how == "introduced"


def test_an_introduction_shows_what_was_chosen_for_introductions(known: Tx) -> None:
    prefer(known, Prefer(grace().id, introduction_fields=("name", "linkedin")), NOW)
    made = offered(known)
    say(known, grace(), made, is_yes=True)
    connection = say(known, linus(), made, is_yes=True)
    assert isinstance(connection, Connection)
    side = known.sides.get(connection.id, grace().id)
    assert side
    assert side.fields == ("name", "linkedin")


def test_a_no_is_told_to_nobody_and_stays_one(known: Tx) -> None:
    made = offered(known)
    say(known, grace(), made, is_yes=False)
    assert say(known, linus(), made, is_yes=True) is Refusal.OFFER_OVER
    assert waiting_for(known, linus().id, LATER) == []
    assert take_back_offer(known, TakeBack(ada().id, made.id), LATER)
    again = offered(known)  # a refusal would tell Ada that somebody said no
    assert (again.id, again.taken_back_at) == (made.id, None)
    assert waiting_for(known, grace().id, LATER) == []
    assert waiting_for(known, linus().id, LATER) == []
    assert offer(known) is Refusal.OFFERED_ALREADY
    assert known.connections.between(grace().id, linus().id) is None


def test_an_offer_that_was_taken_back_may_be_made_again(known: Tx) -> None:
    made = offered(known)
    assert take_back_offer(known, TakeBack(ada().id, made.id), LATER)
    assert not take_back_offer(known, TakeBack(ada().id, made.id), LATER)
    assert waiting_for(known, grace().id, LATER) == []
    assert offered(known).taken_back_at is None


def test_only_somebody_who_knows_both_may_offer(known: Tx) -> None:
    ids = (between(known, ada(), grace()).id, between(known, ada(), linus()).id)
    assert introduce(known, Introduce(grace().id, ids), NOW) is Refusal.NOT_CONNECTED
    assert introduce(known, Introduce(ada().id, (ids[0], "no")), NOW) is (
        Refusal.NOT_CONNECTED
    )
    assert introduce(known, Introduce(ada().id, (ids[0], ids[0])), NOW) is (
        Refusal.SAME_PERSON
    )


def test_an_offer_is_over_when_the_introducer_is_known_no_more(known: Tx) -> None:
    made = offered(known)
    withdraw(known, Withdraw(grace().id, between(known, ada(), grace()).id), LATER)
    assert waiting_for(known, linus().id, LATER) == []
    assert say(known, linus(), made, is_yes=True) is Refusal.OFFER_OVER


def test_two_who_have_met_or_blocked_each_other_are_not_asked(known: Tx) -> None:
    offered(known)
    meet(known, grace(), linus())
    assert waiting_for(known, grace().id, LATER) == []
    met = between(known, grace(), linus())
    known.connections.change(met.with_block(grace().id, NOW))
    assert waiting_for(known, linus().id, LATER) == []


def test_an_offer_ends_after_a_month_and_outsiders_cannot_answer(known: Tx) -> None:
    made = offered(known)
    assert say(known, ada(), made, is_yes=True) is Refusal.OFFER_OVER
    much_later = NOW + timedelta(days=31)
    late = AnswerOffer(grace().id, made.id, is_yes=True)
    assert answer_offer(known, late, much_later) is Refusal.OFFER_OVER


def test_a_day_has_room_for_so_many_offers_and_a_note_for_so_many_letters(
    known: Tx,
) -> None:
    assert offer(known, "x" * 501) is Refusal.TOO_LONG
    people = [an_attendee(f"Guest {n}") for n in range(OFFERS_A_DAY + 1)]
    made: list[Introduction | Refusal] = []
    for person in people:
        known.attendees.add(person)
        meet(known, ada(), person)
        ids = (between(known, ada(), grace()).id, between(known, ada(), person).id)
        made.append(introduce(known, Introduce(ada().id, ids), NOW))
    assert made[-1] is Refusal.TOO_MANY_TODAY
    assert all(isinstance(one, Introduction) for one in made[:-1])
