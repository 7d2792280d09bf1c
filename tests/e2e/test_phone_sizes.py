"""Every page of a phone at twice the size, with names as long as people have them."""

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, ViewportSize

from kiosk.store import SqliteStore, Tx
from tests.builders import NOW, ada, grace, phone_token_of
from tests.e2e.phone import Phone, a_phone
from tests.web.test_roles import Day, addresses, day

pytestmark = pytest.mark.browser

__all__ = ["day"]

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2
NAMES = {
    ada().id: f"Prof. Dr. {LONG} Ada María del Carmen",
    grace().id: f"Grace {LONG} \u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646",
}
TWICE = ViewportSize(width=195, height=422)
FILES = (".vcf", ".csv", ".json", ".ics")
WIDER = """(most) => [...document.querySelectorAll("main *, nav *, header *")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .skip, table"))
  .filter((one) => { const box = one.getBoundingClientRect();
    return box.width && (box.right > most + 1 || box.left < -1); })
  .map((one) => one.outerHTML.slice(0, 100))"""


def long_names(tx: Tx, _: None, _now: object) -> None:
    for attendee_id, name in NAMES.items():
        person = tx.attendees.get(attendee_id)
        assert person
        tx.attendees.change(replace(person, name=name, company=LONG, role=LONG))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_wider_than_a_small_screen(
    app: Flask, store: SqliteStore, day: Day, chromium: Browser, address: str, language: str
) -> None:
    store.write(long_names, None, NOW)
    context = a_phone(chromium, address, locale=language)
    mine = phone_token_of(ada())
    context.add_cookies([{"name": "hall-phone", "value": mine, "url": address}])
    phone = Phone(context)
    phone.page.set_viewport_size(TWICE)
    wide: dict[str, list[str]] = {}
    for _, path, method in addresses(app, day, day.mine, "phone"):
        if method == "GET" and not path.endswith(FILES):
            phone.open(path)
            if phone.page.evaluate("document.documentElement.scrollWidth") > TWICE["width"]:
                wide[path] = phone.page.evaluate(WIDER, TWICE["width"])
    context.close()
    assert wide == {}
    assert not phone.errors
