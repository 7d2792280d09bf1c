"""Offers to introduce two people, in the store."""

from dataclasses import replace
from datetime import timedelta

from kiosk.model import Introduction
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, ada, grace, linus, named_id, settle


def an_offer() -> Introduction:
    first, second = sorted([grace().id, linus().id])
    return Introduction(
        id=named_id("an offer"),
        event_id=EVENT_ID,
        introducer_id=ada().id,
        first_id=first,
        second_id=second,
        note="You both sail",
        offered_at=NOW,
        expires_at=NOW + timedelta(days=30),
    )


def test_an_offer_is_found_by_id_by_pair_and_by_each_of_the_three(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    offer = an_offer()
    tx.introductions.add(offer)
    assert tx.introductions.get(offer.id) == offer
    assert tx.introductions.between(ada().id, (offer.second_id, offer.first_id)) == offer
    assert tx.introductions.between(grace().id, offer.ids) is None
    for person in (ada(), grace(), linus()):
        assert tx.introductions.of_attendee(person.id) == [offer]


def test_an_offer_changes_and_is_counted_by_the_day(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    tx.introductions.add(an_offer())
    changed = replace(an_offer(), first_agreed_at=NOW)
    tx.introductions.change(changed)
    assert tx.introductions.get(changed.id) == changed
    assert tx.introductions.offered_count(ada().id, NOW) == 1
    assert tx.introductions.offered_count(ada().id, NOW + timedelta(minutes=1)) == 0
