"""A link by mail, from the page that takes an address to the page that it opens."""

import re
from email.message import EmailMessage

import pytest
from flask import Flask

from kiosk.ids import address_digest
from kiosk.settings import Settings
from kiosk.store import SqliteStore
from kiosk.web import cookies
from tests.builders import EVENT_ID, NOW, Clock, ada, linus
from tests.web.browser import Browser
from tests.web.mailbox import Mailbox, text_of
from tests.web.phones import open_hall, phone_of

YOURS, NEW_PHONE = "Your link", "A phone was linked"
ADDRESS = ada().email
FORM_TOKEN = re.compile(r'value="[0-9a-f]{64}"')


@pytest.fixture
def mailbox(app: Flask, store: SqliteStore, settings: Settings, clock: Clock) -> Mailbox:
    open_hall(store)
    return Mailbox(store, settings, clock)


def wish(browser: Browser, address: str = ADDRESS) -> None:
    answer = browser.post("/me/link/mail", {"email": address})
    assert (answer.status_code, answer.location) == (303, "/me/link/sent")


def token_in(url: str) -> str:
    return url.partition("#")[2]


def test_a_mailed_link_opens_my_page_after_a_press(
    browser: Browser, mailbox: Mailbox
) -> None:
    wish(browser)
    url = mailbox.link_about(YOURS)
    assert "/me/link#" in url
    answer = browser.post("/me/link", {"token": url})
    assert answer.location == "/me?news=linked"
    assert ada().name in browser.get("/me").text


def test_the_answer_is_the_same_for_every_address(app: Flask, mailbox: Mailbox) -> None:
    pages = []
    for address in (ADDRESS, "nobody@else.example"):
        browser = Browser(app)
        wish(browser, address)
        pages.append(FORM_TOKEN.sub("", browser.get("/me/link/sent").text))
    assert pages[0] == pages[1]
    assert [mail["To"] for mail in mailbox.mails()] == [f"Ada Lovelace <{ADDRESS}>"]


def test_a_known_address_is_not_even_looked_up(
    app: Flask, store: SqliteStore, mailbox: Mailbox
) -> None:
    """So no time can tell: both leave the same row, and the worker answers later."""
    wish(Browser(app), ADDRESS)
    wish(Browser(app), "nobody@else.example")
    with store.read() as tx:
        waiting = tx.link_requests.waiting(10)
        assert tx.deliveries.due_count(NOW) == 0
    assert {one.address for one in waiting} == {ADDRESS, "nobody@else.example"}
    assert {one.answered_at for one in waiting} == {None}


@pytest.mark.parametrize(
    "wrong", ["", "ada", "ada@", "a b@c.example", "x" * 300 + "@c.example"]
)
def test_what_is_no_address_is_said_at_once(
    browser: Browser, mailbox: Mailbox, wrong: str
) -> None:
    answer = browser.post("/me/link/mail", {"email": wrong})
    assert answer.status_code == 422
    assert "no e-mail address" in answer.text
    assert mailbox.mails() == []


def test_visiting_the_mailed_link_uses_nothing_up(app: Flask, mailbox: Mailbox) -> None:
    """A scanner that fetches sends no fragment; one that reads it would have to press."""
    asking, scanner = Browser(app), Browser(app)
    wish(asking)
    token = token_in(mailbox.link_about(YOURS))
    for path in ("/me/link", f"/me/link/{token}"):
        assert scanner.get(path).status_code == 200
        assert scanner.client.head(path).status_code == 200
        assert scanner.client.post(path).status_code in {403, 405}
    assert asking.post("/me/link", {"token": token}).status_code == 303


