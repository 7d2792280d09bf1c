"""The staff PIN of an event: what a tablet must be told before its settings open.

Tablets check it while they are alone, so they hold a salted slow hash of it, as a browser
can make one. A hash of four digits does not stand against somebody who takes it away: the
PIN keeps visitors out of the settings, no more, and six digits keep them out for longer.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.model import Pin
from kiosk.ports import Tx

ROUNDS = 310_000  # PBKDF2-HMAC-SHA256; a third of a second on a small tablet
SALT_BYTES = 16
_PIN = re.compile(r"[0-9]{4,8}")


@dataclass(frozen=True, slots=True)
class SetPin:
    """Hash it before the transaction (`hashed`): it takes long, and scans would wait."""

    event_id: str
    salt: str
    digest: str = field(repr=False)


def is_pin(text: str) -> bool:
    """Four to eight of the digits 0 to 9."""
    return _PIN.fullmatch(text) is not None


def hashed(event_id: str, digits: str) -> SetPin:
    """What is kept of a PIN, under a salt of its own."""
    salt = secrets.token_hex(SALT_BYTES)
    return SetPin(event_id, salt, _digest(digits, salt, ROUNDS))


def set_pin(tx: Tx, command: SetPin, now: datetime) -> Pin:
    """The PIN that counts from now on; tablets hear of it with their next sign of life."""
    pin = Pin(command.event_id, command.salt, ROUNDS, command.digest, now)
    tx.pins.put(pin)
    return pin


def remove_pin(tx: Tx, event_id: str, now: datetime) -> bool:
    """Whether there was one; from now on the settings are open to anybody."""
    del now
    return tx.pins.remove(event_id)


def fits(pin: Pin, digits: str) -> bool:
    """Whether these are the digits; outside any transaction, for it takes long."""
    if not is_pin(digits):
        return False
    return hmac.compare_digest(_digest(digits, pin.salt, pin.rounds), pin.digest)


def _digest(digits: str, salt: str, rounds: int) -> str:
    key = hashlib.pbkdf2_hmac("sha256", digits.encode(), bytes.fromhex(salt), rounds)
    return key.hex()
