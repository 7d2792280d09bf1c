"""Lists in, people matched, badges issued: nobody is lost, merged or doubled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.find import Found, find
from kiosk.ids import badge_code, digest
from kiosk.issue import Issued, NobodyThere, Reissue, reissue
from kiosk.match import match
from kiosk.model import Attendee, Event, Registration
from kiosk.register import (
    AlreadyRegistered,
    Registered,
    RegisterList,
    WalkIn,
    register,
    walk_in,
)
from kiosk.store import Tx
from tests.builders import EVENT_ID, KEY, NOW, ada, an_event, join, settle

LATER = NOW + timedelta(hours=1)


def a_row(name: str = "Ada Lovelace", **changes: Any) -> Registration:
    return replace(Registration(row=2, name=name), **changes)


def read_in(tx: Tx, *rows: Registration, **changes: Any) -> Registered:
    return register(tx, RegisterList(EVENT_ID, rows, KEY, **changes), NOW)


def people(tx: Tx) -> list[Attendee]:
    return sorted(
        tx.attendees.of_event(EVENT_ID), key=lambda it: (it.registered_at or NOW, it.id)
    )


def only(tx: Tx) -> Attendee:
    (person,) = people(tx)
    return person


@pytest.fixture(autouse=True)
def _an_event(tx: Tx) -> None:
    settle(tx)


ADA = a_row(
    email="Ada@ada.example", company="Engines", ticket_code="T-1", ticket_type="Regular"
)


def test_a_new_person_gets_a_badge_and_their_ticket_admits(tx: Tx) -> None:
    assert read_in(tx, ADA) == Registered(added=1)
    person = only(tx)
    badge = tx.badges.of_attendee(person.id)
    assert badge
    assert badge.digest == digest(badge_code(KEY, badge.id))
    assert tx.badges.by_digest(badge.digest) == badge
    ticket = tx.tickets.find(EVENT_ID, "T-1")
    assert ticket
    assert (ticket.attendee_id, ticket.ticket_type) == (person.id, "Regular")
    assert (person.status, person.approved, person.registered_at) == (
        "confirmed",
        True,
        NOW,
    )


def test_the_same_list_twice_changes_nothing(tx: Tx) -> None:
    rows = (ADA, a_row("Grace", email="g@g.example"), a_row("Same"), a_row("Same"))
    assert read_in(tx, *rows).added == 4
    before = people(tx)
    assert read_in(tx, *rows) == Registered(unchanged=4)
    assert people(tx) == before


def test_an_empty_list_leaves_everybody(tx: Tx) -> None:
    read_in(tx, ADA)
    assert read_in(tx) == Registered()
    assert len(people(tx)) == 1


def test_a_blank_never_erases(tx: Tx) -> None:
    read_in(
        tx, replace(ADA, phone="+49 30 901820", blocked="asked to leave", approved="no")
    )
    before = only(tx)
    assert read_in(tx, a_row(ticket_code="T-1")) == Registered(unchanged=1)
    assert only(tx) == before


def test_a_field_the_source_tells_completely_may_become_blank(tx: Tx) -> None:
    read_in(tx, replace(ADA, blocked="sanctions"))
    read_in(tx, ADA, complete_fields=("blocked",))
    assert only(tx).blocked == ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (a_row(external_id="7", email="a@x.example"), a_row("Ada King", external_id="7")),
        (a_row(ticket_code="T", company="A"), a_row("Ada King", ticket_code="T")),
        (a_row(email="ADA@x.example"), a_row("ada  lovelace", email="ada@X.example")),
        (a_row(company="Engines"), a_row(company="ENGINES", email="ada@x.example")),
        (a_row(company="Engines"), a_row(company="Other Engines")),
        (a_row("", company="Engines"), a_row("", company="Engines", role="r")),
        (a_row("", email="ada@x.example"), a_row(email="ada@x.example")),
        (a_row(email="ada@x.example"), a_row("", email="Ada@x.example", role="Countess")),
    ],
    ids=[
        "external id", "ticket code", "address and name", "name and company",
        "name where nothing contradicts", "the n-th without any sign",
        "address of a guest who now has a name", "address of a row without a name",
    ],
)  # fmt: skip
def test_a_person_is_recognised_by(
    tx: Tx, first: Registration, second: Registration
) -> None:
    read_in(tx, first)
    known = only(tx).id
    read_in(tx, second)
    assert only(tx).id == known


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (a_row(email="a@x.example"), a_row("Byron", email="a@x.example")),
        (a_row(email="a@x.example"), a_row(email="b@x.example")),
        (a_row(ticket_code="T-1"), a_row(ticket_code="T-2")),
        (a_row(external_id="1"), a_row(external_id="2")),
        (a_row(external_id="1", email="a@x"), a_row(external_id="2", email="a@x")),
        (a_row("", email="a@x.example"), a_row("", email="b@x.example")),
    ],
    ids=[
        "an address", "a name", "a name, with two tickets", "a name, with two ids",
        "name and address, with two ids", "nothing but having no name",
    ],
)  # fmt: skip
def test_two_who_merely_share_stay_two(
    tx: Tx, first: Registration, second: Registration
) -> None:
    read_in(tx, first)
    assert read_in(tx, second).added == 1
    assert read_in(tx, first, second) == Registered(unchanged=2)


def test_an_order_number_shared_by_three_tells_nobody_apart(tx: Tx) -> None:
    rows = [a_row(name, external_id="ORDER9") for name in ("Ada", "Grace", "Linus")]
    assert read_in(tx, *rows).added == 3
    assert read_in(tx, *reversed(rows)) == Registered(unchanged=3)
    assert [person.name for person in people(tx)] == ["Ada", "Grace", "Linus"]


def test_of_two_alike_the_nth_row_stays_the_nth_person(tx: Tx) -> None:
    twins = (a_row("Same Name", role="first"), a_row("Same Name", role="second"))
    read_in(tx, *twins)
    assert read_in(tx, *twins) == Registered(unchanged=2)
    assert read_in(tx, twins[0], replace(twins[1], role="third")).updated == 1
    assert [person.role for person in people(tx)] == ["first", "third"]


def test_a_person_without_a_name_is_a_guest_until_they_have_one(tx: Tx) -> None:
    read_in(tx, a_row("", email="ada@x.example"), a_row("", email="grace@x.example"))
    assert [person.name for person in people(tx)] == ["Guest 1", "Guest 2"]
    read_in(tx, a_row("", email="linus@x.example"))
    read_in(tx, a_row("Grace Hopper", email="grace@x.example"))
    read_in(tx, a_row("", email="grace@x.example"))
    assert {person.name for person in people(tx)} == {"Guest 1", "Grace Hopper", "Guest 3"}


def test_a_second_row_with_the_same_ticket_code_is_skipped_not_swapped(tx: Tx) -> None:
    told = read_in(tx, ADA, replace(ADA, row=3, name="Grace"))
    assert (told.added, told.skipped) == (1, ((3, "duplicate_code"),))


def test_add_ons_admit_the_same_person_and_changes_count(tx: Tx) -> None:
    row = replace(ADA, tickets=(("W-1", "Workshop", "confirmed"),))
    read_in(tx, row)
    workshop = tx.tickets.find(EVENT_ID, "W-1")
    assert workshop
    assert workshop.attendee_id == only(tx).id
    assert read_in(tx, row) == Registered(unchanged=1)
    assert read_in(tx, replace(ADA, tickets=(("W-1", "Workshop", "pending"),))).updated == 1


def test_a_code_the_shop_gave_out_again_replaces_the_old_one(tx: Tx) -> None:
    read_in(tx, replace(ADA, external_id="AB-1"))
    assert read_in(tx, replace(ADA, external_id="AB-1", ticket_code="T-9")).updated == 1
    assert tx.tickets.find(EVENT_ID, "T-1") is None
    assert tx.tickets.find(EVENT_ID, "T-9")
    assert len(people(tx)) == 1


def test_the_status_of_a_person_reaches_their_ticket(tx: Tx) -> None:
    read_in(tx, ADA)
    read_in(tx, replace(ADA, status="pending"))
    ticket = tx.tickets.find(EVENT_ID, "T-1")
    assert ticket
    assert (ticket.status, only(tx).status) == ("pending", "pending")


def test_somebody_who_withdrew_is_canceled_when_known_and_never_added(tx: Tx) -> None:
    read_in(tx, ADA)
    gone = (ADA, a_row("Nobody Known", email="n@x.example"))
    assert read_in(tx, withdrawn=gone) == Registered(canceled=1)
    assert only(tx).status == "canceled"
    assert read_in(tx, withdrawn=gone) == Registered()


def test_who_left_an_order_that_is_told_whole_is_canceled(tx: Tx) -> None:
    first, second = replace(ADA, external_id="ABC-1"), a_row("Grace", external_id="ABC-2")
    other = a_row("Linus", external_id="XYZ-1")
    read_in(tx, first, second, other)
    told = read_in(tx, first, complete_orders=frozenset({"ABC"}))
    assert (told.unchanged, told.canceled) == (1, 1)
    assert [person.status for person in people(tx)] == [
        "confirmed",
        "canceled",
        "confirmed",
    ]


def test_an_add_on_that_left_its_order_no_longer_admits(tx: Tx) -> None:
    whole = frozenset({"ABC"})
    row = replace(ADA, external_id="ABC-1")
    read_in(
        tx, replace(row, tickets=(("W", "Workshop", "confirmed"),)), complete_orders=whole
    )
    assert read_in(tx, row, complete_orders=whole).updated == 1
    workshop = tx.tickets.find(EVENT_ID, "W")
    assert workshop
    assert workshop.status == "canceled"
    assert read_in(tx, row, complete_orders=whole) == Registered(unchanged=1)


def test_a_dry_run_counts_alike_and_writes_nothing(tx: Tx) -> None:
    read_in(tx, ADA, a_row("Grace"))
    before = people(tx)
    rows = (replace(ADA, role="Countess"), a_row("Grace"), a_row("Linus"))
    dry = read_in(tx, *rows, dry_run=True)
    assert people(tx) == before
    assert dry == read_in(tx, *rows) == Registered(added=1, updated=1, unchanged=1)


def test_a_list_speaks_of_its_own_event_alone(tx: Tx) -> None:
    mallory = ada(event_id=settle(tx, _other()).id)
    join(tx, mallory)
    read_in(tx, ADA)
    assert tx.attendees.get(mallory.id) == mallory
    assert len(people(tx)) == 1


def _other() -> Event:
    return an_event(slug="other-2026")


def test_times_and_shared_fields_are_kept(tx: Tx) -> None:
    until = datetime(2026, 6, 1, 12, tzinfo=UTC)
    read_in(tx, replace(ADA, valid_until=until, share=()))
    assert (only(tx).valid_until, only(tx).share) == (until, ())
    read_in(tx, ADA)
    assert (only(tx).valid_until, only(tx).share) == (until, ())


def test_a_walk_in_gets_a_badge_once(tx: Tx) -> None:
    person = a_row("Zoë", email="zoe@x.example")
    issued = walk_in(tx, WalkIn(EVENT_ID, person, KEY), NOW)
    assert isinstance(issued, Issued)
    assert len(issued.code) == 16
    again = walk_in(tx, WalkIn(EVENT_ID, person, KEY), LATER)
    assert again == AlreadyRegistered(issued.attendee)


def test_two_walk_ins_of_one_name_without_an_address_are_two(tx: Tx) -> None:
    for _ in range(2):
        assert isinstance(walk_in(tx, WalkIn(EVENT_ID, a_row("Zoë"), KEY), NOW), Issued)
    assert len(people(tx)) == 2


def test_a_reissued_badge_replaces_the_old_one(tx: Tx) -> None:
    person = join(tx, ada())
    old = tx.badges.of_attendee(person.id)
    done = reissue(tx, Reissue(EVENT_ID, person.id, "lost", KEY), NOW)
    new = tx.badges.of_attendee(person.id)
    assert isinstance(done, Issued)
    assert new
    assert old
    assert new.id != old.id
    assert new.digest == digest(done.code)
    replaced = tx.badges.by_digest(old.digest)
    assert replaced
    assert (replaced.replaced_at, replaced.reason) == (NOW, "lost")


def test_only_a_person_of_the_event_gets_another_badge(tx: Tx) -> None:
    outsider = ada(event_id=settle(tx, _other()).id)
    join(tx, outsider)
    for stranger in ("nobody", outsider.id):
        refused = reissue(tx, Reissue(EVENT_ID, stranger, "lost", KEY), NOW)
        assert refused == NobodyThere(stranger)


def test_the_key_is_in_no_representation() -> None:
    assert KEY.decode() not in repr(RegisterList(EVENT_ID, (), KEY))
    assert KEY.decode() not in repr(Reissue(EVENT_ID, "x", "lost", KEY))


_few = st.sampled_from(["", "a", "b"])
_rows = st.lists(
    st.builds(
        Registration,
        row=st.just(2),
        name=_few,
        email=_few,
        company=_few,
        ticket_code=st.sampled_from(["", "t1", "t2", "t3"]),
        external_id=st.sampled_from(["", "x1", "x2"]),
    ),
    max_size=7,
)


@given(_rows)
@settings(max_examples=300, deadline=None)
def test_whatever_a_list_holds_everybody_in_it_is_found_again(
    rows: list[Registration],
) -> None:
    once = [
        row
        for place, row in enumerate(rows)
        if not row.ticket_code
        or row.ticket_code not in [r.ticket_code for r in rows[:place]]
    ]
    known = [
        Attendee(
            id=f"{place}",
            event_id=EVENT_ID,
            name=row.name or f"Guest {place + 1}",
            email=row.email,
            company=row.company,
            ticket_code=row.ticket_code,
            external_id=row.external_id,
            registered_at=NOW + timedelta(microseconds=place),
        )
        for place, row in enumerate(once)
    ]
    codes = {person.id: [person.ticket_code] for person in known if person.ticket_code}
    found = match(once, known, codes)
    assert [person.id if person else None for person in found] == [p.id for p in known]


@given(_rows, _rows)
@settings(max_examples=200, deadline=None)
def test_nobody_is_taken_for_two(
    rows: list[Registration], others: list[Registration]
) -> None:
    known = [
        Attendee(f"{place}", EVENT_ID, row.name or "Guest 1", row.email, row.company)
        for place, row in enumerate(others)
    ]
    found = [person.id for person in match(rows, known, {}) if person]
    assert len(found) == len(set(found))


def test_a_ticket_that_is_a_link_admits_by_its_key_too(tx: Tx) -> None:
    link = "https://luma.example/check-in/evt-X?pk=g-ABC123"
    read_in(tx, a_row(ticket_code=link))
    for code in (link, "g-ABC123"):
        assert isinstance(find(tx, EVENT_ID, code), Found)
