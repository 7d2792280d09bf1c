"""Where the typefaces are: Noto Sans for 23 scripts and Noto Sans CJK, from two wheels.

They come as whole variable fonts under the Open Font License through pip, so that a plain
installation prints any name, with no Node and no conversion.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kiosk.badges.face import CannotPrint

_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")

SCRIPTS = (
    "Arabic",
    "Hebrew",
    "Devanagari",
    "Thai",
    "Bengali",
    "Tamil",
    "Telugu",
    "Gujarati",
    "Gurmukhi",
    "Kannada",
    "Malayalam",
    "Oriya",
    "Sinhala",
    "Khmer",
    "Lao",
    "Myanmar",
    "Ethiopic",
    "Armenian",
    "Georgian",
    "Symbols",
)

REGIONS = ("JP", "KR", "SC", "TC")
"""The faces of the CJK collection, in the order of its index."""


def folders() -> list[Path]:
    """The folders that hold the font files; refuses when a wheel is missing."""
    return [_folder(package) for package in _PACKAGES]


def families(region: str) -> list[str]:
    """Family names in the order they are tried for each character."""
    scripts = [f"Noto Sans {script}" for script in SCRIPTS]
    return ["Noto Sans", f"Noto Sans CJK {region}", *scripts, "Noto Emoji"]


def files(region: str) -> list[tuple[Path, int]]:
    """The same order as font files and the index of the face in each."""
    alphabets, cjk = folders()
    first = alphabets / "NotoSans[wght].ttf", 0
    han = cjk / "NotoSansCJK-VF.otf.ttc", REGIONS.index(region)
    scripts = [(alphabets / f"NotoSans{script}[wght].ttf", 0) for script in SCRIPTS]
    return [first, han, *scripts, (alphabets / "NotoEmoji[wght].ttf", 0)]


@cache
def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        wheel = package.replace("_", "-")
        raise CannotPrint(f"The badge fonts are not installed: run `pip install {wheel}`.")
    return Path(spec.submodule_search_locations[0])
