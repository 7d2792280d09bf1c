"""The organiser's desk, one module a page; every route asks for a signed-in organiser."""

from kiosk.web.desk import (
    badges,
    cases,
    closure,
    devices,
    events,
    exports,
    imports,
    letter,
    letters,
    live,
    pairing,
    people,
    person_acts,
    pins,
    refusals,
    reports,
    sign_in,
)
from kiosk.web.desk.room import blueprint

__all__ = [
    "badges",
    "blueprint",
    "cases",
    "closure",
    "devices",
    "events",
    "exports",
    "imports",
    "letter",
    "letters",
    "live",
    "pairing",
    "people",
    "person_acts",
    "pins",
    "refusals",
    "reports",
    "sign_in",
]
