"""A badge turned over at a phone: one press links it, and guessing gets nowhere."""

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from kiosk.badges import short_form
from kiosk.ids import ALPHABET, agree_code, canonical_back
from kiosk.settings import Settings
from kiosk.store import SqliteStore
from kiosk.web import cookies
from kiosk.web.phone.turned import TRIES_PER_ADDRESS, TRIES_PER_BADGE
from tests.builders import KEY, Clock, a_badge, ada, an_event, code_of, grace, plant
from tests.web.browser import Browser
from tests.web.mailbox import Mailbox

NOTHING = "This badge opens nothing here"
SLIP = "This does not stand on any badge"
WORDS = "Your badge, turned over"


@pytest.fixture
def hall(store: SqliteStore) -> SqliteStore:
    """Ada and Grace have badges with a back."""
    plant(store, ada(), grace(), event=an_event(agree_code=True))
    return store


def agreed() -> str:
    return agree_code(KEY, a_badge(ada()).id)


def guess(number: int, front: str = "") -> str:
    """The n-th wrong guess at the back of a badge, with a right check symbol."""
    stem = (
        (front or code_of(ada())) + "0" * 6 + ALPHABET[number // 32] + ALPHABET[number % 32]
    )
    return next(text for c in ALPHABET if canonical_back(text := stem + c))


def press(browser: Browser, text: str) -> TestResponse:
    return browser.post("/me/link", {"token": text})


@pytest.mark.usefixtures("hall")
def test_the_address_on_the_back_opens_the_page_of_links(browser: Browser) -> None:
    page = browser.get("/ME/LINK")
    assert page.status_code == 200
    assert 'action="/me/link"' in page.text
    assert "js/phone/link.js" in page.text
    with browser.client.application.test_request_context():
        assert url_for("phone.link") == "/me/link"


@pytest.mark.usefixtures("hall")
def test_a_pressed_back_opens_my_page(browser: Browser) -> None:
    answer = press(browser, code_of(ada()) + agreed())
    assert (answer.status_code, answer.location) == (303, "/me?news=linked")
    assert ada().name in browser.get("/me").text


@pytest.mark.usefixtures("hall")
def test_both_codes_can_be_typed_as_they_are_printed(browser: Browser) -> None:
    typed = {"front": short_form(code_of(ada())).lower(), "back": short_form(agreed())}
    assert browser.post("/me/link", typed).status_code == 303
    assert ada().name in browser.get("/me").text


def test_its_person_is_asked_by_mail_whether_it_was_them(
    hall: SqliteStore, settings: Settings, clock: Clock, app: Flask
) -> None:
    press(Browser(app), code_of(ada()) + agreed())
    (mail,) = Mailbox(hall, settings, clock).mails()
    assert mail["To"].addresses[0].addr_spec == ada().email


@pytest.mark.usefixtures("hall")
def test_a_slip_is_told_and_is_no_try(browser: Browser) -> None:
    wrong = agreed()[:-2] + agreed()[:-3:-1]
    for _ in range(TRIES_PER_BADGE + 1):
        answer = browser.post("/me/link", {"front": code_of(ada()), "back": wrong})
        assert answer.status_code == 422
    assert SLIP in answer.text
    assert f'value="{code_of(ada())}"' in answer.text
    assert press(browser, code_of(ada()) + agreed()).status_code == 303


@pytest.mark.usefixtures("hall")
def test_five_guesses_an_hour_are_heard_for_a_badge(app: Flask, clock: Clock) -> None:
    browser = Browser(app)
    for number in range(TRIES_PER_BADGE):
        assert press(browser, guess(number)).status_code == 403
    late = press(browser, code_of(ada()) + agreed())
    assert (late.status_code, late.headers["Retry-After"]) == (429, "3601")
    assert browser.client.get_cookie(cookies.PHONE) is None
    theirs = code_of(grace()) + agree_code(KEY, a_badge(grace()).id)
    assert press(Browser(app), theirs).status_code == 303
    clock.move(minutes=61)
    assert press(browser, code_of(ada()) + agreed()).status_code == 303


@pytest.mark.usefixtures("hall")
def test_guesses_at_many_badges_come_from_one_address(browser: Browser) -> None:
    fronts = [f"{number:016d}" for number in range(TRIES_PER_ADDRESS)]
    for front in fronts:
        assert press(browser, guess(0, front)).status_code == 403
    assert press(browser, guess(0, "Z" * 16)).status_code == 429


@pytest.mark.usefixtures("hall")
def test_right_ones_are_never_slowed_down(app: Flask) -> None:
    for _ in range(TRIES_PER_ADDRESS + 5):
        assert press(Browser(app), code_of(ada()) + agreed()).status_code == 303


@pytest.mark.usefixtures("hall")
def test_a_badge_that_does_not_exist_is_refused_like_one_that_does(app: Flask) -> None:
    known = press(Browser(app), guess(0))
    unknown = press(Browser(app), guess(0, "0" * 16))
    assert NOTHING in known.text
    assert (known.status_code, _bare(known)) == (unknown.status_code, _bare(unknown))


@pytest.mark.usefixtures("hall")
def test_a_linked_phone_that_is_shown_a_back_stays_its_persons(browser: Browser) -> None:
    press(browser, code_of(grace()) + agree_code(KEY, a_badge(grace()).id))
    for _ in range(TRIES_PER_BADGE + 1):
        answer = press(browser, code_of(ada()) + agreed())
        assert answer.status_code == 403
    assert "somebody else’s badge" in answer.text
    assert ada().name not in answer.text
    assert grace().name in browser.get("/me").text


def test_an_event_without_backs_does_not_speak_of_them(
    browser: Browser, store: SqliteStore
) -> None:
    plant(store, ada())
    assert WORDS not in browser.get("/me/link").text
    assert press(browser, code_of(ada()) + agreed()).status_code == 403


@pytest.mark.usefixtures("hall")
def test_an_event_with_backs_lets_people_type_them(browser: Browser) -> None:
    assert WORDS in browser.get("/me/link").text


def _bare(answer: TestResponse) -> str:
    """The page without the proof of its form, which is another one each time."""
    lines = answer.text.splitlines()
    return "\n".join(line for line in lines if "form_token" not in line)
