"""A badge at a tablet: only for who stands there, each sheet noted, a lost one replaced."""

from datetime import timedelta

import pytest

from kiosk.issue import Reissue, reissue
from kiosk.judge import Venue
from kiosk.model import Device, Reason
from kiosk.occasion import Occasion
from kiosk.paper import (
    AtHand,
    Corrects,
    Prints,
    Replaces,
    at_hand,
    note_print,
    put_right,
    replace_lost,
)
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    a_device,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    named_id,
    settle,
)

DOOR, DESK = a_device(), a_device("Help desk", role="desk")


@pytest.fixture
def hall(tx: Tx) -> Tx:
    """Ada has just come in at the door; Grace has not come yet."""
    settle(tx, people=[ada(), grace()])
    enrol(tx)
    enrol(tx, DESK)
    let_in(tx, ada())
    return tx


def at(device: Device = DOOR, **later: float) -> Occasion:
    now = NOW + timedelta(**later)
    return Occasion(Venue(an_event(), device, {}), named_id("act"), 1, now, now, KEY)


def test_the_badge_of_whoever_was_just_let_in_is_known_for_a_while(hall: Tx) -> None:
    held = at_hand(hall, at(), ada().ticket_code)
    assert isinstance(held, AtHand)
    assert (held.person.id, held.code, held.print_count) == (ada().id, code_of(ada()), 0)
    assert at_hand(hall, at(minutes=16), code_of(ada())) is Reason.NOT_CHECKED_IN
    assert at_hand(hall, at(), code_of(grace())) is Reason.NOT_CHECKED_IN
    assert at_hand(hall, at(), "0000000000000000") is Reason.UNKNOWN_CODE
    assert isinstance(at_hand(hall, at(DESK), code_of(grace())), AtHand)


def test_a_name_is_put_right_by_the_one_who_stands_there(hall: Tx) -> None:
    done = put_right(hall, Corrects(code_of(ada()), "Ada King", "she/her"), at())
    assert done.outcome == "corrected"
    person = hall.attendees.get(ada().id)
    assert person
    assert (person.name, person.pronouns) == ("Ada King", "she/her")
    assert put_right(hall, Corrects(code_of(grace()), "X"), at()).outcome == "turned_away"
    assert put_right(hall, Corrects(code_of(ada()), "\u200b"), at()).reason == "nameless"


def test_each_sheet_of_paper_is_noted(hall: Tx) -> None:
    for minutes, reason in enumerate(("", "smudged")):
        done = note_print(hall, Prints(code_of(ada()), reason), at(minutes=minutes))
        assert done.outcome == "printed"
    noted = hall.badges.printings_of(ada().id)
    assert [(one.device_id, one.reason) for one in noted] == [
        (DOOR.id, ""),
        (DOOR.id, "smudged"),
    ]
    held = at_hand(hall, at(), code_of(ada()))
    assert isinstance(held, AtHand)
    assert held.print_count == 2


def test_a_lost_badge_is_replaced_by_staff_alone(hall: Tx) -> None:
    assert replace_lost(hall, Replaces(code_of(ada())), at()).outcome == "turned_away"
    done = replace_lost(hall, Replaces(code_of(ada())), at(DESK))
    assert (done.outcome, len(done.code)) == ("replaced", 16)
    assert at_hand(hall, at(DESK), code_of(ada())) is Reason.REPLACED_BADGE
    assert isinstance(at_hand(hall, at(DESK), done.code), AtHand)


def test_a_replaced_badge_is_neither_printed_nor_put_right(hall: Tx) -> None:
    reissue(hall, Reissue(EVENT_ID, ada().id, "lost", KEY), NOW)
    old = code_of(ada())
    assert note_print(hall, Prints(old), at()).reason == Reason.REPLACED_BADGE
    assert put_right(hall, Corrects(old, "X"), at()).reason == Reason.REPLACED_BADGE
