"""The organiser's desk, one module a page; every route asks for a signed-in organiser."""

from kiosk.web.desk import (
    badges,
    closure,
    devices,
    events,
    exports,
    imports,
    letter,
    letters,
    live,
    people,
    person_acts,
    refusals,
    sign_in,
)
from kiosk.web.desk.room import blueprint

__all__ = [
    "badges",
    "blueprint",
    "closure",
    "devices",
    "events",
    "exports",
    "imports",
    "letter",
    "letters",
    "live",
    "people",
    "person_acts",
    "refusals",
    "sign_in",
]
