"""Introductions and suggestions on the phone."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from kiosk.model import Attendee
from kiosk.prefer import Prefer, prefer
from kiosk.store import SqliteStore, Tx
from tests.builders import NOW, ada, linus
from tests.store.rows import meet
from tests.web.phones import full_grace, open_hall, phone_of


@pytest.fixture(autouse=True)
def _hall(store: SqliteStore) -> None:
    """Grace knows Ada and Linus, who do not know each other."""
    open_hall(store)

    def they_met(tx: Tx, _: None, _now: datetime) -> None:
        meet(tx, full_grace(), ada())
        meet(tx, full_grace(), linus())

    store.write(they_met, None, NOW)


def met_by_grace(store: SqliteStore, person: Attendee) -> str:
    with store.read() as tx:
        connection = tx.connections.between(full_grace().id, person.id)
        assert connection
        return connection.id


def test_an_introduction_goes_from_the_offer_to_the_connection(
    app: Flask, store: SqliteStore
) -> None:
    grace = phone_of(app, full_grace())
    page = f"/me/people/{met_by_grace(store, ada())}/introduction"
    assert "Linus Torvalds" in grace.get(page).text
    told = grace.post(page, {"to": met_by_grace(store, linus()), "note": "You both sail"})
    assert told.status_code == 303
    offered = phone_of(app, ada()).get("/me/introductions").text
    assert "You both sail" in offered
    assert "Linus" in offered
    assert "Torvalds" not in offered
    assert linus().email not in offered
    with store.read() as tx:
        (offer,) = tx.introductions.of_attendee(ada().id)
    answered = phone_of(app, ada()).post(
        f"/me/introductions/{offer.id}/answer", {"answer": "yes"}
    )
    assert answered.status_code == 303
    assert "Waiting for both" in grace.get("/me/introductions").text
    assert "introduction waits" not in phone_of(app, ada()).get("/me").text


def test_what_cannot_be_offered_is_said_and_the_words_stay(
    app: Flask, store: SqliteStore
) -> None:
    grace = phone_of(app, full_grace())
    page = f"/me/people/{met_by_grace(store, ada())}/introduction"
    long = "x" * 501
    told = grace.post(page, {"to": met_by_grace(store, linus()), "note": long})
    assert told.status_code == 422
    assert long in told.text
    assert "At most 500 characters" in told.text
    assert phone_of(app, ada()).get(page).status_code == 200
    outsider = phone_of(app, ada()).get(
        f"/me/people/{met_by_grace(store, linus())}/introduction"
    )
    assert outsider.status_code == 404


def test_suggestions_are_for_those_who_join_and_show_no_more_than_they_share(
    app: Flask, store: SqliteStore
) -> None:
    def write_cards(tx: Tx, _: None, _now: datetime) -> None:
        tx.attendees.change(replace(ada(), asks="compilers and sailing"))
        tx.attendees.change(replace(linus(), offers="how to write compilers"))

    store.write(write_cards, None, NOW)
    store.write(prefer, Prefer(linus().id, wants_suggestions=True), NOW)
    phone = phone_of(app, ada())
    assert "how to write compilers" not in phone.get("/me/suggestions").text
    assert phone.post("/me/suggestions", {"join": "yes"}).status_code == 303
    page = phone.get("/me/suggestions").text
    assert "how to write compilers" in page
    assert "Linus" in page
    assert "Torvalds" not in page
    assert linus().email not in page
    phone.post("/me/suggestions", {"join": "no"})
    assert "how to write compilers" not in phone.get("/me/suggestions").text
