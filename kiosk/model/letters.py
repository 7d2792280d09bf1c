"""A letter: one e-mail to one person, in exactly one state; and an event's outbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.model.event import FollowUp
from kiosk.model.meetings import PromiseKind

LetterState = Literal[
    "planned", "queued", "leased", "committing", "sent", "delivered", "deferred",
    "uncertain", "failed", "cancelled", "skipped", "bounced", "complained",
]  # fmt: skip
LetterKind = Literal["follow_up", "met_nobody", "link", "erase", "not_you"]

AT_ONCE: tuple[LetterKind, ...] = ("link", "erase", "not_you")
"""Short letters about something their person did: they wait for no end of the event, no
hand holds them, and nobody counts them among the follow-ups."""

STATES: tuple[LetterState, ...] = (
    "planned", "queued", "leased", "committing", "sent", "delivered", "deferred",
    "uncertain", "failed", "cancelled", "skipped", "bounced", "complained",
)  # fmt: skip
"""Every state, in the order in which a person wants to read them."""

UNSENT: tuple[LetterState, ...] = ("planned", "queued", "deferred", "leased")
"""States out of which a letter can still be called back: no relay has taken it."""


@dataclass(frozen=True, slots=True)
class Met:
    """One person as a letter shows them: only the fields their consent covers.

    `note` is the reader's own, and so is the kind of promise in `promised`, "" for none.
    """

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
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """A mutual connection as a letter reads it, before any consent is applied.

    `fields` are what the other person shares; all from `note` on is the reader's own.
    `promised` is what they promised and have not done yet, the next one due.
    """

    attendee_id: str
    name: str
    company: str
    role: str
    pronouns: str
    email: str
    phone: str
    website: str
    linkedin: str
    fields: tuple[str, ...]
    at: datetime
    place: str
    note: str
    starred_at: datetime | None
    rested_at: datetime | None
    promised: PromiseKind | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail, unique by event, person, kind and generation.

    `people` are the ids of those it tells of. Their fields are read when it is sent and are
    kept in no letter, so a consent that was taken back meanwhile is respected.
    """

    id: str
    event_id: str
    attendee_id: str
    kind: LetterKind
    generation: int
    to_name: str
    to_address: str
    language: str
    message_id: str
    people: tuple[str, ...]
    state: LetterState
    planned_at: datetime
    due_at: datetime
    attempt_count: int = 0
    doubt_count: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = None
    settled_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What holds an event's letters up: the organiser, or a relay that keeps failing."""

    event_id: str
    held_at: datetime | None = None
    released_at: datetime | None = None
    failure_count: int = 0
    paused_until: datetime | None = None
    reason: str = ""

    def holds(self, rule: FollowUp) -> bool:
        """Whether letters wait for the organiser, by word or by the event's own rule."""
        return self.held_at is not None or (rule.hold and self.released_at is None)
