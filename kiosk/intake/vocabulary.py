"""The words of headings and of status columns, loaded from the TOML files beside this
one.

Words are compared by `plain`, so that case, accents, blanks and punctuation do not matter;
a word that stands in two places belongs to the first.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_SPELLINGS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_TICKS = str.maketrans(
    {"✓": "yes", "✔": "yes", "☑": "yes", "✅": "yes", "☐": "no", "❌": "no"}
)
LONGEST_WORD = 300


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """`text` as words are compared: letters and digits only, no case, no accents."""
    ticked = text[:LONGEST_WORD].translate(_TICKS)
    split = unicodedata.normalize("NFKD", ticked).casefold().translate(_SPELLINGS)
    return "".join(letter for letter in split if letter.isalnum())


def _words(block: str) -> list[str]:
    return [word for word in map(plain, block.split("|")) if word]


def _load_headings() -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    source = files(__package__).joinpath("headings.toml").read_text("utf-8")
    for part, entry in tomllib.loads(source).items():
        for rank, block in enumerate(entry["ranks"]):
            for word in _words(block):
                known.setdefault(word, (part, rank))
    return known


def _load_statuses() -> dict[str, str]:
    known: dict[str, str] = {}
    source = files(__package__).joinpath("statuses.toml").read_text("utf-8")
    for meaning, block in tomllib.loads(source).items():
        for word in _words(block):
            known.setdefault(word, meaning)
    return known


def _load_questions() -> tuple[tuple[re.Pattern[str], str], ...]:
    source = files(__package__).joinpath("questions.toml").read_text("utf-8")
    return tuple(
        (re.compile("|".join(entry["phrases"]), re.IGNORECASE), entry["part"])
        for entry in tomllib.loads(source)["question"]
    )


HEADINGS = _load_headings()
"""plain heading → (part of a row, rank)."""

QUESTIONS = _load_questions()
"""(phrases of a question, part of a row), the first that is found counts."""

STATUSES = _load_statuses()
"""plain word → confirmed, pending, unapproved, canceled, declined, yes or no."""
