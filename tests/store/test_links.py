"""One-time links, the wishes to be mailed one, reports, and who asks how many."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.ids import address_digest
from kiosk.model import LinkRequest, OneTimeLink, Phone, Report
from kiosk.model.figures import Asks
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, ada, grace, linus, settle
from tests.store.rows import a_connection, a_letter

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def three_people(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])


def a_link(name: str = "token", **changes: object) -> OneTimeLink:
    link = OneTimeLink(name, ada().id, "link", NOW, NOW + MINUTE)
    return replace(link, **changes)  # type: ignore[arg-type]


def a_wish(name: str = "wish", **changes: object) -> LinkRequest:
    digest = address_digest("ada@ada.example")
    wish = LinkRequest(name, "ada@ada.example", digest, "venue", "browser", NOW)
    return replace(wish, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("browser", "at", "works"),
    [
        ("", NOW, True),
        ("the one that asked", NOW, True),
        ("", NOW + MINUTE, False),
        ("another", NOW + MINUTE, False),
        ("the one that asked", NOW + MINUTE, True),
        ("the one that asked", LATER, False),
    ],
)
def test_a_link_lives_longer_in_the_browser_that_asked(
    tx: Tx, browser: str, at: datetime, works: bool
) -> None:
    tx.links.offer(a_link(browser="the one that asked", kept_until=LATER))
    assert (tx.links.use("token", "link", browser, at) == ada().id) is works


def test_a_link_is_for_one_purpose_and_no_empty_cookie_opens_it(tx: Tx) -> None:
    tx.links.offer(a_link(kept_until=LATER))
    assert tx.links.use("token", "erase", "", NOW) is None
    assert tx.links.use("token", "link", "", NOW + MINUTE) is None


def test_a_link_knows_when_it_is_over(tx: Tx) -> None:
    tx.links.offer(a_link(browser="browser", kept_until=LATER))
    link = tx.links.get("token")
    assert link == a_link(browser="browser", kept_until=LATER)
    assert not link.is_over(NOW + MINUTE)
    assert link.is_over(LATER)
    assert tx.links.get("another") is None


def test_revoking_uses_up_what_a_person_has_on_the_way(tx: Tx) -> None:
    tx.links.offer(a_link("first"))
    tx.links.offer(a_link("late", expires_at=NOW))
    tx.links.offer(a_link("another's", attendee_id=grace().id))
    assert tx.links.revoke(ada().id, NOW) == 1
    assert tx.links.use("first", "link", "", NOW) is None
    assert tx.links.use("another's", "link", "", NOW) == grace().id


def test_wishes_wait_until_they_are_answered_and_are_counted_for_a_while(tx: Tx) -> None:
    tx.link_requests.add(a_wish())
    tx.link_requests.add(a_wish("unknown", address_digest="nobody"))
    assert [one.id for one in tx.link_requests.waiting(10)] == ["unknown", "wish"]
    assert len(tx.link_requests.waiting(1)) == 1
    for name, known in (("wish", True), ("unknown", False)):
        done = a_wish(name, address="", answered_at=NOW, was_known=known)
        if not known:
            done = replace(done, address_digest="nobody")
        tx.link_requests.change(done)
    assert tx.link_requests.waiting(10) == []
    before = NOW - MINUTE
    assert tx.link_requests.of_address(address_digest("ada@ada.example"), before) == 1
    assert tx.link_requests.misses_of("venue", before) == 1
    assert tx.link_requests.misses_of("venue", NOW) == 0
    tx.link_requests.drop_before(NOW)
    assert tx.link_requests.misses_of("venue", before) == 0


def test_a_wish_that_waits_is_not_dropped(tx: Tx) -> None:
    tx.link_requests.add(a_wish())
    tx.link_requests.drop_before(LATER)
    assert tx.link_requests.waiting(1) == [a_wish()]


def test_reports_are_listed_for_the_desk_and_for_their_writer(tx: Tx) -> None:
    first = Report("a", EVENT_ID, ada().id, grace().id, "would not let go", NOW)
    second = replace(first, id="b", reporter_id=linus().id, reported_at=LATER)
    tx.reports.add(first)
    tx.reports.add(second)
    assert tx.reports.of_event(EVENT_ID) == [second, first]
    assert tx.reports.by_attendee(ada().id) == [first]
    seen = replace(first, seen_at=LATER, seen_by="olga@demo.example")
    tx.reports.change(seen)
    assert tx.reports.get("a") == seen
    assert tx.reports.get("c") is None


def test_asks_are_counted_by_person(tx: Tx) -> None:
    asked = {"asked_by": ada().id, "asked_at": NOW}
    tx.connections.add(a_connection(ada(), grace(), **asked))
    tx.connections.add(
        a_connection(ada(), linus(), agreed_at=None, asked_by=ada().id, asked_at=LATER)
    )
    assert tx.figures.asks(EVENT_ID, NOW, 2) == [Asks(ada().id, 2, 1, 1)]
    assert tx.figures.asks(EVENT_ID, NOW, 3) == []


def test_people_are_found_by_their_address_in_any_capitals(tx: Tx) -> None:
    assert [one.id for one in tx.attendees.with_address("ADA@Ada.example")] == [ada().id]
    assert tx.attendees.with_address("nobody@ada.example") == []
    assert tx.attendees.with_address("") == []


def test_slips_are_apart_from_the_follow_ups(tx: Tx) -> None:
    slip = a_letter(ada(), id="slip", kind="link", message_id="<slip@demo.example>")
    tx.letters.add(slip)
    assert tx.letters.counts(EVENT_ID) == {}
    assert tx.letters.of_attendee(ada().id) == []
    assert tx.letters.written(EVENT_ID, "", "~") == {}
    assert tx.letters.next_due_at(EVENT_ID) is None
    assert tx.letters.of_kind(ada().id, "link") == [slip]
    assert tx.letters.of_kind(ada().id, "erase") == []
    assert tx.figures.letters_in(EVENT_ID, ("queued",), 10) == []
    assert tx.deliveries.call_back(EVENT_ID, "planned", "", NOW) == 0
    assert tx.deliveries.cancel_absent(EVENT_ID, "absent", NOW) == 0
    assert tx.deliveries.release_held(EVENT_ID, NOW) == 0


def test_a_slip_leaves_before_the_event_has_ended(tx: Tx) -> None:
    slip = a_letter(ada(), id="slip", kind="link", message_id="<slip@demo.example>")
    tx.letters.add(slip)
    tx.letters.add(a_letter(grace()))
    assert tx.deliveries.due_count(NOW) == 1
    (leased,) = tx.deliveries.lease("worker", 10, LATER, NOW)
    assert leased.id == "slip"


def test_a_letter_that_is_taken_back_loses_its_lease(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), state="leased", leased_by="worker", leased_until=LATER))
    assert tx.deliveries.take_back(ada().id) == 1
    assert not tx.deliveries.commit(a_letter(ada()).id, "worker", LATER)
    assert tx.deliveries.take_back(ada().id) == 0


def test_a_suppressed_address_says_why(tx: Tx) -> None:
    tx.suppressions.add(EVENT_ID, "digest", "bounced", NOW)
    assert tx.suppressions.reason(EVENT_ID, "digest") == "bounced"
    assert tx.suppressions.reason(EVENT_ID, "another") == ""


def test_a_phone_is_found_by_its_id_also_when_it_is_unlinked(tx: Tx) -> None:
    phone = Phone("phone", ada().id, "Firefox", NOW)
    tx.phones.add(phone, "digest")
    tx.phones.unlink("phone", ada().id, LATER)
    assert tx.phones.get("phone") == replace(phone, unlinked_at=LATER)
    assert tx.phones.get("another") is None
