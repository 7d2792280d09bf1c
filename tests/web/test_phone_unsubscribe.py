"""No more letters, with one press or none (RFC 8058)."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.store import SqliteStore
from kiosk.suppress import Link, Suppression, unsubscribe_token, whom
from tests.builders import KEY, ada, plant


@pytest.fixture
def path(store: SqliteStore) -> str:
    plant(store, ada())
    return f"/u/{unsubscribe_token(KEY, ada().id)}"


def is_suppressed(store: SqliteStore, path: str) -> bool:
    with store.read() as tx:
        found = whom(tx, Link(KEY, path.removeprefix("/u/")))
    assert isinstance(found, Suppression)
    return found.is_suppressed


def test_looking_shows_a_button_and_changes_nothing(
    client: FlaskClient, store: SqliteStore, path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "Stop the letters" in page.text
    assert ada().email not in page.text
    assert ada().name not in page.text
    assert not is_suppressed(store, path)


def test_a_mail_program_posts_without_cookie_or_form(
    app: Flask, store: SqliteStore, path: str
) -> None:
    client = app.test_client(use_cookies=False)
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert is_suppressed(store, path)


def test_pressing_twice_is_pressing_once(client: FlaskClient, path: str) -> None:
    assert client.post(path).text == client.post(path).text


def test_a_mistake_can_be_undone(
    client: FlaskClient, store: SqliteStore, path: str
) -> None:
    client.post(path)
    assert "Send them again" in client.get(path).text
    client.post(f"{path}/again")
    assert not is_suppressed(store, path)


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "x" * 3000])
def test_a_link_that_is_not_ours_says_so(client: FlaskClient, token: str) -> None:
    for answer in (client.get(f"/u/{token}"), client.post(f"/u/{token}")):
        assert answer.status_code == 404
        assert "not one of ours" in answer.text


def test_a_link_of_another_person_cannot_be_made_from_mine(
    client: FlaskClient, path: str
) -> None:
    body, _, mac = path.removeprefix("/u/").partition(".")
    forged = body[:-2] + ("AA" if body[-2:] != "AA" else "BB")
    assert client.post(f"/u/{forged}.{mac}").status_code == 404
