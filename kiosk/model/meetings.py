"""A connection between two people, one side each."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from kiosk.model.people import Attendee

How = Literal[
    "two_badges", "scan_back", "accepted", "letter", "preset", "asked", "introduced"
]  # fmt: skip
PromiseKind = Literal["send", "introduce", "article", "coffee", "job_lead", "other"]

PROMISE_KINDS: tuple[PromiseKind, ...] = get_args(PromiseKind)
"""What one can promise, in the order in which it is offered."""


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
    first_blocked_at: datetime | None = None
    second_blocked_at: datetime | None = None

    @property
    def is_mutual(self) -> bool:
        return self.agreed_at is not None and not (self.withdrawn_at or self.is_blocked)

    @property
    def is_blocked(self) -> bool:
        """Whether at least one of the two wants nothing more of the other."""
        return bool(self.first_blocked_at or self.second_blocked_at)

    def blocked_by(self, attendee_id: str) -> datetime | None:
        """Since when this person blocks the other one, if they do."""
        is_first = attendee_id == self.first_id
        return self.first_blocked_at if is_first else self.second_blocked_at

    def with_block(self, attendee_id: str, at: datetime | None) -> "Connection":
        """The same with this person's block; None lifts it. The other one's own stays."""
        if attendee_id == self.first_id:
            return replace(self, first_blocked_at=at)
        return replace(self, second_blocked_at=at)

    def is_open_ask(self, now: datetime) -> bool:
        """Whether an ask stands: made, not yet agreed or taken back, and still in time.

        A declined or blocked ask still stands for the one who asked, who is not told.
        """
        if self.asked_at is None or self.expires_at is None or self.is_mutual:
            return False
        is_taken_back = self.withdrawn_at is not None and self.withdrawn_at >= self.asked_at
        return now < self.expires_at and not is_taken_back

    def is_waiting_for(self, attendee_id: str, now: datetime) -> bool:
        """Whether somebody else's ask still wants this person's answer."""
        is_turned_down = self.declined_at is not None or self.is_blocked
        is_asked = self.asked_by is not None and self.asked_by != attendee_id
        return is_asked and not is_turned_down and self.is_open_ask(now)

    @property
    def ids(self) -> tuple[str, str]:
        return self.first_id, self.second_id

    def other(self, attendee_id: str) -> str:
        """The id of the person on the far side."""
        return self.second_id if attendee_id == self.first_id else self.first_id


@dataclass(frozen=True, slots=True)
class Side:
    """One person's half of a connection: how they agreed and which fields they share.

    Note, star, tags and rest are this person's alone and are never shown to the other.
    """

    connection_id: str
    attendee_id: str
    how: How
    agreed_at: datetime
    fields: tuple[str, ...]
    note: str = ""
    starred_at: datetime | None = None
    tags: tuple[str, ...] = ()
    rested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A next step that `attendee_id` took on. The other person sees kind, text and done."""

    id: str
    connection_id: str
    attendee_id: str
    kind: PromiseKind
    text: str
    promised_at: datetime
    due_at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A connection as one of the two holds it: the other person, and both sides."""

    connection: Connection
    person: Attendee
    mine: Side | None
    theirs: Side | None
