"""Everybody of a real pretix shop, with its traps and over a line that breaks."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

import kiosk.intake.pretix as reading
from kiosk.door import Case, judge
from kiosk.find import Found
from kiosk.intake.pretix import Batch, PretixError, PretixShop, read_pretix
from kiosk.model import Attendee, Registration, Ticket
from kiosk.register import Registered, RegisterList, register
from kiosk.store import Tx
from tests.builders import EVENT_ID, KEY, NOW, a_list, settle
from tests.intake.shop import (
    GENERATED_AT,
    GENERATED_LATER,
    RECORDED,
    TOKEN,
    Fault,
    ReplayedShop,
    broken,
    busy,
    dropped,
    elsewhere,
    not_json,
    replayed_shop,
)

FACTS = json.loads((RECORDED / "facts.json").read_text())


@pytest.fixture
def shop() -> Iterator[ReplayedShop]:
    with replayed_shop() as server:
        yield server


@pytest.fixture(autouse=True)
def _an_event(tx: Tx) -> None:
    settle(tx)


def at(shop: ReplayedShop, **changes: str) -> PretixShop:
    named = {"url": shop.url, "organizer": "demo", "event": "netconf", "token": TOKEN}
    return PretixShop(**named | changes)


def read(
    shop: ReplayedShop, cursor: str = "", waited: list[float] | None = None
) -> list[Batch]:
    waits: list[float] = [] if waited is None else waited
    return list(read_pretix(at(shop), cursor, wait=waits.append))


def rows_of(batches: list[Batch]) -> list[Registration]:
    return [row for batch in batches for row in batch.people.rows]


def take_in(tx: Tx, batches: list[Batch]) -> list[Registered]:
    return [
        register(
            tx,
            RegisterList(
                EVENT_ID,
                batch.people.rows,
                KEY,
                complete_fields=("blocked", "valid_from", "valid_until"),
                complete_orders=batch.people.orders,
            ),
            NOW,
        )
        for batch in batches
    ]


def test_the_shop_has_the_people_it_is_known_to_have(shop: ReplayedShop) -> None:
    rows = rows_of(read(shop))
    assert len(rows) == FACTS["people"]
    assert sum(len(row.tickets) for row in rows) == FACTS["addons"]
    assert len({row.external_id for row in rows}) == len(rows)
    codes = [row.ticket_code for row in rows] + [t[0] for row in rows for t in row.tickets]
    assert len(set(codes)) == FACTS["secrets_distinct"]
    assert max(len(row.name) for row in rows) == FACTS["longest_name"]
    assert sum(not row.name for row in rows) == FACTS["people_without_name"]
    names = {row.name for row in rows}
    assert names.issuperset(FACTS["names_starting_with_formula_character"])


def verdict(attendee: Attendee, ticket: Ticket, scanned_at: datetime) -> str:
    case = Case(
        found=Found(attendee, ticket),
        rule=a_list(),
        kind="check_in",
        scanned_at=scanned_at,
        phase_refusal=None,
        ticket_types=frozenset(),
        history=(),
    )
    return judge(case) or "ok"


def test_the_door_says_of_each_what_pretix_would_say(tx: Tx, shop: ReplayedShop) -> None:
    take_in(tx, read(shop))
    people = {person.id: person for person in tx.attendees.of_event(EVENT_ID)}
    tickets = tx.tickets.of_event(EVENT_ID)
    afternoon = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
    said = Counter(
        verdict(person, ticket, afternoon)
        for ticket in tickets
        if (person := people[ticket.attendee_id]).ticket_code == ticket.code
    )
    door = FACTS["door"]
    in_time = sum(1 for p in people.values() if p.valid_from or p.valid_until)
    assert in_time == door["ok_in_time_window"]
    assert said["canceled"] == door["canceled"]
    assert said["blocked"] == door["blocked"]
    assert said["unapproved"] == door["unapproved"]
    assert said["unpaid"] == door["unpaid"] + door["expired_unpaid"]
    outside = said["not_yet_valid"] + said["no_longer_valid"]
    assert said["ok"] + outside == (
        door["ok"] + door["ok_valid_if_pending"] + door["ok_in_time_window"]
    )
    assert 0 < outside < in_time
    assert said.total() == FACTS["people"]


def test_an_add_on_is_a_second_code_of_the_same_person(tx: Tx, shop: ReplayedShop) -> None:
    take_in(tx, read(shop))
    people = {person.id: person for person in tx.attendees.of_event(EVENT_ID)}
    extra = [
        ticket
        for ticket in tx.tickets.of_event(EVENT_ID)
        if people[ticket.attendee_id].ticket_code != ticket.code
    ]
    assert len(extra) == FACTS["addons"]
    assert all(ticket.ticket_type.startswith("Workshop – ") for ticket in extra)
    statuses = Counter(
        "unapproved" if not people[ticket.attendee_id].approved else ticket.status
        for ticket in extra
    )
    told = FACTS["door_addons"]
    assert statuses == {
        "confirmed": told["ok"],
        "canceled": told["canceled"],
        "pending": told["unpaid"],
        "unapproved": told["unapproved"],
    }


def test_two_people_with_one_address_or_one_name_stay_two(
    tx: Tx, shop: ReplayedShop
) -> None:
    take_in(tx, read(shop))
    people = tx.attendees.of_event(EVENT_ID)
    addresses = Counter(person.email.casefold() for person in people if person.email)
    for address, count in FACTS["addresses_used_twice"].items():
        assert addresses[address] == count
    assert sum(person.name == "Same Name" for person in people) == 2


def test_what_was_asked_in_the_shop_is_understood(shop: ReplayedShop) -> None:
    rows = rows_of(read(shop))
    assert any(row.offers == "Free code review" for row in rows)
    assert any(row.asks.startswith("Mentor for") for row in rows)
    assert any(row.linkedin == "https://www.linkedin.com/in/invented-63" for row in rows)
    assert any(row.share == () for row in rows)
    assert all("javascript:" not in row.website + row.linkedin for row in rows)
    assert any(row.attention for row in rows)


def test_the_buyer_of_a_single_ticket_is_its_holder(shop: ReplayedShop) -> None:
    by_id = {row.external_id: row for row in rows_of(read(shop))}
    assert (by_id["YFCJA-1"].name, by_id["YFCJA-1"].email) == ("", "order43@example.net")
    assert by_id["7G7NV-1"].email == "order22@example.net"


def test_the_same_again_changes_nothing(tx: Tx, shop: ReplayedShop) -> None:
    first = take_in(tx, read(shop))
    assert sum(done.added for done in first) == FACTS["people"]
    again = take_in(tx, read(shop))
    assert sum(done.unchanged for done in again) == FACTS["people"]
    assert all(done.added == done.updated == done.canceled == 0 for done in again)


def test_the_next_run_asks_only_for_what_changed(tx: Tx, shop: ReplayedShop) -> None:
    batches = read(shop)
    take_in(tx, batches)
    shop.asked.clear()
    changed = read(shop, batches[-1].cursor)
    orders = [path for path in shop.asked if "/orders/" in path]
    assert orders == [
        "/api/v1/organizers/demo/events/netconf/orders/?modified_since="
        f"{GENERATED_AT.replace(':', '%3A').replace('+', '%2B')}&page=1"
    ]
    assert len(changed[0].people.orders) == FACTS["delta_orders"]
    assert json.loads(changed[-1].cursor) == {"since": GENERATED_LATER}


def test_the_changes_lead_where_a_full_reading_leads(tx: Tx, shop: ReplayedShop) -> None:
    batches = read(shop)
    take_in(tx, batches)
    (done,) = take_in(tx, read(shop, batches[-1].cursor))
    assert (done.added, done.canceled) == (1, 1)
    expected = {
        p["secret"]: bool(p["blocked"])
        for n in (1, 2, 3)
        for p in _recorded(f"delta/orderpositions_after.page{n}.json")
    }
    people = {person.id: person for person in tx.attendees.of_event(EVENT_ID)}
    standing = {
        ticket.code: bool(people[ticket.attendee_id].blocked)
        for ticket in tx.tickets.of_event(EVENT_ID)
    }
    gone = standing.keys() - expected.keys()
    assert expected.keys() <= standing.keys()
    canceled = {t.code for t in tx.tickets.of_event(EVENT_ID) if t.status == "canceled"}
    assert gone <= canceled
    assert len(gone) == 2  # canceled before, and the position of C7UM9 that disappeared
    own = {code for code in expected if not _is_add_on(people, tx, code)}
    assert {c for c in own if standing[c]} == {c for c in own if expected[c]}


def _recorded(name: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads((RECORDED / name).read_text())["results"]
    return results


def _is_add_on(people: dict[str, Attendee], tx: Tx, code: str) -> bool:
    ticket = tx.tickets.find(EVENT_ID, code)
    assert ticket
    return people[ticket.attendee_id].ticket_code != code


def test_a_ticket_given_to_somebody_else_is_theirs_with_the_same_code(
    tx: Tx, shop: ReplayedShop
) -> None:
    batches = read(shop)
    take_in(tx, batches)
    before = next(row for row in rows_of(batches) if row.external_id.startswith("FQKPN-"))
    changed = read(shop, batches[-1].cursor)
    after = next(row for row in rows_of(changed) if row.external_id == before.external_id)
    assert after.name != before.name
    take_in(tx, changed)
    ticket = tx.tickets.find(EVENT_ID, before.ticket_code)
    assert ticket
    person = tx.attendees.get(ticket.attendee_id)
    assert person
    assert (person.name, person.email) == (after.name, after.email)


def test_a_reissued_secret_replaces_the_old_one(tx: Tx, shop: ReplayedShop) -> None:
    batches = read(shop)
    take_in(tx, batches)
    take_in(tx, read(shop, batches[-1].cursor))
    assert tx.tickets.find(EVENT_ID, "bt4fth4esjpx2gyweewb4ugc8ywwgera") is None
    assert tx.tickets.find(EVENT_ID, "4uwyzem5cw9wfwsykpvyfuzhfzzvd9ps")


@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        ([busy("17")], [17.0]),
        ([busy("0"), busy("3")], [0.0, 3.0]),
        ([dropped], [1.0]),
        ([broken, not_json, dropped], [1.0, 2.0, 4.0]),
    ],
    ids=["busy", "busy twice", "dropped", "everything"],
)
def test_trouble_on_the_way_is_waited_out(
    shop: ReplayedShop, faults: list[Fault], waits: list[float]
) -> None:
    shop.fail("/orders/?page=2", *faults)
    waited: list[float] = []
    assert len(rows_of(read(shop, waited=waited))) == FACTS["people"]
    assert waited == waits


def test_without_patience_the_same_trouble_is_the_end(
    shop: ReplayedShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: with one attempt, each fault is fatal."""
    monkeypatch.setattr("kiosk.intake.pretix_client.ATTEMPTS", 1)
    for fault in (busy("1"), dropped, broken, not_json):
        shop.fail("/orders/?page=2", fault)
        with pytest.raises(PretixError, match="no usable answer in 1 attempts"):
            read(shop)


