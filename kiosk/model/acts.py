"""What a tablet does besides its scans, kept once and answered the same."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """A deed at a device as it was judged; what was said in it is kept where it belongs."""

    id: str
    event_id: str
    device_id: str
    seq: int
    kind: str
    attendee_id: str | None
    done_at: datetime
    received_at: datetime
    fingerprint: str
    outcome: str
    reason: str | None = None
