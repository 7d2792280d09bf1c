"""An event file made true: created, changed, left alone, or refused whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.apply import (
    Applied,
    ApplyEvent,
    Change,
    ListsInUse,
    SponsorsInUse,
    apply,
)
from kiosk.intake.event_file import EventFileError, read_event_file
from kiosk.model import Answer, CheckInList, Event, Lead, Reason, Scan
from kiosk.pair import revoke
from kiosk.store import Tx
from tests.builders import NOW, a_device, ada, enrol, join, named_id

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


SPONSORS = """
[[sponsors]]
name = "Acme"
purpose = "Acme writes to you once about its new engines."

[[sponsors]]
name = "Babbage & Co."
purpose = "A raffle for a difference engine."
fields = ["phone", "name"]
"""


def the_fair(text: str = SPONSORS) -> ApplyEvent:
    return read_event_file((FILE + text).encode())


def test_sponsors_are_kept_by_name_and_say_what_they_ask_for(tx: Tx) -> None:
    event = done(tx, the_fair()).event
    acme, babbage = tx.sponsors.of_event(event.id)
    assert acme.fields == ("name", "company", "email")
    assert (babbage.name, babbage.fields) == ("Babbage & Co.", ("name", "phone"))
    assert done(tx, the_fair()).changes == ()
    assert tx.sponsors.of_event(event.id) == [acme, babbage]
    text = SPONSORS.replace("once", "twice").partition('[[sponsors]]\nname = "Babb')[0]
    assert set(done(tx, the_fair(text)).changes) == {
        Change(
            "sponsor Acme: purpose",
            "Acme writes to you once about its new engines.",
            "Acme writes to you twice about its new engines.",
        ),
        Change("sponsor", "Babbage & Co.", None),
    }


def test_a_sponsor_with_a_device_or_a_lead_stays_and_its_leads_never_widen(tx: Tx) -> None:
    event = done(tx, the_fair()).event
    acme, babbage = tx.sponsors.of_event(event.id)
    booth = enrol(tx, a_device(event_id=event.id, sponsor_id=acme.id))
    person = join(tx, ada(event_id=event.id))
    lead = Lead("yes", babbage.id, person.id, ("name",), "A raffle.", NOW, booth.id)
    tx.leads.add(lead)
    assert apply(tx, the_file(), NOW) == SponsorsInUse(("Acme", "Babbage & Co."))
    assert tx.sponsors.of_event(event.id) == [acme, babbage]
    done(tx, the_fair(SPONSORS.replace('["phone", "name"]', '["phone", "name", "email"]')))
    assert tx.leads.get("yes") == lead


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("purpose", "propose", "line 18: sponsors.purpose is missing"),
        ('["phone", "name"]', '["shoe size"]', "sponsors.fields holds nothing, or"),
        ("Babbage & Co.", "Acme", "sponsors has two sponsors called Acme."),
        ('["phone", "name"]', "[]", "sponsors.fields holds nothing, or"),
    ],
)
def test_a_sponsor_that_says_too_little_is_a_mistake(
    before: str, after: str, sentence: str
) -> None:
    with pytest.raises(EventFileError) as told:
        the_fair(SPONSORS.replace(before, after, 1))
    assert sentence in str(told.value)
