"""What tablets that ask in and tablets of staff say and hear."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from kiosk.model import Role
from kiosk.web.event_messages import EventMessage
from kiosk.web.messages import ListMessage
from kiosk.web.sponsor_messages import SponsorMessage


class Pairing(Struct):
    pairing_code: Annotated[str, Meta(max_length=64)]


class Enrolled(Struct):
    """The token is said once, here."""

    device_id: str
    token: str
    role: Role
    event: EventMessage
    lists: list[ListMessage]
    sponsor: SponsorMessage | None = None


class AskedIn(Struct):
    """`code` stands on the screen for an organiser; `secret` stays in the tablet."""

    code: str
    secret: str
    url: Annotated[str, Meta(description="the desk's page that approves this code")]
    expires_at: datetime


class Asking(Struct):
    """`enrolled` once an organiser has approved; its token is the secret."""

    state: Literal["waiting", "approved"]
    expires_at: datetime | None = None
    enrolled: Enrolled | None = None


class PinTried(Struct):
    pin: Annotated[str, Meta(max_length=8)]


class PinAnswer(Struct):
    is_right: bool


class Case(Struct):
    """Somebody who waits at the help desk; `code` is of the badge that counts."""

    id: str
    name: str
    company: str
    code: str
    reason: str
    note: str
    place: Annotated[str, Meta(description="the gate that sent them")]
    referred_at: datetime


class Cases(Struct):
    """Who waits, the one who waits longest first."""

    cases: list[Case]


class RoleWanted(Struct):
    """What this tablet shall be, and the event's staff PIN."""

    role: Role
    pin: Annotated[str, Meta(max_length=8)]


class RoleNow(Struct):
    role: Role
