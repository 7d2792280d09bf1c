"""Browsers: one nobody knows, and one at the desk."""

import pytest
from flask import Flask

from kiosk.store import SqliteStore
from tests.web.browser import Browser


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def desk(app: Flask, store: SqliteStore) -> Browser:
    """A browser in which Olga the organiser is signed in."""
    return Browser(app).sign_in(store)
