"""Whether somebody can be taken to stand at a tablet now, so that it may do more for them.

A badge proves nothing: whoever has photographed one can show it. In self-service only a
first entry on a list opens more: a badge shown again, on a list with many entries
or after a way out, is sent to staff. Staff see who stands before them, so for them a badge
that is in already will do, once it was read there.
"""

from datetime import datetime

from kiosk.model import Device
from kiosk.ports import Tx

FIRST = {"welcomed"}
IN = FIRST | {"welcomed_back", "already_in"}


def stands_at(tx: Tx, device: Device, attendee_id: str, since: datetime) -> bool:
    """Whether this tablet has had the person before it since an instant of our clock."""
    answers = tx.scans.answers_at(attendee_id, device.id, since)
    return bool(answers & (FIRST if device.role == "kiosk" else IN))
