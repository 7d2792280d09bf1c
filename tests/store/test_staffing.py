"""Cases at the help desk, tablets that ask in, and the PIN, as the store keeps them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.model import PairingRequest, Pin, Referral
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_device,
    ada,
    enrol,
    grace,
    named_id,
    settle,
)

LATER = NOW + timedelta(minutes=5)


def a_case(name: str = "case", **changes: Any) -> Referral:
    case = Referral(
        named_id(name), EVENT_ID, a_device().id, ada().id, None, "unpaid", "paid cash", NOW
    )
    return replace(case, **changes)


def test_a_case_waits_until_the_first_settles_it(tx: Tx) -> None:
    settle(tx, people=[ada()])
    enrol(tx)
    tx.referrals.add(a_case())
    assert tx.referrals.get(a_case().id) == a_case()
    assert tx.referrals.settle(a_case().id, LATER, "Help desk")
    assert not tx.referrals.settle(a_case().id, LATER, "somebody later")
    settled = a_case(settled_at=LATER, settled_by="Help desk")
    assert tx.referrals.get(a_case().id) == settled
    assert tx.referrals.open(EVENT_ID) == []
    assert tx.referrals.settled(EVENT_ID, 10) == [settled]


def test_who_waits_longest_comes_first(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    enrol(tx)
    late = a_case("late", referred_at=LATER, attendee_id=grace().id)
    for case in (late, a_case()):
        tx.referrals.add(case)
    assert tx.referrals.open(EVENT_ID) == [a_case(), late]
    assert tx.referrals.open(OTHER_EVENT_ID) == []
    assert tx.referrals.of_attendee(grace().id) == [late]


def test_an_erased_person_leaves_no_case_and_a_purged_event_none_at_all(tx: Tx) -> None:
    settle(tx, people=[ada()])
    enrol(tx)
    nobodys = a_case("nobody's", attendee_id=None)
    for case in (nobodys, a_case()):
        tx.referrals.add(case)
    tx.erasures.forget(ada().id, NOW)
    assert tx.referrals.open(EVENT_ID) == [nobodys]
    tx.erasures.forget_texts(EVENT_ID)
    assert tx.referrals.open(EVENT_ID) == []


def test_a_request_to_pair_waits_under_its_code_and_is_approved_once(tx: Tx) -> None:
    settle(tx)
    device = enrol(tx)
    request = PairingRequest("code", "secret", NOW, NOW + timedelta(minutes=10))
    tx.pairing_requests.add(request)
    assert tx.pairing_requests.by_code("code", LATER) == request
    assert tx.pairing_requests.by_code("code", request.expires_at) is None
    assert tx.pairing_requests.by_code("secret", LATER) is None
    assert tx.pairing_requests.waiting_count(LATER) == 1
    assert tx.pairing_requests.waiting_count(request.expires_at) == 0
    assert tx.pairing_requests.approve(request, device.id, LATER)
    assert not tx.pairing_requests.approve(request, device.id, LATER)
    assert tx.pairing_requests.by_code("code", LATER) is None
    assert tx.pairing_requests.waiting_count(LATER) == 0
    approved = replace(request, device_id=device.id, approved_at=LATER)
    assert tx.pairing_requests.by_secret("secret") == approved


def test_requests_that_are_over_are_forgotten(tx: Tx) -> None:
    settle(tx)
    tx.pairing_requests.add(PairingRequest("code", "secret", NOW, LATER))
    assert tx.pairing_requests.forget_before(LATER) == 0
    assert tx.pairing_requests.forget_before(LATER + timedelta(seconds=1)) == 1
    assert tx.pairing_requests.by_secret("secret") is None


def test_an_event_has_one_pin_or_none(tx: Tx) -> None:
    settle(tx)
    assert tx.pins.get(EVENT_ID) is None
    first = Pin(EVENT_ID, "salt", 1000, "digest", NOW)
    for pin in (first, replace(first, salt="another", set_at=LATER)):
        tx.pins.put(pin)
        assert tx.pins.get(EVENT_ID) == pin
    assert tx.pins.remove(EVENT_ID)
    assert not tx.pins.remove(EVENT_ID)