def test_the_mail_says_whose_it_is_and_is_no_newsletter(
    browser: Browser, mailbox: Mailbox
) -> None:
    wish(browser)
    (mail,) = mailbox.mails()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    assert "10:10" in text_of(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert "style=" in str(html.get_content())
    assert "Nothing happens unless the button is pressed" in text_of(mail)


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
def test_elsewhere_a_link_lives_ten_minutes(
    app: Flask, mailbox: Mailbox, clock: Clock, minutes: int, works: bool
) -> None:
    wish(Browser(app))
    url = mailbox.link_about(YOURS)
    clock.move(minutes=minutes)
    answer = Browser(app).post("/me/link", {"token": url})
    assert answer.status_code == (303 if works else 410)


def test_in_the_browser_that_asked_it_lives_for_the_day(
    browser: Browser, mailbox: Mailbox, clock: Clock
) -> None:
    wish(browser)
    url = mailbox.link_about(YOURS)
    clock.move(hours=5)
    assert browser.post("/me/link", {"token": url}).status_code == 303


def test_a_link_that_is_over_offers_a_new_one(
    app: Flask, mailbox: Mailbox, clock: Clock
) -> None:
    wish(Browser(app))
    url = mailbox.link_about(YOURS)
    clock.move(hours=1)
    page = Browser(app).post("/me/link", {"token": url}).text
    assert "This link is over" in page
    assert "Send me a link" in page


def test_the_asking_browser_is_known_by_a_cookie_that_scripts_cannot_read(
    browser: Browser, mailbox: Mailbox
) -> None:
    answer = browser.post("/me/link/mail", {"email": ADDRESS})
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if cookies.ASKED in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_unsubscribed_person_still_gets_the_link_they_asked_for(
    browser: Browser, mailbox: Mailbox, store: SqliteStore
) -> None:
    def stop(tx: object, reason: str, _: object) -> None:
        tx.suppressions.add(EVENT_ID, address_digest(ADDRESS), reason, NOW)  # type: ignore[attr-defined]

    store.write(stop, "unsubscribed", NOW)
    wish(browser)
    assert len(mailbox.about(YOURS)) == 1


def test_links_are_not_counted_among_the_follow_ups(
    browser: Browser, mailbox: Mailbox, store: SqliteStore
) -> None:
    wish(browser)
    mailbox.mails()
    with store.read() as tx:
        assert tx.letters.counts(EVENT_ID) == {}
        assert [one.state for one in tx.exports.letters_to(ada().id)] == ["sent"]


def test_a_new_phone_is_told_and_can_be_shut_out(app: Flask, mailbox: Mailbox) -> None:
    thief, owner = Browser(app), Browser(app)
    wish(thief)
    thief.post("/me/link", {"token": mailbox.link_about(YOURS)})
    url = mailbox.link_about(NEW_PHONE)
    assert "/me/not-mine#" in url
    assert token_in(url) not in owner.get("/me/not-mine").text
    assert thief.get("/me").status_code == 200
    page = owner.post("/me/not-mine", {"token": url}).text
    assert "Shut out" in page
    assert ada().name not in page
    assert thief.get("/me").location == "/me/link"


def test_shutting_out_voids_links_on_their_way(app: Flask, mailbox: Mailbox) -> None:
    thief = Browser(app)
    wish(thief)
    first = mailbox.link_about(YOURS)
    thief.post("/me/link", {"token": first})
    wish(thief)
    newer = next(one for one in mailbox.about(YOURS) if token_in(first) not in text_of(one))
    Browser(app).post("/me/not-mine", {"token": mailbox.link_about(NEW_PHONE)})
    assert thief.post("/me/link", {"token": _link(newer)}).status_code == 410


def _link(mail: EmailMessage) -> str:
    return next(word for word in text_of(mail).split() if "#" in word)


@pytest.mark.parametrize("wrong", ["", "nonsense", "x" * 390, "YQ.YQ"])
def test_a_made_up_token_shuts_nobody_out(app: Flask, mailbox: Mailbox, wrong: str) -> None:
    answer = Browser(app).post("/me/not-mine", {"token": wrong})
    assert answer.status_code == 410
    assert "not one of our links" in answer.text
    assert phone_of(app, ada()).get("/me").status_code == 200


def test_who_has_no_address_gets_no_mail_and_is_linked_all_the_same(
    app: Flask, mailbox: Mailbox, browser: Browser
) -> None:
    wish(browser, linus().email)
    assert [mail["To"].addresses[0].addr_spec for mail in mailbox.mails()] == [
        linus().email
    ]
