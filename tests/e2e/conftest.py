"""A real server on a free port, and a real Chromium that visits it."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware

from kiosk.places import folder
from tests.e2e.phone import Lend, Phone, a_phone
from tests.e2e.serving import serving

# The shell is the same browser without the window that nobody sees: a third faster.
_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
FLAGS = ["--no-sandbox", "--disable-background-networking"]
PATIENCE = 20_000  # milliseconds: a busy machine is no reason to fail
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on the PATH: install it, then run again")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application of this test is served."""
    with serving(app) as url:
        yield url


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser that has been nowhere; every page in it must run without an error.

    It keeps no app for the time without a network: that costs a second a test, and has
    tests of its own.
    """
    context = chromium.new_context(
        base_url=address,
        service_workers="block",
        viewport={"width": 1024, "height": 768},
        reduced_motion="reduce",
    )
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert not errors


@pytest.fixture
def screen(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def lend(chromium: Browser, address: str) -> Iterator[Lend]:
    """Phones, with a script or without; all are handed back without an error at the end."""
    lent: list[tuple[BrowserContext, Phone]] = []

    def lend_one(**more: object) -> Phone:
        context = a_phone(chromium, address, **more)
        lent.append((context, Phone(context)))
        return lent[-1][1]

    yield lend_one
    for context, phone in lent:
        context.close()
        assert not phone.errors


@pytest.fixture(scope="module")
def modules(chromium: Browser) -> Iterator[Page]:
    """An empty page that may import what is in `static/`."""
    files = SharedDataMiddleware(NotFound(), {"/static": str(folder("static"))})
    with serving(files) as url:
        page = chromium.new_page()
        page.goto(url)
        yield page
        page.close()
