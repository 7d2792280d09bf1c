"""The occasion of a deed at a tablet, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.judge import Venue
from kiosk.model import Seen


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when a deed was done: its id and number, the clock's word and ours."""

    venue: Venue
    id: str
    seq: int
    at: datetime
    now: datetime
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a deed; `code` is the badge of somebody who just got one."""

    outcome: str
    reason: str | None = None
    people: tuple[Seen, ...] = ()
    code: str = field(default="", repr=False)
