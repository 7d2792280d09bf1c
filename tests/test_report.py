"""Telling the organisers about somebody, and blocking them: silent, and never twice."""

from datetime import timedelta

import pytest

from kiosk.about import rows_about
from kiosk.agree import Agreement, agree
from kiosk.ask import Answer, Ask, answer, ask
from kiosk.collecting import FEW_ACCEPTED, MANY_ASKS, Pattern, pattern_in
from kiosk.compose import Composed, NothingToSay, compose
from kiosk.consent import Block, Unblock, Withdraw, block, unblock, withdraw
from kiosk.deliver import Commit, Lease, commit, lease
from kiosk.model import Connection, How, Report
from kiosk.model.figures import Asks
from kiosk.regard import Asked, Connected, Look, MayAsk, look
from kiosk.report import REASON_LENGTH, REPORTS_A_DAY, Refusal, SeeTo, Tell, report, see_to
from kiosk.shown import met
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    Clock,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)
from tests.store.rows import a_closure, a_letter

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada(), grace(), linus()])
    enrol(tx)
    let_in(tx, ada(), grace(), linus())
    return tx


@pytest.fixture
def pair(hall: Tx) -> Connection:
    """Ada and Grace have swapped."""
    hows: tuple[How, How] = ("two_badges", "two_badges")
    return agree(hall, Agreement(an_event(), (ada(), grace()), hows, NOW, "Coffee"))[0]


def sees(tx: Tx, connection: Connection, viewer: str) -> bool:
    meeting = tx.meetings.get(connection.id, viewer)
    return bool(meeting and met(meeting))


def test_a_block_ends_the_view_of_both_at_once(hall: Tx, pair: Connection) -> None:
    assert block(hall, Block(ada().id, pair.id), LATER)
    assert not sees(hall, pair, ada().id)
    assert not sees(hall, pair, grace().id)


def test_to_the_other_a_block_is_a_withdrawal(hall: Tx, pair: Connection) -> None:
    """Everything Grace can find out, after a block and after a withdrawal."""

    def all_that_grace_sees() -> tuple[object, ...]:
        held = rows_about(hall, grace().id) or {}
        return held["connections"], look(hall, Look(grace().id, code_of(ada())), LATER)

    withdraw(hall, Withdraw(ada().id, pair.id), LATER)
    after_a_withdrawal = all_that_grace_sees()
    hall.connections.change(pair)
    block(hall, Block(ada().id, pair.id), LATER)
    assert all_that_grace_sees() == after_a_withdrawal


def test_nobody_blocked_can_ask_again_or_learns_it(hall: Tx, pair: Connection) -> None:
    block(hall, Block(ada().id, pair.id), LATER)
    later = LATER + timedelta(minutes=1)
    assert isinstance(ask(hall, Ask(grace().id, code_of(ada())), later), Asked)
    connection = hall.connections.get(pair.id)
    assert connection
    assert not connection.is_waiting_for(ada().id, later)
    assert isinstance(look(hall, Look(grace().id, code_of(ada())), later), Asked)
    assert not isinstance(answer(hall, Answer(ada().id, pair.id, True), later), Connected)


def test_blocking_an_ask_leaves_it_standing_for_its_asker(hall: Tx) -> None:
    asked = ask(hall, Ask(grace().id, code_of(ada())), NOW)
    assert isinstance(asked, Asked)
    assert block(hall, Block(ada().id, asked.connection.id), LATER)
    assert isinstance(look(hall, Look(grace().id, code_of(ada())), LATER), Asked)
    held = rows_about(hall, grace().id) or {}
    assert held["connections"][0]["standing"] == "asked"


def test_an_unblocked_person_may_ask_again_and_nothing_comes_back(
    hall: Tx, pair: Connection
) -> None:
    block(hall, Block(ada().id, pair.id), LATER)
    ask(hall, Ask(grace().id, code_of(ada())), LATER + timedelta(minutes=1))
    later = LATER + timedelta(minutes=2)
    assert unblock(hall, Unblock(ada().id, pair.id), later)
    assert not sees(hall, pair, ada().id)
    assert not any(
        one.is_waiting_for(ada().id, later)
        for one in hall.connections.of_attendee(ada().id)
    )
    assert isinstance(look(hall, Look(grace().id, code_of(ada())), later), MayAsk)
    ask(hall, Ask(grace().id, code_of(ada())), later)
    assert isinstance(answer(hall, Answer(ada().id, pair.id, True), later), Connected)
    assert sees(hall, pair, ada().id)


def test_only_who_blocked_can_end_it(hall: Tx, pair: Connection) -> None:
    block(hall, Block(ada().id, pair.id), LATER)
    assert block(hall, Block(ada().id, pair.id), LATER)
    assert not unblock(hall, Unblock(grace().id, pair.id), LATER)
    assert block(hall, Block(grace().id, pair.id), LATER)
    assert unblock(hall, Unblock(grace().id, pair.id), LATER)
    still = hall.connections.get(pair.id)
    assert still
    assert (still.blocked_by(ada().id), still.blocked_by(grace().id)) == (LATER, None)
    assert not unblock(hall, Unblock(linus().id, pair.id), LATER)
    assert not block(hall, Block(linus().id, pair.id), LATER)
    assert not block(hall, Block(ada().id, "no connection"), LATER)


