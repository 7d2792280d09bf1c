"""Sponsors and leads, in the store."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.model import Attendee, Lead
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_booth,
    a_sponsor,
    ada,
    enrol,
    grace,
    named_id,
    settle,
)


def a_lead(person: Attendee, number: int = 1, **changes: object) -> Lead:
    lead = Lead(
        id=named_id(f"lead {number} of {person.id}"),
        sponsor_id=a_sponsor().id,
        attendee_id=person.id,
        fields=("name", "email"),
        purpose=a_sponsor().purpose,
        agreed_at=NOW + timedelta(minutes=number),
        device_id=a_booth().id,
    )
    return replace(lead, **changes)  # type: ignore[arg-type]


@pytest.fixture
def fair(tx: Tx) -> Tx:
    settle(tx, people=[ada(), grace()])
    tx.sponsors.put(a_sponsor())
    enrol(tx, a_booth())
    return tx


def test_a_sponsor_is_found_changed_and_removed(fair: Tx) -> None:
    other = a_sponsor("Babbage & Co.")
    fair.sponsors.put(other)
    assert fair.sponsors.get(other.id) == other
    assert fair.sponsors.of_event(EVENT_ID) == [a_sponsor(), other]
    assert fair.sponsors.of_event(OTHER_EVENT_ID) == []
    changed = replace(other, purpose="A raffle.", fields=("name",))
    fair.sponsors.put(changed)
    assert fair.sponsors.get(other.id) == changed
    fair.sponsors.remove(other.id)
    assert fair.sponsors.get(other.id) is None


def test_a_device_says_whose_it_is(fair: Tx) -> None:
    assert fair.devices.get(a_booth().id) == a_booth()


def test_a_lead_stands_until_it_is_taken_back(fair: Tx) -> None:
    lead = a_lead(ada())
    fair.leads.add(lead)
    assert fair.leads.get(lead.id) == lead
    assert fair.leads.standing(a_sponsor().id, ada().id) == lead
    assert fair.leads.standing(a_sponsor().id, grace().id) is None
    assert fair.leads.withdraw(lead.id, NOW)
    assert not fair.leads.withdraw(lead.id, NOW)
    assert fair.leads.standing(a_sponsor().id, ada().id) is None
    again = a_lead(ada(), 2)
    fair.leads.add(again)
    assert fair.leads.of_attendee(ada().id) == [again, replace(lead, withdrawn_at=NOW)]
    assert fair.leads.count(a_sponsor().id) == 2


def test_two_leads_of_one_person_never_stand_side_by_side(fair: Tx) -> None:
    fair.leads.add(a_lead(ada()))
    with pytest.raises(sqlite3.IntegrityError):
        fair.leads.add(a_lead(ada(), 2))


def test_a_sponsor_reads_its_standing_leads_alone(fair: Tx) -> None:
    other = a_sponsor("Babbage & Co.")
    fair.sponsors.put(other)
    fair.leads.add(a_lead(grace(), 2))
    fair.leads.add(a_lead(ada(), 1))
    fair.leads.add(a_lead(ada(), 3, sponsor_id=other.id))
    assert [
        (lead.id, person) for lead, person in fair.leads.of_sponsor(a_sponsor().id)
    ] == [
        (a_lead(ada(), 1).id, ada()),
        (a_lead(grace(), 2).id, grace()),
    ]
    fair.leads.withdraw(a_lead(grace(), 2).id, NOW)
    assert [person for _, person in fair.leads.of_sponsor(a_sponsor().id)] == [ada()]
    fair.erasures.forget(ada().id, NOW)
    assert list(fair.leads.of_sponsor(a_sponsor().id)) == []
    assert fair.leads.count(a_sponsor().id) == 1
