"""Which tablets went silent. One that is on sends a heartbeat every 20 seconds; one that is
not heard may be alone and hold scans, may be off, or may have lost its storage and be here
again under another name. What it had not sent by its last heartbeat is known.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kiosk.model import Device, Event
from kiosk.phase import phase_of
from kiosk.ports import Tx

SILENT_AFTER = timedelta(minutes=2)  # six heartbeats


def silent_ids(
    tx: Tx, event: Event, devices: Iterable[Device], now: datetime
) -> frozenset[str]:
    """Those to look for: that had scans to send, or while the event is on."""
    is_on = phase_of(event, tx.events.closure(event.id), now) in {"open", "late"}
    return frozenset(
        device.id
        for device in devices
        if device.seen_at
        and now - device.seen_at > SILENT_AFTER
        and (is_on or device.queued_count)
    )
