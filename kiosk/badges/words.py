"""Words of any script, made ready to be set: tidied, their direction, where they may break.

A badge never shows a control character and never lets a name run out of its box; a word
that no line could hold gets places where it may break.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 160
"""Characters of a name or company that are printed; the rest is an ellipsis."""

_LINES = (0.93, 0.24, 1.11)
_TALL_LINES = (1.07, 0.48, 1.55)
"""Room for what Arabic, Indic and Thai letters carry above and below, measured in Noto."""

_LONGEST_WORD = 24
_PIECE = 10
_RTL = {"R", "AL"}
_BREAKABLE = re.compile(r"[\s\u200b]+|(?<=[-‐–/@.·])")
_PILE = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_TOKEN = re.compile(r"[^\s\u200b‐–/@.·-]*[\s\u200b‐–/@.·-]+|[^\s\u200b‐–/@.·-]+")
_CLUSTER = re.compile(
    "\\s+|[^\\s][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3\u3099\u309a]*"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_TALL = re.compile("[\u0600-\u109f\u1200-\u139f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]")
_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text ready to be set, and what the setting must know about it.

    `ascent`, `descent` and `pitch` (from one baseline to the next) are in ems.
    """

    text: str
    pieces: list[str]
    rtl: bool
    region: str
    ascent: float
    descent: float
    pitch: float


def words(text: str) -> Words:
    """The text of one field, tidied and measured for setting."""
    text = breakable(tidy(text))
    room = _TALL_LINES if is_tall(text) else _LINES
    return Words(text, unbreakable(text), is_rtl(text), han_region(text), *room)


def tidy(text: str) -> str:
    """The text on one line, without controls or direction overrides, cut at `LONGEST`."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(c if _is_visible(c) else " " for c in text)
    kept = _PILE.sub(r"\1", " ".join(kept.split()))
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1].rstrip() + "…"


def breakable(text: str) -> str:
    """The same words, with zero-width spaces in those that are too long for any line."""
    return "".join(map(_with_breaks, _TOKEN.findall(text)))


def unbreakable(text: str) -> list[str]:
    """The stretches of `breakable` text that must each fit on a line."""
    pieces = [piece for piece in _BREAKABLE.split(text) if piece]
    return [piece for piece in pieces if len(piece) <= _PIECE or not _is_unspaced(piece)]


def tokens(text: str) -> list[str]:
    """The text in stretches after which a line may end; joined, they are the text again."""
    out: list[str] = []
    for piece in _TOKEN.findall(text):
        clusters = _is_unspaced(piece) and len(piece) > _PIECE
        out.extend(_CLUSTER.findall(piece) if clusters else [piece])
    return out


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is written right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in _RTL:
            return kind in _RTL
    return False


def is_tall(text: str) -> bool:
    """Whether marks may stack above or below, as in Thai: lines need more room."""
    return bool(_TALL.search(text))


def han_region(text: str) -> str:
    """Whose forms of the shared Han characters to print: JP, KR, TC or SC.

    Kana and Hangul say so; otherwise the national character set that holds all the text.
    """
    if _KANA.search(text):
        return "JP"
    if _HANGUL.search(text):
        return "KR"
    han = "".join(_HAN.findall(text))
    for charset, region in (("gb2312", "SC"), ("shift_jis", "JP"), ("big5", "TC")):
        if _holds(charset, han):
            return region
    return "SC"


def _holds(charset: str, text: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _is_visible(character: str) -> bool:
    joins = (
        character in "\u200c\u200d"
    )  # the shape of Persian words and of emoji depends on them
    return joins or unicodedata.category(character) not in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Zl",
        "Zp",
    }


def _is_unspaced(word: str) -> bool:
    return len(_UNSPACED.findall(word)) > len(word) / 2


def _with_breaks(word: str) -> str:
    if len(word) <= _LONGEST_WORD or _is_unspaced(word):
        return word
    out: list[str] = []
    since = 0
    for before, character in zip("\u200d" + word, word, strict=False):
        is_mark = unicodedata.category(character).startswith("M") or character == "\u200d"
        if since >= _PIECE and not is_mark and before != "\u200d":
            out.append("\u200b")
            since = 0
        out.append(character)
        since += 1
    return "".join(out)
