"""One-time links that make a phone a person's own, and the wish to be mailed one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LinkPurpose = Literal["link", "erase"]


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that works once until `expires_at`; the store has only its token's digest.

    In the browser whose cookie has the digest `browser`, it works until `kept_until`.
    """

    digest: str
    attendee_id: str
    purpose: LinkPurpose
    made_at: datetime
    expires_at: datetime
    browser: str = ""
    kept_until: datetime | None = None
    used_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether no browser at all can use it any more."""
        return self.used_at is not None or now >= (self.kept_until or self.expires_at)


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Somebody typed an address. Once answered, only digests are left, to count by.

    `caller` is a digest of the network address, `browser` one of the cookie it was given.
    """

    id: str
    address: str
    address_digest: str
    caller: str
    browser: str
    asked_at: datetime
    answered_at: datetime | None = None
    was_known: bool = False
