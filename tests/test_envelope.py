"""What was typed at a tablet: only the server opens it, and only for its own act."""

from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from kiosk.envelope import POINT_BYTES, opened, public_key
from tests.builders import KEY, named_id
from tests.envelopes import sealed

ACT = named_id("act")


@given(st.binary())
def test_what_was_sealed_for_the_server_is_opened_by_it(text: bytes) -> None:
    assert opened(KEY, sealed(text, ACT), ACT) == text


def test_nobody_else_opens_it_nor_for_another_act() -> None:
    box = sealed(b"Margaret", ACT)
    assert opened(b"another key, of thirty-two bytes", box, ACT) is None
    assert opened(KEY, box, named_id("other")) is None
    assert opened(KEY, box[:-4] + "AAAA", ACT) is None


@pytest.mark.parametrize(
    "text",
    ["", "A", "é", "=", "A" * 100, "BA" * 80, urlsafe_b64encode(bytes(90)).decode()],
)
def test_what_is_no_envelope_opens_nothing(text: str) -> None:
    assert opened(KEY, text, ACT) is None


def test_the_public_key_is_a_point_that_stays() -> None:
    key = public_key(KEY)
    assert len(key) == POINT_BYTES
    assert key == public_key(KEY) != public_key(KEY + b"!")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    assert point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) == key
