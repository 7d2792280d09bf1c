"""Events, their doors and ends, organisers and where lists come from."""

from dataclasses import replace
from datetime import timedelta

from kiosk.model import FollowUp, Organiser, SignIn
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, OTHER_EVENT_ID, a_list, an_event, enrol, settle
from tests.store.rows import a_closure, a_scan

OLGA = Organiser("olga", "Olga@demo.example", "hash", NOW)


def test_an_event_comes_back_as_it_was_put_and_as_it_was_changed(tx: Tx) -> None:
    event = an_event(follow_up=FollowUp("A", "a@a.example", "b@b.example", hold=True))
    tx.events.add(event)
    assert tx.events.get(event.id) == tx.events.by_slug("demo-2026") == event
    changed = replace(
        event,
        languages=("de",),
        follow_up=replace(event.follow_up, nudges=(timedelta(days=14), timedelta(days=60))),
    )
    tx.events.change(changed)
    assert tx.events.get(event.id) == changed
    assert tx.events.get("nothing") is tx.events.by_slug("nothing") is None


def test_events_are_listed_by_their_start(tx: Tx) -> None:
    later = an_event(slug="other-2026", starts_at=NOW + timedelta(days=9))
    tx.events.add(later)
    tx.events.add(an_event())
    assert [event.slug for event in tx.events.all()] == ["demo-2026", "other-2026"]


def test_a_list_is_put_changed_found_by_name_and_removed(tx: Tx) -> None:
    event = settle(tx)
    workshop = a_list("workshop", ticket_types=("VIP", "Speaker"), include_pending=True)
    tx.events.put_list(workshop)
    assert tx.events.list_named(event.id, "workshop") == workshop
    assert list(tx.events.lists(event.id)) == [a_list(), workshop]
    changed = replace(workshop, ticket_types=(), allow_entry_after_exit=False)
    tx.events.put_list(changed)
    assert tx.events.list_named(event.id, "workshop") == changed
    tx.events.remove_list(workshop.id)
    assert list(tx.events.lists(event.id)) == [a_list()]
    assert tx.events.list_named(OTHER_EVENT_ID, "main") is None


def test_a_list_knows_whether_anybody_was_read_there(tx: Tx) -> None:
    settle(tx)
    enrol(tx)
    assert not tx.events.has_scans(a_list().id)
    tx.scans.add(a_scan())
    assert tx.events.has_scans(a_list().id)


def test_an_event_closes_once_and_again_after_it_was_reopened(tx: Tx) -> None:
    settle(tx)
    first, second = a_closure(), a_closure(id="second")
    assert tx.events.closure(EVENT_ID) is None
    assert tx.events.add_closure(first)
    assert not tx.events.add_closure(second)
    assert tx.events.closure(EVENT_ID) == first
    reopened = replace(first, reopened_at=NOW, reopened_by="olga")
    tx.events.change_closure(reopened)
    assert tx.events.closure(EVENT_ID) is None
    later = replace(second, closed_at=second.closed_at + timedelta(hours=1))
    assert tx.events.add_closure(later)
    assert tx.events.closures(EVENT_ID) == [reopened, later]


def test_an_organiser_is_found_whatever_the_case_of_the_address(tx: Tx) -> None:
    tx.organisers.add(OLGA)
    assert tx.organisers.by_email("olga@DEMO.example") == OLGA
    assert tx.organisers.get("olga") == OLGA
    assert tx.organisers.all() == [OLGA]
    changed = replace(OLGA, password_hash="another")
    tx.organisers.change(changed)
    assert tx.organisers.get("olga") == changed
    assert tx.organisers.by_email("nobody@demo.example") is None


def test_a_sign_in_stands_until_it_ends_or_runs_out(tx: Tx) -> None:
    tx.organisers.add(OLGA)
    over = NOW + timedelta(hours=8)
    for digest in ("one", "two", "three"):
        tx.sign_ins.add(SignIn(digest, "olga", NOW, over))
    assert tx.sign_ins.standing("one", NOW) == SignIn("one", "olga", NOW, over)
    assert tx.sign_ins.standing("one", over) is None
    tx.sign_ins.end("one", NOW)
    assert tx.sign_ins.standing("one", NOW) is None
    assert tx.sign_ins.end_all("olga", NOW) == 2
    assert tx.sign_ins.standing("three", NOW) is None
    assert tx.sign_ins.forget_before(over) == 0
    assert tx.sign_ins.forget_before(over + timedelta(seconds=1)) == 3


def test_a_source_remembers_how_far_it_was_read(tx: Tx) -> None:
    settle(tx)
    assert tx.sources.cursor(EVENT_ID, "pretix") == ""
    for cursor in ("page 2", "page 3"):
        tx.sources.put(EVENT_ID, "pretix", cursor)
    assert tx.sources.cursor(EVENT_ID, "pretix") == "page 3"
    assert tx.sources.cursor(EVENT_ID, "another shop") == ""
