"""A browser as the tests of the pages use it: it keeps cookies and fills in our forms."""

import re
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.ids import digest
from kiosk.model import Organiser, SignIn
from kiosk.passwords import hash_password
from kiosk.sign_in import SIGNED_IN_FOR
from kiosk.store import SqliteStore
from kiosk.web import cookies
from tests.builders import NOW, named_id

PASSWORD = "a long day at the desk"  # of the organiser below
TOKEN = "the-token-of-a-session-at-the-desk"
_FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@lru_cache(maxsize=1)
def an_organiser() -> Organiser:
    return Organiser(named_id("olga"), "olga@demo.example", hash_password(PASSWORD), NOW)


def sit_down(store: SqliteStore) -> None:
    """Open a session of the organiser; its token is `TOKEN`."""
    organiser = an_organiser()
    session = SignIn(digest(TOKEN), organiser.id, NOW, NOW + SIGNED_IN_FOR)
    store.write(lambda tx, it, _: tx.organisers.add(it), organiser, NOW)
    store.write(lambda tx, it, _: tx.sign_ins.add(it), session, NOW)


class Browser:
    """Cookies, and a proof for every form it sends."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(
        self, path: str, form: dict[str, Any] | None = None, **more: Any
    ) -> TestResponse:
        """Send a form as our own page would."""
        filled = {"form_token": self.form_token(), **(form or {})}
        return self.client.post(path, data=filled, **more)

    def form_token(self) -> str:
        found = _FORM_TOKEN.search(self.client.get("/desk/sign-in").text)
        assert found, "the sign-in page holds no form"
        return found[1]

    def sign_in(self, store: SqliteStore) -> "Browser":
        """Be the organiser, without the cost of a password."""
        sit_down(store)
        self.client.set_cookie(cookies.DESK, TOKEN)
        return self
