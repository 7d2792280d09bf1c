"""What devices say and hear (CONTRACT §4), typed; `/openapi.json` is made from these.

Decoding is strict: a wrong type, an instant without a zone or a code of 2,049 characters
is refused with a path to the mistake; unknown keys are ignored, so that a newer tablet may
say more.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct, field

from kiosk.ids import CODE_MAX_LENGTH
from kiosk.judge import Reading
from kiosk.model import Answer, CheckInList, Phase, Reason, ScanKind
from kiosk.web.event_messages import EventMessage
from kiosk.web.pin_messages import PinMessage
from kiosk.web.sponsor_messages import SponsorMessage

BATCH_LIMIT = 500
QUERY_MINIMUM = 3
QUERY_LIMIT = 200
GROUP_LIMIT = 8  # badges around one table
UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

ListName = Annotated[str, Meta(max_length=200)]
Uuid = Annotated[str, Meta(pattern=UUID, description="a UUID made by the device")]
Seq = Annotated[int, Meta(ge=0, lt=2**31, description="counts this device's scans from 1")]
Code = Annotated[
    str,
    Meta(min_length=1, max_length=CODE_MAX_LENGTH, description="a code, or a badge's URL"),
]
Instant = Annotated[datetime, Meta(tz=True, description="ISO 8601 with an offset or Z")]
Codes = Annotated[list[Code], Meta(max_length=GROUP_LIMIT)]


class Override(Struct):
    """Why staff let an unpaid ticket in, in words."""

    reason: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]


class ScanMessage(Struct):
    """One reading. `decided` says that the tablet, alone, has already let the person in."""

    id: Uuid
    seq: Seq
    kind: ScanKind
    scanned_at: Instant
    codes: Codes = []
    list_name: ListName | None = field(name="list", default=None)
    decided: Literal["welcomed", "goodbye"] | None = None
    override: Override | None = None
    annuls: Uuid | None = None

    def __post_init__(self) -> None:
        """Refuse what no kind of scan says; the message names the rule."""
        fewest, most = CODE_COUNTS[self.kind]
        if not fewest <= len(self.codes) <= most:
            raise ValueError(f"{self.kind} takes {fewest} to {most} codes")
        if (self.kind == "annul") != (self.annuls is not None):
            raise ValueError("an annul names the scan it annuls, no other kind does")
        if self.decided and DECISIONS.get(self.kind) != self.decided:
            raise ValueError(f"{self.kind} cannot have been decided as {self.decided}")
        self.scanned_at = in_utc(self.scanned_at)

    def reading(self) -> Reading:
        return Reading(
            id=self.id,
            seq=self.seq,
            kind=self.kind,
            codes=tuple(self.codes),
            scanned_at=self.scanned_at,
            list_name=self.list_name or "",
            decided=self.decided,
            override=self.override.reason if self.override else "",
            annuls=self.annuls,
        )


def in_utc(at: datetime) -> datetime:
    """The same instant, as answers and rows write it, where every time zone can tell it."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return at.replace(
            year=FIRST_YEAR if at.year < FIRST_YEAR else LAST_YEAR, tzinfo=UTC
        )
    return at if at.tzinfo is UTC else at.astimezone(UTC)


FIRST_YEAR, LAST_YEAR = 2, 9998  # the years 1 and 9999 end in the midst of some zones' days
CODE_COUNTS = {"check_in": (1, 1), "check_out": (1, 1), "connect": (2, 8), "annul": (0, 1)}
DECISIONS = {"check_in": "welcomed", "check_out": "goodbye"}


class RawBatch(Struct):
    """A batch before its scans are read one by one, so that one may be malformed."""

    scans: list[Raw]


class ScanBatch(Struct):
    scans: Annotated[list[ScanMessage], Meta(max_length=BATCH_LIMIT)]


class ScanResults(Struct):
    """An answer for each scan, in the same order."""

    results: Sequence[Answer]


class ListMessage(Struct):
    name: str
    ticket_types: Sequence[str]
    allow_multiple_entries: bool
    allow_entry_after_exit: bool
    include_pending: bool


class EventNow(Struct):
    """Scans until `ended_at` count while heard before `late_until`; `list` is its door.

    With a `sponsor` the tablet is that sponsor's own and sends `lead` acts alone.
    """

    event: EventMessage
    phase: Phase
    lists: list[ListMessage]
    server_time: datetime
    ended_at: datetime
    late_until: datetime
    list_name: str = field(name="list")
    pin: PinMessage | None = None
    ticket_types: Sequence[str] = ()
    sponsor: SponsorMessage | None = None
    seal_key: Annotated[
        str, Meta(description="base64url; what is typed may be locked for it, see acts")
    ] = ""
    last_seq: int = 0  # the highest number that arrived from this device


class LinkRequest(Struct):
    code: Code


class LinkOffer(Struct):
    """A one-time address for the person's own phone."""

    url: str
    expires_at: datetime


class CardsRequest(Struct):
    codes: Annotated[list[Code], Meta(min_length=1, max_length=GROUP_LIMIT)]


class Card(Struct):
    """What two people see before they swap: whose badge it is and what it would share.

    At a sponsor's tablet no more than the first name, and what a yes would give.
    """

    code: str
    reason: Reason | None = None
    id: str | None = None
    name: str = ""
    first_name: str = ""
    company: str = ""
    language: str = ""
    shares: Sequence[str] = ()


class Cards(Struct):
    cards: list[Card]


class PersonFound(Struct):
    id: str
    name: str
    company: str
    email: str
    ticket_type: str
    status: str
    code: Annotated[str, Meta(description="the code of the badge that counts")]
    is_checked_in: bool


class PeopleFound(Struct):
    people: list[PersonFound]


class ErrorDetail(Struct):
    code: str
    sentence: str


class ErrorMessage(Struct):
    """Every error of this API has this shape."""

    error: ErrorDetail


def list_message(rule: CheckInList) -> ListMessage:
    return ListMessage(
        name=rule.name,
        ticket_types=rule.ticket_types,
        allow_multiple_entries=rule.allow_multiple_entries,
        allow_entry_after_exit=rule.allow_entry_after_exit,
        include_pending=rule.include_pending,
    )
