"""A badge's page that was opened while the network died, and its button pressed later."""

import re

import pytest
from flask import Flask

from kiosk.consent import Withdraw, withdraw
from kiosk.store import SqliteStore
from kiosk.web import cookies
from tests.builders import (
    NOW,
    Clock,
    ada,
    an_event,
    code_of,
    grace,
    linus,
    mallory,
    phone_token_of,
)
from tests.web.browser import Browser
from tests.web.phones import between, full_grace, phone_of

GRACE, LINUS = code_of(grace()), code_of(linus())


def form_on(browser: Browser, code: str = GRACE) -> dict[str, str]:
    """Every hidden field of the page of a badge, as a browser would send it."""
    page = browser.get(f"/b/{code}").text
    form = page.partition("data-later>")[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))
    assert fields.keys() == {"form_token", "opened"}
    return fields


def press(browser: Browser, form: dict[str, str], code: str = GRACE) -> int:
    return browser.client.post(f"/b/{code}/ask", data=form).status_code


def test_a_press_hours_later_counts_from_when_the_page_was_opened(
    adas: Browser, store: SqliteStore, clock: Clock
) -> None:
    form = form_on(adas)
    clock.move(hours=6)
    assert press(adas, form) == 303
    connection = between(store, ada(), grace())
    assert connection.asked_at == NOW
    assert press(adas, form) == 303
    assert between(store, ada(), grace()) == connection


def test_a_press_after_the_event_that_was_meant_at_it_is_heard(
    adas: Browser, store: SqliteStore, clock: Clock
) -> None:
    clock.now = an_event().ends_at
    clock.move(minutes=-10)
    form = form_on(adas)
    clock.move(hours=3)
    assert press(adas, form) == 303
    assert between(store, ada(), grace()).is_waiting_for(grace().id, clock.now)


@pytest.mark.parametrize("hours", [16, 24])
def test_on_another_day_a_press_counts_as_one_of_then(
    adas: Browser, store: SqliteStore, clock: Clock, hours: int
) -> None:
    form = form_on(adas)
    clock.move(hours=hours)
    assert press(adas, form) == 303
    assert between(store, ada(), grace()).asked_at == clock.now


@pytest.mark.parametrize("token", ["", "nonsense", "a.b", "é", "=.=", "YQ.YQ" * 400])
def test_a_made_up_moment_is_now(
    adas: Browser, store: SqliteStore, clock: Clock, token: str
) -> None:
    form = form_on(adas) | {"opened": token}
    clock.move(hours=1)
    assert press(adas, form) == 303
    assert between(store, ada(), grace()).asked_at == clock.now


def test_the_moment_of_one_badge_is_none_of_another(
    adas: Browser, store: SqliteStore, clock: Clock
) -> None:
    form = form_on(adas)
    clock.move(hours=1)
    assert press(adas, form, LINUS) == 303
    assert between(store, ada(), linus()).asked_at == clock.now


def test_the_form_lets_nobody_ask_in_anothers_name(
    hall: Flask, adas: Browser, store: SqliteStore
) -> None:
    """Neither without their phone, nor with a phone of one's own."""
    form = form_on(adas)
    stranger = Browser(hall)
    assert press(stranger, form) == 401
    graces = phone_of(hall, full_grace())
    assert press(graces, form, LINUS) == 403
    own = form_on(graces, LINUS) | {"opened": form["opened"]}
    assert press(graces, own, LINUS) == 403
    assert press(phone_of(hall, mallory()), form) == 403
    with store.read() as tx:
        assert tx.connections.between(ada().id, grace().id) is None
        assert tx.connections.between(grace().id, linus().id) is None


def test_a_press_kept_by_one_person_is_not_sent_as_the_next(
    adas: Browser, store: SqliteStore
) -> None:
    """The phone was handed on while the press waited in it for the network."""
    form = form_on(adas, LINUS) | {"note": "what only Ada may read"}
    adas.client.set_cookie(cookies.PHONE, phone_token_of(grace()))
    assert press(adas, form, LINUS) == 403
    with store.read() as tx:
        assert tx.connections.between(grace().id, linus().id) is None


def test_the_proof_of_a_form_outlives_the_browser(adas: Browser) -> None:
    """Every page with a form gives its cookie a day from then."""
    for _ in range(2):
        set_by = adas.get(f"/b/{GRACE}").headers.getlist("Set-Cookie")
        assert [one for one in set_by if "hall-form=" in one and "Max-Age=86400" in one]


def test_a_press_that_comes_after_a_withdrawal_asks_nobody(
    adas: Browser, store: SqliteStore, clock: Clock
) -> None:
    form = form_on(adas)
    press(adas, form)
    clock.move(hours=1)
    connection = between(store, ada(), grace())
    store.write(withdraw, Withdraw(ada().id, connection.id), clock.now)
    clock.move(hours=1)
    answer = adas.client.post(f"/b/{GRACE}/ask", data=form)
    assert "That ask is over" in answer.text
    assert not between(store, ada(), grace()).is_open_ask(clock.now)


def test_a_press_that_comes_twice_overwrites_no_later_words(
    adas: Browser, store: SqliteStore, hall: Flask
) -> None:
    form = form_on(adas) | {"note": "lent her a wire"}
    press(adas, form)
    phone_of(hall, full_grace()).post(f"/b/{code_of(ada())}/ask")
    connection = between(store, ada(), grace())
    adas.post(f"/me/people/{connection.id}/note", {"note": "and she gave it back"})
    press(adas, form)
    assert "and she gave it back" in adas.get(f"/me/people/{connection.id}").text
