"""One letter for each person who came; nobody is told of the same person twice."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import compose as compose_module
from kiosk.close import Close, Closed, Reopen, close, reopen
from kiosk.compose import (
    NOBODY_LEFT,
    NOT_HERE,
    Composed,
    NothingToSay,
    Plan,
    Planned,
    compose,
    draft,
    for_the_organiser,
    is_due,
    plan,
)
from kiosk.hold import hold, send
from kiosk.ids import address_digest
from kiosk.model import Attendee, Letter
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    ada,
    an_attendee,
    an_event,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)
from tests.laws import undone
from tests.store.rows import a_closure, a_connection, a_promise, a_side, meet

LATER = NOW + timedelta(hours=2)
PEOPLE = (ada(), grace(), linus())


def a_day(tx: Tx, *people: Attendee, **changes: Any) -> None:
    """An event at which these people, or else Ada, Grace and Linus, were checked in."""
    settle(tx, an_event(**changes), people or PEOPLE)
    enrol(tx)
    let_in(tx, *(people or PEOPLE))


def ended(tx: Tx, now: datetime = NOW) -> None:
    assert isinstance(close(tx, Close(EVENT_ID, "Olga"), now), Closed)
    planned(tx, now)


def planned(tx: Tx, now: datetime = NOW) -> int:
    """Plan everything for the closure that stands; how many letters were written."""
    closure = tx.events.closure(EVENT_ID)
    assert closure is not None
    command, count = Plan(EVENT_ID, closure.id), 0
    while True:
        done = plan(tx, command, now)
        count += done.letter_count
        if done.after is None:
            return count
        command = replace(command, after=done.after)


def letter_to(tx: Tx, person: Attendee) -> Letter:
    return tx.letters.of_attendee(person.id)[-1]


def leave(tx: Tx, *people: Attendee) -> None:
    """Their last letters were sent."""
    for person in people:
        (letter,) = [
            one for one in tx.letters.of_attendee(person.id) if one.state == "queued"
        ]
        tx.letters.revise(replace(letter, state="sent", settled_at=NOW))


def ids(*people: Attendee) -> tuple[str, ...]:
    return tuple(sorted(person.id for person in people))


def read(tx: Tx, person: Attendee) -> Composed:
    composed = compose(tx, letter_to(tx, person))
    assert isinstance(composed, Composed)
    return composed


def test_everybody_who_came_gets_one_letter(tx: Tx) -> None:
    settle(tx, people=[*PEOPLE, an_attendee("Nora Noshow")])
    enrol(tx)
    let_in(tx, *PEOPLE)
    meet(tx, ada(), grace())
    ended(tx)
    assert tx.letters.counts(EVENT_ID) == {"queued": 3}
    assert [letter_to(tx, person).kind for person in PEOPLE] == [
        "follow_up",
        "follow_up",
        "met_nobody",
    ]
    assert letter_to(tx, ada()).people == (grace().id,)
    assert tx.letters.of_attendee(an_attendee("Nora Noshow").id) == []


def test_a_letter_is_fixed_with_its_message_id(tx: Tx) -> None:
    a_day(tx)
    ended(tx)
    letter = letter_to(tx, ada())
    assert letter.message_id == f"<{letter.id}@demo.example>"
    assert (letter.to_name, letter.to_address) == ("Ada Lovelace", "ada@ada.example")
    assert letter.language == "en"
    planned(tx, LATER)
    assert letter_to(tx, ada()) == letter


@pytest.mark.parametrize("state", ["withdrawn_at", "first_blocked_at", "second_blocked_at"])
def test_only_mutual_connections_are_told(tx: Tx, state: str) -> None:
    a_day(tx)
    meet(tx, ada(), grace(), **{state: NOW})
    meet(tx, ada(), linus(), agreed_at=None, asked_at=NOW, asked_by=ada().id)
    ended(tx)
    assert {letter_to(tx, person).kind for person in PEOPLE} == {"met_nobody"}


def test_whoever_has_no_address_is_planned_and_skipped(tx: Tx) -> None:
    a_day(tx, ada(email=""), grace())
    ended(tx)
    letter = letter_to(tx, ada())
    assert (letter.state, letter.reason) == ("skipped", "no e-mail address")
    assert tx.letters.counts(EVENT_ID) == {"skipped": 1, "queued": 1}


def test_whoever_unsubscribed_is_planned_and_skipped(tx: Tx) -> None:
    a_day(tx, ada(), grace())
    tx.suppressions.add(EVENT_ID, address_digest("ADA@ada.example "), "unsubscribed", NOW)
    ended(tx)
    letter = letter_to(tx, ada())
    assert (letter.state, letter.reason) == ("skipped", "unsubscribed")


def test_a_skipped_letter_comes_back_with_an_address(tx: Tx) -> None:
    a_day(tx, ada(email=""))
    ended(tx)
    first = letter_to(tx, ada())
    assert planned(tx, LATER) == 0
    tx.attendees.change(ada())
    assert planned(tx, LATER) == 1
    assert letter_to(tx, ada()) == replace(
        first,
        state="queued",
        to_address=ada().email,
        reason="",
        settled_at=None,
        due_at=LATER,
    )


def test_letters_are_due_when_the_event_says(tx: Tx) -> None:
    follow_up = replace(an_event().follow_up, send="next working day 08:30")
    a_day(tx, follow_up=follow_up)
    ended(tx)  # Monday, ten o'clock in Berlin
    assert f"{letter_to(tx, ada()).due_at:%a %H:%M}" == "Tue 06:30"


def test_with_hold_letters_wait_for_the_organiser(tx: Tx) -> None:
    a_day(tx, follow_up=replace(an_event().follow_up, hold=True))
    ended(tx)
    assert tx.letters.counts(EVENT_ID) == {"planned": 3}
    assert send(tx, EVENT_ID, LATER).letter_count == 3
    assert {letter_to(tx, person).due_at for person in PEOPLE} == {LATER}
    assert tx.letters.counts(EVENT_ID) == {"queued": 3}


def test_holding_holds_what_is_planned_later_too(tx: Tx) -> None:
    a_day(tx)
    hold(tx, EVENT_ID, NOW)
    ended(tx)
    assert tx.letters.counts(EVENT_ID) == {"planned": 3}
    send(tx, EVENT_ID, NOW)
    hold(tx, EVENT_ID, NOW)
    assert tx.letters.counts(EVENT_ID) == {"planned": 3}


def test_sending_before_the_end_says_so_and_lifts_the_hold(tx: Tx) -> None:
    a_day(tx, follow_up=replace(an_event().follow_up, hold=True))
    handled = send(tx, EVENT_ID, NOW)
    assert (handled.letter_count, handled.has_ended) == (0, False)
    ended(tx)
    assert tx.letters.counts(EVENT_ID) == {"queued": 3}


def test_a_meeting_that_turns_up_before_a_letter_leaves_joins_it(tx: Tx) -> None:
    a_day(tx)
    ended(tx)
    first = letter_to(tx, ada())
    meet(tx, ada(), linus())
    assert planned(tx, LATER) == 2
    assert letter_to(tx, ada()) == replace(first, kind="follow_up", people=ids(linus()))


def test_a_meeting_that_turns_up_after_it_makes_a_second_letter_of_its_own(tx: Tx) -> None:
    a_day(tx)
    meet(tx, ada(), grace())
    ended(tx)
    leave(tx, *PEOPLE)
    meet(tx, ada(), linus())
    assert planned(tx, LATER) == 2
    second = letter_to(tx, ada())
    assert (second.generation, second.kind) == (2, "follow_up")
    assert second.people == ids(linus())
    assert letter_to(tx, linus()).generation == 2
    assert letter_to(tx, grace()).generation == 1


def test_a_second_letter_about_people_who_withdrew_does_not_leave(tx: Tx) -> None:
    a_day(tx)
    meet(tx, ada(), grace())
    ended(tx)
    leave(tx, *PEOPLE)
    connection = meet(tx, ada(), linus())
    planned(tx, LATER)
    tx.connections.change(replace(connection, withdrawn_at=LATER))
    assert planned(tx, LATER) == 2
    assert letter_to(tx, ada()).state == "cancelled"
    assert planned(tx, LATER) == 0


def test_closing_again_after_reopening_writes_to_nobody_twice(tx: Tx) -> None:
    a_day(tx)
    meet(tx, ada(), grace())
    ended(tx)
    leave(tx, ada(), grace())
    reopen(tx, Reopen(EVENT_ID, "Olga"), NOW)
    assert tx.letters.counts(EVENT_ID) == {"sent": 2, "cancelled": 1}
    ended(tx, LATER)
    assert tx.letters.counts(EVENT_ID) == {"sent": 2, "queued": 1}
    assert letter_to(tx, linus()).generation == 1
    assert letter_to(tx, linus()).due_at == LATER


def test_whose_check_in_was_annulled_gets_none(tx: Tx) -> None:
    a_day(tx)
    ended(tx)
    (scan,) = [one for one in tx.scans.of_event(EVENT_ID) if one.attendee_id == ada().id]
    tx.scans.annul(scan.id, LATER, scan.id)
    planned(tx, LATER)
    letter = letter_to(tx, ada())
    assert (letter.state, letter.reason) == ("cancelled", NOT_HERE)


def test_planning_goes_on_where_it_was_cut_off(
    tx: Tx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose_module, "SLICE", 2)
    people = [an_attendee(f"Person{number}") for number in range(5)]
    a_day(tx, *people)
    ended_event = close(tx, Close(EVENT_ID, "Olga"), NOW)
    assert isinstance(ended_event, Closed)
    command = Plan(EVENT_ID, ended_event.closure.id)
    half = plan(tx, command, NOW)
    assert half.letter_count == 2
    assert half.after is not None
    assert plan(tx, command, NOW) == Planned(0, half.after)  # killed, and begun again
    closure = tx.events.closure(EVENT_ID)
    assert closure is not None
    assert closure.letters_planned_at is None
    assert planned(tx) == 3
    assert tx.letters.counts(EVENT_ID) == {"queued": 5}


def test_planning_stops_when_the_event_was_reopened_meanwhile(tx: Tx) -> None:
    a_day(tx)
    tx.events.add_closure(a_closure())
    assert plan(tx, Plan(EVENT_ID, "another closure"), NOW) == Planned(0, None)
    assert tx.letters.counts(EVENT_ID) == {}


@pytest.mark.parametrize(
    ("planned_after", "asked_after", "is_wanted"),
    [
        pytest.param(None, 0, True, id="never planned"),
        pytest.param(0, 30, False, id="planned, and late scans may still come"),
        pytest.param(0, 60, True, id="all scans are in"),
        pytest.param(60, 90, False, id="planned after all were in"),
    ],
)
def test_letters_are_planned_at_the_end_and_when_all_scans_are_in(
    planned_after: int | None, asked_after: int, is_wanted: bool
) -> None:
    def minutes(count: int) -> datetime:
        return an_event().ends_at + timedelta(minutes=count)

    at = None if planned_after is None else minutes(planned_after)
    closure = a_closure(letters_planned_at=at)
    assert is_due(closure, minutes(asked_after)) is is_wanted


def test_a_letter_shows_what_the_other_side_shares_and_nothing_else(tx: Tx) -> None:
    a_day(tx, ada(), grace(phone="+49 30 1", pronouns="she/her"))
    connection = a_connection(ada(), grace())
    tx.connections.add(connection)
    tx.sides.put(a_side(connection, ada(), note="COBOL", fields=("name",)))
    tx.sides.put(a_side(connection, grace(), note="secret", fields=("name", "phone")))
    ended(tx)
    (other,) = read(tx, ada()).people
    assert (other.name, other.phone, other.note) == ("Grace Hopper", "+49 30 1", "COBOL")
    assert (other.email, other.company, other.role, other.pronouns) == ("", "", "", "")
    (other,) = read(tx, grace()).people
    assert (other.name, other.email, other.note) == ("Ada Lovelace", "", "secret")


def test_a_consent_taken_back_before_a_letter_leaves_is_respected(tx: Tx) -> None:
    a_day(tx)
    connection = meet(tx, ada(), grace())
    with_linus = meet(tx, ada(), linus())
    ended(tx)
    tx.sides.put(a_side(connection, grace(), fields=("name",)))
    tx.connections.change(replace(with_linus, withdrawn_at=NOW, withdrawn_by=linus().id))
    (other,) = read(tx, ada()).people
    assert (other.name, other.company) == ("Grace Hopper", "")
    assert compose(tx, letter_to(tx, linus())) == NothingToSay("cancelled", NOBODY_LEFT)


def test_whom_a_letter_was_not_planned_for_is_not_in_it(tx: Tx) -> None:
    a_day(tx)
    meet(tx, ada(), grace())
    ended(tx)
    meet(tx, ada(), linus())
    assert [met.name for met in read(tx, ada()).people] == ["Grace Hopper"]


def test_an_address_that_unsubscribed_gets_no_letter_that_waits(tx: Tx) -> None:
    a_day(tx)
    ended(tx)
    tx.suppressions.add(EVENT_ID, address_digest(ada().email), "unsubscribed", NOW)
    found = compose(tx, letter_to(tx, ada()))
    assert found == NothingToSay("skipped", "unsubscribed")


@pytest.mark.parametrize(
    ("first_side", "second_side", "starts_with", "why"),
    [
        pytest.param({}, {}, "Linus Torvalds", "latest", id="the one met last"),
        pytest.param({"note": "COBOL"}, {}, "Grace Hopper", "noted", id="noted"),
        pytest.param({"starred_at": NOW}, {}, "Grace Hopper", "starred", id="starred"),
        pytest.param(
            {"starred_at": NOW}, {"note": "git"}, "Linus Torvalds", "noted", id="both"
        ),
        pytest.param(
            {}, {"note": "git", "rested_at": NOW}, "Grace Hopper", "latest", id="resting"
        ),
    ],
)
def test_the_first_person_is_the_one_to_write_to(
    tx: Tx,
    first_side: dict[str, Any],
    second_side: dict[str, Any],
    starts_with: str,
    why: str,
) -> None:
    a_day(tx)
    earlier = meet(tx, ada(), grace(), agreed_at=NOW - timedelta(hours=1))
    latest = meet(tx, ada(), linus(), agreed_at=NOW)
    tx.sides.put(a_side(earlier, ada()))
    for connection, changes in ((earlier, first_side), (latest, second_side)):
        mark(tx, connection.id, **changes)
    ended(tx)
    composed = read(tx, ada())
    assert (composed.people[0].name, composed.why) == (starts_with, why)


def test_a_promise_is_a_reason_to_begin_with_somebody(tx: Tx) -> None:
    a_day(tx)
    earlier = meet(tx, ada(), grace(), agreed_at=NOW - timedelta(hours=1))
    latest = meet(tx, ada(), linus(), agreed_at=NOW)
    for promise in (
        a_promise(earlier, ada(), "later", kind="coffee", due_at=NOW + timedelta(days=2)),
        a_promise(earlier, ada(), "soon", kind="article", due_at=NOW + timedelta(days=1)),
        a_promise(latest, ada(), "kept", done_at=NOW),
        a_promise(latest, linus(), "his"),
    ):
        tx.promises.put(promise)
    ended(tx)
    composed = read(tx, ada())
    assert [(met.name, met.promised) for met in composed.people] == [
        ("Grace Hopper", "article"),
        ("Linus Torvalds", ""),
    ]
    assert composed.why == "promised"


def test_a_letter_about_people_who_rest_alone_is_not_sent(tx: Tx) -> None:
    a_day(tx)
    connection = meet(tx, ada(), grace())
    ended(tx)
    tx.sides.rest(connection.id, ada().id, NOW)
    assert compose(tx, letter_to(tx, ada())) == NothingToSay("cancelled", NOBODY_LEFT)
    assert read(tx, grace()).people


def mark(tx: Tx, connection_id: str, **changes: Any) -> None:
    """Ada's own note or star."""
    for column, value in changes.items():
        text = value if isinstance(value, str) else "2026-06-01T08:00:00.000000Z"
        tx.letters._session.run(
            f"update sides set {column} = :value where connection_id = :id "
            "and attendee_id = :person",
            {"value": text, "id": connection_id, "person": ada().id},
        )


