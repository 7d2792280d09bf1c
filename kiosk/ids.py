"""Names for things: row ids, badge codes and their digests, secret tokens.

A badge code is 16 Crockford base32 characters (80 bits) derived from the server key and the
badge id, so a badge can be printed again although the store holds only the code's digest.
A code identifies; it proves nothing. The agree code on a badge's back does: it is told by
whoever turned the badge over.
"""

import binascii
import hmac
import re
import secrets
import unicodedata
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
AGREE_LENGTH = 8
"""Forty bits. Five wrong tries a badge an hour (`kiosk.web.phone.turned`) are 43,800 a
year: one chance in 25 million for a badge, and a person has to type it."""
CODE_MAX_LENGTH = 2048
"""The longest text a scanner may hand over; a ticket link is far shorter."""

SEAL_BYTES = 16  # 128 bits of authentication, as RFC 2104 §5 allows

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_BADGE_PATH = re.compile(r"/b/([^/?#]+)/?$", re.IGNORECASE)
_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")
_BACK_PATH = re.compile(r"/me/link#([^/?#]+)$", re.IGNORECASE)
_BACK = re.compile(
    rf"([{ALPHABET}]{{{CODE_LENGTH}}})[{ALPHABET}]?([{ALPHABET}]{{{AGREE_LENGTH + 1}}})"
)


def new_id() -> str:
    """A fresh random UUID in its usual text form."""
    return str(uuid.uuid4())


def new_token() -> str:
    """256 random bits, URL-safe: a device token, a session, a one-time link."""
    return secrets.token_urlsafe(32)


def new_short_code(length: int = 8) -> str:
    """A one-time code a person can type: Crockford characters, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def canonical_short_code(text: str) -> str:
    """A typed code without blanks, hyphens and look-alikes."""
    return text.strip().upper().translate(_LOOKALIKES)


def digest(secret: str) -> str:
    """What the store keeps of a code or token: SHA-256, hex (of ≥ 80 random bits)."""
    return sha256(secret.encode()).hexdigest()


def keyed_digest(key: bytes, text: str) -> str:
    """A digest of something guessable, such as a network address, that needs the key."""
    return hmac.new(key, text.encode(), sha256).hexdigest()


def plain_address(address: str) -> str:
    """An e-mail address as it is compared: capitals and outer blanks mean nothing."""
    return address.strip().casefold()


def address_digest(address: str) -> str:
    """What is kept of an address that wants no letters."""
    return digest(plain_address(address))


def badge_code(key: bytes, badge_id: str) -> str:
    """The 16 characters printed on the badge with this id."""
    return _derived(key, f"badge:{badge_id}")


def agree_code(key: bytes, badge_id: str) -> str:
    """The nine characters on the back of that badge: eight that are secret, and a check.

    The check symbol covers the badge's code as well, so that a slip in either is told
    without a try (`canonical_back`).
    """
    secret = _derived(key, f"agree:{badge_id}")[:AGREE_LENGTH]
    return secret + _check_symbol(badge_code(key, badge_id) + secret)


def link_code(key: bytes, link_id: str) -> str:
    """The token of the mailed link with this id, so that no store and no log holds it."""
    return _derived(key, f"link:{link_id}")


def seal(key: bytes, purpose: str, text: str) -> str:
    """A URL-safe token that carries `text` and that only this key, for this purpose, makes.

    It hides nothing and never ends: put no secret in it, and let it do only what may be
    done by anybody who holds it.
    """
    return f"{_unpadded(text.encode())}.{_unpadded(_mac(key, purpose, text))}"


def unseal(key: bytes, purpose: str, token: str) -> str | None:
    """The text in a token of `seal`, or None when the token is anything else."""
    body, _, mac = token.partition(".")
    try:
        text = urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
        given = urlsafe_b64decode(mac + "=" * (-len(mac) % 4))
    except (binascii.Error, ValueError):
        return None
    is_ours = hmac.compare_digest(given, _mac(key, purpose, text))
    return text if is_ours and token == seal(key, purpose, text) else None


def canonical_badge_code(text: str) -> str | None:
    """The badge code in what a scanner or a finger gave, or None.

    Accepts the code itself (any case, hyphens and blanks, O for 0, I and L for 1), as it is
    printed, too, with its check symbol, and the URL on a badge of any host: `…/B/CODE` in
    front, `…/ME/LINK#CODE…` on the back.
    """
    text = text.strip()
    if back := _BACK_PATH.search(text):
        sides = _BACK.fullmatch(canonical_short_code(back[1]))
        return sides and sides[1]
    if "/" in text:
        found = _BADGE_PATH.search(text.partition("?")[0].partition("#")[0])
        if not found:
            return None
        text = found.group(1)
    code = _unchecked(text.upper().translate(_LOOKALIKES))
    return code if _CODE.fullmatch(code) else None


def checked(code: str) -> str:
    """A badge's code and the symbol by which a slip of the finger is told at once."""
    return code + _check_symbol(code)


def canonical_back(text: str) -> tuple[str, str] | None:
    """The badge code and the agree code in what was typed or scanned, or None for a slip.

    Both stand one after the other, alone or behind the `#` of an address, written in any
    of the ways of `canonical_badge_code`.
    """
    found = _BACK.fullmatch(canonical_short_code(text.rpartition("#")[2]))
    if not found or _check_symbol(found[1] + found[2][:-1]) != found[2][-1]:
        return None
    return found[1], found[2]


def ticket_codes(text: str) -> tuple[str, ...]:
    """The codes a ticket may be known by: as it is, and the key `pk` of a link (Luma's)."""
    text = text.strip()
    try:
        keys = parse_qs(urlsplit(text).query).get("pk", []) if "://" in text else []
    except ValueError:
        keys = []
    return (text, *keys[:1])


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, no accents, letters and digits.

    >>> words("Ångström-Müller, Zoë")
    ('angstrom', 'muller', 'zoe')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain))


_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
)
_WORD = re.compile(r"[^\W_]+")


def _unchecked(code: str) -> str:
    """Without its check symbol when that is right."""
    is_typed = len(code) == CODE_LENGTH + 1 and _CODE.fullmatch(code[:-1])
    return code[:-1] if is_typed and checked(code[:-1]) == code else code


def _check_symbol(code: str) -> str:
    """Luhn's check modulo 32: it finds any one wrong character.

    It also finds two neighbours that changed places, but for 0 and Z.
    """
    total = 0
    for place, character in enumerate(reversed(code)):
        value = ALPHABET.index(character) * (1 if place % 2 else 2)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def _derived(key: bytes, purpose: str) -> str:
    number = int.from_bytes(hmac.digest(key, purpose.encode(), "sha256")[:10], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def _mac(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.digest(key, f"seal:{purpose}:{text}".encode(), "sha256")[:SEAL_BYTES]


def _unpadded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
