"""A noun to a row and back: one conversion per field type, worked out once per noun.

Instants become fixed-width text, durations whole seconds, tuples and nested nouns JSON
text. This maps no objects: every statement is written by hand, by noun, beside this file.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from kiosk.clock import from_text, to_text

T = TypeVar("T")
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A noun's columns and the conversions of those that are not plain text or number."""

    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    conversions: tuple[tuple[int, Convert, Convert], ...]


def load(noun: type[T], row: Iterable[Any]) -> T:
    """The noun in a row whose columns are `columns(noun)`, in that order."""
    values = list(row)
    for position, _, decode in _shape(noun).conversions:
        if values[position] is not None:
            values[position] = decode(values[position])
    return noun(*values)


def dump(thing: Any) -> dict[str, Any]:
    """Named parameters for a statement that writes this noun."""
    shape = _shape(type(thing))
    values = list(shape.values(thing))
    for position, encode, _ in shape.conversions:
        if values[position] is not None:
            values[position] = encode(values[position])
    return dict(zip(shape.names, values, strict=True))


def columns(noun: type[Any], alias: str = "") -> str:
    """The column list of a select that `load` can read, each with the table's alias."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(prefix + name for name in _shape(noun).names)


def insert(noun: type[Any], table: str) -> str:
    """An insert of the whole noun into its table; the caller may add an `on conflict`."""
    names = _shape(noun).names
    marks = ", ".join(f":{name}" for name in names)
    return f"insert into {table} ({', '.join(names)}) values ({marks})"


def assignments(noun: type[Any], keep: tuple[str, ...] = ("id",)) -> str:
    """`column = :column` for every column but those to keep."""
    return ", ".join(f"{name} = :{name}" for name in _shape(noun).names if name not in keep)


_shapes: dict[type[Any], Shape] = {}


def _shape(noun: type[Any]) -> Shape:
    if noun not in _shapes:
        _shapes[noun] = _measure(noun)
    return _shapes[noun]


def _measure(noun: type[Any]) -> Shape:
    names = tuple(field.name for field in fields(noun))
    hints = get_type_hints(noun)
    pairs = [(place, _conversion(hints[name])) for place, name in enumerate(names)]
    return Shape(
        names, attrgetter(*names), tuple((place, *pair) for place, pair in pairs if pair)
    )


def _conversion(hint: Any) -> tuple[Convert, Convert] | None:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if get_origin(hint) is tuple or hasattr(hint, "__dataclass_fields__"):
        decoder = msgspec.json.Decoder(hint)
        return lambda value: msgspec.json.encode(value).decode(), decoder.decode
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    return _PLAIN.get(hint)


_PLAIN: dict[Any, tuple[Convert, Convert]] = {
    datetime: (to_text, from_text),
    timedelta: (
        lambda length: int(length.total_seconds()),
        lambda count: timedelta(seconds=count),
    ),
    bool: (int, bool),
}