def test_who_can_be_reached_comes_before_who_cannot(tx: Tx) -> None:
    a_day(tx)
    earlier = meet(tx, ada(), grace(), agreed_at=NOW - timedelta(hours=1))
    meet(tx, ada(), linus(), agreed_at=NOW)
    tx.sides.put(a_side(earlier, grace(), fields=("name", "email")))
    ended(tx)
    assert [met.name for met in read(tx, ada()).people] == [
        "Grace Hopper",
        "Linus Torvalds",
    ]


def test_the_organiser_reads_a_letter_without_private_notes(tx: Tx) -> None:
    a_day(tx)
    connection = meet(tx, ada(), grace())
    mark(tx, connection.id, note="a secret")
    ended(tx)
    shown = for_the_organiser(read(tx, ada()))
    assert "secret" not in str(shown)
    assert shown.why == "latest"


def test_not_even_the_order_tells_the_organiser_what_a_person_keeps(tx: Tx) -> None:
    a_day(tx)
    earlier = meet(tx, ada(), grace(), agreed_at=NOW - timedelta(hours=1))
    meet(tx, ada(), linus(), agreed_at=NOW)
    ended(tx)
    before = for_the_organiser(read(tx, ada()))
    mark(tx, earlier.id, starred_at=NOW)
    tx.promises.put(a_promise(earlier, ada()))
    assert read(tx, ada()).people[0].name == "Grace Hopper"
    assert for_the_organiser(read(tx, ada())) == before


