"""Locks what somebody typed at a tablet for the server alone, until the server has it.

Names of walk-ins wait on a tablet for as long as there is no network. A key that the tablet
keeps would open them for whoever takes the tablet, so it is given a public one only
(P-256), whose private half follows from the server's key. Each envelope has a key of its
own: a pair made for it agrees with ours (ECDH, RFC 6090), and HKDF-SHA-256 makes the key of
AES-256-GCM. The id of the act is authenticated with the words, and no key locks twice.
"""

import binascii
from base64 import urlsafe_b64decode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT_BYTES = 65  # uncompressed, as the Web Cryptography API gives a raw key
NONCE = bytes(12)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_LABEL = b"hallway envelope"
_OWN_LABEL = b"hallway envelope of the server"
_OWN_BYTES = 48  # so many more bits than the order that the remainder is even


def public_key(secret: bytes) -> bytes:
    """What tablets lock with: a point of the curve."""
    own = _private_key(secret).public_key()
    return own.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(secret: bytes, sealed: str, act_id: str) -> bytes | None:
    """What was typed; None for what was not locked with our key and for this act."""
    try:
        box = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        other = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, box[:POINT_BYTES])
        shared = _private_key(secret).exchange(ec.ECDH(), other)
        key = _derived(shared, box[:POINT_BYTES], _LABEL, 32)
        return AESGCM(key).decrypt(NONCE, box[POINT_BYTES:], act_id.encode())
    except (ValueError, binascii.Error, InvalidTag):
        return None


@lru_cache(maxsize=1)
def _private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(_derived(secret, b"", _OWN_LABEL, _OWN_BYTES))
    return ec.derive_private_key(number % (_ORDER - 1) + 1, CURVE)


def _derived(secret: bytes, salt: bytes, label: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, label).derive(secret)
