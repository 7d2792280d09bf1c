"""Header lines (RFC 5322, RFC 2047) that no name and no subject can break out of.

What is not plain ASCII words leaves as base64, whose alphabet holds no line end, comma or
bracket. An address is taken apart by the standard library before it may stand anywhere.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from functools import lru_cache
from unicodedata import category

LINE = 76  # RFC 2047 §2: the longest encoded word is 75 characters
CHUNK = 39  # bytes of text in one encoded word, so that it fits behind a header's name

_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")  # atoms and blanks only
_ASCII = re.compile(r"[ -~]*")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_USUAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9.-]+")

_FOREIGN = re.compile(r"[^\s\x00-\x20\x7f<>()\[\],;:\\\"@]+")  # RFC 6531 §3.3, no quotes
_NOWHERE = {"Cc", "Cs", "Zl", "Zp"}  # controls, halves of signs, ends of lines
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class NoAddress(ValueError):
    """The text is no e-mail address."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as a relay takes it; a foreign local part needs SMTPUTF8 (RFC 6531)."""

    address: str

    @property
    def needs_utf8(self) -> bool:
        return not self.address.isascii()


@lru_cache(maxsize=4096)
def mailbox(address: str) -> Mailbox:
    """The mailbox of an address, its domain in ASCII (IDNA); NoAddress if it is none."""
    if _USUAL.fullmatch(address):
        return Mailbox(address)
    local, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("idna").decode()
        if domain and not local.isascii() and _FOREIGN.fullmatch(local):
            return Mailbox(f"{local}@{domain}")
        return Mailbox(Address(addr_spec=f"{local}@{domain}").addr_spec)
    except (HeaderParseError, IndexError, ValueError) as error:
        raise NoAddress("this is not an e-mail address") from error


def address_line(name: str, who: str, box: Mailbox) -> bytes:
    """`To: Ada Lovelace <ada@ada.example>`; the name may be empty."""
    words = _phrase(who)
    tail = f"<{box.address}>"
    if not words:
        return f"{name}: {tail}\r\n".encode()
    separator = " " if len(name) + len(words[-1]) + len(tail) < LINE else "\r\n "
    return f"{name}: {_joined(words)}{separator}{tail}\r\n".encode()


@lru_cache(maxsize=256)
def text_line(name: str, text: str) -> bytes:
    """`Subject: …`, in words of base64 where it is not short plain ASCII."""
    text = one_line(text)
    is_plain = _ASCII.fullmatch(text) and "=?" not in text
    if is_plain and len(name) + len(text) + 2 <= LINE:
        return f"{name}: {text}\r\n".encode()
    return f"{name}: {_joined(list(_encoded(text)))}\r\n".encode()


def one_line(text: str) -> str:
    """The text with controls, line ends and runs of blanks as one blank each.

    Signs that turn the direction of writing go, too; joiners stay, scripts need them.
    """
    if not text.isprintable():
        text = "".join(" " if _is_nowhere(sign) else sign for sign in text)
    return " ".join(text.split())


def _is_nowhere(sign: str) -> bool:
    return sign in _TURNING or category(sign) in _NOWHERE


@lru_cache(maxsize=1024)
def _phrase(who: str) -> list[str]:
    who = one_line(who)
    if _PLAIN.fullmatch(who) and len(who) < CHUNK and "=?" not in who:
        return [who] if who else []
    return list(_encoded(who))


def _joined(words: list[str]) -> str:
    return "\r\n ".join(words)


def _encoded(text: str) -> Iterator[str]:
    """Encoded words of whole characters (RFC 2047 §5: none is cut across two words)."""
    chunk = b""
    for sign in text:
        octets = sign.encode("utf-8", "replace")
        if len(chunk) + len(octets) > CHUNK:
            yield _word(chunk)
            chunk = b""
        chunk += octets
    if chunk:
        yield _word(chunk)


def _word(chunk: bytes) -> str:
    return f"=?utf-8?b?{b64encode(chunk).decode()}?="
