"""The reader's choice of language: from any page, back to it, and nowhere else."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from kiosk.mail.when import hour
from kiosk.web.phone.words import day_and_time
from kiosk.words import LANGUAGES, own_name, speaking
from tests.builders import ada, an_event, code_of, grace
from tests.web.browser import Browser
from tests.web.phones import phone_of

HOST = "http://localhost"


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_tells_the_hour_as_a_letter_does(language: str) -> None:
    at = datetime(2026, 6, 1, 15, 42, tzinfo=UTC)
    with speaking(language):
        told = day_and_time(an_event(), at)
    assert hour(at, an_event().timezone, language) == "17:42"
    assert "17:42" in told
    assert "2026" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_of_another_year_is_told_with_its_year(language: str) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with speaking(language):
        assert "2027" in day_and_time(an_event(), new_year)
