"""What people put right on their cards: kept, found by the list, undone by no list."""

from dataclasses import replace

import pytest

from kiosk.correct import (
    LINES,
    TEXT_LENGTH,
    TEXTS,
    Correct,
    Corrected,
    NotCorrected,
    Refusal,
    correct,
)
from kiosk.model import Attendee, Registration
from kiosk.register import Registered, RegisterList, register
from kiosk.store import Tx
from tests.builders import EVENT_ID, KEY, NOW, ada, grace, settle


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada(), grace()])
    return tx


def says(tx: Tx, **said: str) -> Attendee:
    outcome = correct(tx, Correct(ada().id, said), NOW)
    assert isinstance(outcome, Corrected)
    assert tx.attendees.get(ada().id) == outcome.attendee
    return outcome.attendee


def reads_again(tx: Tx, **changes: str) -> Registered:
    """The list with Ada's row once more."""
    row = Registration(
        name=ada().name,
        email=ada().email,
        company=ada().company,
        role=ada().role,
        ticket_type=ada().ticket_type,
        status="confirmed",
    )
    return register(tx, RegisterList(EVENT_ID, (replace(row, **changes),), KEY), NOW)  # type: ignore[arg-type]


def test_what_is_not_named_stays(hall: Tx) -> None:
    person = says(hall, role="Countess", goal="one engine")
    assert replace(person, corrected=()) == ada(role="Countess", goal="one engine")
    assert dict(person.corrected) == {"role": "Engineer", "goal": ""}


@pytest.mark.parametrize("field", ["email", "status", "share", "attention", "id", "x"])
def test_nothing_else_is_a_persons_to_change(hall: Tx, field: str) -> None:
    assert says(hall, **{field: "mine"}) == ada()


def test_a_list_read_again_undoes_no_correction(hall: Tx) -> None:
    corrected = says(hall, name="Ada King", company="Lovelace & Daughters", offers="sums")
    assert reads_again(hall).unchanged == 1
    assert hall.attendees.get(ada().id) == corrected


def test_a_list_with_news_changes_the_rest(hall: Tx) -> None:
    says(hall, name="Ada King")
    assert reads_again(hall, role="Countess", phone="+44 1").updated == 1
    person = hall.attendees.get(ada().id)
    assert person is not None
    assert (person.name, person.role, person.phone) == ("Ada King", "Countess", "+44 1")


def test_a_list_that_renames_somebody_still_finds_them_the_next_time(hall: Tx) -> None:
    """The control: without what the list says, a new name would be a new person."""
    says(hall, name="Ada King", company="")
    renamed = {"name": "Ada Byron", "external_id": "A-1"}
    hall.attendees.change(replace(says(hall), external_id="A-1"))
    assert reads_again(hall, **renamed).updated == 1
    assert reads_again(hall, name="Ada Byron").unchanged == 1
    person = hall.attendees.get(ada().id)
    assert person is not None
    assert person.name == "Ada King"
    assert person.as_listed.name == "Ada Byron"
    assert hall.attendees.count(EVENT_ID) == 2


@pytest.mark.parametrize("field", [*LINES, *TEXTS])
def test_what_is_too_long_is_told_and_nothing_is_kept(hall: Tx, field: str) -> None:
    most = LINES.get(field, TEXT_LENGTH)
    said = {"role": "Countess", field: "x" * (most + 1)}
    outcome = correct(hall, Correct(ada().id, said), NOW)
    assert outcome == NotCorrected({field: Refusal.TOO_LONG})
    assert hall.attendees.get(ada().id) == ada()
    assert getattr(says(hall, **{field: "x" * most}), field) == "x" * most


def test_a_long_text_of_the_list_may_stay(hall: Tx) -> None:
    hall.attendees.change(ada(goal="x" * 4_000))
    assert says(hall, goal="x" * 4_000, role="Countess").goal == "x" * 4_000


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\n"])
def test_a_person_keeps_a_name(hall: Tx, name: str) -> None:
    outcome = correct(hall, Correct(ada().id, {"name": name}), NOW)
    assert outcome == NotCorrected({"name": Refusal.NAMELESS})


def test_what_nobody_can_see_is_not_kept(hall: Tx) -> None:
    person = says(hall, name="Ada\u202e King\n", offers="sums\r\n\u200band more")
    assert person.name == "Ada King"
    assert person.offers == "sums\nand more"


def test_saying_the_same_corrects_nothing(hall: Tx) -> None:
    assert says(hall, name=ada().name, role=ada().role).corrected == ()