def test_a_draft_shows_the_letter_before_the_end_and_writes_nothing(tx: Tx) -> None:
    a_day(tx)
    meet(tx, ada(), grace())
    drafted = draft(tx, an_event(), ada(), NOW)
    assert (drafted.kind, drafted.people) == ("follow_up", ids(grace()))
    assert tx.letters.counts(EVENT_ID) == {}


def test_a_draft_after_the_letter_left_is_that_letter(tx: Tx) -> None:
    a_day(tx)
    ended(tx)
    leave(tx, ada())
    assert draft(tx, an_event(), ada(), LATER) == letter_to(tx, ada())


def met(tx: Tx, one: Attendee, other: Attendee) -> None:
    if tx.connections.between(one.id, other.id) is None:
        meet(tx, one, other)


def parted(tx: Tx, one: Attendee, other: Attendee) -> None:
    connection = tx.connections.between(one.id, other.id)
    if connection:
        tx.connections.change(replace(connection, withdrawn_at=NOW))


def left(tx: Tx, *people: Attendee) -> None:
    for person in people:
        for letter in tx.letters.of_attendee(person.id):
            if letter.state == "queued":
                tx.letters.revise(replace(letter, state="sent"))


def reopened(tx: Tx, *_: Attendee) -> None:
    reopen(tx, Reopen(EVENT_ID, "Olga"), NOW)
    close(tx, Close(EVENT_ID, "Olga"), NOW)


STEPS: dict[str, Callable[[Tx, Attendee, Attendee], object]] = {
    "meet": met,
    "part": parted,
    "leave": left,
    "reopen": reopened,
    "plan": lambda tx, _one, _other: planned(tx),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 2)), max_size=14))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nobody_reads_of_the_same_person_twice(
    tx: Tx, steps: Iterable[tuple[str, int]]
) -> None:
    pairs = ((ada(), grace()), (ada(), linus()), (grace(), linus()))
    with undone(tx):
        a_day(tx)
        tx.events.add_closure(a_closure())
        for step, place in steps:
            STEPS[step](tx, *pairs[place])
        planned(tx)
        for person in PEOPLE:
            letters = tx.letters.of_attendee(person.id)
            told = [one for letter in letters for one in letter.people]
            assert len(told) == len(set(told))
            generations = [letter.generation for letter in letters]
            assert generations == list(range(1, len(letters) + 1))
            assert sum(letter.kind == "met_nobody" for letter in letters) <= 1
