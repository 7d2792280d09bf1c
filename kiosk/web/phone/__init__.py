"""An attendee's own phone, one module a page; a stranger gets no further than a badge."""

from kiosk.web.phone import (
    audiences,
    badge,
    card,
    languages,
    link,
    manners,
    people,
    person,
    phones,
    promises,
    remembered,
    shared,
    sheet,
    unsubscribe,
)
from kiosk.web.phone.room import blueprint

__all__ = [
    "audiences",
    "badge",
    "blueprint",
    "card",
    "languages",
    "link",
    "manners",
    "people",
    "person",
    "phones",
    "promises",
    "remembered",
    "shared",
    "sheet",
    "unsubscribe",
]
