"""The nouns of Hallway on one page: what is kept, in the words the field uses.

Every noun is a frozen value. An instant is an aware datetime in UTC and its name ends in
`_at`; a thing that may or may not have happened is an instant or None, never a boolean.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal


SHAREABLE = ("name", "company", "role", "pronouns", "email", "phone", "website", "linkedin")
"""The fields of a person that a consent can cover, in the order they are shown."""

Status = Literal["confirmed", "pending", "canceled"]
Role = Literal["kiosk", "desk", "gate"]
Phase = Literal["before", "open", "late", "closed"]


class Reason(StrEnum):
    """Why a scan was turned away or rejected (CONTRACT §4); the words on screen are elsewhere."""

    UNKNOWN_CODE = "unknown_code"
    REPLACED_BADGE = "replaced_badge"
    CANCELED = "canceled"
    BLOCKED = "blocked"
    UNAPPROVED = "unapproved"
    NOT_YET_VALID = "not_yet_valid"
    NO_LONGER_VALID = "no_longer_valid"
    WRONG_LIST = "wrong_list"
    UNPAID = "unpaid"
    ALREADY_IN = "already_in"
    SAME_PERSON = "same_person"
    NOT_CHECKED_IN = "not_checked_in"
    EVENT_NOT_OPEN = "event_not_open"
    EVENT_CLOSED = "event_closed"
    WRONG_EVENT = "wrong_event"
    BLOCKED_PAIR = "blocked_pair"
    NOTHING_TO_ANNUL = "nothing_to_annul"
    ANNUL_TOO_LATE = "annul_too_late"
    ID_REUSED = "id_reused"
    MALFORMED = "malformed"
    CLOCK_TOO_FAR = "clock_too_far"


@dataclass(frozen=True, slots=True)
class CheckInList:
    """One door's rule. No ticket types means every type."""

    id: str
    event_id: str
    name: str
    ticket_types: tuple[str, ...] = ()
    allow_multiple_entries: bool = False
    allow_entry_after_exit: bool = True
    include_pending: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How the letters of an event are sent. `send` is "after-close" or "next working day HH:MM"."""

    sender_name: str
    sender_address: str
    reply_to: str
    late_scans_for: timedelta = timedelta(minutes=60)
    send: str = "after-close"
    hold: bool = False
    nudges: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A conference. Doors open at `opens_at` (local midnight of the first day unless said)."""

    id: str
    slug: str
    name: str
    venue: str
    timezone: str
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...]
    shared_fields: tuple[str, ...]
    follow_up: FollowUp
    retention_days: int = 60


@dataclass(frozen=True, slots=True)
class Closure:
    """The end of an event as a record: who closed it, when, and the instant that counts."""

    id: str
    event_id: str
    ended_at: datetime
    closed_at: datetime
    closed_by: str
    late_until: datetime
    reopened_at: datetime | None = None
    reopened_by: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """What one row of a list says of one person; empty means the list does not say.

    `row` is the n-th record of the file. `tickets` are further codes of the same person
    (an add-on has its own), as (code, ticket type, status).
    """

    row: int = 0
    name: str = ""
    email: str = ""
    company: str = ""
    role: str = ""
    pronouns: str = ""
    phone: str = ""
    website: str = ""
    linkedin: str = ""
    language: str = ""
    ticket_type: str = ""
    ticket_code: str = ""
    status: Status | Literal[""] = ""
    approved: Literal["yes", "no", ""] = ""
    blocked: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    attention: str = ""
    offers: str = ""
    asks: str = ""
    goal: str = ""
    share: tuple[str, ...] | None = None
    external_id: str = ""
    tickets: tuple[tuple[str, str, Status], ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person at one event. `share` is None until they choose: then the event's default holds."""

    id: str
    event_id: str
    name: str
    email: str = ""
    company: str = ""
    role: str = ""
    pronouns: str = ""
    phone: str = ""
    website: str = ""
    linkedin: str = ""
    language: str = ""
    ticket_type: str = ""
    ticket_code: str = ""
    status: Status = "confirmed"
    approved: bool = True
    blocked: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    attention: str = ""
    offers: str = ""
    asks: str = ""
    goal: str = ""
    share: tuple[str, ...] | None = None
    external_id: str = ""
    registered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A code of the ticket shop: it admits, and is never printed on a badge."""

    event_id: str
    code: str
    attendee_id: str
    ticket_type: str = ""
    status: Status = "confirmed"


@dataclass(frozen=True, slots=True)
class Badge:
    """A printed badge. Its code is derived from the id; only the code's digest is kept."""

    id: str
    event_id: str
    attendee_id: str
    digest: str
    issued_at: datetime
    replaced_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled tablet. Its token is kept as a digest; `list_name` is the door it serves."""

    id: str
    event_id: str
    name: str
    role: Role
    list_name: str
    added_at: datetime
    revoked_at: datetime | None = None
    seen_at: datetime | None = None
    queued_count: int = 0


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


How = Literal["two_badges", "scan_back", "accepted", "letter", "preset", "asked"]


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


LetterState = Literal[
    "planned", "queued", "leased", "committing", "sent", "delivered", "deferred",
    "uncertain", "failed", "cancelled", "skipped", "bounced", "complained",
]  # fmt: skip
LetterKind = Literal["follow_up", "met_nobody"]


@dataclass(frozen=True, slots=True)
class Met:
    """One person in a letter: only the fields their consent covers, others are empty."""

    attendee_id: str
    name: str
    at: datetime
    place: str
    company: str = ""
    role: str = ""
    pronouns: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    linkedin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One composed e-mail in exactly one state; unique by (event, person, kind, generation)."""

    id: str
    event_id: str
    attendee_id: str
    kind: LetterKind
    generation: int
    to_name: str
    to_address: str
    language: str
    message_id: str
    people: tuple[Met, ...]
    state: LetterState
    planned_at: datetime
    due_at: datetime
    attempt_count: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = None
    settled_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Organiser:
    """Someone who may sign in at the desk."""

    id: str
    email: str
    password_hash: str
    added_at: datetime
