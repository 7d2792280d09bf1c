"""A TOML text read key by key: every mistake is gathered, with its line.

A page is one table of the text. Asking for a key says what it must be; a key nobody asked
for is a mistake of its own, told by `close` with the nearest word.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")
Table = dict[str, object]
Place = tuple[str, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_LENGTH = re.compile(r"(\d{1,6})(m|h|d)", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def places(text: str) -> dict[Place, int]:
    """The line of every table and key, as ("follow_up", "send"); arrays count from 0."""
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2]
            counts[name] = counts.get(name, -1) + 1
            table = (name, str(counts[name])) if header[1] == "[[" else (name,)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


class Page:
    """One table; the mistakes it finds go to a list it shares with its text's others."""

    def __init__(
        self, table: Table, place: Place, lines: dict[Place, int], mistakes: list[str]
    ) -> None:
        self._table = table
        self._place = place
        self._lines = lines
        self._asked: list[str] = []
        self._wrong: set[str] = set()
        self.mistakes = mistakes

    def mistake(self, key: str, sentence: str) -> None:
        """Remember that this key is wrong, once: `sentence` goes on after its name."""
        if key in self._wrong:
            return
        self._wrong.add(key)
        place = (*self._place, key)
        line = self._lines.get(place) or self._lines.get(self._place)
        where = f"line {line}: " if line else ""
        name = ".".join([part for part in self._place if not part.isdigit()] + [key])
        self.mistakes.append(f"{where}{name} {sentence}")

    def text(self, key: str, default: str | None = None, longest: int = 200) -> str:
        """A line of text; without a default it must be there."""
        value = self._value(key, str, "text in quotes", default)
        if value is None:
            return default or ""
        if not value.strip() and default is None:
            self.mistake(key, "is empty.")
        if len(value) > longest:
            self.mistake(key, f"has more than {longest} characters.")
        if any(ord(mark) < ord(" ") for mark in value):
            self.mistake(key, "has a line break or a control character in it.")
        return value.strip()

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._value(key, list, 'a list of texts like ["a", "b"]', default)
        if value is None:
            return default
        if not all(isinstance(item, str) and item.strip() for item in value):
            self.mistake(key, 'is not a list of texts like ["a", "b"].')
            return default
        return tuple(dict.fromkeys(item.strip() for item in value))

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._value(key, bool, "true or false", default)
        return default if value is None else value

    def number(self, key: str, default: int, least: int, most: int) -> int:
        value = self._value(key, int, "a whole number", default)
        if value is None:
            return default
        if not least <= value <= most:
            self.mistake(key, f"is not between {least} and {most}.")
        return value

    def instant(self, key: str, *, is_optional: bool = False) -> datetime | None:
        """A date with a time as it was written, perhaps without an offset."""
        form = "a date with a time like 2026-06-01T09:00:00, without quotes"
        return self._value(key, datetime, form, "" if is_optional else None)

    def length(self, key: str, default: timedelta) -> timedelta:
        found = self._value(key, str, _A_LENGTH, default)
        return default if found is None else self._length(key, found) or timedelta()

    def lengths(self, key: str) -> tuple[timedelta, ...]:
        found = (self._length(key, text) for text in self.texts(key, ()))
        return tuple(sorted({length for length in found if length is not None}))

    def pages(self, key: str) -> list["Page"]:
        """The tables of an array, none when there is none."""
        tables = self._value(key, list, f"written as [[{key}]] tables", ())
        if not tables:
            return []
        if not all(isinstance(table, dict) for table in tables):
            self.mistake(key, f"is not written as [[{key}]] tables.")
            return []
        return [
            Page(table, (key, str(number)), self._lines, self.mistakes)
            for number, table in enumerate(tables)
        ]

    def page(self, key: str) -> "Page":
        """A table of this one, empty when there is none."""
        table = self._value(key, dict, f"written as a [{key}] table", {})
        return Page(table or {}, (key,), self._lines, self.mistakes)

    def check(self, key: str, is_right: bool, sentence: str) -> None:
        """One more rule, for a key that is there."""
        if key in self._table and not is_right:
            self.mistake(key, sentence)

    def close(self) -> None:
        """Tell of every key nobody asked for."""
        for key in self._table:
            if key not in self._asked:
                self.mistake(key, f"is not known here; {_nearest(key, self._asked)}")

    def _value(self, key: str, kind: type[T], form: str, default: object) -> T | None:
        self._asked.append(key)
        value = self._table.get(key)
        if value is None:
            if default is None:
                self.mistake(key, f"is missing; it is {form}.")
            return None
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.mistake(key, f"is not {form}.")
        return None

    def _length(self, key: str, text: str) -> timedelta | None:
        found = _LENGTH.fullmatch(text.strip())
        if not found:
            self.mistake(key, f"is not {_A_LENGTH}.")
            return None
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


_A_LENGTH = 'a length like "60m", "2h" or "14d"'


def _nearest(word: str, known: Iterable[str]) -> str:
    words = list(known)
    near = get_close_matches(word, words, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(words)}."
