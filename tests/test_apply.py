"""An event file made true: created, changed, left alone, or refused whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.apply import Applied, ApplyEvent, Change, ListsInUse, apply
from kiosk.intake.event_file import read_event_file
from kiosk.model import Answer, CheckInList, Event, Reason, Scan
from kiosk.pair import revoke
from kiosk.store import Tx
from tests.builders import NOW, a_device, enrol, named_id

FILE = """
slug = "demo-2026"
name = "Demo Conference 2026"
timezone = "Europe/Berlin"
starts_at = 2026-06-01T09:00:00
ends_at = 2026-06-02T18:00:00

[[check_in_lists]]
name = "main"

[[check_in_lists]]
name = "workshop"
ticket_types = ["Workshop"]

[follow_up]
sender_address = "hello@demo.example"
"""


def the_file(**changes: str) -> ApplyEvent:
    text = FILE
    for before, after in changes.items():
        text = text.replace(before, after)
    return read_event_file(text.encode())


def done(tx: Tx, command: ApplyEvent) -> Applied:
    outcome = apply(tx, command, NOW)
    assert isinstance(outcome, Applied)
    return outcome


def lists(tx: Tx, event: Event) -> dict[str, CheckInList]:
    return {rule.name: rule for rule in tx.events.lists(event.id)}


def test_a_new_event_is_created_with_its_lists(tx: Tx) -> None:
    made = done(tx, the_file())
    assert made.is_new
    assert made.changes == ()
    assert tx.events.by_slug("demo-2026") == made.event
    assert made.event.opens_at == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert set(lists(tx, made.event)) == {"main", "workshop"}


def test_the_same_file_again_changes_nothing(tx: Tx) -> None:
    first = done(tx, the_file())
    before = lists(tx, first.event)
    again = done(tx, the_file())
    assert (again.is_new, again.changes, again.event) == (False, (), first.event)
    assert lists(tx, first.event) == before


def test_what_differs_is_changed_and_told(tx: Tx) -> None:
    done(tx, the_file())
    changed = replace(the_file(), event=replace(the_file().event, venue="Old Harbour Hall"))
    assert done(tx, changed).changes == (Change("venue", "", "Old Harbour Hall"),)
    later = replace(changed.event.follow_up, late_scans_for=timedelta(hours=2))
    rules = (CheckInList("", "", "main", include_pending=True), CheckInList("", "", "gala"))
    told = done(tx, ApplyEvent(replace(changed.event, follow_up=later), rules)).changes
    assert set(told) == {
        Change("follow_up.late_scans_for", timedelta(hours=1), timedelta(hours=2)),
        Change("list main: include_pending", False, True),
        Change("list", None, "gala"),
        Change("list", "workshop", None),
    }


def without_workshop() -> ApplyEvent:
    return replace(the_file(), lists=the_file().lists[:1])


def test_a_list_that_serves_a_device_stays_and_nothing_changes(tx: Tx) -> None:
    event = done(tx, the_file()).event
    device = enrol(tx, a_device(event_id=event.id, list_name="workshop"))
    refused = apply(
        tx, replace(without_workshop(), event=replace(event, name="Renamed")), NOW
    )
    assert refused == ListsInUse(("workshop",))
    kept = tx.events.by_slug("demo-2026")
    assert kept == event
    revoke(tx, device.id, NOW)
    assert set(lists(tx, done(tx, without_workshop()).event)) == {"main"}


def test_a_list_with_scans_stays(tx: Tx) -> None:
    event = done(tx, the_file()).event
    device = enrol(tx, a_device(event_id=event.id))
    a_scan_at(tx, event, device.id, lists(tx, event)["workshop"].id)
    assert apply(tx, without_workshop(), NOW) == ListsInUse(("workshop",))


def a_scan_at(tx: Tx, event: Event, device_id: str, list_id: str) -> None:
    scan_id = named_id("a refused scan")
    answer = Answer(scan_id, "turned_away", NOW, Reason.UNKNOWN_CODE)
    tx.scans.add(
        Scan(
            id=scan_id,
            event_id=event.id,
            device_id=device_id,
            seq=1,
            kind="check_in",
            list_id=list_id,
            attendee_id=None,
            scanned_at=NOW,
            received_at=NOW,
            fingerprint="",
            outcome="turned_away",
            reason=Reason.UNKNOWN_CODE,
            conflict=None,
            answer=answer,
        )
    )


@pytest.mark.parametrize("slug", ["other-2026", "demo-2027"])
def test_another_slug_is_another_event(tx: Tx, slug: str) -> None:
    done(tx, the_file())
    other = done(tx, the_file(**{"demo-2026": slug}))
    assert other.is_new
    assert {event.slug for event in tx.events.all()} == {"demo-2026", slug}