@pytest.mark.parametrize("end", [block, withdraw])
def test_a_letter_that_is_leaving_is_stopped_and_says_nothing_any_more(
    hall: Tx, pair: Connection, end: object, clock: Clock
) -> None:
    hall.events.add_closure(a_closure(ended_at=NOW, late_until=NOW))
    hall.letters.add(a_letter(grace(), ada()))
    (leased,) = lease(hall, Lease("worker", 1), NOW)
    assert isinstance(compose(hall, leased), Composed)
    if end is block:
        block(hall, Block(ada().id, pair.id), NOW)
    else:
        withdraw(hall, Withdraw(ada().id, pair.id), NOW)
    assert not commit(hall, Commit(leased.id, "worker"), NOW)
    (again,) = lease(hall, Lease("worker", 1), NOW)
    assert compose(hall, again) == NothingToSay(
        "cancelled", "nobody is left to write about"
    )


def test_without_taking_back_the_letter_would_leave(hall: Tx, pair: Connection) -> None:
    """The control of the test before: the row alone stops no worker."""
    hall.events.add_closure(a_closure(ended_at=NOW, late_until=NOW))
    hall.letters.add(a_letter(grace(), ada()))
    (leased,) = lease(hall, Lease("worker", 1), NOW)
    from dataclasses import replace  # noqa: PLC0415

    hall.connections.change(replace(pair, withdrawn_at=NOW, withdrawn_by=ada().id))
    assert commit(hall, Commit(leased.id, "worker"), NOW)


def test_a_report_is_for_the_desk_and_the_reported_is_told_nothing(
    hall: Tx, pair: Connection
) -> None:
    before = rows_about(hall, grace().id)
    told = report(hall, Tell(ada().id, pair.id, " would not\u202e let go \r\n"), LATER)
    assert isinstance(told, Report)
    assert (told.reported_id, told.reason) == (grace().id, "would not let go")
    assert hall.reports.of_event(EVENT_ID) == [told]
    assert rows_about(hall, grace().id) == before
    mine = (rows_about(hall, ada().id) or {})["reports"]
    assert [one["reason"] for one in mine] == ["would not let go"]


@pytest.mark.parametrize(
    ("who", "reason", "refusal"),
    [
        (linus().id, "not my business", Refusal.NOBODY_THERE),
        (ada().id, " \n ", Refusal.EMPTY),
        (ada().id, "x" * (REASON_LENGTH + 1), Refusal.TOO_LONG),
    ],
)
def test_what_is_no_report_is_refused(
    hall: Tx, pair: Connection, who: str, reason: str, refusal: Refusal
) -> None:
    assert report(hall, Tell(who, pair.id, reason), LATER) == refusal
    assert hall.reports.of_event(EVENT_ID) == []


def test_a_report_is_as_long_as_a_person_may_write(hall: Tx, pair: Connection) -> None:
    assert isinstance(
        report(hall, Tell(ada().id, pair.id, "x" * REASON_LENGTH), NOW), Report
    )


def test_nobody_reports_all_day(hall: Tx, pair: Connection) -> None:
    for _ in range(REPORTS_A_DAY):
        assert isinstance(report(hall, Tell(ada().id, pair.id, "again"), NOW), Report)
    assert report(hall, Tell(ada().id, pair.id, "again"), NOW) == Refusal.TOO_MANY


def test_who_saw_to_a_report_first_stays_on_record(hall: Tx, pair: Connection) -> None:
    told = report(hall, Tell(ada().id, pair.id, "would not let go"), NOW)
    assert isinstance(told, Report)
    assert see_to(hall, SeeTo(OTHER_EVENT_ID, told.id, "olga"), NOW) is None
    seen = see_to(hall, SeeTo(EVENT_ID, told.id, "olga"), LATER)
    assert seen
    assert (seen.seen_at, seen.seen_by) == (LATER, "olga")
    assert see_to(hall, SeeTo(EVENT_ID, told.id, "otto"), LATER) == seen


@pytest.mark.parametrize(
    ("asked", "accepted", "late", "pattern"),
    [
        (MANY_ASKS - 1, 0, 0, None),
        (MANY_ASKS, 0, 0, Pattern.FEW_SAY_YES),
        (MANY_ASKS, MANY_ASKS // FEW_ACCEPTED, 0, None),
        (MANY_ASKS, MANY_ASKS // FEW_ACCEPTED - 1, 0, Pattern.FEW_SAY_YES),
        (200, 150, 149, None),
        (200, 150, 150, Pattern.AT_THE_LIMIT),
    ],
)
def test_many_asks_and_few_yeses_look_like_collecting(
    asked: int, accepted: int, late: int, pattern: Pattern | None
) -> None:
    assert pattern_in(Asks("somebody", asked, accepted, late), 150) == pattern
