"""Making a phone one's own: once, in time, and only right after coming in."""

import pytest

from kiosk.ids import digest, seal
from kiosk.link import (
    LINK_LENGTH,
    Disown,
    Link,
    Linked,
    Offered,
    OfferLink,
    Refusal,
    TurnedAway,
    Unlink,
    canonical_link,
    disown,
    link,
    offer_link,
    unlink,
)
from kiosk.slip import NOT_ME
from kiosk.store import Tx
from tests.builders import (
    KEY,
    Clock,
    a_device,
    ada,
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
