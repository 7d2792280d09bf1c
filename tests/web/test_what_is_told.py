"""A whole day is searched for what nobody agreed to: every page, every letter, the log.

Grace shares some fields with Ada, asked Linus, took everything back from Vera, blocked Bob,
and has never met Nora. Mallory is at another event. What each of them may be told of Grace
is one table; whatever else is found anywhere is a leak.
"""

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from flask import Flask

from kiosk.agree import Agreement, agree
from kiosk.ask import Ask, ask
from kiosk.consent import Block, Withdraw, block, withdraw
from kiosk.model import Attendee, How
from kiosk.remember import Remember, remember
from kiosk.report import Tell, report
from kiosk.settings import Settings
from kiosk.store import SqliteStore, Tx
from kiosk.store.sqlite import connect
from kiosk.web import cookies
from kiosk.web.access import TABLE
from tests.builders import (
    NOW,
    Clock,
    a_device,
    ada,
    an_attendee,
    an_event,
    code_of,
    give_phone,
    join,
    let_in,
    linus,
    mallory,
    phone_token_of,
    token_of,
)
from tests.web.browser import TOKEN, Browser, sit_down
from tests.web.mailbox import Mailbox
from tests.web.phones import SECRETS, full_grace, open_hall, phone_of, words_of_grace
from tests.web.test_access import VALUES

GRACE = full_grace()
VERA, BOB = an_attendee("Vera Molnar"), an_attendee("Bob Kahn")
NORA = an_attendee("Nora Noshow")
HERS = "what Grace wrote for herself"
TOLD = "what Grace told the organisers"

SHARED = {"name", "company", "role", "pronouns", "email", "linkedin"}
AT_FIRST_SIGHT = {"company"}  # with the first name, to whoever reads her badge here
MAY_KNOW: dict[str, set[str]] = {
    ada().id: SHARED,
    linus().id: {"name", "company"},  # she asked him, and says who asks
    VERA.id: AT_FIRST_SIGHT,
    BOB.id: AT_FIRST_SIGHT,
    NORA.id: set(),  # not checked in: no badge tells her anything
    mallory().id: set(),
}
OTHERS = (ada(), linus(), VERA, BOB, NORA, mallory())


@pytest.fixture
def day(app: Flask, store: SqliteStore, caplog: pytest.LogCaptureFixture) -> Flask:
    caplog.set_level(logging.DEBUG)
    open_hall(store)
    sit_down(store)
    store.write(_meet, None, NOW)
    return app


def _meet(tx: Tx, _: None, now: datetime) -> None:
    for guest in (VERA, BOB, NORA):
        join(tx, guest)
    let_in(tx, VERA, BOB)
    give_phone(tx, linus(), VERA, BOB, NORA)
    hows: tuple[How, How] = ("two_badges", "two_badges")
    met = {
        guest.id: agree(tx, Agreement(an_event(), (GRACE, guest), hows, now, "Coffee"))[0]
        for guest in (ada(), VERA, BOB)
    }
    for connection in met.values():
        remember(tx, Remember(GRACE.id, connection.id, HERS), now)
    report(tx, Tell(GRACE.id, met[ada().id].id, TOLD), now)
    later = now + timedelta(minutes=1)
    withdraw(tx, Withdraw(GRACE.id, met[VERA.id].id), later)
    block(tx, Block(GRACE.id, met[BOB.id].id), later)
    ask(tx, Ask(GRACE.id, code_of(linus())), later)


