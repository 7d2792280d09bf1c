"""A link by mail: only the mailbox learns whether an address is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.ids import address_digest, digest, link_code
from kiosk.invite import (
    KEPT_FOR,
    LIVES_FOR,
    MISSES_A_CALLER,
    PEOPLE_LIMIT,
    WAITING_LIMIT,
    WISHES_AN_ADDRESS,
    AnswerWishes,
    ConfirmErasure,
    TakeConfirmation,
    WishLink,
    answer_wishes,
    confirm_erasure,
    take_confirmation,
    wish_link,
)
from kiosk.link import Link, Linked, Refusal, TurnedAway, link
from kiosk.model import Letter
from kiosk.slip import NO_SUCH_PHONE, OVER, NoSlip, Slip, read_slip
from kiosk.store import Tx
from tests.builders import EVENT_ID, KEY, Clock, ada, an_attendee, an_event, grace, settle

BROWSER = digest("the cookie of the browser that asked")


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada(), grace(email="")])
    return tx


def wish(tx: Tx, clock: Clock, address: str = "ada@ada.example", caller: str = "x") -> None:
    wish_link(tx, WishLink(address, caller, BROWSER), clock.now)


def answer(tx: Tx, clock: Clock) -> Sequence[Letter]:
    """Answer what waits; the slips that Ada has got until now."""
    answer_wishes(tx, AnswerWishes(KEY), clock.now)
    return tx.letters.of_kind(ada().id, "link")


def token_in(letter: Letter) -> str:
    return link_code(KEY, letter.id)


def press(tx: Tx, token: str, clock: Clock, browser: str = "") -> bool:
    return isinstance(link(tx, Link(token, "Firefox", browser=browser), clock.now), Linked)


def test_a_known_address_gets_a_link_that_links(hall: Tx, clock: Clock) -> None:
    wish(hall, clock, " ADA@ada.example ")
    (letter,) = answer(hall, clock)
    assert (letter.state, letter.to_address) == ("queued", "ada@ada.example")
    assert press(hall, token_in(letter), clock)
    assert [one.name for one in hall.phones.of_attendee(ada().id)] == ["Firefox"]


def test_an_unknown_address_is_answered_by_nothing(hall: Tx, clock: Clock) -> None:
    wish(hall, clock, "mallory@else.example")
    wish(hall, clock, "")
    assert answer(hall, clock) == []
    assert hall.link_requests.waiting(10) == []


def test_an_answered_wish_holds_no_address(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    answer(hall, clock)
    found = hall.link_requests.of_address(
        address_digest("ada@ada.example"), clock.now - timedelta(minutes=1)
    )
    assert found == 1
    kept = hall.link_requests._session.rows("select address from link_requests")
    assert [row[0] for row in kept] == [""]


def test_the_token_is_kept_nowhere(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    token = token_in(letter)
    assert token not in repr(letter)
    assert hall.links.get(token) is None
    assert hall.links.get(digest(token)) is not None


@pytest.mark.parametrize(
    ("passed", "browser", "works"),
    [
        (LIVES_FOR - timedelta(seconds=1), "", True),
        (LIVES_FOR, "", False),
        (LIVES_FOR, digest("another cookie"), False),
        (LIVES_FOR, BROWSER, True),
        (KEPT_FOR - timedelta(seconds=1), BROWSER, True),
        (KEPT_FOR, BROWSER, False),
    ],
)
def test_a_link_lives_ten_minutes_and_the_day_where_it_was_asked_for(
    hall: Tx, clock: Clock, passed: timedelta, browser: str, works: bool
) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    clock.now += passed
    assert press(hall, token_in(letter), clock, browser) is works


def test_a_link_works_once(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    assert press(hall, token_in(letter), clock, BROWSER)
    outcome = link(hall, Link(token_in(letter), "Again", browser=BROWSER), clock.now)
    assert outcome == TurnedAway(Refusal.LINK_OVER)


def test_an_address_gets_no_more_than_a_few_links_an_hour(hall: Tx, clock: Clock) -> None:
    for _ in range(WISHES_AN_ADDRESS + 4):
        clock.move(seconds=20)
        wish(hall, clock)
        answer(hall, clock)
    assert len(hall.letters.of_kind(ada().id, "link")) == WISHES_AN_ADDRESS
    clock.move(hours=2)
    wish(hall, clock)
    assert len(answer(hall, clock)) == WISHES_AN_ADDRESS + 1


def test_who_keeps_guessing_is_not_heard_any_more(hall: Tx, clock: Clock) -> None:
    for number in range(MISSES_A_CALLER):
        wish(hall, clock, f"guess{number}@else.example", caller="a guesser")
    answer(hall, clock)
    wish(hall, clock, caller="a guesser")
    assert answer(hall, clock) == []
    clock.move(minutes=1)
    wish(hall, clock, caller="another place")
    assert len(answer(hall, clock)) == 1


def test_right_addresses_from_one_place_are_never_too_many(hall: Tx, clock: Clock) -> None:
    """A venue is one network address for everybody in it."""
    count = 3 * MISSES_A_CALLER
    for number in range(count):
        guest = an_attendee(f"Guest{number} Somebody")
        hall.attendees.add(guest)
        wish(hall, clock, guest.email, caller="the venue")
    while answer_wishes(hall, AnswerWishes(KEY), clock.now):
        pass
    assert hall.deliveries.due_count(clock.now) == count


def test_a_flood_of_wishes_is_bounded(hall: Tx, clock: Clock) -> None:
    for number in range(WAITING_LIMIT + 5):
        wish(hall, clock, f"{number}@else.example")
    assert len(hall.link_requests.waiting(2 * WAITING_LIMIT)) == WAITING_LIMIT


def test_each_event_of_an_address_has_its_own_mail_the_nearest_first(
    hall: Tx, clock: Clock
) -> None:
    for year in range(2010, 2010 + PEOPLE_LIMIT + 2):
        event = an_event(
            slug=f"hall-{year}",
            opens_at=clock.now.replace(year=year),
            starts_at=clock.now.replace(year=year),
            ends_at=clock.now.replace(year=year) + timedelta(days=1),
        )
        settle(hall, event, [replace(ada(), id=f"ada-{year}", event_id=event.id,
                                     ticket_code="")])  # fmt: skip
    wish(hall, clock)
    assert len(answer(hall, clock)) == 1
    assert hall.deliveries.due_count(clock.now) == PEOPLE_LIMIT
    assert hall.letters.of_kind("ada-2010", "link") == []


def test_a_wish_that_waited_for_half_a_day_is_let_go(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    clock.now += KEPT_FOR
    assert answer(hall, clock) == []


def test_an_unsubscribe_does_not_stop_a_link_that_was_asked_for(
    hall: Tx, clock: Clock
) -> None:
    hall.suppressions.add(
        EVENT_ID, address_digest("ada@ada.example"), "unsubscribed", clock.now
    )
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    slip = read_slip(hall, letter, KEY, clock.now)
    assert isinstance(slip, Slip)
    assert slip.token == token_in(letter)


@pytest.mark.parametrize("reason", ["bounced", "complained", "manual"])
def test_an_address_that_does_not_work_gets_no_slip(
    hall: Tx, clock: Clock, reason: str
) -> None:
    hall.suppressions.add(EVENT_ID, address_digest("ada@ada.example"), reason, clock.now)
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    assert read_slip(hall, letter, KEY, clock.now) == NoSlip(reason)


def test_a_slip_whose_link_is_over_is_not_sent(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    clock.now += KEPT_FOR
    assert read_slip(hall, letter, KEY, clock.now) == NoSlip(OVER)


def test_every_new_phone_is_told_to_its_person(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    press(hall, token_in(letter), clock)
    (told,) = hall.letters.of_kind(ada().id, "not_you")
    slip = read_slip(hall, told, KEY, clock.now)
    assert isinstance(slip, Slip)
    assert (slip.browser, slip.at) == ("Firefox", clock.now)
    hall.phones.unlink(told.id, ada().id, clock.now)
    assert read_slip(hall, told, KEY, clock.now) == NoSlip(NO_SUCH_PHONE)


def test_erasing_is_confirmed_once_and_within_ten_minutes(hall: Tx, clock: Clock) -> None:
    for _ in range(2):
        assert confirm_erasure(hall, ConfirmErasure(ada().id, KEY), clock.now)
    first, second = (
        link_code(KEY, one.id) for one in hall.letters.of_kind(ada().id, "erase")
    )
    assert take_confirmation(hall, TakeConfirmation(first), clock.now) == ada()
    assert take_confirmation(hall, TakeConfirmation(first), clock.now) is None
    clock.now += LIVES_FOR
    assert take_confirmation(hall, TakeConfirmation(second), clock.now) is None


def test_a_link_never_erases_and_an_erasure_never_links(hall: Tx, clock: Clock) -> None:
    wish(hall, clock)
    (letter,) = answer(hall, clock)
    confirm_erasure(hall, ConfirmErasure(ada().id, KEY), clock.now)
    (confirmation,) = hall.letters.of_kind(ada().id, "erase")
    assert take_confirmation(hall, TakeConfirmation(token_in(letter)), clock.now) is None
    assert not press(hall, token_in(confirmation), clock)


def test_nobody_without_an_address_is_mailed_a_confirmation(hall: Tx, clock: Clock) -> None:
    assert not confirm_erasure(hall, ConfirmErasure(grace().id, KEY), clock.now)
    assert not confirm_erasure(hall, ConfirmErasure("nobody", KEY), clock.now)
    sent = [
        confirm_erasure(hall, ConfirmErasure(ada().id, KEY), clock.now) for _ in "123456"
    ]
    assert sent.count(True) == WISHES_AN_ADDRESS
