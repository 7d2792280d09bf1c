"""The event's day at the desk: figures are a function of the scans, and cost little."""

from datetime import timedelta
from random import Random
from typing import get_args

import pytest

from kiosk.aside import Malformed
from kiosk.judge import Reading
from kiosk.model import (
    Answer,
    Attendee,
    Device,
    LetterState,
    Outcome,
    Phase,
    Reason,
    Role,
    Scan,
)
from kiosk.presence import walk
from kiosk.scan import Receive, receive
from kiosk.store import SqliteStore
from kiosk.web.desk.conflicts import conflicts_of
from kiosk.web.desk.words import OUTCOMES, PHASES, REASONS, ROLES, STATES
from tests.builders import (
    NOW,
    Clock,
    a_device,
    a_list,
    ada,
    an_attendee,
    an_event,
    code_of,
    grace,
    linus,
    mallory,
    named_id,
    plant,
)
from tests.web.browser import Browser

EVENT = "/desk/events/demo-2026/"


def read(
    store: SqliteStore, device: Device, seq: int, kind: str = "check_in", **more: object
) -> None:
    """One reading of a device, at NOW plus `seq` minutes."""
    at = NOW + timedelta(minutes=seq)
    fields = {"codes": (), "list_name": "main", **more}
    reading = Reading(named_id(f"scan {seq}"), seq, kind, scanned_at=at, **fields)  # type: ignore[arg-type]
    store.write(receive, Receive(device, (reading,)), at)


def test_the_desk_lists_the_events(desk: Browser, store: SqliteStore) -> None:
    assert "No event yet" in desk.get("/desk/").text
    plant(store, ada(), grace())
    page = desk.get("/desk/").text
    assert "Demo Conference 2026" in page
    assert "1 June – 2 June 2026" in page
    assert "<strong>2</strong>" in page
    assert "Open" in page


