"""What the desk counts."""

from dataclasses import dataclass
from typing import Literal

Presence = Literal["everybody", "here", "missing"]


@dataclass(frozen=True, slots=True)
class Door:
    """One check-in list: how many may come, came, and are inside now."""

    list_id: str
    name: str
    expected_count: int
    checked_in_count: int
    inside_count: int


@dataclass(frozen=True, slots=True)
class Asks:
    """How many people somebody asked at an event, how many said yes, how many of late."""

    attendee_id: str
    asked_count: int
    accepted_count: int
    late_count: int
