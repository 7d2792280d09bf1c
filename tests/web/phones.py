"""A hall with linked phones, for the tests of the phone's pages."""

from dataclasses import replace
from typing import Any

from flask import Flask

from kiosk.model import Attendee, Connection
from kiosk.store import SqliteStore, Tx
from kiosk.web import cookies
from tests.builders import (
    NOW,
    a_device,
    ada,
    an_event,
    give_phone,
    grace,
    let_in,
    linus,
    mallory,
    phone_token_of,
    plant,
)
from tests.web.browser import Browser

SECRETS = {
    "name": "Grace Brewster Hopper",
    "company": "Eckert-Mauchly",
    "role": "Rear Admiral",
    "pronouns": "she/they",
    "email": "amazing.grace@navy.example",
    "phone": "+1 202 555 0143",
    "website": "https://nanoseconds.example",
    "linkedin": "linkedin.com/in/amazing-grace",
    "attention": "arrives with a guide dog",
    "goal": "find somebody for compilers",
}
"""All that is known of Grace, in words that stand nowhere else on a page."""


def full_grace() -> Attendee:
    """Grace, who shares everything but her phone number and her website."""
    share = ("name", "company", "role", "pronouns", "email", "linkedin")
    words: dict[str, Any] = {**SECRETS}
    return replace(grace(share=share), **words)


def open_hall(store: SqliteStore) -> None:
    """Ada and Grace are inside with linked phones, Linus is inside without one."""
    plant(store, ada(), full_grace(), linus(), devices=[a_device()])
    elsewhere = an_event(slug="other-2026", name="Other Meeting")
    plant(store, mallory(), event=elsewhere, devices=[a_device(event_id=elsewhere.id)])

    def arrive(tx: Tx, _: None, _now: object) -> None:
        let_in(tx, ada(), full_grace(), linus(), mallory())
        give_phone(tx, ada(), full_grace(), mallory())

    store.write(arrive, None, NOW)


def phone_of(app: Flask, person: Attendee) -> Browser:
    """A browser that is this person's phone."""
    browser = Browser(app)
    browser.client.set_cookie(cookies.PHONE, phone_token_of(person))
    return browser


def between(store: SqliteStore, one: Attendee, two: Attendee) -> Connection:
    with store.read() as tx:
        connection = tx.connections.between(one.id, two.id)
    assert connection is not None, "they have nothing to do with each other"
    return connection


def words_of_grace(text: str) -> set[str]:
    """Which facts about Grace a page tells."""
    return {field for field, secret in SECRETS.items() if secret in text}
