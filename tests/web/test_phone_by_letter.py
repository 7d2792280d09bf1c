"""An ask that waits is told in the letter, and answered from it by whoever has no phone."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from kiosk import copies
from kiosk.ask import Answer, answer, answer_token
from kiosk.consent import Withdraw, withdraw
from kiosk.erase import Erase, erase
from kiosk.model import Connection
from kiosk.settings import Settings
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    Clock,
    ada,
    an_event,
    code_of,
    grace,
    linus,
    mallory,
)
from tests.store.rows import a_letter
from tests.web.browser import Browser
from tests.web.mailbox import Mailbox, text_of
from tests.web.phones import full_grace, words_of_grace
from tests.web.test_what_is_told import everything

HREF = re.compile(r"https?://[^/\s]+(/a/\S+)")
SENT_AT = an_event().ends_at + timedelta(hours=1)


@pytest.fixture
def mailbox(store: SqliteStore, settings: Settings, clock: Clock) -> Mailbox:
    return Mailbox(store, settings, clock)


@pytest.fixture
def href(hall: Flask, graces: Browser, mailbox: Mailbox, clock: Clock) -> str:
    """Where Linus, who has no phone, answers Grace from his letter."""
    graces.post(f"/b/{code_of(linus())}/ask")
    clock.now = SENT_AT
    (found,) = HREF.findall(letter_to_linus(mailbox))
    return str(found)


def letter_to_linus(mailbox: Mailbox) -> str:
    (mail,) = [one for one in mailbox.mails() if linus().email in str(one["To"])]
    return text_of(mail)


def between(store: SqliteStore) -> Connection:
    with store.read() as tx:
        found = tx.connections.between(full_grace().id, linus().id)
    assert found
    return found


def test_the_letter_names_who_asks_and_nothing_more(
    hall: Flask, href: str, mailbox: Mailbox
) -> None:
    letter = letter_to_linus(mailbox)
    assert "Grace Brewster Hopper, Eckert-Mauchly would like to swap" in letter
    assert words_of_grace(letter) == {"name", "company"}
    assert "a no is told to nobody" in letter


def test_a_yes_from_the_letter_connects_and_shows_no_field(
    hall: Flask, href: str, store: SqliteStore, graces: Browser
) -> None:
    browser, before = Browser(hall), everything(store)
    asked = browser.get(href)
    assert asked.status_code == 200
    assert words_of_grace(asked.text) == {"name", "company"}
    assert everything(store) == before, "looking is not answering"
    pressed = browser.post(href, {"answer": "yes"})
    assert (pressed.status_code, pressed.location) == (303, href)
    connection = between(store)
    assert connection.is_mutual
    with store.read() as tx:
        side = tx.sides.get(connection.id, linus().id)
    assert side
    assert side.how == "letter"
    after = browser.get(href).text
    assert "You are connected" in after
    assert words_of_grace(after) == set()
    browser.post(href, {"answer": "no"})
    assert between(store).is_mutual, "a second press undoes nothing"
    assert "Linus" in graces.get("/me").text


def test_a_no_from_the_letter_is_told_to_nobody(
    hall: Flask, href: str, store: SqliteStore, graces: Browser
) -> None:
    waiting = graces.get("/me").text
    browser = Browser(hall)
    browser.post(href, {"answer": "no"})
    assert between(store).declined_at
    assert "That ask is over" in browser.get(href).text
    assert words_of_grace(browser.get(href).text) == set()
    assert graces.get("/me").text == waiting


def test_an_answer_from_a_letter_needs_a_press_on_our_own_page(
    hall: Flask, href: str, store: SqliteStore
) -> None:
    before = everything(store)
    answered = Browser(hall).client.post(href, data={"answer": "yes"})
    assert answered.status_code == 403
    assert everything(store) == before


def _take_back(tx: Tx, _: None, now: datetime) -> None:
    pair = tx.connections.between(full_grace().id, linus().id)
    assert pair
    withdraw(tx, Withdraw(full_grace().id, pair.id), now)


def _decline(tx: Tx, _: None, now: datetime) -> None:
    pair = tx.connections.between(full_grace().id, linus().id)
    assert pair
    answer(tx, Answer(linus().id, pair.id, is_yes=False), now)


@pytest.mark.parametrize("end", [_take_back, _decline, None])
def test_an_ask_that_is_over_names_nobody_and_takes_no_answer(
    hall: Flask, href: str, store: SqliteStore, clock: Clock, end: object
) -> None:
    if callable(end):
        store.write(end, None, clock())
    else:
        clock.move(days=1)
    browser = Browser(hall)
    browser.post(href, {"answer": "yes"})
    page = browser.get(href)
    assert "That ask is over" in page.text
    assert words_of_grace(page.text) == set()
    assert not between(store).is_mutual


def test_a_link_that_is_none_or_whose_people_are_gone_is_one_page(
    hall: Flask, href: str, store: SqliteStore, clock: Clock
) -> None:
    browser, pair = Browser(hall), between(store)
    anothers = answer_token(KEY, mallory().id, pair.id)
    made_up = answer_token(b"k" * 32, linus().id, pair.id)
    store.write(erase, Erase(EVENT_ID, full_grace().id, KEY), clock())
    told = {
        (answer.status_code, answer.text.replace(path, ""))
        for path in (href, f"/a/{anothers}", f"/a/{made_up}", "/a/x")
        for answer in [browser.get(path)]
    }
    ((status, text),) = told
    assert status == 404
    assert "This link is not one of ours" in text


def test_a_linked_phone_goes_on_to_the_person(
    hall: Flask, adas: Browser, graces: Browser, store: SqliteStore, clock: Clock
) -> None:
    graces.post(f"/b/{code_of(ada())}/ask")
    with store.read() as tx:
        pair = tx.connections.between(ada().id, grace().id)
    assert pair
    path = f"/a/{answer_token(KEY, ada().id, pair.id)}"
    adas.post(path, {"answer": "yes"})
    assert adas.get(path).location == f"/me/people/{pair.id}"
    assert "they asked, you said yes from your letter" in adas.get("/me/shared").text


def test_what_was_answered_before_the_letter_left_is_not_in_it(
    hall: Flask, graces: Browser, mailbox: Mailbox, store: SqliteStore, clock: Clock
) -> None:
    graces.post(f"/b/{code_of(linus())}/ask")
    store.write(_decline, None, clock())
    clock.now = SENT_AT
    assert "Grace" not in letter_to_linus(mailbox)


def test_the_copy_of_a_letter_that_names_who_asked_goes_with_them(
    href: str, store: SqliteStore
) -> None:
    with store.read() as tx:
        (letter,) = tx.letters.of_attendee(linus().id)
        assert letter.id in copies.letters_naming(tx, EVENT_ID, full_grace().id)
        assert letter.id not in copies.letters_naming(tx, EVENT_ID, ada().id)


def test_a_letter_on_its_way_is_read_anew_when_who_asks_is_erased(
    hall: Flask, graces: Browser, store: SqliteStore, clock: Clock
) -> None:
    graces.post(f"/b/{code_of(linus())}/ask")
    leased = a_letter(linus(), state="leased", leased_by="w", leased_until=SENT_AT)
    store.write(lambda tx, it, _: tx.letters.add(it), leased, clock())
    store.write(erase, Erase(EVENT_ID, full_grace().id, KEY), clock())
    with store.read() as tx:
        (letter,) = tx.letters.of_attendee(linus().id)
    assert (letter.state, letter.leased_by) == ("queued", None)


def test_letters_of_the_next_working_day_leave_time_to_answer(
    hall: Flask, graces: Browser, mailbox: Mailbox, store: SqliteStore, clock: Clock
) -> None:
    """A party on Friday, its letters on Monday: the ask waits until Tuesday."""
    event = an_event()
    friday = event.ends_at + timedelta(days=3)
    late = replace(event.follow_up, send="next working day 08:30")
    event = replace(event, ends_at=friday, follow_up=late)
    store.write(lambda tx, it, _: tx.events.change(it), event, clock())
    graces.post(f"/b/{code_of(linus())}/ask")
    clock.now = friday + timedelta(hours=2)
    assert [one for one in mailbox.mails() if linus().email in str(one["To"])] == []
    clock.now = datetime.fromisoformat("2026-06-08T08:31:00+02:00")
    (path,) = HREF.findall(letter_to_linus(mailbox))
    clock.move(hours=23)
    browser = Browser(hall)
    browser.post(path, {"answer": "yes"})
    assert between(store).is_mutual