def test_a_run_that_broke_off_goes_on_where_it_was(
    tx: Tx, shop: ReplayedShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGES_A_BATCH", 20)
    shop.fail("/orders/?page=2", *[broken] * 6)
    got: list[Batch] = []
    with pytest.raises(PretixError, match="run the same command again"):
        got.extend(read_into(got, shop))
    take_in(tx, got)
    assert 0 < len(tx.attendees.of_event(EVENT_ID)) < FACTS["people"]
    shop.asked.clear()
    take_in(tx, read(shop, got[-1].cursor))
    assert len(tx.attendees.of_event(EVENT_ID)) == FACTS["people"]
    assert not any(path.endswith("/orders/?page=1") for path in shop.asked)


def read_into(got: list[Batch], shop: ReplayedShop) -> list[Batch]:
    for batch in read_pretix(at(shop), wait=lambda _: None):
        got.append(batch)  # noqa: PERF402 - what came before the failure is the point
    return []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"token": "wrong"}, "does not know this token"),
        ({"event": "nosuchevent"}, "or there is no such event"),
        ({"organizer": "a/../b"}, "or there is no such event"),
    ],
)
def test_a_refusal_is_one_sentence_without_the_token(
    shop: ReplayedShop, changes: dict[str, str], says: str
) -> None:
    with pytest.raises(PretixError, match=says) as caught:
        list(read_pretix(at(shop, **changes), wait=lambda _: None))
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(at(shop))


def test_a_wrong_path_is_told(shop: ReplayedShop) -> None:
    with pytest.raises(PretixError, match="has no such page"):
        list(read_pretix(at(shop, url=f"{shop.url}/shop"), wait=lambda _: None))


def test_the_token_follows_no_redirect(shop: ReplayedShop) -> None:
    shop.fail("/items/", elsewhere)
    with pytest.raises(PretixError, match="sends us elsewhere"):
        read(shop)


def test_a_pause_that_is_too_long_is_told_instead(shop: ReplayedShop) -> None:
    shop.fail("/orders/", busy("7200"))
    with pytest.raises(PretixError, match="a pause of 120 minutes"):
        read(shop)


def test_nobody_at_that_address_is_told() -> None:
    nowhere = PretixShop("http://127.0.0.1:9", "demo", "netconf", TOKEN)
    with pytest.raises(PretixError, match="no usable answer"):
        list(read_pretix(nowhere, wait=lambda _: None))
