"""What a cell's text says of itself: nothing, lost letters, or a wrong encoding."""

import re

from kiosk.visible import LINE_BREAKS, one_line

_NOTHING_SAID = frozenset({
    "-", "--", "---", "–", "—", ".", "..", "...", "/", "_", "?", "n/a", "n.a.", "n. a.",
    "k.a.", "k. a.", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!",
})  # fmt: skip
_LOST_LETTER = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")
_WORDS_ONLY = re.compile(r"[\w\s.,'’()„“”\"?-]+")


def has_line_breaks(text: str) -> bool:
    """Whether a line break or tab stands inside `text`, not only around it."""
    return LINE_BREAKS.search(text.strip()) is not None


def says_nothing(text: str) -> bool:
    """Whether a cell stands in for an empty one: a dash, "n/a", a spreadsheet's error.

    "Null" is a family name, and no such cell.
    """
    return not text or text.casefold() in _NOTHING_SAID


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen."""
    return not text or not one_line(text)[0]


def has_lost_letters(name: str) -> bool:
    """Whether "?" or U+FFFD stands where a letter was: somebody saved it in too small a
    set.
    """
    if "\ufffd" in name:
        return True
    return _LOST_LETTER.search(name) is not None and _WORDS_ONLY.fullmatch(name) is not None


def is_mojibake(text: str) -> bool:
    """Whether `text` is UTF-8 that was read as Windows-1252 or Latin-1 ("JÃ¼rgen")."""
    if text.isascii():
        return False
    for misread in ("cp1252", "latin-1"):
        try:
            text.encode(misread).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
