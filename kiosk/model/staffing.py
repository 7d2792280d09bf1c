"""What staff do round the doors: cases at the help desk, tablets that ask in, the PIN."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Referral:
    """A refusal at a door that became a case at the help desk, until somebody settles it.

    `attendee_id` is None where the code is nobody's; `device_id` is the gate it came from.
    """

    id: str
    event_id: str
    device_id: str
    attendee_id: str | None
    scan_id: str | None
    reason: str
    note: str
    referred_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None


@dataclass(frozen=True, slots=True)
class PairingRequest:
    """A tablet that belongs to no event and asks in by the code on its screen.

    Once an organiser has approved, the tablet's own secret is the token of `device_id`.
    """

    code_digest: str
    secret_digest: str
    asked_at: datetime
    expires_at: datetime
    device_id: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """What a tablet needs to know an event's staff by: PBKDF2-HMAC-SHA256, in hex."""

    event_id: str
    salt: str
    rounds: int
    digest: str = field(repr=False)
    set_at: datetime
