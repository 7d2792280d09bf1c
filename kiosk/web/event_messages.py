"""The event as its devices hear of it: what they greet with and where they send people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from kiosk.model import Event


class LabelSize(Struct):
    """What tablets print badges on."""

    width_mm: int
    height_mm: int


class EventMessage(Struct):
    slug: str
    name: str
    venue: str
    timezone: str
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    languages: Sequence[str]
    shared_fields: Annotated[
        Sequence[str], Meta(description="what a connection shows unless its person chose")
    ]
    label: LabelSize | None = None
    help_desk: Annotated[str, Meta(description="where it is, for whom it is to help")] = ""


def event_message(event: Event) -> EventMessage:
    return EventMessage(
        slug=event.slug,
        name=event.name,
        venue=event.venue,
        timezone=event.timezone,
        opens_at=event.opens_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        languages=event.languages,
        shared_fields=event.shared_fields,
        label=_label(event.label),
        help_desk=event.help_desk,
    )


def _label(size: str) -> LabelSize | None:
    if not size:
        return None
    width, height = size.split("x")
    return LabelSize(int(width), int(height))
