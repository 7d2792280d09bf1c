"""A person as a vCard 3.0 (RFC 2426): UTF-8, CRLF, folded, escaped.

Version 3.0 because many phones refuse 4.0. Only fields that are there are written, so what
no consent covers cannot be in it.
"""

import re
from collections.abc import Iterator

from kiosk.model import Met
from kiosk.words import _

FOLDED_AT = 75  # octets in a line, RFC 2426 section 2.6
_SPECIAL = re.compile(r"[\\\n\r,;]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": None, ",": "\\,", ";": "\\;"})


def vcard(person: Met, remark: str = "") -> str:
    """The whole card with its line ends; `remark` opens its NOTE."""
    return "".join(_folded(line) + "\r\n" for line in _lines(person, remark))


def _lines(person: Met, remark: str) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:urn:uuid:{person.attendee_id}"
    yield f"N:{_structured(person.name)}"
    yield f"FN:{_escaped(person.name)}"
    for label, value in _fields(person, remark):
        if value:
            yield f"{label}:{_escaped(value)}"
    yield "END:VCARD"


def _fields(person: Met, remark: str) -> tuple[tuple[str, str], ...]:
    pronouns = ""
    if person.pronouns:
        pronouns = _("Pronouns: %(pronouns)s", pronouns=person.pronouns)
    return (
        ("ORG", person.company),
        ("TITLE", person.role),
        ("EMAIL;TYPE=INTERNET", person.email),
        ("TEL;TYPE=VOICE", person.phone),
        ("URL", person.website),
        ("X-SOCIALPROFILE;TYPE=linkedin", person.linkedin),
        ("NOTE", "\n".join(filter(None, (remark, pronouns)))),
    )


def _structured(name: str) -> str:
    """Family and given name: the last word and the rest, shown in our order by phones.

    "Lovelace, Ada" says itself which is which.
    """
    given, _, family = name.strip().rpartition(" ")
    if given.endswith(",") and " " not in given:
        given, family = family, given[:-1]
    return (
        f"{_escaped(family)};{_escaped(given)};;;" if given else f";{_escaped(family)};;;"
    )


def _escaped(value: str) -> str:
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


def _folded(line: str) -> str:
    """Lines of at most 75 octets, cut between characters and never inside one."""
    if len(line.encode()) <= FOLDED_AT:
        return line
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > FOLDED_AT:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece])
