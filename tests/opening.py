"""Opens a sealed roster in Python, as a tablet does in JavaScript: from a code alone."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INDEX, TAG = 4, 4  # bytes


def unpadded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def entries(page: dict[str, Any]) -> Iterator[tuple[int, bytes]]:
    """Place and sealed bytes of every entry of a page."""
    sealed, at = unpadded(page["sealed"]), 0
    for place, *lengths in page["people"]:
        for length in lengths:
            yield place, sealed[at : at + length]
            at += length
    assert at == len(sealed)


def derived(code: str, salt: str, label: str, length: int) -> bytes:
    """By the library's own HKDF, so that ours is held to it."""
    return HKDF(SHA256(), length, salt.encode(), label.encode()).derive(code.encode())


def opened(pages: Sequence[dict[str, Any]], code: str) -> bytes | None:
    """What the code opens in the newest page that has an entry for it."""
    found = None
    for page in pages:
        index = derived(code, page["salt"], "hallway roster index", INDEX)
        key = derived(code, page["salt"], "hallway roster key", 32)
        for _, entry in entries(page):
            if entry[:INDEX] == index:
                found = unlocked(key, unpadded(page["nonce"]), entry[INDEX:])
    return found


def unlocked(key: bytes, nonce: bytes, locked: bytes) -> bytes | None:
    mode = modes.GCM(nonce, locked[-TAG:], min_tag_length=TAG)
    decryptor = Cipher(algorithms.AES(key), mode).decryptor()
    try:
        return decryptor.update(locked[:-TAG]) + decryptor.finalize()
    except InvalidTag:
        return None
