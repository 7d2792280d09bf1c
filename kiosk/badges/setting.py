"""Words set in a picture: the largest size at which their lines fit, and the drawing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageDraw, ImageFont, features

from kiosk.badges.face import CannotPrint
from kiosk.badges.runs import Run, Typeface, runs
from kiosk.badges.words import Words, tokens

_EM = 100.0
"""The size at which lines are measured; widths grow with the size."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines at the size (pixels an em) at which they fit."""

    lines: list[str]
    words: Words
    size: float
    weight: int

    @property
    def ascent(self) -> float:
        return self.size * self.words.ascent

    @property
    def pitch(self) -> float:
        """From one baseline to the next."""
        return self.size * self.words.pitch

    @property
    def height(self) -> float:
        descent = self.size * self.words.descent
        return self.ascent + self.pitch * (len(self.lines) - 1) + descent

    def width(self, line: str) -> float:
        return _width(line, self.words, self.weight) * self.size / _EM


def fit(
    words: Words, box: tuple[float, float], sizes: Sequence[float], weight: int
) -> Setting:
    """The words at the largest of the sizes at which their lines fit the box, in pixels."""
    setting = Setting([words.text], words, sizes[-1], weight)
    for size in sizes:
        setting = Setting(_wrap(words, box[0] * _EM / size, weight), words, size, weight)
        if setting.height <= box[1] and max(map(setting.width, setting.lines)) <= box[0]:
            break
    return setting


def draw(
    canvas: ImageDraw.ImageDraw, setting: Setting, at: tuple[float, float], fill: str
) -> None:
    """Draw the lines from their top left corner, or top right when read from the right."""
    words = setting.words
    baseline = at[1] + setting.ascent
    for line in setting.lines:
        x = at[0] - setting.width(line) if words.rtl else at[0]
        for run in runs(line, words.region, words.rtl):
            font = _font(run.typeface, setting.weight, setting.size)
            way = _direction(run)
            canvas.text((x, baseline), run.text, fill, font, "ls", direction=way)
            x += font.getlength(run.text, direction=way)
        baseline += setting.pitch


def _wrap(words: Words, room: float, weight: int) -> list[str]:
    lines = [""]
    for token in tokens(words.text):
        longer = lines[-1] + token
        if lines[-1] and _width(longer.rstrip(), words, weight) > room:
            lines.append(token)
        else:
            lines[-1] = longer
    return [line.strip().replace("\u200b", "") for line in lines]


def _width(line: str, words: Words, weight: int) -> float:
    return _measured(line.replace("\u200b", ""), words.region, words.rtl, weight)


@lru_cache(maxsize=4096)
def _measured(line: str, region: str, is_rtl: bool, weight: int) -> float:
    return sum(
        _font(run.typeface, weight, _EM).getlength(run.text, direction=_direction(run))
        for run in runs(line, region, is_rtl)
    )


@lru_cache(maxsize=256)
def _font(typeface: Typeface, weight: int, size: float) -> ImageFont.FreeTypeFont:
    path, index = typeface
    font = ImageFont.truetype(path, size, index)
    font.set_variation_by_axes([weight])
    return font


def _direction(run: Run) -> str | None:
    if features.check_feature("raqm"):
        return "rtl" if run.is_rtl else "ltr"
    if run.is_rtl or re.search("[\u0900-\u109f\u1780-\u17ff]", run.text):
        raise CannotPrint(
            f"Drawing “{run.text}” needs the system library FriBiDi:"
            " install the package libfribidi0, or print a PDF instead."
        )
    return None
