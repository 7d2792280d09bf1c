"""Linking a phone on its page: a press, once, and a cookie that scripts cannot read."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.link import Offered, OfferLink, offer_link
from kiosk.settings import Settings
from kiosk.store import SqliteStore
from kiosk.web import cookies
from kiosk.web.phone.link import phone_name
from tests.builders import (
    Clock,
    a_device,
    ada,
    code_of,
    grace,
    let_in,
    named_id,
    plant,
    token_of,
)
from tests.web.browser import Browser
from tests.web.phones import open_hall, phone_of

OVER = "This link is over"


@pytest.fixture
def token(store: SqliteStore, clock: Clock) -> str:
    """What a tablet shows to Ada right after she came in."""
    open_hall(store)
    offered = store.write(offer_link, OfferLink(a_device().id, ada().id), clock.now)
    assert isinstance(offered, Offered)
    return offered.token


def has_phone(client: FlaskClient) -> bool:
    return client.get_cookie(cookies.PHONE) is not None


def test_a_pressed_link_opens_my_page(browser: Browser, token: str) -> None:
    answer = browser.post("/me/link", {"token": token})
    assert (answer.status_code, answer.location) == (303, "/me?news=linked")
    page = browser.get(answer.location).text
    assert "This phone is yours" in page
    assert ada().name in page


def test_a_tablet_offers_the_link_that_a_phone_follows(
    browser: Browser, store: SqliteStore
) -> None:
    plant(store, ada(), devices=[a_device()])
    headers = {"Authorization": f"Bearer {token_of(a_device())}"}
    scan = {
        "id": named_id("Ada comes in"), "seq": 1, "kind": "check_in",
        "codes": [code_of(ada())], "list": "main", "scanned_at": "2026-06-01T08:00:00Z",
    }  # fmt: skip
    wanted = {"code": code_of(ada())}
    early = browser.client.post("/api/v1/links", json=wanted, headers=headers)
    assert early.status_code == 409
    browser.client.post("/api/v1/scans", json={"scans": [scan]}, headers=headers)
    offered = browser.client.post("/api/v1/links", json=wanted, headers=headers)
    url = offered.get_json()["url"]
    assert "/me/link#" in url
    assert browser.post("/me/link", {"token": url.partition("#")[2]}).status_code == 303
    assert ada().name in browser.get("/me").text


def test_visiting_a_link_uses_nothing_up(browser: Browser, token: str) -> None:
    for _ in range(5):
        assert browser.get(f"/me/link/{token}").status_code == 200
        assert browser.client.head(f"/me/link/{token}").status_code == 200
    assert not has_phone(browser.client)
    assert browser.post("/me/link", {"token": token}).status_code == 303


def test_the_page_of_a_link_tells_nobody_whose_it_is(browser: Browser, token: str) -> None:
    page = browser.get(f"/me/link/{token}").text
    assert ada().name not in page
    assert f'value="{token}"' in page


@pytest.mark.parametrize("form", ["{0}", "http://127.0.0.1:8080/me/link#{0}", " {0} "])
def test_a_typed_or_pasted_code_works_without_a_script(
    browser: Browser, token: str, form: str
) -> None:
    assert browser.post("/me/link", {"token": form.format(token)}).status_code == 303


def test_a_used_link_says_what_to_do(app: Flask, token: str) -> None:
    Browser(app).post("/me/link", {"token": token})
    second = Browser(app)
    answer = second.post("/me/link", {"token": token})
    assert answer.status_code == 410
    assert OVER in answer.text
    assert "at the desk" in answer.text
    assert not has_phone(second.client)


@pytest.mark.parametrize("wrong", ["", "0" * 16, "x" * 9000, "\u202e"])
def test_what_is_no_link_is_answered_like_a_used_one(
    browser: Browser, token: str, wrong: str
) -> None:
    answer = browser.post("/me/link", {"token": wrong})
    assert answer.status_code == 410
    assert OVER in answer.text


def test_an_old_link_is_over(browser: Browser, token: str, clock: Clock) -> None:
    clock.move(seconds=61)
    assert OVER in browser.post("/me/link", {"token": token}).text


def test_a_link_needs_our_own_form(browser: Browser, token: str) -> None:
    assert browser.client.post("/me/link", data={"token": token}).status_code == 403
    assert browser.post("/me/link", {"token": token}).status_code == 303


def test_the_cookie_is_for_this_host_only_and_not_for_scripts(
    store: SqliteStore, settings: Settings, clock: Clock, token: str
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from kiosk.app import create_app  # noqa: PLC0415

    safe = replace(
        settings, public_url="https://hall.example", trusted_hosts=("hall.example",)
    )
    client = create_app(safe, store, clock).test_client()
    page = client.get("/me/link", base_url="https://hall.example").text
    proof = page.partition('name="form_token" value="')[2][:64]
    form = {"token": token, "form_token": proof}
    answer = client.post("/me/link", data=form, base_url="https://hall.example")
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if "hall-phone" in c)
    name, *words = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-hall-phone=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(words)
    lives_for = next(word for word in words if word.startswith("Max-Age="))
    days = int(lives_for.removeprefix("Max-Age=")) / timedelta(days=1).total_seconds()
    assert 60 < days < 62


@pytest.mark.parametrize("path", ["/me", "/me/card", "/me/shared", "/me/phones"])
def test_an_unlinked_phone_is_shown_the_way(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.location) == (303, "/me/link")
    page = browser.get("/me/link").text
    assert "Code from the tablet" in page


def test_a_lost_phone_is_unlinked_from_another(app: Flask, token: str) -> None:
    lost, found = phone_of(app, ada()), Browser(app)
    found.post("/me/link", {"token": token})
    page = found.get("/me/phones").text
    assert page.count("linked on") >= 2
    lost_id = _ids(page)[0 if _is_first_old(page) else 1]
    assert (
        found.post(f"/me/phones/{lost_id}/unlinking").location == "/me/phones?news=unlinked"
    )
    assert lost.get("/me").location == "/me/link"
    assert found.get("/me").status_code == 200


def test_unlinking_this_phone_signs_it_out(app: Flask, token: str) -> None:
    browser = Browser(app)
    browser.post("/me/link", {"token": token})
    for phone_id in _ids(browser.get("/me/phones").text):
        browser.post(f"/me/phones/{phone_id}/unlinking")
    assert not has_phone(browser.client)
    assert browser.get("/me").location == "/me/link"


def test_nobody_unlinks_the_phone_of_another(app: Flask, token: str) -> None:
    (phone_id,) = _ids(phone_of(app, ada()).get("/me/phones").text)
    answer = phone_of(app, grace()).post(f"/me/phones/{phone_id}/unlinking")
    assert answer.status_code == 404
    assert phone_of(app, ada()).get("/me").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/137.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:139.0) Gecko/139.0 Firefox/139.0",
            "Firefox on Android",
        ),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_phone_is_called_what_a_person_would_call_it(user_agent: str, name: str) -> None:
    assert phone_name(user_agent) == name


@pytest.mark.parametrize("email", [ada().email, ""])
def test_each_phone_asks_about_the_others_until_it_is_answered(
    app: Flask, store: SqliteStore, clock: Clock, email: str
) -> None:
    """Who has no mail is told here alone that somebody else has linked a phone."""
    plant(store, ada(email=email), devices=[a_device()])
    store.write(lambda tx, it, _: let_in(tx, it), ada(), clock.now)
    mine, second, stranger = Browser(app), Browser(app), Browser(app)
    for phone, name in ((mine, "iPhone"), (second, "iPad"), (stranger, "Android")):
        offered: Any = store.write(
            offer_link, OfferLink(a_device().id, ada().id), clock.now
        )
        system = {"User-Agent": name}
        phone.post("/me/link", {"token": offered.token}, headers=system)
    page = mine.get("/me").text
    assert page.count("Another phone opens your pages") == 2
    assert ("your e‑mail address" in mine.get("/me/phones").text) is bool(email)
    asked = dict(_ASKED.findall(page))
    assert mine.post(asked["iPad"], {"mine": "yes"}).location == "/me"
    assert "iPad" not in mine.get("/me").text
    answer = mine.post(asked["Android"], {"mine": "no"}, follow_redirects=True)
    assert "Shut out" in answer.text
    assert "Another phone" not in mine.get("/me").text
    assert "iPhone" in second.get("/me").text  # for this one may be the stranger's
    assert "/me/link" in (stranger.get("/me").location or "")
    assert mine.post(asked["Android"], {"mine": "no"}).status_code == 404


_ASKED = re.compile(r'on (\w+)</bdi>”[^<]*</p>\s*<form[^>]* action="([^"]+)"')


def _ids(page: str) -> list[str]:
    return [part.partition("/")[0] for part in page.split('action="/me/phones/')[1:]]


def _is_first_old(page: str) -> bool:
    return "this one" not in page.split('action="/me/phones/', maxsplit=1)[0]
