"""A reading at a device, how it was judged, and the answer that never changes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

Role = Literal["kiosk", "desk", "gate"]
ScanKind = Literal["check_in", "check_out", "connect", "annul"]
Outcome = Literal[
    "welcomed", "welcomed_back", "goodbye", "connected", "already_connected",
    "annulled", "turned_away", "rejected",
]  # fmt: skip


class Reason(StrEnum):
    """Why a scan was turned away or rejected (CONTRACT §4)."""

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
class Device:
    """An enrolled tablet; `list_name` is the door it serves.

    Its numbering begins at `first_seq`: a tablet that was another device before counts on.
    How it said it is: `battery` in percent, its clock's seconds ahead of ours, its release.
    A sponsor's device (`sponsor_id`) asks for leads and does nothing else.
    """

    id: str
    event_id: str
    name: str
    role: Role
    list_name: str
    added_at: datetime
    revoked_at: datetime | None = None
    seen_at: datetime | None = None
    queued_count: int = 0
    first_seq: int = 1
    battery: float | None = None
    clock_ahead: int | None = None
    release: str = ""
    sponsor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a device may show of a person, in `language` where that is known; `attention`
    is for staff, None elsewhere.
    """

    id: str
    name: str
    company: str
    attention: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What became of one pair of a connect scan."""

    ids: tuple[str, str]
    outcome: Literal["connected", "already_connected", "turned_away"]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """When and where the person was let in before."""

    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The stored answer to a scan; it never changes."""

    id: str | None
    outcome: Outcome
    at: datetime
    reason: Reason | None = None
    conflict: Reason | None = None
    attendees: tuple[Seen, ...] = ()
    pairs: tuple[JudgedPair, ...] = ()
    earlier: Earlier | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading at a device, always kept, also when it was refused."""

    id: str
    event_id: str
    device_id: str
    seq: int
    kind: ScanKind
    list_id: str | None
    attendee_id: str | None
    scanned_at: datetime
    received_at: datetime
    fingerprint: str
    outcome: Outcome
    reason: Reason | None
    conflict: Reason | None
    answer: Answer
    override: str = ""
    annuls: str | None = None
    was_clamped: bool = False
    annulled_at: datetime | None = None
    annulled_by: str | None = None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of its badges, the lower id first; nobody is a pair alone."""
        ids = (pair.ids for pair in self.answer.pairs)
        return tuple((min(pair), max(pair)) for pair in ids if pair[0] != pair[1])


@dataclass(frozen=True, slots=True)
class Quarantined:
    """What could not be kept as a scan; it is shown at the desk, never dropped."""

    id: str
    event_id: str
    device_id: str
    seq: int | None
    reason: Reason
    body: str
    received_at: datetime