def test_an_event_without_people_asks_for_a_list(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    page = desk.get(EVENT).text
    assert "An empty guest list" in page
    assert "Close the event" not in page


def test_an_unknown_event_is_not_found(desk: Browser) -> None:
    assert desk.get("/desk/events/nowhere/").status_code == 404
    assert desk.get("/desk/events/nowhere/live").status_code == 404


def test_the_figures_follow_the_scans(desk: Browser, store: SqliteStore) -> None:
    door = a_device()
    plant(store, ada(), grace(), linus(status="canceled"), devices=[door])
    read(store, door, 1, codes=(code_of(ada()),))
    read(store, door, 2, codes=(code_of(grace()),))
    read(store, door, 3, "connect", codes=(code_of(ada()), code_of(grace())))
    read(store, door, 4, "check_out", codes=(code_of(grace()),))
    read(store, door, 5, codes=(code_of(linus()),))
    read(store, door, 6, codes=("nobody-has-this",))
    page = desk.get(EVENT).text
    assert '2 <span class="stat__of">of 2</span>' in page
    assert "1 inside now" in page
    for word in ("Canceled", "Unknown code", "Swapped", "Left"):
        assert word in page
    assert page.count("feed__line") == 6 + 1  # six scans and the tablet


def test_two_tablets_alone_make_a_conflict_that_is_shown(
    desk: Browser, store: SqliteStore
) -> None:
    west, east = a_device("West"), a_device("East")
    plant(store, ada(), devices=[west, east])
    read(store, west, 1, codes=(code_of(ada()),))
    read(store, east, 2, codes=(code_of(ada()),), decided="welcomed")
    assert "1 person was let in twice" in desk.get(EVENT).text
    listed = desk.get(EVENT + "refusals/?kind=conflicts").text
    assert "East, after 10:01 at West · main" in listed


@pytest.mark.parametrize("may_return", [True, False])
def test_looking_at_suspects_alone_finds_every_conflict(
    store: SqliteStore, may_return: bool
) -> None:
    chance = Random(7)
    rule = a_list(allow_entry_after_exit=may_return)
    crowd = [an_attendee(f"Person {number}", ticket_code="") for number in range(120)]
    plant(store, *crowd, devices=[a_device()])
    scans = [
        a_scan(f"{person.name} {place}", person, kind)
        for person in crowd
        for place, kind in enumerate(chance.choices(("check_in", "check_out"), k=5))
    ]
    store.write(lambda tx, _, now: tx.events.put_list(rule), None, NOW)
    for scan in scans:
        store.write(lambda tx, it, _: tx.scans.add(it), scan, NOW)
    by_person = [[scan for scan in scans if scan.attendee_id == who.id] for who in crowd]
    expected = sum(len(walk(rule, own).conflicts) for own in by_person)
    with store.read() as tx:
        assert len(conflicts_of(tx, an_event())) == expected > 0


def a_scan(name: str, person: Attendee, kind: str) -> Scan:
    at = NOW + timedelta(minutes=int(name[-1]))
    outcome: Outcome = "welcomed" if kind == "check_in" else "goodbye"
    answer = Answer(named_id(name), outcome, at)
    return Scan(
        id=named_id(name),
        event_id=person.event_id,
        device_id=a_device().id,
        seq=1,
        kind="check_in" if kind == "check_in" else "check_out",
        list_id=a_list().id,
        attendee_id=person.id,
        scanned_at=at,
        received_at=at,
        fingerprint=name,
        outcome=outcome,
        reason=None,
        conflict=None,
        answer=answer,
    )


def test_what_could_not_be_kept_is_shown_and_nothing_of_it_runs(
    desk: Browser, store: SqliteStore
) -> None:
    door = a_device()
    plant(store, ada(), devices=[door])
    body = '{"id": "<script>alert(1)</script>"}'
    store.write(receive, Receive(door, (Malformed(None, 9, body),)), NOW)
    assert "1 reading could not be kept" in desk.get(EVENT).text
    page = desk.get(EVENT + "refusals/?kind=quarantine").text
    assert "Unreadable" in page
    assert "number 9" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_watcher_whose_copy_is_right_gets_304(
    desk: Browser, store: SqliteStore, clock: Clock
) -> None:
    door = a_device()
    plant(store, ada(), devices=[door])
    first = desk.get(EVENT + "live")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert first.status_code == 200
    clock.move(minutes=1)
    same = desk.get(EVENT + "live", headers=tag)
    assert (same.status_code, same.data) == (304, b"")
    read(store, door, 1, codes=(code_of(ada()),))
    assert desk.get(EVENT + "live", headers=tag).status_code == 304  # made just now
    clock.move(minutes=1)
    newer = desk.get(EVENT + "live", headers=tag)
    assert newer.status_code == 200
    assert "Welcomed" in newer.text


def test_nobody_of_another_event_is_shown(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada())
    plant(store, mallory(), event=an_event(slug="other-2026"))
    assert "Mallory" not in desk.get(EVENT + "people/").text
    assert desk.get(f"{EVENT}people/{mallory().id}").status_code == 404
    assert "Mallory" not in desk.get(EVENT + "people/?q=mallory").text


def test_each_list_counts_those_whose_tickets_fit(store: SqliteStore) -> None:
    plant(store, ada(), grace(ticket_type="Workshop"), linus(blocked="no"))
    workshop = a_list("workshop", ticket_types=("Workshop",))
    with store.read() as tx:
        assert tx.figures.door(a_list()).expected_count == 2
        assert tx.figures.door(workshop).expected_count == 1


@pytest.mark.parametrize(
    ("words", "things"),
    [
        (OUTCOMES, get_args(Outcome)),
        (REASONS, tuple(Reason)),
        (PHASES, get_args(Phase)),
        (STATES, get_args(LetterState)),
        (ROLES, get_args(Role)),
    ],
)
def test_the_desk_has_words_for_everything(
    words: dict[object, object], things: tuple[object, ...]
) -> None:
    assert set(words) == set(things)
