"""Seals as a tablet does (static/js/tablet/envelope.js), for tests without a browser."""

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.envelope import public_key
from tests.builders import KEY


def sealed(text: bytes, act_id: str, secret: bytes = KEY) -> str:
    curve = ec.SECP256R1()
    own = ec.generate_private_key(curve)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(curve, public_key(secret))
    agreed = own.exchange(ec.ECDH(), theirs)
    key = HKDF(SHA256(), 32, point, b"hallway envelope").derive(agreed)
    locked = AESGCM(key).encrypt(bytes(12), text, act_id.encode())
    return urlsafe_b64encode(point + locked).rstrip(b"=").decode()
