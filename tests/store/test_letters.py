"""Letters, the steps of a delivery, what holds an outbox up, and who wants no letters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.model import Letter, Outbox
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, ada, enrol, grace, linus, settle
from tests.store.rows import a_closure, a_letter, a_scan, meet

HOUR = timedelta(hours=1)
EVER = "\U0010ffff"


@pytest.fixture(autouse=True)
def a_closed_event(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    enrol(tx)
    tx.events.add_closure(a_closure())
    for person in (ada(), grace()):
        tx.scans.add(a_scan(f"in {person.name}", person))


def leased(tx: Tx, letter: Letter) -> Letter:
    tx.letters.add(letter)
    (taken,) = tx.deliveries.lease("worker", 1, NOW + HOUR, NOW)
    return taken


def test_a_letter_comes_back_whole_and_as_it_was_revised(tx: Tx) -> None:
    letter = a_letter(ada(), grace(), linus())
    tx.letters.add(letter)
    assert tx.letters.get(letter.id) == letter
    revised = replace(letter, people=(), kind="met_nobody", state="planned")
    tx.letters.revise(revised)
    assert tx.letters.of_attendee(ada().id) == tx.exports.letters_to(ada().id) == [revised]
    assert list(tx.exports.letters(EVENT_ID)) == [revised]
    assert tx.letters.counts(EVENT_ID) == {"planned": 1}
    assert tx.letters.next_due_at(EVENT_ID) is None
    assert tx.letters.get("nothing") is None


def test_a_letter_that_a_worker_holds_is_not_revised(tx: Tx) -> None:
    taken = leased(tx, a_letter(ada(), grace()))
    tx.letters.revise(replace(taken, people=()))
    assert tx.letters.get(taken.id) == taken


def test_recipients_are_those_who_came_in_slices_by_id(tx: Tx) -> None:
    here = sorted([ada(), grace()], key=lambda person: person.id)
    assert tx.letters.recipients(EVENT_ID, "", 1) == here[:1]
    assert tx.letters.recipients(EVENT_ID, here[0].id, 9) == here[1:]
    assert tx.letters.recipients(EVENT_ID, here[1].id, 9) == []


def test_whom_people_met_and_what_was_written_to_them_come_together(tx: Tx) -> None:
    meet(tx, ada(), grace())
    meet(tx, ada(), linus(), withdrawn_at=NOW)
    tx.letters.add(a_letter(ada(), generation=2))
    tx.letters.add(a_letter(ada()))
    met = tx.letters.met(EVENT_ID, "", EVER)
    assert {one: list(others) for one, others in met.items()} == {
        ada().id: [grace().id],
        grace().id: [ada().id],
    }
    written = tx.letters.written(EVENT_ID, "", EVER)
    assert dict(written) == {ada().id: [a_letter(ada()), a_letter(ada(), generation=2)]}


def test_only_letters_due_in_an_event_that_ended_are_leased(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), due_at=NOW + HOUR))
    assert tx.letters.next_due_at(EVENT_ID) == NOW + HOUR
    assert tx.deliveries.due_count(NOW) == 0
    assert tx.deliveries.lease("worker", 5, NOW + HOUR, NOW) == []
    assert tx.deliveries.due_count(NOW + HOUR) == 1
    tx.events.change_closure(a_closure(reopened_at=NOW))
    assert tx.deliveries.lease("worker", 5, NOW + HOUR, NOW + HOUR) == []


def test_a_letter_is_leased_by_one_worker_only_the_longest_waiting_first(tx: Tx) -> None:
    tx.letters.add(a_letter(ada()))
    tx.letters.add(a_letter(grace(), due_at=NOW - HOUR))
    (first,) = tx.deliveries.lease("one", 1, NOW + HOUR, NOW)
    (second,) = tx.deliveries.lease("two", 5, NOW + HOUR, NOW)
    assert (first.attendee_id, second.attendee_id) == (grace().id, ada().id)
    assert (first.state, first.leased_by, first.attempt_count) == ("leased", "one", 1)
    assert set(tx.deliveries.workers()) == {"one", "two"}
    assert tx.deliveries.lease("three", 5, NOW + HOUR, NOW) == []


def test_a_leased_letter_is_committed_and_settled_by_its_worker_alone(tx: Tx) -> None:
    taken = leased(tx, a_letter(ada(), grace()))
    assert not tx.deliveries.commit(taken.id, "another", NOW + HOUR)
    assert tx.deliveries.commit(taken.id, "worker", NOW + HOUR)
    sent = replace(taken, state="sent", settled_at=NOW, reason="250 ok")
    assert not tx.deliveries.settle(sent, "another")
    assert tx.deliveries.settle(sent, "worker")
    assert not tx.deliveries.settle(sent, "worker")
    kept = tx.letters.get(taken.id)
    assert kept == replace(sent, leased_by=None, leased_until=None)


def test_a_letter_called_back_while_leased_is_never_committed(tx: Tx) -> None:
    taken = leased(tx, a_letter(ada(), grace()))
    assert tx.deliveries.call_back(EVENT_ID, "cancelled", "reopened", NOW) == 1
    assert not tx.deliveries.commit(taken.id, "worker", NOW + HOUR)
    assert tx.letters.counts(EVENT_ID) == {"cancelled": 1}


def test_letters_are_called_back_by_address(tx: Tx) -> None:
    tx.letters.add(a_letter(ada()))
    tx.letters.add(a_letter(grace()))
    address = grace().email
    assert tx.deliveries.call_back(EVENT_ID, "skipped", "no", NOW, address=address) == 1
    assert tx.letters.counts(EVENT_ID) == {"queued": 1, "skipped": 1}


def test_letters_to_people_who_are_not_here_after_all_are_cancelled(tx: Tx) -> None:
    tx.letters.add(a_letter(linus()))
    tx.letters.add(a_letter(ada()))
    assert tx.deliveries.cancel_absent(EVENT_ID, "not here", NOW) == 1
    assert tx.letters.counts(EVENT_ID) == {"cancelled": 1, "queued": 1}


def test_a_lease_that_was_not_used_is_given_back_as_if_never_taken(tx: Tx) -> None:
    letter = a_letter(ada())
    taken = leased(tx, letter)
    assert not tx.deliveries.release(taken.id, "another")
    assert tx.deliveries.release(taken.id, "worker")
    assert tx.letters.get(letter.id) == letter


def test_leases_expire_by_the_clock_and_with_their_worker(tx: Tx) -> None:
    taken = leased(tx, a_letter(ada()))
    assert tx.deliveries.expired(NOW, 9) == []
    assert tx.deliveries.expired(NOW + HOUR, 9) == [taken]
    tx.deliveries.expire("worker", NOW)
    assert tx.deliveries.expired(NOW, 9) == [replace(taken, leased_until=NOW)]


def test_letters_that_wait_for_the_organiser_are_released_at_once(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), state="planned", due_at=NOW + HOUR))
    assert tx.deliveries.release_held(EVENT_ID, NOW) == 1
    assert tx.deliveries.due_count(NOW) == 1


def test_an_outbox_holds_letters_up_until_it_is_released(tx: Tx) -> None:
    tx.letters.add(a_letter(ada()))
    assert tx.outboxes.get(EVENT_ID) == Outbox(EVENT_ID)
    for held in (Outbox(EVENT_ID, held_at=NOW), Outbox(EVENT_ID, paused_until=NOW + HOUR)):
        tx.outboxes.put(held)
        assert tx.outboxes.get(EVENT_ID) == held
        assert tx.deliveries.due_count(NOW) == 0
    tx.outboxes.put(
        Outbox(EVENT_ID, failure_count=3, paused_until=NOW + HOUR, reason="off")
    )
    tx.outboxes.note_success(EVENT_ID)
    assert tx.outboxes.get(EVENT_ID) == Outbox(EVENT_ID)
    assert tx.deliveries.due_count(NOW) == 1


def test_an_address_that_wants_no_letters_is_remembered_once(tx: Tx) -> None:
    assert tx.suppressions.add(EVENT_ID, "digest", "unsubscribed", NOW)
    assert not tx.suppressions.add(EVENT_ID, "digest", "bounced", NOW)
    assert tx.suppressions.of_event(EVENT_ID) == {"digest": "unsubscribed"}
    assert tx.suppressions.has(EVENT_ID, "digest")
    assert not tx.suppressions.has(EVENT_ID, "other")
    assert tx.suppressions.remove(EVENT_ID, "digest")
    assert not tx.suppressions.remove(EVENT_ID, "digest")


def test_the_desk_lists_letters_by_state(tx: Tx) -> None:
    tx.letters.add(a_letter(ada(), state="failed"))
    tx.letters.add(a_letter(grace()))
    found = tx.figures.letters_in(EVENT_ID, ("failed", "bounced"), 10)
    assert [letter.attendee_id for letter in found] == [ada().id]
