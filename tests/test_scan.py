"""Receiving scans: replays, clocks, quarantine, annuls, and order that changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.aside import Malformed
from kiosk.judge import Reading
from kiosk.model import Answer, Attendee, Connection, Device, Reason, Scan
from kiosk.presence import Presence, walk
from kiosk.scan import Receive, receive
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_badge,
    a_device,
    a_list,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    linus,
    mallory,
    named_id,
    settle,
)

MAIN = a_list()


@pytest.fixture
def door(tx: Tx) -> Device:
    """Ada, Grace and Linus are expected; one kiosk stands at the door."""
    settle(tx, people=[ada(), grace(), linus()])
    return enrol(tx)


def a_scan(*codes: str, **changes: Any) -> Reading:
    reading = Reading(str(uuid4()), 1, "check_in", codes or (code_of(ada()),), NOW)
    return replace(reading, **changes)


def send(
    tx: Tx, device: Device, *scans: Reading | Malformed, now: datetime = NOW
) -> Answer:
    """The answer to the last of these scans, sent in one batch."""
    return receive(tx, Receive(device, scans), now)[-1]


def let_in(tx: Tx, device: Device, *people: Attendee) -> None:
    for person in people:
        assert send(tx, device, a_scan(code_of(person))).outcome == "welcomed"


def swap(*people: Attendee, **changes: Any) -> Reading:
    return a_scan(*map(code_of, people), kind="connect", **changes)


def presence_of(tx: Tx, person: Attendee) -> Presence:
    scans = [scan for scan in tx.scans.successful(MAIN.id) if scan.attendee_id == person.id]
    return walk(MAIN, scans)


def test_a_first_entry_is_welcomed_and_kept(tx: Tx, door: Device) -> None:
    answer = send(tx, door, scan := a_scan())
    assert (answer.outcome, answer.reason, answer.at) == ("welcomed", None, NOW)
    assert [seen.name for seen in answer.attendees] == ["Ada Lovelace"]
    kept = tx.scans.get(scan.id)
    assert kept
    assert kept.answer == answer


def test_the_whole_badge_address_is_read_like_the_code(tx: Tx, door: Device) -> None:
    address = f"HTTPS://HALLWAY.EXAMPLE/B/{code_of(ada())}"
    assert send(tx, door, a_scan(address)).outcome == "welcomed"


def test_a_ticket_code_admits(tx: Tx, door: Device) -> None:
    assert send(tx, door, a_scan(ada().ticket_code)).outcome == "welcomed"


def test_a_link_to_a_ticket_admits_by_its_key(tx: Tx, door: Device) -> None:
    link = f"https://luma.example/check-in/evt?pk={ada().ticket_code}"
    assert send(tx, door, a_scan(link)).outcome == "welcomed"


def test_out_and_in_again_is_welcomed_back(tx: Tx, door: Device) -> None:
    out = a_scan(kind="check_out", scanned_at=NOW + timedelta(seconds=1))
    back = a_scan(scanned_at=NOW + timedelta(seconds=2))
    outcomes = [a.outcome for a in receive(tx, Receive(door, (a_scan(), out, back)), NOW)]
    assert outcomes == ["welcomed", "goodbye", "welcomed_back"]


def test_already_in_tells_when_and_where(tx: Tx, door: Device) -> None:
    send(tx, door, a_scan())
    answer = send(tx, door, a_scan(scanned_at=NOW + timedelta(minutes=1)))
    assert (answer.outcome, answer.reason) == ("turned_away", Reason.ALREADY_IN)
    assert answer.earlier
    assert (answer.earlier.at, answer.earlier.place) == (NOW, "Door")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("nothing anybody ever printed", Reason.UNKNOWN_CODE),
        ("0000000000000000", Reason.UNKNOWN_CODE),
        ("https://example.org/a/menu", Reason.UNKNOWN_CODE),
        ("BEGIN:VCARD", Reason.UNKNOWN_CODE),
    ],
)
def test_a_foreign_code_is_refused_and_kept(
    tx: Tx, door: Device, code: str, reason: Reason
) -> None:
    answer = send(tx, door, scan := a_scan(code))
    assert (answer.outcome, answer.reason, answer.attendees) == ("turned_away", reason, ())
    assert tx.scans.get(scan.id)


def test_a_replaced_badge_has_its_own_reason(tx: Tx, door: Device) -> None:
    tx.badges.replace(a_badge(ada()).id, NOW, "lost")
    tx.badges.add(a_badge(ada(), 2))
    assert send(tx, door, a_scan()).reason == Reason.REPLACED_BADGE
    assert send(tx, door, a_scan(code_of(ada(), 2))).outcome == "welcomed"


def test_a_badge_of_another_event_is_refused_without_a_name(tx: Tx, door: Device) -> None:
    settle(tx, an_event(slug="other-2026"), [mallory()])
    answer = send(tx, door, a_scan(code_of(mallory())))
    assert (answer.reason, answer.attendees) == (Reason.WRONG_EVENT, ())


def test_another_event_s_ticket_code_is_unknown(tx: Tx, door: Device) -> None:
    settle(tx, an_event(slug="other-2026"), [mallory()])
    assert send(tx, door, a_scan(mallory().ticket_code)).reason == Reason.UNKNOWN_CODE


def test_a_replay_is_answered_from_the_record(tx: Tx, door: Device) -> None:
    first = send(tx, door, scan := a_scan())
    tx.attendees.change(replace(ada(), name="Augusta King", status="canceled"))
    again = send(tx, door, scan, now=NOW + timedelta(hours=5))
    assert again == replace(first, replayed=True)
    assert len(list(tx.scans.of_event(EVENT_ID))) == 1


def test_the_same_id_with_other_content_is_refused(tx: Tx, door: Device) -> None:
    scan = a_scan()
    other = replace(scan, codes=(code_of(grace()),))
    answers = receive(tx, Receive(door, (scan, other, scan)), NOW)
    assert [a.reason for a in answers] == [None, Reason.ID_REUSED, None]
    assert [a.outcome for a in answers] == ["welcomed", "rejected", "welcomed"]
    assert [row.reason for row in tx.scans.quarantined(EVENT_ID)] == [Reason.ID_REUSED]


def test_a_refusal_is_replayed_too(tx: Tx, door: Device) -> None:
    first = send(tx, door, scan := a_scan("nobody"))
    assert send(tx, door, scan) == replace(first, replayed=True)


def test_a_malformed_scan_is_set_aside_once_and_the_others_go_on(
    tx: Tx, door: Device
) -> None:
    lost = Malformed("x", 7, '{"id": "x"}')
    answers = receive(tx, Receive(door, (lost, a_scan(), lost)), NOW)
    assert [a.outcome for a in answers] == ["rejected", "welcomed", "rejected"]
    assert [(q.seq, q.body) for q in tx.scans.quarantined(EVENT_ID)] == [(7, '{"id": "x"}')]


def test_an_unknown_list_is_malformed(tx: Tx, door: Device) -> None:
    assert send(tx, door, a_scan(list_name="cellar")).reason == Reason.MALFORMED


@pytest.mark.parametrize(
    ("ahead", "outcome", "at"),
    [
        (timedelta(minutes=2), "welcomed", NOW + timedelta(minutes=2)),
        (timedelta(minutes=3), "welcomed", NOW),
        (timedelta(hours=30), "welcomed", NOW),
        (timedelta(days=2, seconds=1), "rejected", NOW + timedelta(days=2, seconds=1)),
        (-timedelta(days=2, seconds=1), "rejected", NOW - timedelta(days=2, seconds=1)),
    ],
)
def test_a_wrong_clock_is_clamped_or_rejected(
    tx: Tx, door: Device, ahead: timedelta, outcome: str, at: datetime
) -> None:
    answer = send(tx, door, scan := a_scan(scanned_at=NOW + ahead))
    assert (answer.outcome, answer.at) == (outcome, at)
    kept = tx.scans.get(scan.id)
    assert kept
    assert kept.was_clamped == (at == NOW)
    assert send(tx, door, scan, now=NOW + timedelta(days=3)) == replace(
        answer, replayed=True
    )


@pytest.mark.parametrize("role", ["kiosk", "desk", "gate"])
def test_only_staff_may_let_an_unpaid_ticket_in(tx: Tx, role: Any) -> None:
    settle(tx, people=[ada(status="pending")])
    tx.events.put_list(replace(MAIN, include_pending=True))
    device = enrol(tx, a_device(role=role))
    answer = send(tx, device, a_scan(override="paid cash at the desk"))
    assert answer.outcome == ("turned_away" if role == "kiosk" else "welcomed")


@pytest.mark.parametrize(
    ("role", "note"), [("kiosk", None), ("desk", "VIP"), ("gate", "VIP")]
)
def test_notes_to_staff_are_shown_to_staff_alone(
    tx: Tx, role: Any, note: str | None
) -> None:
    settle(tx, people=[ada(attention="VIP")])
    answer = send(tx, enrol(tx, a_device(role=role)), a_scan())
    assert [seen.attention for seen in answer.attendees] == [note]


def test_a_note_to_staff_is_not_replayed_to_a_kiosk(tx: Tx) -> None:
    settle(tx, people=[ada(attention="VIP")])
    desk, kiosk = enrol(tx, a_device("Desk", role="desk")), enrol(tx, a_device("Kiosk"))
    send(tx, desk, scan := a_scan())
    assert send(tx, kiosk, scan).attendees[0].attention is None


# What the tablet decided while it was alone


@pytest.mark.parametrize(
    ("person", "conflict"),
    [
        (ada(), None),
        (ada(status="canceled"), Reason.CANCELED),
        (ada(status="pending"), Reason.UNPAID),
        (ada(blocked="stolen"), Reason.BLOCKED),
        (ada(approved=False), Reason.UNAPPROVED),
        (ada(valid_until=NOW - timedelta(days=1)), Reason.NO_LONGER_VALID),
    ],
)
def test_what_was_decided_is_a_fact_and_the_refusal_a_conflict(
    tx: Tx, person: Attendee, conflict: Reason | None
) -> None:
    settle(tx, people=[person])
    answer = send(tx, enrol(tx), a_scan(decided="welcomed"))
    assert (answer.outcome, answer.reason, answer.conflict) == ("welcomed", None, conflict)
    assert presence_of(tx, person).is_inside


def test_a_decided_replaced_badge_is_recorded_for_its_person(tx: Tx, door: Device) -> None:
    tx.badges.replace(a_badge(ada()).id, NOW, "lost")
    answer = send(tx, door, a_scan(decided="welcomed"))
    assert (answer.outcome, answer.conflict) == ("welcomed", Reason.REPLACED_BADGE)


def test_a_decided_unknown_code_stays_unknown(tx: Tx, door: Device) -> None:
    answer = send(tx, door, a_scan("nobody", decided="welcomed"))
    assert (answer.outcome, answer.reason) == ("turned_away", Reason.UNKNOWN_CODE)


def test_two_gates_that_were_alone_make_one_conflict(tx: Tx, door: Device) -> None:
    other = enrol(tx, a_device("Back door"))
    send(tx, door, a_scan(decided="welcomed"))
    later = NOW + timedelta(minutes=9)
    answer = send(tx, other, a_scan(decided="welcomed", scanned_at=later), now=later)
    assert (answer.outcome, answer.conflict) == ("welcomed_back", Reason.ALREADY_IN)
    assert [scan.device_id for scan in presence_of(tx, ada()).conflicts] == [other.id]


def test_a_scan_before_the_end_counts_while_late_scans_do(tx: Tx, door: Device) -> None:
    end = an_event().ends_at
    early, late = a_scan(scanned_at=end - timedelta(minutes=1)), a_scan(scanned_at=end)
    assert send(tx, door, late, now=end).reason == Reason.EVENT_CLOSED
    assert send(tx, door, early, now=end + timedelta(minutes=59)).outcome == "welcomed"
    after = a_scan(code_of(grace()), scanned_at=end - timedelta(minutes=1))
    assert (
        send(tx, door, after, now=end + timedelta(minutes=60)).reason == Reason.EVENT_CLOSED
    )


def test_nobody_is_let_in_before_the_doors_open(tx: Tx, door: Device) -> None:
    early = an_event().opens_at - timedelta(seconds=1)
    assert (
        send(tx, door, a_scan(scanned_at=early), now=early).reason == Reason.EVENT_NOT_OPEN
    )


# Annul


def test_an_annulled_entry_did_not_happen(tx: Tx, door: Device) -> None:
    send(tx, door, entry := a_scan())
    undo = a_scan(kind="annul", codes=(), annuls=entry.id)
    assert send(tx, door, undo).outcome == "annulled"
    assert not presence_of(tx, ada()).is_inside
    assert send(tx, door, a_scan()).outcome == "welcomed"
    assert send(tx, door, entry).outcome == "welcomed"  # the stored answer stays


@pytest.mark.parametrize(
    ("role", "after", "reason"),
    [
        ("kiosk", timedelta(minutes=15), None),
        ("kiosk", timedelta(minutes=15, seconds=1), Reason.ANNUL_TOO_LATE),
        ("gate", timedelta(minutes=16), Reason.ANNUL_TOO_LATE),
        ("desk", timedelta(hours=20), None),
    ],
)
def test_a_device_may_undo_for_fifteen_minutes_and_the_desk_always(
    tx: Tx, role: Any, after: timedelta, reason: Reason | None
) -> None:
    settle(tx, people=[ada()])
    device = enrol(tx, a_device(role=role))
    send(tx, device, entry := a_scan())
    undo = a_scan(kind="annul", codes=(), annuls=entry.id, scanned_at=NOW + after)
    assert send(tx, device, undo, now=NOW + after).reason == reason


def test_another_device_s_scan_is_not_ours_to_undo(tx: Tx, door: Device) -> None:
    other, desk = enrol(tx, a_device("Other")), enrol(tx, a_device("Desk", role="desk"))
    send(tx, door, entry := a_scan())
    undo = a_scan(kind="annul", codes=(), annuls=entry.id)
    assert send(tx, other, undo).reason == Reason.NOTHING_TO_ANNUL
    assert send(tx, desk, replace(undo, id=str(uuid4()))).outcome == "annulled"


def test_a_refused_scan_cannot_be_undone(tx: Tx, door: Device) -> None:
    send(tx, door, refused := a_scan("nobody"))
    undo = a_scan(kind="annul", codes=(), annuls=refused.id)
    assert send(tx, door, undo).reason == Reason.NOTHING_TO_ANNUL


def test_an_annul_that_overtakes_its_scan_counts_when_the_scan_comes(
    tx: Tx, door: Device
) -> None:
    entry = a_scan()
    undo = a_scan(kind="annul", codes=(), annuls=entry.id)
    assert send(tx, door, undo).reason == Reason.NOTHING_TO_ANNUL
    assert send(tx, door, entry).outcome == "welcomed"
    assert not presence_of(tx, ada()).is_inside


# Two badges meet


def test_two_checked_in_people_are_connected_once(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada(), grace())
    first = send(tx, door, swap(ada(), grace()))
    second = send(tx, door, swap(grace(), ada()))
    assert (first.outcome, second.outcome) == ("connected", "already_connected")
    (connection,) = tx.connections.mutual(EVENT_ID)
    assert connection.first_id < connection.second_id
    assert connection.place == "Door"
    for person in (ada(), grace()):
        side = tx.sides.get(connection.id, person.id)
        assert side
        assert side.fields == ("name", "company", "role", "email")


def test_what_a_person_chose_to_share_is_what_their_side_holds(tx: Tx) -> None:
    settle(tx, people=[ada(share=("name", "phone")), grace(share=())])
    device = enrol(tx)
    let_in(tx, device, ada(), grace())
    send(tx, device, swap(ada(), grace()))
    sides = {side.attendee_id: side.fields for side in tx.sides.of_event(EVENT_ID)}
    assert sides == {ada().id: ("name", "phone"), grace().id: ()}


def test_a_swap_after_a_refused_one_is_news_and_then_no_more(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada())
    refused = send(tx, door, swap(ada(), grace()))
    let_in(tx, door, grace())
    again = [send(tx, door, swap(grace(), ada())) for _ in range(2)]
    assert refused.reason == Reason.NOT_CHECKED_IN
    assert [answer.outcome for answer in again] == ["connected", "already_connected"]
    assert [answer.pairs[0].outcome for answer in again] == [
        "connected", "already_connected",
    ]  # fmt: skip
    assert len(tx.connections.mutual(EVENT_ID)) == 1


def test_a_table_of_three_makes_every_pair(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada(), grace(), linus())
    send(tx, door, swap(ada(), grace()))
    answer = send(tx, door, swap(ada(), grace(), linus()))
    assert answer.outcome == "connected"
    assert [pair.outcome for pair in answer.pairs] == [
        "already_connected", "connected", "connected",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ((code_of(ada()), code_of(ada())), Reason.SAME_PERSON),
        ((code_of(ada()), ada().ticket_code), Reason.SAME_PERSON),
        ((code_of(ada()), "nobody"), Reason.UNKNOWN_CODE),
        ((code_of(ada()), code_of(linus())), Reason.NOT_CHECKED_IN),
    ],
)
def test_a_swap_is_refused_with_its_reason(
    tx: Tx, door: Device, codes: tuple[str, ...], reason: Reason
) -> None:
    let_in(tx, door, ada(), grace())
    answer = send(tx, door, a_scan(*codes, kind="connect"))
    assert (answer.outcome, answer.reason) == ("turned_away", reason)
    assert tx.connections.count(EVENT_ID) == 0


def test_a_blocked_pair_is_refused_and_the_others_are_made(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada(), grace(), linus())
    first, second = sorted([ada().id, grace().id])
    blocked = Connection("c", EVENT_ID, first, second, first_blocked_at=NOW)
    tx.connections.add(blocked)
    answer = send(tx, door, swap(ada(), grace(), linus()))
    assert [(p.outcome, p.reason) for p in answer.pairs] == [
        ("turned_away", Reason.BLOCKED_PAIR), ("connected", None), ("connected", None),
    ]  # fmt: skip
    assert send(tx, door, swap(ada(), grace())).reason == Reason.BLOCKED_PAIR


def test_a_swap_whose_check_in_comes_later_is_made_then(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada())
    assert send(tx, door, swap(ada(), grace())).reason == Reason.NOT_CHECKED_IN
    let_in(tx, door, grace())
    assert tx.connections.count(EVENT_ID) == 1


def test_an_annulled_swap_is_unmade_unless_another_stands(tx: Tx, door: Device) -> None:
    let_in(tx, door, ada(), grace())
    one, two = swap(ada(), grace()), swap(ada(), grace())
    send(tx, door, one, two)
    send(tx, door, a_scan(kind="annul", codes=(), annuls=one.id))
    assert tx.connections.count(EVENT_ID) == 1
    send(tx, door, a_scan(kind="annul", codes=(), annuls=two.id))
    assert tx.connections.count(EVENT_ID) == 0


def test_a_withdrawn_connection_is_not_made_again_by_an_old_scan(
    tx: Tx, door: Device
) -> None:
    let_in(tx, door, ada(), grace(), linus())
    send(tx, door, swap(ada(), grace()))
    (connection,) = tx.connections.mutual(EVENT_ID)
    tx.connections.change(replace(connection, withdrawn_at=NOW, withdrawn_by=ada().id))
    send(tx, door, out := a_scan(kind="check_out"))
    send(tx, door, a_scan(kind="annul", codes=(), annuls=out.id))
    assert tx.connections.count(EVENT_ID) == 0
    assert send(tx, door, swap(ada(), grace())).outcome == "connected"


def test_people_of_two_events_cannot_swap(tx: Tx, door: Device) -> None:
    settle(tx, an_event(slug="other-2026"), [mallory()])
    let_in(tx, door, ada())
    answer = send(tx, door, swap(ada(), mallory()))
    assert (answer.reason, len(answer.attendees)) == (Reason.WRONG_EVENT, 1)
    assert tx.connections.count(OTHER_EVENT_ID) == 0


# The merge law: the state is a function of the set of scans

PEOPLE = (ada(), grace(), linus())


@st.composite
def days(draw: st.DrawFn) -> tuple[list[tuple[int, Reading]], list[tuple[int, Reading]]]:
    """A day of decided scans and swaps on two devices, and the same in another order."""
    steps = draw(
        st.lists(
            st.tuples(
                st.integers(0, 1),
                st.sampled_from(["check_in", "check_out", "connect"]),
                st.sampled_from(PEOPLE),
                st.sampled_from(PEOPLE),
                st.integers(0, 30),
            ),
            min_size=1,
            max_size=8,
        )
    )
    scans = [_step(number, *step) for number, step in enumerate(steps)]
    undone = draw(st.lists(st.sampled_from(scans), max_size=2, unique_by=lambda s: s[1].id))
    for number, (device, scan) in enumerate(undone):
        undo = a_scan(kind="annul", codes=(), annuls=scan.id, scanned_at=scan.scanned_at)
        scans.append((device, replace(undo, id=named_id(f"undo {number} {scan.id}"))))
    other_order = draw(st.permutations(scans + draw(st.lists(st.sampled_from(scans)))))
    return scans, list(other_order)


def _step(
    number: int, device: int, kind: Any, person: Attendee, other: Attendee, minute: int
) -> tuple[int, Reading]:
    at = NOW + timedelta(minutes=minute)
    codes = [code_of(person)] + ([code_of(other)] if kind == "connect" else [])
    decided: dict[str, Any] = {"check_in": "welcomed", "check_out": "goodbye"}
    scan = a_scan(*codes, kind=kind, scanned_at=at, decided=decided.get(kind), seq=number)
    return device, replace(scan, id=named_id(f"scan {number}"))


def state_of(tx: Tx) -> object:
    """All that the desk and the letters tell of the day."""
    presence = {
        person.name: walk(
            MAIN, (s for s in tx.scans.successful(MAIN.id) if s.attendee_id == person.id)
        )
        for person in PEOPLE
    }
    told = {
        name: (p.is_inside, p.entry_count, p.first_in_at, [_key(c) for c in p.conflicts])
        for name, p in presence.items()
    }
    met = {
        (c.first_id, c.second_id, c.agreed_at, c.place)
        for c in tx.connections.mutual(EVENT_ID)
    }
    return told, met


def _key(scan: Scan) -> tuple[str, datetime]:
    return scan.id, scan.scanned_at


@given(days())
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_order_and_repetition_change_nothing(
    tx: Tx, day: tuple[list[tuple[int, Reading]], list[tuple[int, Reading]]]
) -> None:
    states = []
    for order in day:
        tx.attendees._session.run("savepoint day")
        settle(tx, people=PEOPLE)
        devices = [enrol(tx, a_device(f"Gate {number}")) for number in range(2)]
        for device, scan in order:
            send(tx, devices[device], scan, now=NOW + timedelta(minutes=31))
        states.append(state_of(tx))
        tx.attendees._session.run("rollback to day")
        tx.attendees._session.run("release day")
    assert states[0] == states[1]
