"""The staff PIN as tablets hear of it."""

from msgspec import Struct

from kiosk.model import Pin


class PinMessage(Struct):
    """PBKDF2-HMAC-SHA256 of the staff PIN, in hex: what a tablet alone holds it against."""

    salt: str
    rounds: int
    digest: str


def pin_message(pin: Pin | None) -> PinMessage | None:
    return PinMessage(pin.salt, pin.rounds, pin.digest) if pin else None
