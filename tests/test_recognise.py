"""A list that is read again does not bring back whom it was told to forget."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.correct import Correct, correct
from kiosk.erase import Erase, erase
from kiosk.model import Registration
from kiosk.register import (
    AlreadyRegistered,
    Registered,
    RegisterList,
    WalkIn,
    register,
    walk_in,
)
from kiosk.store import Tx
from tests.builders import EVENT_ID, KEY, NOW, OTHER_EVENT_ID, an_event, settle

ADA = Registration(
    row=1,
    name="Ada Lovelace",
    email="Ada@ada.example",
    company="Engines",
    ticket_code="https://shop.example/t?pk=T-1",
    external_id="ORDER-1",
)
GRACE = Registration(row=2, name="Grace Hopper", email="grace@navy.example")


@pytest.fixture(autouse=True)
def _two_events(tx: Tx) -> None:
    settle(tx)
    settle(tx, an_event(slug="other-2026"))


def read_in(tx: Tx, *rows: Registration, **changes: Any) -> Registered:
    return register(tx, RegisterList(EVENT_ID, rows, KEY, **changes), NOW)


def names(tx: Tx) -> list[str]:
    return sorted(person.name for person in tx.attendees.of_event(EVENT_ID))


def forget(tx: Tx, name: str) -> None:
    (person,) = [one for one in tx.attendees.of_event(EVENT_ID) if one.name == name]
    erase(tx, Erase(EVENT_ID, person.id, KEY), NOW)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_list_read_again_passes_over_whom_it_was_told_to_forget(
    tx: Tx, dry_run: bool
) -> None:
    read_in(tx, ADA, GRACE)
    forget(tx, ADA.name)
    again = read_in(tx, ADA, GRACE, dry_run=dry_run)
    assert again == Registered(unchanged=1, skipped=((1, "erased"),))
    assert names(tx) == [GRACE.name]


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "ADA@ADA.example ", "ticket_code": "", "external_id": ""},
        {"email": "", "ticket_code": "T-1", "external_id": "", "name": "A. King"},
        {"email": "", "ticket_code": "", "name": "ADA  Lovelace", "company": "Elsewhere"},
        {
            "email": "",
            "ticket_code": "",
            "external_id": "",
            "tickets": (("T-1", "", "confirmed"),),
        },
    ],
    ids=["address", "ticket", "number in the shop", "an add-on's ticket"],
)
def test_one_sign_is_enough_to_be_recognised(tx: Tx, changes: dict[str, Any]) -> None:
    read_in(tx, ADA, GRACE)
    forget(tx, ADA.name)
    assert read_in(tx, replace(ADA, **changes)).skipped == ((1, "erased"),)


@pytest.mark.parametrize(
    "row",
    [
        Registration(row=3, name="Ada Lovelace", email="another@ada.example"),
        Registration(row=3, name="Linus Torvalds", company="Engines"),
        Registration(row=3, name="Linus Torvalds", external_id="ORDER-2"),
        Registration(row=3, name="Linus Torvalds", external_id="ORDER-1"),
    ],
)
def test_nobody_else_is_taken_for_the_erased(tx: Tx, row: Registration) -> None:
    read_in(tx, ADA, GRACE)
    forget(tx, ADA.name)
    assert read_in(tx, row) == Registered(added=1)


def test_who_shares_an_address_with_the_erased_stays_welcome(tx: Tx) -> None:
    office = "office@engines.example"
    ada, charles = (replace(it, email=office) for it in (ADA, GRACE))
    read_in(tx, ada, charles)
    forget(tx, ada.name)
    colleague = Registration(row=3, name="Linus Torvalds", email=office)
    by_address = replace(ada, ticket_code="", external_id="")
    assert read_in(tx, by_address, charles, colleague) == Registered(
        added=1, unchanged=1, skipped=((1, "erased"),)
    )


def test_who_has_nothing_but_a_name_is_recognised_by_it(tx: Tx) -> None:
    bare = Registration(row=1, name="Ada Lovelace", company="Engines")
    read_in(tx, bare)
    forget(tx, bare.name)
    assert read_in(tx, bare).skipped == ((1, "erased"),)
    assert read_in(tx, replace(bare, company="Navy")) == Registered(added=1)
    assert read_in(tx, replace(bare, email="ada@ada.example", row=2)).skipped == ()


def test_what_the_list_says_counts_and_not_what_the_person_wrote_over_it(tx: Tx) -> None:
    bare = Registration(row=1, name="Ada Lovelace", company="Engines")
    read_in(tx, bare)
    (person,) = tx.attendees.of_event(EVENT_ID)
    correct(tx, Correct(person.id, {"name": "Ada King"}), NOW)
    forget(tx, "Ada King")
    assert read_in(tx, bare).skipped == ((1, "erased"),)


def test_by_hand_they_may_come_back_and_the_list_then_knows_them(tx: Tx) -> None:
    read_in(tx, ADA)
    forget(tx, ADA.name)
    back = walk_in(tx, WalkIn(EVENT_ID, ADA, KEY), NOW)
    assert not isinstance(back, AlreadyRegistered)
    assert read_in(tx, replace(ADA, company="Navy")) == Registered(updated=1)


def test_another_event_and_another_key_recognise_nobody(tx: Tx) -> None:
    read_in(tx, ADA)
    forget(tx, ADA.name)
    other = RegisterList(OTHER_EVENT_ID, (ADA,), KEY)
    assert register(tx, other, NOW) == Registered(added=1)
    assert register(tx, RegisterList(EVENT_ID, (ADA,), b"k" * 32), NOW).added == 1


def test_what_is_kept_says_nothing_by_itself(tx: Tx) -> None:
    read_in(tx, ADA)
    forget(tx, ADA.name)
    signs = tx.erasures.signs(EVENT_ID)
    assert len(signs) == 4  # two forms of the ticket, the number, the address
    assert {len(bytes.fromhex(sign)) for sign in signs} == {32}
