"""What goes and what stays when a person, or an event, is forgotten."""

from dataclasses import replace

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


def test_an_event_is_forgotten_as_a_whole(tx: Tx) -> None:
    meet(tx, ada(), grace())
    tx.suppressions.add(EVENT_ID, "digest", "unsubscribed", NOW)
    tx.scans.quarantine(
        Quarantined("q", EVENT_ID, a_device().id, 1, Reason.MALFORMED, "Ada", NOW)
    )
    tx.erasures.forget_everybody(EVENT_ID, NOW)
    assert tx.attendees.count(EVENT_ID) == tx.connections.count(EVENT_ID) == 0
    assert tx.tickets.of_event(EVENT_ID) == []
    assert tx.badges.of_event(EVENT_ID) == []
    assert tx.suppressions.of_event(EVENT_ID) == {}
    assert [row.body for row in tx.scans.quarantined(EVENT_ID)] == [""]


def test_answers_and_letters_that_name_a_person_are_found_and_rewritten(tx: Tx) -> None:
    scan = a_scan(person=ada(), override="Ada paid")
    letter, other = a_letter(grace(), ada()), a_letter(ada())
    tx.scans.add(scan)
    tx.letters.add(letter)
    tx.letters.add(other)
    assert tx.erasures.answers(EVENT_ID, naming=ada().id) == [(scan.id, scan.answer)]
    assert tx.erasures.answers(EVENT_ID, naming=grace().id) == []
    assert len(tx.erasures.letters(EVENT_ID, naming=ada().id)) == 2
    assert list(tx.erasures.letters(EVENT_ID, naming=grace().id)) == [letter]
    empty = Answer(scan.id, "welcomed", NOW)
    tx.erasures.put_answer(scan.id, empty)
    tx.erasures.put_letter(replace(letter, people=()))
    assert tx.scans.get(scan.id) == replace(scan, answer=empty, override="erased")
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
