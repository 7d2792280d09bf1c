"""Browsers: one nobody knows, one at the desk, and the phones of two people in the hall."""

import pytest
from flask import Flask

from kiosk.store import SqliteStore
from tests.builders import ada
from tests.web.browser import Browser
from tests.web.phones import full_grace, open_hall, phone_of


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def desk(app: Flask, store: SqliteStore) -> Browser:
    """A browser in which Olga the organiser is signed in."""
    return Browser(app).sign_in(store)


@pytest.fixture
def hall(store: SqliteStore, app: Flask) -> Flask:
    """Ada, Grace and Linus are in; the first two have linked phones."""
    open_hall(store)
    return app


@pytest.fixture
def adas(hall: Flask) -> Browser:
    return phone_of(hall, ada())


@pytest.fixture
def graces(hall: Flask) -> Browser:
    return phone_of(hall, full_grace())
