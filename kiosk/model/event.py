"""An event, its doors, its end, and who runs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Phase = Literal["before", "open", "late", "closed"]

YEARS = range(2000, 2200)
"""An instant outside is a slip, and sums of dates break at the ends of the calendar."""


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
    """How letters are sent; `send` is "after-close" or "next working day HH:MM"."""

    sender_name: str
    sender_address: str
    reply_to: str
    late_scans_for: timedelta = timedelta(minutes=60)
    send: str = "after-close"
    hold: bool = False
    nudges: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A conference; doors open at `opens_at`: local midnight of day one by default.

    `label` is the size in mm of what tablets print badges on, "86x54"; empty: they do not.
    With `agree_code` a badge has a back that makes a phone its person's own. `help_desk` is
    where that desk is, as one tells a visitor; empty: nobody said.
    """

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
    label: str = ""
    agree_code: bool = False
    help_desk: str = ""


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
    letters_planned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Organiser:
    """Someone who may sign in at the desk."""

    id: str
    email: str
    password_hash: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session at the desk; `digest` is of the token that the browser holds."""

    digest: str
    organiser_id: str
    signed_in_at: datetime
    expires_at: datetime
    signed_out_at: datetime | None = None
