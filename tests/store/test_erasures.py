"""What goes and what stays when a person, or an event, is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.model import Answer, Erasure, Purge, Quarantined, Reason, Ticket
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, a_device, ada, enrol, grace, settle
from tests.store.rows import a_letter, a_scan, meet


@pytest.fixture(autouse=True)
def two_people(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    enrol(tx)


def test_a_forgotten_person_is_found_by_no_question(tx: Tx) -> None:
    connection = meet(tx, ada(), grace())
    tx.names.put(ada())
    tx.erasures.forget(ada().id, NOW)
    assert tx.attendees.get(ada().id) is None
    assert (
        tx.attendees.of_event(EVENT_ID) == list(tx.exports.attendees(EVENT_ID)) == [grace()]
    )
    assert tx.attendees.count(EVENT_ID) == 1
    assert tx.badges.of_attendee(ada().id) is None
    assert tx.tickets.of_attendee(ada().id) == []
    assert tx.connections.get(connection.id) is None
    assert tx.names.beginning(EVENT_ID, "ada") == set()
    assert tx.badges.of_attendee(grace().id) is not None


def test_an_emptied_row_is_never_filled_again(tx: Tx) -> None:
    tx.erasures.forget(ada().id, NOW)
    tx.attendees.change(ada())
    assert tx.attendees.get(ada().id) is None


def test_what_an_event_holds_of_people_unknown_is_emptied(tx: Tx) -> None:
    tx.suppressions.add(EVENT_ID, "digest", "unsubscribed", NOW)
    tx.scans.add(a_scan(override="somebody paid"))
    tx.scans.quarantine(
        Quarantined("q", EVENT_ID, a_device().id, 1, Reason.MALFORMED, "Ada", NOW)
    )
    tx.erasures.forget_texts(EVENT_ID)
    assert tx.suppressions.of_event(EVENT_ID) == {}
    assert [row.body for row in tx.scans.quarantined(EVENT_ID)] == [""]
    assert [scan.override for scan in tx.scans.of_event(EVENT_ID)] == ["erased"]


def test_people_are_forgotten_in_slices_by_id(tx: Tx) -> None:
    ids = sorted((ada().id, grace().id))
    assert tx.erasures.next_people(EVENT_ID, 1) == ids[:1]
    tx.erasures.forget(ids[0], NOW)
    assert tx.erasures.next_people(EVENT_ID, 9) == ids[1:]


def test_who_was_held_at_an_instant_is_still_here_or_forgotten(tx: Tx) -> None:
    registered_at = ada().registered_at
    assert registered_at
    before = registered_at - timedelta(microseconds=1)
    assert tx.erasures.is_anybody_held_since(EVENT_ID, registered_at)
    assert not tx.erasures.is_anybody_held_since(EVENT_ID, before)
    assert not tx.erasures.is_anybody_held_since("elsewhere", NOW)
    for person in (ada(), grace()):
        tx.erasures.forget(person.id, NOW)
    assert not tx.erasures.is_anybody_held_since(EVENT_ID, NOW)


def test_answers_that_name_a_person_are_found_and_rewritten(tx: Tx) -> None:
    entry, swap, refused = (
        a_scan("entry", ada(), override="Ada paid"),
        a_scan("swap", kind="connect", outcome="connected"),
        a_scan("refused", ada(), attendee_id=None, kind="connect", outcome="turned_away"),
    )
    for scan in (entry, swap, refused):
        tx.scans.add(scan)
    first, second = sorted((ada().id, grace().id))
    tx.scans.add_pairs(swap.id, [(first, second)])
    found = {scan_id for scan_id, _ in tx.erasures.answers(ada().id)}
    assert found == {entry.id, swap.id}
    assert [scan_id for scan_id, _ in tx.erasures.answers(grace().id)] == [swap.id]
    assert tx.erasures.refused_swaps(EVENT_ID, ada().id) == [(refused.id, refused.answer)]
    assert tx.erasures.refused_swaps(EVENT_ID, grace().id) == []
    assert len(tx.erasures.refused_swaps(EVENT_ID)) == 1
    empty = Answer(entry.id, "welcomed", NOW)
    tx.erasures.put_answer(entry.id, empty)
    assert tx.scans.get(entry.id) == replace(entry, answer=empty, override="erased")


def test_letters_to_a_person_and_to_those_they_met_are_found(tx: Tx) -> None:
    letter, other = a_letter(grace(), ada()), a_letter(ada())
    tx.letters.add(letter)
    tx.letters.add(other)
    assert tx.erasures.letters(EVENT_ID, ada().id) == [other]
    meet(tx, ada(), grace())
    assert len(tx.erasures.letters(EVENT_ID, ada().id)) == 2
    tx.erasures.put_letter(replace(letter, people=()))
    assert tx.letters.get(letter.id) == replace(letter, people=())


def test_a_shared_address_keeps_its_wish_for_no_letters(tx: Tx) -> None:
    wife = replace(grace(), id="wife", email="ADA@ada.example")
    tx.attendees.add(wife)
    tx.suppressions.add(EVENT_ID, "digest", "unsubscribed", NOW)
    tx.erasures.drop_suppression(ada(), "digest")
    assert tx.suppressions.has(EVENT_ID, "digest")
    tx.erasures.forget(ada().id, NOW)
    tx.erasures.drop_suppression(wife, "digest")
    assert not tx.suppressions.has(EVENT_ID, "digest")


def test_what_was_set_aside_is_emptied_and_stays(tx: Tx) -> None:
    row = Quarantined("q", EVENT_ID, a_device().id, 1, Reason.MALFORMED, "Ada", NOW)
    tx.scans.quarantine(row)
    tx.erasures.empty_quarantined("q")
    assert tx.scans.quarantined(EVENT_ID) == [replace(row, body="")]


def test_signs_are_kept_once_and_by_event(tx: Tx) -> None:
    for _ in range(2):
        tx.erasures.put_signs(EVENT_ID, {"one", "two"})
    tx.erasures.put_signs(EVENT_ID, ())
    assert tx.erasures.signs(EVENT_ID) == {"one", "two"}
    assert tx.erasures.signs("elsewhere") == set()


def test_an_erasure_and_a_purge_are_recorded_once_by_ids(tx: Tx) -> None:
    erasure, record = Erasure(ada().id, EVENT_ID, NOW), Purge(EVENT_ID, NOW, 2, 1, 1, 0)
    for _ in range(2):
        tx.erasures.add(erasure)
        tx.erasures.add_purge(record)
    assert tx.erasures.get(ada().id) == erasure
    assert tx.erasures.all() == [erasure]
    assert tx.erasures.purge_of(EVENT_ID) == record
    assert tx.erasures.purges() == [record]
    assert tx.erasures.get("nobody") is None
    assert tx.erasures.purge_of("nothing") is None


def test_a_ticket_code_is_free_again_once_its_person_was_forgotten(tx: Tx) -> None:
    tx.erasures.forget(ada().id, NOW)
    ticket = Ticket(EVENT_ID, ada().ticket_code, grace().id)
    tx.tickets.put([ticket])
    assert tx.tickets.find(EVENT_ID, ada().ticket_code) == ticket
