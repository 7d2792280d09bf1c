"""A line of mixed scripts as runs of one typeface and one direction, from left to right.

Pillow shapes one such run at a time. Which typeface: the first that has the character.
Which order: Unicode annex 9 with two levels, all that a name needs once overrides are gone.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

from kiosk.badges import fonts

Typeface = tuple[Path, int]
"""A font file and the index of a face in it."""

_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text to be shaped as a whole."""

    text: str
    typeface: Typeface
    is_rtl: bool


@lru_cache(maxsize=4096)
def runs(line: str, region: str, is_rtl: bool) -> tuple[Run, ...]:
    """The runs of a line as they stand from left to right (rule L2)."""
    ordered: list[Run] = []
    for inner_rtl, group in groupby(
        _split(line, region, is_rtl), key=lambda run: run.is_rtl
    ):
        stretch = list(group)
        ordered.extend(stretch if inner_rtl == is_rtl else reversed(stretch))
    return tuple(reversed(ordered) if is_rtl else ordered)


def _split(line: str, region: str, is_rtl: bool) -> Iterator[Run]:
    directions = _directions(line, is_rtl)
    marked = zip(line, _typefaces(line, region), directions, strict=True)
    for (typeface, rtl), stretch in groupby(marked, key=lambda mark: mark[1:]):
        yield Run("".join(character for character, _, _ in stretch), typeface, rtl)


def _typefaces(line: str, region: str) -> Iterator[Typeface]:
    candidates = fonts.files(region)
    current = candidates[0]
    for character in line:
        is_mark = unicodedata.category(character).startswith("M")
        keeps = character in _JOINERS or (is_mark and _covers(current, character))
        if not keeps:
            holders = (face for face in candidates if _covers(face, character))
            current = next(holders, candidates[0])
        yield current


def _directions(line: str, is_rtl: bool) -> list[bool]:
    """Right to left or not, for each character; neutral ones join what is around them."""
    known = _with_brackets([_strong(character) for character in line], line, is_rtl)
    out: list[bool] = []
    for at, rtl in enumerate(known):
        before = out[-1] if out else is_rtl
        after = next((later for later in known[at:] if later is not None), is_rtl)
        neutral = before if before == after else is_rtl
        out.append(neutral if rtl is None else rtl)
    return out


def _with_brackets(
    known: Sequence[bool | None], line: str, is_rtl: bool
) -> list[bool | None]:
    """Both brackets of a pair go the way of what they hold, so they stay a pair (N0)."""
    out = list(known)
    for opening, closing in _pairs(line):
        inside = {rtl for rtl in known[opening:closing] if rtl is not None}
        before = next((rtl for rtl in reversed(out[:opening]) if rtl is not None), is_rtl)
        if inside:
            way = is_rtl if is_rtl in inside else before
            out[opening] = out[closing] = way
    return out


def _pairs(line: str) -> list[tuple[int, int]]:
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(line):
        if character in _BRACKETS.values():
            open_at.append(at)
        elif open_at and line[open_at[-1]] == _BRACKETS.get(character):
            pairs.append((open_at.pop(), at))
    return sorted(pairs)


def _strong(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    if kind in {"R", "AL", "AN"}:
        return True
    return False if kind in {"L", "EN"} else None


def _covers(typeface: Typeface, character: str) -> bool:
    return ord(character) in _coverage(typeface)


@cache
def _coverage(typeface: Typeface) -> frozenset[int]:
    path, index = typeface
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())
