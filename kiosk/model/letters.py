"""A letter: one composed e-mail in exactly one state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
    """One composed e-mail, unique by event, person, kind and generation."""

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
