"""Text as it may be kept: what nobody can see is taken out, what a script needs stays.

Controls, bidirectional overrides and invisible characters go; joiners stay between letters
and in emoji (Persian, Sinhala, Devanagari and 👩‍🚀 need them), as do flags made of tag
characters. Nothing is normalised: a name is kept as the person writes it.
"""

import re
import unicodedata

LINE_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
_NEWLINES = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # a flag, which is kept
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)


def one_line(text: str) -> tuple[str, bool]:
    """(`text` on one line without what cannot be seen, whether something was taken out)."""
    if text.isascii() and text.isprintable():
        return text.strip(), False
    visible, removed = _visible(LINE_BREAKS.sub(" ", text.strip()))
    return visible, removed


def paragraphs(text: str) -> tuple[str, bool]:
    """The same with its line breaks kept, as newlines."""
    if text.isascii() and text.isprintable():
        return text.strip(), False
    return _visible(_NEWLINES.sub("\n", text.strip()))


def _visible(text: str) -> tuple[str, bool]:
    if _INVISIBLE.search(text) is None:
        return text, False
    kept: list[str] = []
    removed = False
    before, end = "", 0
    for hit in _INVISIBLE.finditer(text):
        kept.append(text[end : hit.start()])
        before, end = text[hit.start() - 1] if hit.start() > end else before, hit.end()
        if _is_needed(hit[0], before, text[end : end + 1]):
            kept.append(hit[0])
        else:
            removed = True
    kept.append(text[end:])
    return "".join(kept).strip(), removed


def _is_needed(found: str, before: str, after: str) -> bool:
    if len(found) > 1:
        return True
    return found in _JOINERS and _joins(before) and _joins(after)


def _joins(letter: str) -> bool:
    """Letters, marks, symbols (emoji) and their modifiers can stand beside a joiner."""
    return bool(letter) and unicodedata.category(letter)[0] in "LMS"
