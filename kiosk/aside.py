"""What a device sent and nobody could take as it was: put aside for a person to look at."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.ids import digest
from kiosk.model import Device, Quarantined, Reason
from kiosk.ports import Tx

BODY_LIMIT = 4096  # characters of a malformed scan that are kept for a person to look at


@dataclass(frozen=True, slots=True)
class Malformed:
    """What could not be read as a scan: its id and number, if it has them, and its text."""

    id: str | None
    seq: int | None
    body: str


def put_aside(
    tx: Tx, device: Device, lost: Malformed, reason: Reason, now: datetime
) -> None:
    """Keep what cannot be taken as it was sent once, however often it is sent again."""
    tx.scans.quarantine(
        Quarantined(
            id=digest(f"{device.id} {reason} {lost.body}"),
            event_id=device.event_id,
            device_id=device.id,
            seq=lost.seq,
            reason=reason,
            body=lost.body[:BODY_LIMIT],
            received_at=now,
        )
    )
