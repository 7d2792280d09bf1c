"""A connection between two people, one side each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

How = Literal["two_badges", "scan_back", "accepted", "letter", "preset", "asked"]


@dataclass(frozen=True, slots=True)
class Connection:
    """An unordered pair, once per event, `first_id` < `second_id`. Mutual once agreed."""

    id: str
    event_id: str
    first_id: str
    second_id: str
    asked_at: datetime | None = None
    asked_by: str | None = None
    agreed_at: datetime | None = None
    place: str = ""
    declined_at: datetime | None = None
    expires_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    blocked_at: datetime | None = None
    blocked_by: str | None = None

    @property
    def is_mutual(self) -> bool:
        return self.agreed_at is not None and not (self.withdrawn_at or self.blocked_at)

    def other(self, attendee_id: str) -> str:
        """The id of the person on the far side."""
        return self.second_id if attendee_id == self.first_id else self.first_id


@dataclass(frozen=True, slots=True)
class Side:
    """One person's half of a connection: how they agreed and which fields they share."""

    connection_id: str
    attendee_id: str
    how: How
    agreed_at: datetime
    fields: tuple[str, ...]
    note: str = ""
    starred_at: datetime | None = None
