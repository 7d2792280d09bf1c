"""The staff PIN: kept as a hash a browser can check, never as digits."""

import pytest

from kiosk.pin import ROUNDS, fits, hashed, is_pin, remove_pin, set_pin
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, settle

LEAST_ROUNDS = 200_000


def test_the_right_digits_fit_and_no_others(tx: Tx) -> None:
    settle(tx)
    pin = set_pin(tx, hashed(EVENT_ID, "482915"), NOW)
    assert tx.pins.get(EVENT_ID) == pin
    assert fits(pin, "482915")
    assert not any(fits(pin, other) for other in ("482916", "", "4829150", "４８２９１５"))


def test_a_pin_is_slow_to_guess_and_salted() -> None:
    one, other = hashed(EVENT_ID, "4829"), hashed(EVENT_ID, "4829")
    assert ROUNDS >= LEAST_ROUNDS
    assert one.salt != other.salt
    assert one.digest != other.digest
    assert "4829" not in repr(one)


@pytest.mark.parametrize("text", ["123", "123456789", "12 34", "abcd", "١٢٣٤", "1234\n"])
def test_a_pin_is_four_to_eight_digits(text: str) -> None:
    assert not is_pin(text)


def test_a_pin_can_be_taken_away(tx: Tx) -> None:
    settle(tx)
    set_pin(tx, hashed(EVENT_ID, "4829"), NOW)
    assert remove_pin(tx, EVENT_ID, NOW)
    assert not remove_pin(tx, EVENT_ID, NOW)
    assert tx.pins.get(EVENT_ID) is None
