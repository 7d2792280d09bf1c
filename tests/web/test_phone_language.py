"""The reader's choice of language: from any page, back to it, and nowhere else."""

import pytest
from flask import Flask

from kiosk.store import SqliteStore
from kiosk.words import LANGUAGES, own_name
from tests.builders import ada, code_of, grace
from tests.web.browser import Browser
from tests.web.phones import open_hall, phone_of

HOST = "http://localhost"


@pytest.fixture
def hall(store: SqliteStore, app: Flask) -> Flask:
    open_hall(store)
    return app


def choose(browser: Browser, language: str, page: str) -> str:
    """Where the browser is sent after the choice made on a page."""
    answer = browser.client.post(
        "/language", data={"language": language}, headers={"Referer": page}
    )
    assert answer.status_code == 303
    assert answer.location is not None
    return answer.location


@pytest.mark.parametrize("path", [f"/b/{code_of(grace())}", "/me/link"])
def test_every_page_offers_every_language_by_its_own_name(hall: Flask, path: str) -> None:
    page = hall.test_client().get(path).text
    assert all(own_name(language) in page for language in LANGUAGES)


def test_a_choice_holds_on_every_page(hall: Flask) -> None:
    stranger = Browser(hall)
    address = f"/b/{code_of(grace())}"
    assert choose(stranger, "ar", HOST + address) == address
    for path in (address, "/me/link"):
        assert '<html lang="ar" dir="rtl"' in stranger.get(path).text
    choose(stranger, "de", HOST + address)
    assert '<html lang="de" dir="ltr"' in stranger.get(address).text


def test_a_choice_goes_back_to_where_it_was_made(hall: Flask) -> None:
    phone = phone_of(hall, ada())
    address = "/me/card/preview?audience=sponsors"
    assert choose(phone, "fr", HOST + address) == address


@pytest.mark.parametrize(
    "page",
    [
        "",
        "https://evil.example/me",
        "http://localhost.evil.example/me",
        "http://localhost@evil.example/me",
        "http://localhost:81/me",
        HOST + "//evil.example",
        HOST + "/\\evil.example",
        HOST + "/language",
        HOST + f"/b/{code_of(grace())}/ask",
        HOST + "/nowhere",
        "javascript:alert(1)",
    ],
)
def test_a_choice_leads_to_no_other_site(hall: Flask, page: str) -> None:
    assert choose(Browser(hall), "de", page) == "/me"


@pytest.mark.parametrize("language", ["", "xx", "<b>", "de\r\nSet-Cookie: a=b"])
def test_a_language_we_do_not_have_is_not_kept(hall: Flask, language: str) -> None:
    stranger = Browser(hall)
    choose(stranger, language, HOST + "/me/link")
    assert '<html lang="en" dir="ltr"' in stranger.get("/me/link").text


def test_another_site_chooses_nothing(hall: Flask) -> None:
    answer = hall.test_client().post(
        "/language", data={"language": "de"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
