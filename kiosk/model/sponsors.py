"""A sponsor of an event, and what people agreed to give it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Who asks at its own device: for what, in one sentence, and for which fields."""

    id: str
    event_id: str
    name: str
    purpose: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """One person's yes to one sponsor; `fields` and `purpose` as they were agreed to.

    At most one stands for each sponsor and person. Its id is that of the act.
    """

    id: str
    sponsor_id: str
    attendee_id: str
    fields: tuple[str, ...]
    purpose: str
    agreed_at: datetime
    device_id: str
    withdrawn_at: datetime | None = None
