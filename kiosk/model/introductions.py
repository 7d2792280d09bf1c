"""One person offers to make two others known to each other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Introduction:
    """Once for each introducer and pair, `first_id` < `second_id`; nothing is told before
    both have agreed. That somebody declined is known to nobody but them.
    """

    id: str
    event_id: str
    introducer_id: str
    first_id: str
    second_id: str
    note: str
    offered_at: datetime
    expires_at: datetime
    first_agreed_at: datetime | None = None
    second_agreed_at: datetime | None = None
    declined_at: datetime | None = None
    declined_by: str | None = None
    taken_back_at: datetime | None = None
    introduced_at: datetime | None = None

    @property
    def ids(self) -> tuple[str, str]:
        return self.first_id, self.second_id

    def other(self, attendee_id: str) -> str:
        """Whom this one of the two would meet."""
        return self.second_id if attendee_id == self.first_id else self.first_id

    def is_open(self, now: datetime) -> bool:
        """Whether both could still agree."""
        is_over = self.declined_at or self.taken_back_at or self.introduced_at
        return is_over is None and now < self.expires_at

    def waits_for(self, attendee_id: str, now: datetime) -> bool:
        """Whether this one of the two has yet to answer."""
        agreed_at = (
            self.first_agreed_at if attendee_id == self.first_id else self.second_agreed_at
        )
        return attendee_id in self.ids and agreed_at is None and self.is_open(now)
