"""Signing in at the desk: who gets in, for how long, and how often one may try."""

import threading
import time
from contextlib import closing

import pytest

from kiosk.ids import digest
from kiosk.store import SqliteStore
from kiosk.store.sqlite import connect
from kiosk.web import cookies
from tests.builders import NOW, Clock
from tests.web.browser import PASSWORD, Browser, an_organiser

RIGHT = {"email": "olga@demo.example", "password": PASSWORD}
WRONG = RIGHT | {"password": "not this"}


@pytest.fixture(autouse=True)
def _olga(store: SqliteStore) -> None:
    store.write(lambda tx, it, _: tx.organisers.add(it), an_organiser(), NOW)


def test_the_right_password_opens_the_desk(browser: Browser) -> None:
    answer = browser.post("/desk/sign-in", RIGHT | {"email": " OLGA@demo.example "})
    assert answer.status_code == 303
    assert answer.location == "/desk/"
    assert browser.get("/desk/").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.post("/desk/sign-in", RIGHT).headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=50400"):
        assert word in cookie


def test_the_store_keeps_no_token(browser: Browser, store: SqliteStore) -> None:
    browser.post("/desk/sign-in", RIGHT)
    cookie = browser.client.get_cookie(cookies.DESK)
    assert cookie is not None
    with closing(connect(store.path, for_reading=True)) as database:
        dump = "\n".join(database.conn.iterdump())
    assert cookie.value not in dump
    assert digest(cookie.value) in dump


@pytest.mark.parametrize("form", [WRONG, RIGHT | {"email": "nobody@demo.example"}, {}])
def test_anything_else_gets_the_same_words(browser: Browser, form: dict[str, str]) -> None:
    answer = browser.post("/desk/sign-in", form)
    assert answer.status_code == 403
    assert "The e-mail address or the password is not right." in answer.text
    assert "not this" not in answer.text
    assert browser.get("/desk/").status_code == 303


def test_an_unknown_address_takes_as_long_as_a_wrong_password(browser: Browser) -> None:
    nobody = RIGHT | {"email": "nobody@demo.example"}
    took = [seconds(browser, form) for form in (WRONG, nobody, WRONG, nobody)]
    known, unknown = min(took[0::2]), min(took[1::2])
    assert unknown > known / 4  # without the dummy hash it is a tenth and less


def seconds(browser: Browser, form: dict[str, str]) -> float:
    filled = form | {"form_token": browser.form_token()}
    started = time.perf_counter()
    browser.client.post("/desk/sign-in", data=filled)
    return time.perf_counter() - started


def test_after_five_wrong_tries_even_the_right_one_waits(
    browser: Browser, clock: Clock
) -> None:
    for _ in range(5):
        assert browser.post("/desk/sign-in", WRONG).status_code == 403
    refused = browser.post("/desk/sign-in", RIGHT)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "660"
    clock.move(minutes=11)
    assert browser.post("/desk/sign-in", RIGHT).status_code == 303


def test_many_wrong_tries_at_once_count_as_many(browser: Browser) -> None:
    wrong = WRONG | {"form_token": browser.form_token()}
    found: list[int] = []

    def guess() -> None:
        found.append(browser.client.post("/desk/sign-in", data=wrong).status_code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(403) <= 5
    assert found.count(429) >= 7


def test_right_tries_are_never_slowed_down(browser: Browser) -> None:
    for _ in range(7):
        assert browser.post("/desk/sign-in", RIGHT).status_code == 303


def test_a_session_ends_with_the_day(browser: Browser, clock: Clock) -> None:
    browser.post("/desk/sign-in", RIGHT)
    clock.move(hours=13, minutes=59)
    assert browser.get("/desk/").status_code == 200
    clock.move(minutes=1)
    assert browser.get("/desk/").status_code == 303


def test_signing_out_ends_the_session_for_the_token_too(browser: Browser) -> None:
    browser.post("/desk/sign-in", RIGHT)
    cookie = browser.client.get_cookie(cookies.DESK)
    assert cookie is not None
    assert browser.post("/desk/sign-out").location == "/desk/sign-in"
    browser.client.set_cookie(cookies.DESK, cookie.value)
    assert browser.get("/desk/").status_code == 303


@pytest.mark.parametrize(
    ("wish", "goes_to"),
    [
        ("/desk/events/demo-2026?q=ada", "/desk/events/demo-2026?q=ada"),
        ("https://evil.example/desk/", "/desk/"),
        ("//evil.example/desk/", "/desk/"),
        ("/desk/..//evil.example", "/desk/"),
        ("/desk/\\evil.example", "/desk/"),
        ("/desk/\r\nX-Evil: 1", "/desk/"),
        ("/desk/\n", "/desk/"),
        ("/desk/\0", "/desk/"),
        ("/kiosk/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_one_comes_back_to_a_page_of_the_desk_and_nowhere_else(
    browser: Browser, wish: str, goes_to: str
) -> None:
    answer = browser.post("/desk/sign-in", RIGHT | {"next": wish})
    assert answer.location == goes_to
