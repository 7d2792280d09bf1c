"""A person at an event, the codes that find them, and the row of a list they came from."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

SHAREABLE = ("name", "company", "role", "pronouns", "email", "phone", "website", "linkedin")
"""The fields of a person that a consent can cover, in the order they are shown."""

Status = Literal["confirmed", "pending", "canceled"]
Preset = Literal["ask", "yes", "kiosk", "nobody"]
Talk = Literal["", "one_to_one", "small_groups", "later", "write_first"]


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
    """A person at one event. While `share` is None the event's default holds.

    Once they have chosen for themselves (`share_chosen_at`), no list changes `share`; nor a
    field they corrected themselves: `corrected` is those, each with what the list says.
    """

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
    share_chosen_at: datetime | None = None
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def as_listed(self) -> "Attendee":
        """The same person without their own corrections, as the list has them."""
        return replace(self, **dict(self.corrected)) if self.corrected else self  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person wants to be met; nobody who has said nothing is in any list.

    `preset` answers a phone that scans their badge: ask me, yes, only at a kiosk, nobody.
    `talk` and `speaks` (language codes) are how and in what they like to talk. While
    `sponsor_fields` is None a sponsor they agree to sees name, company and e-mail; while
    `introduction_fields` is None an introduction shows what a connection would.
    `suggestions_at` is when they joined the suggestions, None while they have not.
    """

    attendee_id: str
    preset: Preset = "ask"
    talk: Talk = ""
    speaks: tuple[str, ...] = ()
    sponsor_fields: tuple[str, ...] | None = None
    introduction_fields: tuple[str, ...] | None = None
    suggestions_at: datetime | None = None


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
    """A printed badge. Its code is derived from the id; only the code's digest is kept.

    From `agree_ended_at` on its back opens nothing, because somebody misused it.
    """

    id: str
    event_id: str
    attendee_id: str
    digest: str
    issued_at: datetime
    replaced_at: datetime | None = None
    reason: str = ""
    agree_ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Printing:
    """A badge went on paper; `device_id` is None at the desk and on the command line."""

    id: str
    badge_id: str
    device_id: str | None
    printed_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A browser that one link made a person's own; `name` is what it says it is.

    `recognised_at` is when the person said of it, on another phone of theirs, that it is
    theirs as well.
    """

    id: str
    attendee_id: str
    name: str
    linked_at: datetime
    unlinked_at: datetime | None = None
    recognised_at: datetime | None = None
