"""Asking with a phone: one scan is a question, and it takes two acts to connect."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.ask import (
    ASKS_A_DAY,
    ASKS_A_MINUTE,
    SCANNED_BACK_WITHIN,
    Answer,
    Ask,
    Declined,
    answer,
    ask,
)
from kiosk.connect import Connect, connect
from kiosk.consent import Withdraw, withdraw
from kiosk.model import Attendee, Connection, How, Preset
from kiosk.prefer import Prefer, prefer
from kiosk.regard import (
    Asked,
    AsksMe,
    Connected,
    Look,
    MayAsk,
    Refusal,
    TurnedAway,
    Yourself,
    look,
)
from kiosk.shown import met
from kiosk.store import Tx
from tests.builders import (
    NOW,
    Clock,
    a_badge,
    a_list,
    ada,
    an_attendee,
    an_event,
    code_of,
    enrol,
    grace,
    join,
    let_in,
    linus,
    mallory,
    settle,
)

NOBODY = TurnedAway(Refusal.NOBODY_TO_ASK)
OVER = TurnedAway(Refusal.ASK_OVER)


@pytest.fixture
def hall(tx: Tx) -> Tx:
    """Ada and Grace are inside, Linus has not arrived; Mallory is at another event."""
    settle(tx, people=[ada(), grace(), linus()])
    settle(tx, an_event(slug="other-2026", name="Other"), [mallory()])
    enrol(tx)
    let_in(tx, ada(), grace())
    return tx


def asks(tx: Tx, asker: Attendee, person: Attendee, now: datetime = NOW) -> Connection:
    outcome = ask(tx, Ask(asker.id, code_of(person)), now)
    assert isinstance(outcome, Asked)
    return outcome.connection


def answers(
    tx: Tx, person: Attendee, connection: Connection, *, yes: bool, now: datetime = NOW
) -> Connected | Declined | TurnedAway:
    return answer(tx, Answer(person.id, connection.id, yes), now)


def sees(tx: Tx, viewer: Attendee, connection: Connection) -> bool:
    meeting = tx.meetings.get(connection.id, viewer.id)
    return meeting is not None and met(meeting) is not None


def hows(tx: Tx, connection: Connection) -> dict[str, How]:
    sides = [tx.sides.get(connection.id, person.id) for person in (ada(), grace())]
    return {side.attendee_id: side.how for side in sides if side}


def test_one_scan_is_a_question_and_shows_nothing(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    assert not connection.is_mutual
    assert not sees(hall, ada(), connection)
    assert not sees(hall, grace(), connection)
    assert connection.is_waiting_for(grace().id, NOW)
    assert not connection.is_waiting_for(ada().id, NOW)


@pytest.mark.parametrize("asker_comes_first", [True, False])
def test_a_yes_makes_it_mutual_for_both(hall: Tx, asker_comes_first: bool) -> None:
    first, second = sorted((ada(), grace()), key=lambda person: person.id)
    asker, asked = (first, second) if asker_comes_first else (second, first)
    connection = asks(hall, asker, asked)
    outcome = answers(hall, asked, connection, yes=True)
    assert isinstance(outcome, Connected)
    assert outcome.connection.is_mutual
    assert sees(hall, asker, connection)
    assert sees(hall, asked, connection)
    assert hows(hall, connection) == {asker.id: "asked", asked.id: "accepted"}


@pytest.mark.parametrize(
    ("after", "how"),
    [
        (timedelta(), "scan_back"),
        (SCANNED_BACK_WITHIN, "scan_back"),
        (SCANNED_BACK_WITHIN + timedelta(seconds=1), "accepted"),
    ],
)
def test_scanning_back_connects_at_once(hall: Tx, after: timedelta, how: How) -> None:
    connection = asks(hall, ada(), grace())
    outcome = ask(hall, Ask(grace().id, code_of(ada())), NOW + after)
    assert isinstance(outcome, Connected)
    assert outcome.connection.id == connection.id
    assert hows(hall, connection) == {ada().id: "asked", grace().id: how}


def test_asking_twice_is_asking_once(hall: Tx) -> None:
    first = asks(hall, ada(), grace())
    assert asks(hall, ada(), grace(), NOW + timedelta(minutes=5)) == first


def test_ones_own_badge_is_oneself(hall: Tx) -> None:
    assert isinstance(ask(hall, Ask(ada().id, code_of(ada())), NOW), Yourself)


def test_who_is_connected_already_is_told_so(hall: Tx) -> None:
    answers(hall, grace(), asks(hall, ada(), grace()), yes=True)
    for viewer, person in ((ada(), grace()), (grace(), ada())):
        outcome = ask(hall, Ask(viewer.id, code_of(person)), NOW)
        assert isinstance(outcome, Connected)
        assert not outcome.is_new


def replace_badge(tx: Tx) -> str:
    tx.badges.replace(a_badge(grace()).id, NOW, "lost")
    return code_of(grace())


def cancel(tx: Tx) -> str:
    tx.attendees.change(grace(status="canceled"))
    return code_of(grace())


def use_the_ticket(tx: Tx) -> str:
    return grace().ticket_code


def use_a_ticket_like_a_badge(tx: Tx) -> str:
    join(tx, twin := an_attendee("Twin", ticket_code="ABCDEFGHJKMNPQRS"))
    let_in(tx, twin)
    return "ABCDEFGHJKMNPQRS"


@pytest.mark.parametrize(
    "code",
    [
        lambda tx: "0" * 16,
        lambda tx: "not a code",
        lambda tx: "",
        lambda tx: code_of(linus()),
        lambda tx: code_of(mallory()),
        replace_badge,
        cancel,
        use_the_ticket,
        use_a_ticket_like_a_badge,
    ],
)
def test_who_cannot_be_asked_looks_the_same_for_every_reason(
    hall: Tx, code: Callable[[Tx], str]
) -> None:
    text = code(hall)
    assert look(hall, Look(ada().id, text), NOW) == NOBODY
    assert ask(hall, Ask(ada().id, text), NOW) == NOBODY


def test_a_stranger_to_the_event_asks_nobody(hall: Tx) -> None:
    assert ask(hall, Ask(mallory().id, code_of(grace())), NOW) == NOBODY
    assert ask(hall, Ask("no such person", code_of(grace())), NOW) == NOBODY


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (an_event().opens_at - timedelta(seconds=1), Refusal.EVENT_NOT_OPEN),
        (an_event().ends_at + timedelta(hours=1), Refusal.EVENT_CLOSED),
    ],
)
def test_asks_are_taken_while_the_event_is_open(
    hall: Tx, now: datetime, reason: Refusal
) -> None:
    assert ask(hall, Ask(ada().id, code_of(grace())), now) == TurnedAway(reason)


def test_who_is_not_inside_is_told_to_come_in(hall: Tx) -> None:
    outcome = ask(hall, Ask(linus().id, code_of(grace())), NOW)
    assert outcome == TurnedAway(Refusal.NOT_CHECKED_IN)


def test_a_no_is_never_told(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    assert isinstance(answers(hall, grace(), connection, yes=False), Declined)
    assert isinstance(look(hall, Look(ada().id, code_of(grace())), NOW), Asked)
    meeting = hall.meetings.get(connection.id, ada().id)
    assert meeting is not None
    assert meeting.connection.is_open_ask(NOW)


def test_a_declined_ask_is_not_pressed_on_anybody_again(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    answers(hall, grace(), connection, yes=False)
    later = NOW + timedelta(days=1)
    again = asks(hall, ada(), grace(), later)
    assert again.is_open_ask(later)
    assert not again.is_waiting_for(grace().id, later)


def test_taking_a_declined_ask_back_does_not_help(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    answers(hall, grace(), connection, yes=False)
    withdraw(hall, Withdraw(ada().id, connection.id), NOW)
    again = asks(hall, ada(), grace(), NOW + timedelta(minutes=1))
    assert not again.is_waiting_for(grace().id, NOW)


def test_who_declined_may_change_their_mind(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    answers(hall, grace(), connection, yes=False)
    assert isinstance(look(hall, Look(grace().id, code_of(ada())), NOW), AsksMe)
    assert isinstance(ask(hall, Ask(grace().id, code_of(ada())), NOW), Connected)


def test_an_ask_lives_until_a_day_after_the_event(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    until = an_event().ends_at + timedelta(days=1)
    assert connection.expires_at == until
    assert answers(hall, grace(), connection, yes=True, now=until) == OVER
    just_in_time = until - timedelta(seconds=1)
    assert answers(hall, grace(), connection, yes=True, now=just_in_time) != OVER


def test_an_expired_ask_may_be_made_again(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    hall.connections.change(replace(connection, expires_at=NOW))
    assert isinstance(look(hall, Look(ada().id, code_of(grace())), NOW), MayAsk)
    assert isinstance(look(hall, Look(grace().id, code_of(ada())), NOW), MayAsk)
    assert asks(hall, ada(), grace()).id == connection.id


def test_an_ask_that_was_taken_back_cannot_be_answered(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    assert withdraw(hall, Withdraw(ada().id, connection.id), NOW)
    assert answers(hall, grace(), connection, yes=True) == OVER
    assert not sees(hall, ada(), connection)


def test_nobody_answers_for_another(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    let_in(hall, linus())
    for person in (ada(), linus(), mallory()):
        assert answers(hall, person, connection, yes=True) == OVER
        assert answers(hall, person, connection, yes=False) == OVER


def test_a_yes_counts_only_while_both_are_inside(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    entry = hall.scans.last_entry(ada().id, a_list().id)
    assert entry is not None
    hall.scans.annul(entry.id, NOW, "an annul")
    assert answers(hall, grace(), connection, yes=True) == OVER


@pytest.mark.parametrize(
    ("most", "apart", "reason"),
    [
        (ASKS_A_MINUTE, timedelta(seconds=4), Refusal.TOO_FAST),
        (ASKS_A_DAY, timedelta(seconds=6), Refusal.TOO_MANY_TODAY),
    ],
)
def test_nobody_collects_people(
    hall: Tx, most: int, apart: timedelta, reason: Refusal
) -> None:
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(most + 1)]
    for person in crowd:
        join(hall, person)
    let_in(hall, *crowd)
    for number, person in enumerate(crowd[:-1]):
        asks(hall, ada(), person, NOW + number * apart)
    end = NOW + most * apart
    last = Ask(ada().id, code_of(crowd[-1]))
    assert ask(hall, last, end) == TurnedAway(reason)
    assert isinstance(ask(hall, Ask(grace().id, code_of(crowd[-1])), end), Asked)
    assert isinstance(ask(hall, last, end + timedelta(days=1)), Asked)


def test_a_minute_after_the_first_of_twelve_there_is_room_for_one_more(hall: Tx) -> None:
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(ASKS_A_MINUTE + 2)]
    for person in crowd:
        join(hall, person)
    let_in(hall, *crowd)
    *first, next_, last = crowd
    for number, person in enumerate(first):
        asks(hall, ada(), person, NOW + number * timedelta(seconds=1))
    minute = NOW + timedelta(minutes=1)
    too_fast = ask(hall, Ask(ada().id, code_of(next_)), minute - timedelta(microseconds=1))
    assert too_fast == TurnedAway(Refusal.TOO_FAST)
    asks(hall, ada(), next_, minute)
    again = ask(hall, Ask(ada().id, code_of(last)), minute)
    assert again == TurnedAway(Refusal.TOO_FAST)


def test_saying_yes_is_never_too_many(hall: Tx) -> None:
    for number in range(ASKS_A_MINUTE + 1):
        join(hall, person := an_attendee(f"Guest{number} Guest"))
        let_in(hall, person)
        asks(hall, person, ada())
        assert isinstance(ask(hall, Ask(ada().id, code_of(person)), NOW), Connected)


def test_a_blocked_ask_looks_like_any_other(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    hall.connections.change(connection.with_block(grace().id, NOW))
    asked = asks(hall, ada(), grace(), NOW + timedelta(hours=1))
    assert not asked.is_waiting_for(grace().id, NOW)
    assert answers(hall, grace(), asked, yes=True) == OVER


def test_an_ask_and_a_later_swap_of_badges_are_one_connection(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    swap(hall, NOW + timedelta(minutes=1))
    assert sees(hall, ada(), connection)
    assert sees(hall, grace(), connection)
    assert hows(hall, connection) == {ada().id: "two_badges", grace().id: "two_badges"}


def prefers(tx: Tx, person: Attendee, preset: Preset) -> None:
    prefer(tx, Prefer(person.id, preset=preset), NOW)


def test_a_yes_said_beforehand_connects_at_once(hall: Tx) -> None:
    prefers(hall, grace(), "yes")
    outcome = ask(hall, Ask(ada().id, code_of(grace())), NOW)
    assert isinstance(outcome, Connected)
    assert outcome.is_new
    assert hows(hall, outcome.connection) == {ada().id: "asked", grace().id: "preset"}
    for person in (ada(), grace()):
        assert sees(hall, person, outcome.connection)


def test_a_yes_said_beforehand_holds_in_one_direction(hall: Tx) -> None:
    prefers(hall, grace(), "yes")
    assert not asks(hall, grace(), ada()).is_mutual


def test_a_yes_said_beforehand_ends_with_the_event(hall: Tx) -> None:
    prefers(hall, grace(), "yes")
    late = an_event().ends_at + timedelta(minutes=5)
    assert not asks(hall, ada(), grace(), late).is_mutual


def test_a_yes_to_anyone_is_none_to_who_is_not_inside(hall: Tx) -> None:
    prefers(hall, grace(), "yes")
    refused = TurnedAway(Refusal.NOT_CHECKED_IN)
    assert ask(hall, Ask(linus().id, code_of(grace())), NOW) == refused


def decline(tx: Tx, connection: Connection) -> None:
    answers(tx, grace(), connection, yes=False)


def take_back(tx: Tx, connection: Connection) -> None:
    answers(tx, grace(), connection, yes=True)
    withdraw(tx, Withdraw(grace().id, connection.id), NOW)


def block(tx: Tx, connection: Connection) -> None:
    tx.connections.change(connection.with_block(grace().id, NOW))


@pytest.mark.parametrize("end", [decline, take_back, block])
def test_a_yes_to_anyone_undoes_no_no(
    hall: Tx, end: Callable[[Tx, Connection], None]
) -> None:
    end(hall, asks(hall, ada(), grace()))
    prefers(hall, grace(), "yes")
    again = asks(hall, ada(), grace(), an_event().ends_at - timedelta(minutes=1))
    assert not again.is_mutual


def test_who_says_yes_to_anyone_is_collected_no_faster(hall: Tx) -> None:
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(ASKS_A_MINUTE + 1)]
    for person in crowd:
        join(hall, person)
        prefers(hall, person, "yes")
    let_in(hall, *crowd)
    outcomes = [ask(hall, Ask(ada().id, code_of(person)), NOW) for person in crowd]
    assert all(isinstance(outcome, Connected) for outcome in outcomes[:-1])
    assert outcomes[-1] == TurnedAway(Refusal.TOO_FAST)


@pytest.mark.parametrize(
    ("preset", "refusal"),
    [("kiosk", TurnedAway(Refusal.ONLY_AT_KIOSK)), ("nobody", NOBODY)],
)
def test_who_wants_no_asks_from_phones_gets_none(
    hall: Tx, preset: Preset, refusal: TurnedAway
) -> None:
    prefers(hall, grace(), preset)
    assert look(hall, Look(ada().id, code_of(grace())), NOW) == refusal
    assert ask(hall, Ask(ada().id, code_of(grace())), NOW) == refusal
    assert hall.connections.between(ada().id, grace().id) is None


@pytest.mark.parametrize("preset", ["ask", "yes", "kiosk", "nobody"])
def test_two_badges_at_a_tablet_are_a_yes_whatever_the_preset(
    hall: Tx, preset: Preset
) -> None:
    prefers(hall, grace(), preset)
    swap(hall, NOW)
    connection = hall.connections.between(ada().id, grace().id)
    assert connection is not None
    assert connection.is_mutual
    assert hows(hall, connection) == {ada().id: "two_badges", grace().id: "two_badges"}


@pytest.mark.parametrize("preset", ["kiosk", "nobody"])
def test_who_asks_nobody_may_still_be_answered(hall: Tx, preset: Preset) -> None:
    asks(hall, grace(), ada())
    prefers(hall, grace(), preset)
    assert isinstance(ask(hall, Ask(ada().id, code_of(grace())), NOW), Connected)


LATER = NOW + timedelta(hours=4)


def presses_late(
    tx: Tx, asker: Attendee, person: Attendee, opened_at: datetime = NOW
) -> Asked | Connected | Yourself | TurnedAway:
    """A page was opened in time; its button is heard of hours later."""
    return ask(tx, Ask(asker.id, code_of(person), opened_at), LATER)


def test_a_kept_press_counts_from_when_its_page_was_opened(hall: Tx) -> None:
    outcome = presses_late(hall, ada(), grace())
    assert isinstance(outcome, Asked)
    assert outcome.connection.asked_at == NOW
    assert presses_late(hall, ada(), grace()) == outcome


def test_a_kept_press_and_the_scan_back_before_it_make_one_connection(hall: Tx) -> None:
    asks(hall, grace(), ada(), NOW + timedelta(minutes=5))
    outcome = presses_late(hall, ada(), grace())
    assert isinstance(outcome, Connected)
    assert outcome.connection.agreed_at == NOW + timedelta(minutes=5)
    assert hows(hall, outcome.connection) == {grace().id: "asked", ada().id: "scan_back"}
    again = presses_late(hall, ada(), grace())
    assert again == Connected(outcome.connection, is_new=False)


def test_a_kept_press_is_heard_after_the_event_it_was_made_at(hall: Tx) -> None:
    end = an_event().ends_at
    command = Ask(ada().id, code_of(grace()), end - timedelta(minutes=5))
    assert isinstance(ask(hall, command, end + timedelta(hours=3)), Asked)
    without = ask(hall, Ask(grace().id, code_of(ada())), end + timedelta(days=3))
    assert without == TurnedAway(Refusal.EVENT_CLOSED)


def test_a_kept_press_undoes_no_later_withdrawal(hall: Tx) -> None:
    connection = asks(hall, ada(), grace())
    withdraw(hall, Withdraw(ada().id, connection.id), NOW + timedelta(hours=1))
    assert presses_late(hall, ada(), grace()) == OVER
    asks(hall, grace(), ada(), NOW + timedelta(hours=2))
    assert presses_late(hall, ada(), grace()) == OVER


def test_a_kept_press_undoes_no_later_no(hall: Tx) -> None:
    connection = asks(hall, grace(), ada(), NOW + timedelta(minutes=5))
    answer(hall, Answer(ada().id, connection.id, is_yes=False), NOW + timedelta(hours=1))
    assert presses_late(hall, ada(), grace()) == OVER


@pytest.mark.parametrize("order", [1, -1], ids=["as opened", "backwards"])
def test_kept_presses_are_limited_by_when_their_pages_were_opened(
    hall: Tx, order: int
) -> None:
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(ASKS_A_MINUTE + 1)]
    for person in crowd:
        join(hall, person)
    let_in(hall, *crowd)
    opened = [(person, NOW + timedelta(seconds=n)) for n, person in enumerate(crowd)]
    outcomes = [presses_late(hall, ada(), *page) for page in opened[::order]]
    assert [isinstance(outcome, Asked) for outcome in outcomes[:-1]] == [True] * 12
    assert outcomes[-1] == TurnedAway(Refusal.TOO_FAST)


@pytest.mark.parametrize("is_hers_first", [True, False])
@pytest.mark.parametrize("minutes", [(0, 0), (0, 5), (5, 0), (0, 14), (90, 3)])
def test_two_presses_make_the_same_connection_in_any_order(
    hall: Tx, minutes: tuple[int, int], is_hers_first: bool
) -> None:
    opened = [NOW + timedelta(minutes=number) for number in minutes]
    presses = [(ada(), grace(), opened[0]), (grace(), ada(), opened[1])]
    for press in presses if is_hers_first else presses[::-1]:
        outcome = presses_late(hall, *press)
    assert isinstance(outcome, Connected)
    assert outcome.connection.is_mutual
    assert outcome.connection.agreed_at == max(opened)
    is_scanned_back = abs(opened[0] - opened[1]) <= SCANNED_BACK_WITHIN
    answered: How = "scan_back" if is_scanned_back else "accepted"
    assert set(hows(hall, outcome.connection).values()) == {"asked", answered}


def test_a_page_opened_in_the_future_was_opened_now(hall: Tx) -> None:
    outcome = presses_late(hall, ada(), grace(), LATER + timedelta(hours=1))
    assert isinstance(outcome, Asked)
    assert outcome.connection.asked_at == LATER


def test_looking_is_not_asking(hall: Tx, clock: Clock) -> None:
    assert isinstance(look(hall, Look(ada().id, code_of(grace())), clock.now), MayAsk)
    assert hall.connections.between(ada().id, grace().id) is None


def swap(tx: Tx, at: datetime) -> None:
    command = Connect(an_event(), (code_of(ada()), code_of(grace())), at, "Coffee")
    connect(tx, command, at)
