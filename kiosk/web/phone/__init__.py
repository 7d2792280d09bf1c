"""An attendee's own phone, one module a page; a stranger gets no further than a badge."""

from kiosk.web.phone import (
    badge,
    card,
    link,
    people,
    person,
    phones,
    shared,
    sheet,
    unsubscribe,
)
from kiosk.web.phone.room import blueprint

__all__ = [
    "badge",
    "blueprint",
    "card",
    "link",
    "people",
    "person",
    "phones",
    "shared",
    "sheet",
    "unsubscribe",
]
