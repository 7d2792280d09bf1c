"""A yes to a sponsor: for what the screen named, from who is here, and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as suppose
from hypothesis import settings
from hypothesis import strategies as some

from kiosk.about import rows_about
from kiosk.lead import (
    NOTHING_TO_SHARE,
    Agreed,
    AgreeLead,
    Asked,
    Request,
    TakeBackLead,
    UndoLead,
    agree_lead,
    asked,
    take_back_lead,
    undo_lead,
)
from kiosk.model import SHAREABLE, Attendee, Lead, Preferences, Reason
from kiosk.shown import given
from kiosk.store import Tx
from tests.builders import (
    NOW,
    a_badge,
    a_booth,
    a_sponsor,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    mallory,
    named_id,
    settle,
)


@pytest.fixture
def fair(tx: Tx) -> Tx:
    """Ada and Linus are here, Grace is not; Acme has a booth."""
    settle(tx, people=[ada(), grace(), linus(blocked="rude")])
    tx.sponsors.put(a_sponsor())
    enrol(tx)
    enrol(tx, a_booth())
    let_in(tx, ada(), linus())
    return tx


def request(code: str, **later: float) -> Request:
    return Request(an_event(), a_sponsor(), code, NOW + timedelta(**later))


def a_yes(person: Attendee, number: int = 1, **later: float) -> AgreeLead:
    lead_id = named_id(f"yes {number} of {person.id}")
    return AgreeLead(lead_id, request(code_of(person), **later), a_booth().id)


def says_yes(tx: Tx, command: AgreeLead) -> Lead:
    done = agree_lead(tx, command, NOW)
    assert isinstance(done, Agreed)
    return done.lead


def test_a_sponsor_asks_for_no_more_than_a_person_lets_sponsors_see(fair: Tx) -> None:
    would = asked(fair, request(code_of(ada())), NOW)
    assert would == Asked(ada(), ("name", "company", "email"))
    fair.preferences.put(Preferences(ada().id, sponsor_fields=("name", "phone")))
    assert asked(fair, request(code_of(ada())), NOW) == Asked(ada(), ("name",))


@pytest.mark.parametrize(
    ("code", "later", "reason"),
    [
        ("nonsense", {}, Reason.UNKNOWN_CODE),
        (code_of(grace()), {}, Reason.NOT_CHECKED_IN),
        (code_of(linus()), {}, Reason.NOT_CHECKED_IN),
        (code_of(mallory()), {}, Reason.UNKNOWN_CODE),
        (code_of(ada()), {"days": -2}, Reason.EVENT_NOT_OPEN),
        (code_of(ada()), {"days": 2}, Reason.EVENT_CLOSED),
    ],
)
def test_nobody_else_is_asked(
    fair: Tx, code: str, later: dict[str, float], reason: Reason
) -> None:
    assert asked(fair, request(code, **later), NOW) is reason
    command = AgreeLead(named_id("yes"), request(code, **later), a_booth().id)
    assert agree_lead(fair, command, NOW) is reason
    assert fair.leads.count(a_sponsor().id) == 0


def test_a_replaced_badge_says_yes_to_nothing(fair: Tx) -> None:
    fair.badges.replace(a_badge(ada()).id, NOW, "lost")
    assert asked(fair, request(code_of(ada())), NOW) is Reason.REPLACED_BADGE


def test_a_yes_keeps_what_was_agreed_to_and_counts_once(fair: Tx) -> None:
    first = agree_lead(fair, a_yes(ada()), NOW)
    assert isinstance(first, Agreed)
    assert first.is_new
    lead = first.lead
    assert (lead.fields, lead.purpose) == (
        ("name", "company", "email"),
        a_sponsor().purpose,
    )
    assert (lead.attendee_id, lead.sponsor_id) == (ada().id, a_sponsor().id)
    assert agree_lead(fair, a_yes(ada(), 2, minutes=5), NOW) == Agreed(lead, is_new=False)


def test_only_what_the_screen_named_is_given(fair: Tx) -> None:
    """The sponsor asks for more since; the tablet was alone and does not know."""
    command = replace(a_yes(ada()), fields=("name", "phone"), purpose="A raffle.")
    lead = says_yes(fair, command)
    assert (lead.fields, lead.purpose) == (("name",), "A raffle.")


def test_who_keeps_everything_back_gives_nothing(fair: Tx) -> None:
    asks = replace(a_sponsor(), fields=("phone",))
    command = a_yes(ada())
    command = replace(command, request=replace(command.request, sponsor=asks))
    assert agree_lead(fair, command, NOW) == NOTHING_TO_SHARE
    assert fair.leads.count(a_sponsor().id) == 0


def test_the_device_undoes_its_own_lead_for_a_while(fair: Tx) -> None:
    lead = says_yes(fair, a_yes(ada()))
    undo = UndoLead(lead.id, a_booth().id, NOW + timedelta(minutes=16))
    assert undo_lead(fair, undo) is Reason.ANNUL_TOO_LATE
    undo = replace(undo, at=NOW + timedelta(minutes=15))
    stranger = replace(undo, device_id=named_id("another device"))
    assert undo_lead(fair, stranger) is Reason.NOTHING_TO_ANNUL
    assert undo_lead(fair, undo) is None
    assert undo_lead(fair, undo) is Reason.NOTHING_TO_ANNUL
    assert fair.leads.standing(a_sponsor().id, ada().id) is None


def test_only_the_person_takes_a_lead_back(fair: Tx) -> None:
    lead = says_yes(fair, a_yes(ada()))
    assert not take_back_lead(fair, TakeBackLead(grace().id, lead.id), NOW)
    assert take_back_lead(fair, TakeBackLead(ada().id, lead.id), NOW)
    assert not take_back_lead(fair, TakeBackLead(ada().id, lead.id), NOW)


def test_a_yes_that_comes_late_does_not_undo_a_later_no(fair: Tx) -> None:
    lead = says_yes(fair, a_yes(ada(), 1, minutes=10))
    undo = UndoLead(lead.id, a_booth().id, NOW + timedelta(minutes=12))
    undo_lead(fair, undo)
    late = agree_lead(fair, a_yes(ada(), 2, minutes=5), NOW + timedelta(minutes=20))
    assert isinstance(late, Agreed)
    assert not late.is_new
    assert fair.leads.standing(a_sponsor().id, ada().id) is None
    says_yes(fair, a_yes(ada(), 3, minutes=15))
    assert fair.leads.standing(a_sponsor().id, ada().id)


def test_yes_no_and_yes_again_may_all_arrive_an_hour_later(fair: Tx) -> None:
    hour = NOW + timedelta(hours=1)
    first = agree_lead(fair, a_yes(ada(), 1, minutes=1), hour)
    assert isinstance(first, Agreed)
    undo_lead(fair, UndoLead(first.lead.id, a_booth().id, NOW + timedelta(minutes=2)))
    again = agree_lead(fair, a_yes(ada(), 2, minutes=3), hour)
    assert isinstance(again, Agreed)
    assert again.is_new


FIELDS = some.sets(some.sampled_from(SHAREABLE)).map(tuple)


@settings(max_examples=60)
@suppose(agreed=FIELDS, shared=FIELDS, chosen=some.none() | FIELDS)
def test_a_lead_never_widens_whatever_is_chosen_later(
    agreed: tuple[str, ...], shared: tuple[str, ...], chosen: tuple[str, ...] | None
) -> None:
    """Law: a sponsor sees what was agreed to and is still let be seen; nothing once taken
    back.
    """
    person = ada(share=shared, phone="+44 20", website="https://ada.example")
    preferences = Preferences(person.id, sponsor_fields=chosen)
    lead = Lead("lead", "sponsor", person.id, agreed, "", NOW, "device")
    seen = set(given(an_event(), person, preferences, lead))
    assert seen <= set(agreed)
    assert seen <= set(shared if chosen is None else chosen)
    assert given(an_event(), person, preferences, replace(lead, withdrawn_at=NOW)) == {}


def test_everything_about_a_person_tells_of_their_leads(fair: Tx) -> None:
    lead = says_yes(fair, a_yes(ada()))
    take_back_lead(fair, TakeBackLead(ada().id, lead.id), NOW)
    held = rows_about(fair, ada().id)
    assert held
    assert held["sponsors"] == [
        {
            "sponsor": "Acme",
            "purpose": a_sponsor().purpose,
            "fields": ["name", "company", "email"],
            "agreed_at": "2026-06-01T10:00:00+02:00",
            "withdrawn_at": "2026-06-01T10:00:00+02:00",
        }
    ]