def addresses(app: Flask, store: SqliteStore) -> Iterator[tuple[str, str]]:
    """(endpoint, path) of every page, for every connection and badge there is."""
    with store.read() as tx:
        connections = [one.id for one in tx.connections.of_attendee(GRACE.id)]
    codes = [code_of(GRACE), code_of(ada())]
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "GET" not in TABLE[rule.endpoint].methods:
            continue
        for connection_id in connections if "connection_id" in rule.arguments else [""]:
            for code in codes if "code" in rule.arguments else [""]:
                values = VALUES | {"connection_id": connection_id, "code": code}
                values |= {"attendee_id": GRACE.id}
                with app.test_request_context():
                    built = rule.build({name: values[name] for name in rule.arguments})
                assert built
                yield rule.endpoint, built[1]


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.name.split()[0])
def test_no_page_tells_what_was_not_agreed_to(
    day: Flask, store: SqliteStore, who: Attendee
) -> None:
    browser = phone_of(day, who)
    leaks = {}
    for endpoint, path in addresses(day, store):
        if not endpoint.startswith(("phone.", "health.", "tablet.", "openapi.")):
            continue
        text = browser.get(path).get_data(as_text=True)
        found = words_of_grace(text) - MAY_KNOW[who.id]
        found |= {"her words"} if HERS in text or TOLD in text else set()
        if found:
            leaks[path] = found
    assert leaks == {}


def test_the_search_finds_a_leak(day: Flask, store: SqliteStore) -> None:
    """The control: Grace's own phone is full of what nobody else may read."""
    browser = phone_of(day, GRACE)
    texts = [browser.get(path).get_data(as_text=True) for _, path in addresses(day, store)]
    assert set().union(*map(words_of_grace, texts)) >= SHARED | {"phone", "website"}
    assert any(HERS in text for text in texts)


def test_a_stranger_is_told_nothing_at_all(day: Flask, store: SqliteStore) -> None:
    browser = Browser(day)
    told = {
        path: words_of_grace(browser.get(path).get_data(as_text=True))
        for _, path in addresses(day, store)
    }
    assert {path: words for path, words in told.items() if words} == {}


def test_no_letter_and_no_log_tells_what_was_not_agreed_to(
    day: Flask,
    store: SqliteStore,
    settings: Settings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    browser = phone_of(day, ada())
    browser.post("/me/link/mail", {"email": GRACE.email})
    for _, path in addresses(day, store):
        browser.get(path).get_data()
    mailbox = Mailbox(store, settings, clock)
    mailbox.mails()
    clock.now = an_event().ends_at + timedelta(hours=3)
    by_address = {who.email: who for who in OTHERS}
    letters = [
        (str(mail["To"].addresses[0].addr_spec), "".join(_parts(mail)))
        for mail in mailbox.mails()
    ]
    assert len([to for to, _ in letters if to != GRACE.email]) >= 4
    for to, text in letters:
        if to != GRACE.email:
            is_told = to in {ada().email, linus().email}  # met, and asked
            may_know = MAY_KNOW[by_address[to].id] if is_told else set()
            assert words_of_grace(text) <= may_know, to
            assert HERS not in text
    assert words_of_grace(caplog.text) == set()
    assert HERS not in caplog.text


@pytest.mark.parametrize("role", ["nobody", "device", "organiser", "phone"])
def test_looking_at_real_things_changes_nothing(
    day: Flask, store: SqliteStore, role: str
) -> None:
    client = day.test_client()
    headers = (
        {"Authorization": f"Bearer {token_of(a_device())}"} if role == "device" else {}
    )
    if role == "phone":
        client.set_cookie(cookies.PHONE, phone_token_of(GRACE))
    if role == "organiser":
        client.set_cookie(cookies.DESK, TOKEN)
    before = everything(store)
    for _, path in addresses(day, store):
        for look in ("GET", "HEAD"):
            with client.open(path, method=look, headers=headers) as answer:
                answer.get_data()
            assert answer.status_code < 500, f"{look} {path}"
    assert everything(store) == before


def everything(store: SqliteStore) -> list[str]:
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())


def _parts(mail: object) -> Iterator[str]:
    for part in mail.walk():  # type: ignore[attr-defined]
        if not part.is_multipart():
            yield part.get_payload(decode=True).decode()


def test_the_words_sought_are_whole(day: Flask) -> None:
    """None of Grace's fields is empty or part of another: each search means one field."""
    secrets = list(SECRETS.values())
    assert all(secrets)
    assert not [a for a in secrets for b in secrets if a is not b and a in b]
