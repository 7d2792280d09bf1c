"""A JSON list of objects as records; the keys are headings, the n-th object is row n."""

import json
from collections.abc import Mapping
from typing import NoReturn

from kiosk.intake.reading import Record, Table, UnreadableList

ACCEPTED = 'a JSON file holds a list of objects such as [{"name": "…", "email": "…"}]'
LIST_KEYS = ("attendees", "people", "participants", "guests", "registrations", "results")


def read_objects(text: str, encoding: str) -> Table:
    """The records of a JSON file, headings first (as row 0). Numbers stay as they are
    written.
    """
    found = _parse(text)
    if isinstance(found, dict):
        found = next((found[key] for key in LIST_KEYS if key in found), found)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise UnreadableList(f"This is JSON, but not a list of people: {ACCEPTED}.")
    if not found:
        raise UnreadableList("The list is empty: nothing was changed.")
    keys = tuple(dict.fromkeys(key for item in found for key in item))
    rows = (
        Record(row, tuple(_cell(item.get(key)) for key in keys))
        for row, item in enumerate(found, start=1)
    )
    return Table((Record(0, keys), *rows), format="json", encoding=encoding)


def _parse(text: str) -> object:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except RecursionError:
        raise UnreadableList(f"This JSON is nested too deeply: {ACCEPTED}.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableList(f"This JSON is broken in line {line}: {ACCEPTED}.") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case list():
            return "; ".join(map(_cell, value))
        case Mapping():
            return "; ".join(f"{key}: {_cell(item)}" for key, item in value.items())
        case _:
            return str(value)
