"""Bytes of a text file as text: a byte order mark, UTF-16 by its zeros, UTF-8, or a good
guess.

UTF-8 with a few foreign lines stays UTF-8: the bad bytes come through as lone surrogates,
so that the rows they stand in can be named. Only when UTF-8 does not fit at all is an older
encoding chosen, by how well the words read in it, and the caller is told that it was a
guess.
"""

import codecs
from dataclasses import dataclass

from kiosk.intake.plausibility import best_encoding
from kiosk.intake.reading import UnreadableList

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and whether that was chosen by its looks."""

    text: str
    encoding: str
    is_guess: bool = False


def decode(raw: bytes, wanted: str | None) -> Decoded:
    """`raw` as text in the `wanted` encoding, or in the one that fits."""
    if wanted:
        return _as_wanted(raw, wanted)
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return Decoded(_tolerant(raw[len(mark) :], name), name)
    if (wide := _wide_by_its_zeros(raw)) is not None:
        return Decoded(_tolerant(raw, wide), wide)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(raw)


def _tolerant(raw: bytes, encoding: str) -> str:
    """UTF-8 keeps bad bytes as surrogates; the wide ones replace what was cut off."""
    if encoding == "utf-8":
        return raw.decode(encoding, "surrogateescape")
    return raw.decode(encoding, "replace")


def _as_wanted(raw: bytes, wanted: str) -> Decoded:
    spelled = wanted.strip().split(" ")[0]
    try:
        name = codecs.lookup(spelled).name
        "a".encode(name)  # refuses what is no encoding of text, such as base64
    except (LookupError, ValueError):
        raise UnreadableList(
            f'There is no encoding "{wanted}"; utf-8, cp1252, utf-16 and gb18030 are some.'
        ) from None
    for mark, marked in BYTE_ORDER_MARKS:
        if raw.startswith(mark) and name.startswith(marked[:5]):
            return Decoded(_tolerant(raw[len(mark) :], marked), marked)
    try:
        return Decoded(raw.decode(name), name)
    except UnicodeDecodeError as error:
        if name.startswith("utf-8"):
            return Decoded(_tolerant(raw, "utf-8"), "utf-8")
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableList(
            f"The file is not written in {wanted} (line {line} does not fit): "
            "leave the encoding out."
        ) from None


def _wide_by_its_zeros(raw: bytes) -> str | None:
    """UTF-16 without a mark: commas, digits and line ends leave a zero in every second
    byte.
    """
    sample = raw[: SAMPLE // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if (
        len(raw) % 2
        or max(even, odd) * 10 < len(sample)
        or min(even, odd) * 10 > max(even, odd)
    ):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _not_quite_utf8(raw: bytes) -> Decoded:
    foreign = [line for line in raw.split(b"\n") if not line.isascii()]
    bad = [line for line in foreign if not _is_utf8(line)]
    if len(foreign) > len(bad) and (len(foreign) - len(bad)) * 2 >= len(bad):
        return Decoded(_tolerant(raw, "utf-8"), "utf-8")
    head, rest = raw.split(b"\n", 1)[0], b"\n".join(bad)
    name = best_encoding((head + b"\n" + rest)[:SAMPLE], raw)
    return Decoded(raw.decode(name, "replace"), name, is_guess=True)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def reading_of_bad_bytes(text: str) -> tuple[str, str]:
    """(text with its bad bytes read in the encoding that fits them best, that encoding)."""
    raw = text.encode("utf-8", "surrogateescape")
    name = best_encoding(raw, raw)
    return raw.decode(name, "replace"), name
