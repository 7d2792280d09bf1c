"""A phone in a test: a small touch screen whose owner presses and reads."""

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from kiosk.link import Offered, OfferLink, offer_link
from kiosk.model import Attendee
from kiosk.store import SqliteStore
from tests.builders import NOW, a_device

SIZE = ViewportSize(width=390, height=844)
TARGET = 44  # pixels a thumb needs (links inside a sentence are exempt, WCAG 2.5.8)

SMALL_TARGETS = """(least) =>
  [...document.querySelectorAll("a, button, summary, input, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .unseen, .skip, .phone__head"))
  .map((one) => one.closest("label") ?? (one.matches(".person a, .ways a")
    ? one.closest("li") : one))
  .filter((one) => one.getBoundingClientRect().height < least)
  .map((one) => one.outerHTML.slice(0, 120))"""


def a_phone(chromium: Browser, address: str, **more: Any) -> BrowserContext:
    """A browser like a phone's, in which nobody is known."""
    return chromium.new_context(
        base_url=address,
        viewport=SIZE,
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
        **more,
    )


class Phone:
    """What its owner does and sees; every page must run without an error."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page.on(
            "console",
            lambda said: (
                self.errors.append(said.text)
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )

    def link(self, store: SqliteStore, person: Attendee) -> "Phone":
        """Scan what the tablet shows after check-in, and press the button."""
        offered = store.write(offer_link, OfferLink(a_device().id, person.id), NOW)
        assert isinstance(offered, Offered)
        self.page.goto(f"/me/link#{offered.token}")
        self.press("Link this phone")
        return self.says("This phone is yours")

    def scan(self, code: str) -> "Phone":
        """What a stock camera does with a badge."""
        self.page.goto(f"/B/{code}")
        return self

    def open(self, path: str) -> "Phone":
        self.page.goto(path)
        return self

    def press(self, name: str) -> "Phone":
        """Press a button and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(name)).tap()
        return self

    def says(self, *words: str) -> "Phone":
        for sentence in words:
            expect(self.page.locator("main")).to_contain_text(sentence)
        return self

    def conceals(self, *words: str) -> "Phone":
        text = self.page.content()
        assert not [word for word in words if word in text]
        return self

    def is_sound(self) -> "Phone":
        """Nothing to mend: accessible, big enough for a thumb, never wider than it is."""
        found = Axe().run(self.page).response["violations"]
        assert not [(one["id"], one["nodes"][0]["html"]) for one in found]
        assert not self.page.evaluate(SMALL_TARGETS, TARGET)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not self.errors
        return self


Lend = Callable[..., Phone]
"""Hands out a phone; what it is given goes to the browser."""
