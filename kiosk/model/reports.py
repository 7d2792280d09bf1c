"""What one person tells the organisers about another."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Report:
    """For the organisers alone; the person it is about is never told of it."""

    id: str
    event_id: str
    reporter_id: str
    reported_id: str
    reason: str
    reported_at: datetime
    seen_at: datetime | None = None
    seen_by: str = ""
