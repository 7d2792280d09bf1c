"""Making a phone one's own: once, in time, and only right after coming in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.disown import Disown, Recognise, disown, recognise
from kiosk.find import Found, find
from kiosk.ids import ALPHABET, agree_code, canonical_back, digest, seal
from kiosk.link import (
    LINK_LENGTH,
    Link,
    Linked,
    Offered,
    OfferLink,
    Refusal,
    TurnedAway,
    TurnOver,
    Unlink,
    canonical_link,
    link,
    offer_link,
    turn_over,
    unlink,
)
from kiosk.model import Attendee
from kiosk.slip import NOT_ME
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    Clock,
    a_badge,
    a_device,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    settle,
)

OVER = TurnedAway(Refusal.LINK_OVER)


@pytest.fixture
def door(tx: Tx) -> Tx:
    """Ada has just come in at the door; Grace has not arrived."""
    settle(tx, people=[ada(), grace()])
    enrol(tx)
    let_in(tx, ada())
    return tx


def an_offer(tx: Tx, clock: Clock) -> str:
    offered = offer_link(tx, OfferLink(a_device().id, ada().id), clock.now)
    assert isinstance(offered, Offered)
    return offered.token


def linked(tx: Tx, clock: Clock, replaces: str | None = None) -> Linked:
    outcome = link(tx, Link(an_offer(tx, clock), "Firefox on Android", replaces), clock.now)
    assert isinstance(outcome, Linked)
    return outcome


def test_a_link_makes_a_phone_the_persons_own(door: Tx, clock: Clock) -> None:
    outcome = linked(door, clock)
    assert door.phones.by_token(digest(outcome.secret)) == outcome.phone
    assert outcome.phone.attendee_id == ada().id


def test_neither_token_is_kept_as_it_is(door: Tx, clock: Clock) -> None:
    token = an_offer(door, clock)
    outcome = link(door, Link(token, "Firefox"), clock.now)
    assert isinstance(outcome, Linked)
    assert door.phones.by_token(outcome.secret) is None
    assert door.links.use(token, "link", "", clock.now) is None


def test_a_link_works_once(door: Tx, clock: Clock) -> None:
    token = an_offer(door, clock)
    assert isinstance(link(door, Link(token, "Ada's"), clock.now), Linked)
    assert link(door, Link(token, "Mallory's"), clock.now) == OVER
    assert [phone.name for phone in door.phones.of_attendee(ada().id)] == ["Ada's"]


@pytest.mark.parametrize(("seconds", "works"), [(59, True), (60, False), (3600, False)])
def test_a_link_lives_a_minute(door: Tx, clock: Clock, seconds: int, works: bool) -> None:
    token = an_offer(door, clock)
    clock.move(seconds=seconds)
    assert isinstance(link(door, Link(token, "Firefox"), clock.now), Linked) is works


@pytest.mark.parametrize(
    "token", ["", "nonsense", "0" * LINK_LENGTH, "x" * 5000, "/me/link#"]
)
def test_what_is_no_link_is_told_like_a_used_one(
    door: Tx, clock: Clock, token: str
) -> None:
    assert link(door, Link(token, "Firefox"), clock.now) == OVER


@pytest.mark.parametrize(
    "form",
    [
        "{0}",
        " {0}\n",
        "https://hall.example/me/link#{0}",
        "https://hall.example/me/link/{0}",
        "#{0}",
    ],
)
def test_a_token_is_read_as_people_give_it(door: Tx, clock: Clock, form: str) -> None:
    token = an_offer(door, clock)
    assert canonical_link(form.format(token.lower())) == token


def test_a_link_is_offered_only_after_coming_in_there(door: Tx, clock: Clock) -> None:
    enrol(door, a_device("Other door"))
    refused = TurnedAway(Refusal.NOT_JUST_CHECKED_IN)
    not_here = OfferLink(a_device().id, grace().id)
    elsewhere = OfferLink(a_device("Other door").id, ada().id)
    assert offer_link(door, not_here, clock.now) == refused
    assert offer_link(door, elsewhere, clock.now) == refused


@pytest.mark.parametrize(("minutes", "offers"), [(5, True), (5.1, False), (60, False)])
def test_a_badge_alone_links_nothing_later(
    door: Tx, clock: Clock, minutes: float, offers: bool
) -> None:
    clock.move(minutes=minutes)
    offered = offer_link(door, OfferLink(a_device().id, ada().id), clock.now)
    assert isinstance(offered, Offered) is offers


def test_a_person_may_have_several_phones(door: Tx, clock: Clock) -> None:
    first = linked(door, clock)
    clock.move(seconds=5)
    second = linked(door, clock)
    assert [phone.id for phone in door.phones.of_attendee(ada().id)] == [
        second.phone.id,
        first.phone.id,
    ]


def test_linking_the_same_browser_again_lets_its_old_cookie_go(
    door: Tx, clock: Clock
) -> None:
    first = linked(door, clock)
    second = linked(door, clock, replaces=first.secret)
    assert door.phones.by_token(digest(first.secret)) is None
    assert door.phones.of_attendee(ada().id) == [second.phone]


def test_an_unlinked_phone_opens_nothing(door: Tx, clock: Clock) -> None:
    outcome = linked(door, clock)
    assert unlink(door, Unlink(ada().id, outcome.phone.id), clock.now)
    assert door.phones.by_token(digest(outcome.secret)) is None
    assert not unlink(door, Unlink(ada().id, outcome.phone.id), clock.now)


def test_nobody_unlinks_the_phone_of_another(door: Tx, clock: Clock) -> None:
    outcome = linked(door, clock)
    assert not unlink(door, Unlink(grace().id, outcome.phone.id), clock.now)
    assert door.phones.by_token(digest(outcome.secret)) == outcome.phone


def test_a_new_phone_is_told_by_mail_and_a_relinked_browser_is_not(
    door: Tx, clock: Clock
) -> None:
    first = linked(door, clock)
    assert [one.id for one in door.letters.of_kind(ada().id, "not_you")] == [first.phone.id]
    second = linked(door, clock, replaces=first.secret)
    assert len(door.letters.of_kind(ada().id, "not_you")) == 1
    third = linked(door, clock)
    told = [one.id for one in door.letters.of_kind(ada().id, "not_you")]
    assert told == [first.phone.id, third.phone.id]
    assert second.phone.id not in told


def test_a_disowned_phone_opens_nothing_and_twice_is_like_once(
    door: Tx, clock: Clock
) -> None:
    outcome = linked(door, clock)
    command = Disown(KEY, seal(KEY, NOT_ME, outcome.phone.id))
    assert disown(door, command, clock.now)
    assert door.phones.by_token(digest(outcome.secret)) is None
    assert disown(door, command, clock.now)
    for wrong in (outcome.phone.id, seal(KEY, "unsubscribe", outcome.phone.id), ""):
        assert disown(door, Disown(KEY, wrong), clock.now) is None


def test_a_phone_says_of_another_whether_it_is_the_same_persons(
    door: Tx, clock: Clock
) -> None:
    one, other = linked(door, clock), linked(door, clock)
    assert not recognise(door, Recognise(one.phone, one.phone.id, is_mine=True), clock.now)
    assert recognise(door, Recognise(one.phone, other.phone.id, is_mine=True), clock.now)
    anew = linked(door, clock, replaces=other.secret)
    assert anew.phone.recognised_at == clock.now  # the same browser
    waiting = an_offer(door, clock)
    assert recognise(door, Recognise(one.phone, anew.phone.id, is_mine=False), clock.now)
    assert door.phones.by_token(digest(anew.secret)) is None
    assert link(door, Link(waiting, "Mallory's"), clock.now) == OVER
    for is_mine in (True, False):
        again = Recognise(one.phone, anew.phone.id, is_mine)
        assert not recognise(door, again, clock.now)


@pytest.mark.parametrize("is_mine", [True, False])
def test_nobody_speaks_for_the_phone_of_another(
    door: Tx, clock: Clock, is_mine: bool
) -> None:
    adas = linked(door, clock).phone
    mallorys = replace(adas, id="mallory's", attendee_id=grace().id)
    assert not recognise(door, Recognise(mallorys, adas.id, is_mine), clock.now)
    assert door.phones.of_attendee(ada().id) == [adas]


NOTHING = TurnedAway(Refusal.BACK_OPENS_NOTHING)


def back_of(person: Attendee, number: int = 1) -> str:
    """Both codes, as the QR code on the back of a badge holds them."""
    return code_of(person, number) + agree_code(KEY, a_badge(person, number).id)


def turning(text: str) -> TurnOver:
    return TurnOver(KEY, text, "Firefox on Android")


@pytest.fixture
def backs(tx: Tx) -> Tx:
    """Ada and Grace have badges with a back."""
    settle(tx, an_event(agree_code=True), [ada(), grace()])
    return tx


@pytest.mark.parametrize("form", ["{0}", " {0}\n", "HTTPS://HALL.EXAMPLE/ME/LINK#{0}"])
def test_a_badge_turned_over_makes_a_phone_its_persons_own(
    backs: Tx, clock: Clock, form: str
) -> None:
    outcome = turn_over(backs, turning(form.format(back_of(ada()).lower())), clock.now)
    assert isinstance(outcome, Linked)
    assert backs.phones.by_token(digest(outcome.secret)) == outcome.phone
    assert outcome.phone.attendee_id == ada().id
    assert [it.id for it in backs.letters.of_kind(ada().id, "not_you")] == [
        outcome.phone.id
    ]


def test_the_back_of_one_badge_does_not_go_with_the_front_of_another(
    backs: Tx, clock: Clock
) -> None:
    mixed = code_of(ada()) + agree_code(KEY, a_badge(grace()).id)
    right = next(text for text in _with_any_check(mixed) if canonical_back(text))
    assert turn_over(backs, turning(right), clock.now) == NOTHING
    assert backs.phones.of_attendee(ada().id) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"agree_code": False},
        {"ends_at": NOW - timedelta(hours=2)},
    ],
    ids=["no backs", "over"],
)
def test_a_back_opens_nothing_when_the_event_has_none_or_is_over(
    tx: Tx, clock: Clock, changes: dict[str, Any]
) -> None:
    settle(tx, an_event(**({"agree_code": True} | changes)), [ada()])
    assert turn_over(tx, turning(back_of(ada())), clock.now) == NOTHING


@pytest.mark.parametrize(
    "changes", [{"status": "canceled"}, {"blocked": "yes"}, {"approved": False}]
)
def test_a_back_opens_nothing_for_who_may_not_be_there(
    tx: Tx, clock: Clock, changes: dict[str, Any]
) -> None:
    settle(tx, an_event(agree_code=True), [ada(**changes)])
    assert turn_over(tx, turning(back_of(ada())), clock.now) == NOTHING


def test_the_back_of_a_replaced_badge_opens_nothing(backs: Tx, clock: Clock) -> None:
    backs.badges.replace(a_badge(ada()).id, clock.now, "lost")
    backs.badges.add(a_badge(ada(), 2))
    assert turn_over(backs, turning(back_of(ada())), clock.now) == NOTHING
    assert isinstance(turn_over(backs, turning(back_of(ada(), 2)), clock.now), Linked)


def test_who_disowns_a_phone_ends_the_power_of_the_badges_back(
    backs: Tx, clock: Clock
) -> None:
    outcome = turn_over(backs, turning(back_of(ada())), clock.now)
    assert isinstance(outcome, Linked)
    disown(backs, Disown(KEY, seal(KEY, NOT_ME, outcome.phone.id)), clock.now)
    assert turn_over(backs, turning(back_of(ada())), clock.now) == NOTHING
    assert isinstance(turn_over(backs, turning(back_of(grace())), clock.now), Linked)


def test_a_tablet_finds_the_person_by_either_side_of_their_badge(backs: Tx) -> None:
    front = f"HTTPS://HALL.EXAMPLE/B/{code_of(ada())}"
    back = f"HTTPS://HALL.EXAMPLE/ME/LINK#{back_of(ada())}"
    assert find(backs, EVENT_ID, back) == find(backs, EVENT_ID, front) == Found(ada())


def test_a_back_that_was_shown_to_another_does_not_take_their_phone(
    backs: Tx, clock: Clock
) -> None:
    mine = turn_over(backs, turning(back_of(grace())), clock.now)
    assert isinstance(mine, Linked)
    shown = TurnOver(KEY, back_of(ada()), "Grace's", mine.secret)
    assert turn_over(backs, shown, clock.now) == TurnedAway(Refusal.PHONE_OF_ANOTHER)
    assert backs.phones.by_token(digest(mine.secret)) == mine.phone
    again = TurnOver(KEY, back_of(grace()), "Grace's", mine.secret)
    assert isinstance(turn_over(backs, again, clock.now), Linked)


@pytest.mark.parametrize("text", ["", "nonsense", "0" * 25, "é" * 25, "x" * 5000])
def test_what_is_no_back_opens_nothing(backs: Tx, clock: Clock, text: str) -> None:
    assert turn_over(backs, turning(text), clock.now) == NOTHING


@given(place=st.integers(0, 24), other=st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_a_slip(place: int, other: str) -> None:
    text = back_of(ada())
    slip = text[:place] + other + text[place + 1 :]
    assert (canonical_back(slip) is None) is (slip != text)


@given(place=st.integers(0, 23))
def test_two_characters_that_changed_places_are_a_slip(place: int) -> None:
    text = back_of(grace())
    one, two = text[place], text[place + 1]
    slip = text[:place] + two + one + text[place + 2 :]
    assert (canonical_back(slip) is None) is (one != two)


def _with_any_check(text: str) -> list[str]:
    return [text[:-1] + check for check in ALPHABET]
