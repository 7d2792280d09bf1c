"""All that is held of a person is told to that person: held against the schema."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.about import rows_about
from kiosk.model import Act, Introduction, Printing, Promise, Referral, Report
from kiosk.prefer import Prefer, prefer
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_badge,
    a_device,
    ada,
    grace,
    linus,
    mallory,
    named_id,
)
from tests.day import MARK, live
from tests.test_erase import about_people

TOLD = {
    "attendees": "person",
    "preferences": "preferences",
    "tickets": "tickets",
    "badges": "badges",
    "badge_prints": "badges",
    "referrals": "cases",
    "phones": "phones",
    "scans": "scans",
    "acts": "done_at_tablets",
    "connections": "connections",
    "sides": "connections",
    "promises": "connections",
    "introductions": "introductions",
    "leads": "sponsors",
    "letters": "letters",
    "reports": "reports",
}
NOT_TOLD = {
    "name_words": "words of name, company and address again, to find them by",
    "link_tokens": "secrets for one use; what they opened is among the phones",
    "scan_pairs": "ids: the swaps are among the connections",
    "roster_marks": "an id and numbers",
    "erasures": "nobody is left to be told",
}


def test_every_table_about_people_is_told_or_says_why_not(template: Path) -> None:
    assert about_people(template) | {"attendees"} == TOLD.keys() | NOT_TOLD.keys()
    assert not TOLD.keys() & NOT_TOLD.keys()


@pytest.fixture
def held(store: SqliteStore) -> dict[str, Any]:
    live(store)
    store.write(_more, None, NOW)
    with store.read() as tx:
        held = rows_about(tx, ada().id)
    assert held
    return held


def _more(tx: Tx, _: None, now: Any) -> None:
    """What a long day leaves besides: one row in every table that has none yet."""
    device, me = a_device("Desk").id, ada().id
    prefer(tx, Prefer(me, talk="later"), now)
    met = tx.connections.between(me, grace().id)
    assert met
    first, second = sorted((me, grace().id))
    tx.promises.put(Promise(named_id("promise"), met.id, me, "send", MARK, now))
    tx.introductions.add(
        Introduction(named_id("offer"), EVENT_ID, linus().id, first, second, MARK, now, now)
    )
    tx.badges.note_printing(Printing(named_id("print"), a_badge(ada()).id, device, now))
    for number, (one, other) in enumerate(((me, grace().id), (grace().id, me))):
        told = Report(f"report {number}", EVENT_ID, one, other, f"told by {number}", now)
        tx.reports.add(told)
    tx.referrals.add(
        Referral(named_id("case"), EVENT_ID, device, me, None, "unpaid", MARK, now)
    )
    tx.acts.add(
        Act(named_id("act"), EVENT_ID, device, 7, "print", me, now, now, "f", "done")
    )


def test_every_one_of_them_has_something_to_tell(held: dict[str, Any]) -> None:
    assert [part for part in TOLD.values() if not held[part]] == []
    assert held["badges"][0]["printed"]
    assert held["done_at_tablets"][0]["kind"] == "print"
    assert held["no_more_letters"] == "unsubscribed"
    assert any(one["you_promised"] for one in held["connections"])


def test_what_others_said_of_the_person_is_not_in_it(held: dict[str, Any]) -> None:
    assert [one["reason"] for one in held["reports"]] == ["told by 0"]
    assert "is who Grace wrote this of" not in str(held)


def test_nobody_else_is_in_it_but_with_what_they_agreed_to(held: dict[str, Any]) -> None:
    text = str(held)
    for outsider in (linus(), mallory()):
        assert outsider.email not in text
    assert [one["standing"] for one in held["connections"]].count("mutual") == 1


def test_it_holds_no_code_that_opens_anything(held: dict[str, Any]) -> None:
    text = str(held)
    assert "digest" not in text
    assert a_badge(ada()).digest not in text


def test_of_nobody_there_is_nothing(store: SqliteStore) -> None:
    with store.read() as tx:
        assert rows_about(tx, "nobody") is None
