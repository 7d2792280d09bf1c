"""Only our own forms act, for the browser and the session they were made in."""

import pytest
from flask import Flask

from kiosk.store import SqliteStore
from tests.web.browser import PASSWORD, Browser, an_organiser

FORM = {"email": "olga@demo.example", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _olga(store: SqliteStore) -> None:
    store.write(
        lambda tx, it, _: tx.organisers.add(it), an_organiser(), an_organiser().added_at
    )


def test_our_own_form_is_heard(browser: Browser) -> None:
    assert browser.post("/desk/sign-in", FORM).status_code == 303


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "nonsense"])
def test_a_form_without_its_proof_is_refused(browser: Browser, token: str) -> None:
    browser.form_token()
    answer = browser.client.post("/desk/sign-in", data=FORM | {"form_token": token})
    assert answer.status_code == 403


def test_the_proof_of_another_browser_is_refused(app: Flask, browser: Browser) -> None:
    mallory = Browser(app)
    mallory.form_token()
    stolen = FORM | {"form_token": browser.form_token()}
    assert mallory.client.post("/desk/sign-in", data=stolen).status_code == 403


def test_a_form_made_before_signing_in_is_worth_nothing_after(browser: Browser) -> None:
    before = browser.form_token()
    assert browser.post("/desk/sign-in", FORM).status_code == 303
    old = browser.client.post("/desk/sign-out", data={"form_token": before})
    assert old.status_code == 403
    assert browser.post("/desk/sign-out").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": ""},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_a_form_sent_by_another_site_is_refused(
    browser: Browser, headers: dict[str, str]
) -> None:
    assert browser.post("/desk/sign-in", FORM, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_sent_by_us_is_heard(browser: Browser, headers: dict[str, str]) -> None:
    assert browser.post("/desk/sign-in", FORM, headers=headers).status_code == 303
