"""Locks what a tablet holds of people, so that only their own code opens it.

From a code and the event two values are derived (HKDF-SHA-256, RFC 5869): the index under
which its entry is found, and the AES-256-GCM key that opens it. Whoever has the roster but
no code learns how many entries there are, and nothing of whom.

Each code has a key of its own, so one nonce serves a whole batch. It is a MAC, under the
server's key, of all that the batch says: a key meets the same nonce again only with the
same text, and an entry that changed is locked anew under another nonce. The tag is 32 bits
long, within the bounds of NIST SP 800-38D, appendix C: a key locks one short text, which a
tablet opens now and then. It tells a wrong code; a tablet whose storage strangers can write
to has been lost anyway.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

INDEX_BYTES = 4  # at one event in 86 two of 10,000 codes share one; the tag tells
NONCE_BYTES = 12
TAG_BYTES = 4
_GCM_TAG_BYTES = 16
_INDEX_LABEL = b"hallway roster index\x01"  # the 1 is HKDF's block counter
_KEY_LABEL = b"hallway roster key\x01"


@dataclass(frozen=True, slots=True)
class Opened:
    """What one code opens, before it is sealed."""

    code: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sealed entries, each its index and then its locked content, in the given order."""

    nonce: bytes
    entries: tuple[bytes, ...]


def seal_all(entries: Iterable[Opened], salt: bytes, secret: bytes) -> Batch:
    """Seal these entries for the event whose id is the salt; `secret` never leaves."""
    keyed = [(*_derive(entry.code, salt), entry.content) for entry in entries]
    mac = hmac.new(secret, b"roster nonce", "sha256")
    for index, _, content in keyed:
        mac.update(index + len(content).to_bytes(4, "big") + content)
    nonce = mac.digest()[:NONCE_BYTES]
    return Batch(nonce, tuple(_lock(index, key, nonce, text) for index, key, text in keyed))


def _derive(code: str, salt: bytes) -> tuple[bytes, bytes]:
    """Index and key of a code: HKDF's extract, then one block of expand for each label."""
    extracted = hmac.digest(salt, code.encode(), "sha256")
    index = hmac.digest(extracted, _INDEX_LABEL, "sha256")[:INDEX_BYTES]
    return index, hmac.digest(extracted, _KEY_LABEL, "sha256")


def _lock(index: bytes, key: bytes, nonce: bytes, content: bytes) -> bytes:
    locked = AESGCM(key).encrypt(nonce, content, None)
    return index + locked[: TAG_BYTES - _GCM_TAG_BYTES]
