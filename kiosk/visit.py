"""Whether somebody can be taken to stand at a tablet now, so that it may do more for them.

A badge proves nothing: whoever has photographed one can show it. In self-service only the
first entry of all opens more, once a badge: who shows it again later, at another door or
after a way out, is sent to staff. Staff see who stands before them, so for them a badge
that is in already will do, once it was read there.
"""

from datetime import datetime

from kiosk.model import Device
from kiosk.ports import Tx


def stands_at(tx: Tx, device: Device, attendee_id: str, since: datetime) -> bool:
    """Whether this tablet has had the person before it since an instant of our clock."""
    if device.role != "kiosk":
        return tx.scans.was_read_at(attendee_id, device.id, since)
    first = tx.scans.first_entry(attendee_id)
    return first is not None and first.device_id == device.id and first.received_at >= since
