"""Undo a scan: the row stays, marked; what followed from it no longer counts.

A device may undo its own scan up to 15 minutes later, the desk any scan at any time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.model import Device, Reason, Scan
from kiosk.ports import Tx

ANNUL_WITHIN = timedelta(minutes=15)
STANDING = frozenset(
    {"welcomed", "welcomed_back", "goodbye", "connected", "already_connected"}
)


@dataclass(frozen=True, slots=True)
class Annul:
    """The scan `annul_id`, read at `scanned_at` on this device, undoes `target_id`."""

    device: Device
    annul_id: str
    target_id: str
    scanned_at: datetime


@dataclass(frozen=True, slots=True)
class Annulled:
    target: Scan


@dataclass(frozen=True, slots=True)
class TurnedAway:
    reason: Reason


def annul(tx: Tx, command: Annul, now: datetime) -> Annulled | TurnedAway:
    """Mark the target annulled at `now`, or say why it cannot be."""
    target = tx.scans.get(command.target_id)
    if target is None or not _may_touch(command.device, target):
        return TurnedAway(Reason.NOTHING_TO_ANNUL)
    if target.annulled_at or not can_stand(target):
        return TurnedAway(Reason.NOTHING_TO_ANNUL)
    if is_too_late(command.device, target, command.scanned_at):
        return TurnedAway(Reason.ANNUL_TOO_LATE)
    tx.scans.annul(target.id, now, command.annul_id)
    return Annulled(target)


def can_stand(scan: Scan) -> bool:
    """Whether something follows from this scan, now or when a late check-in arrives."""
    return scan.outcome in STANDING or (
        scan.kind == "connect" and scan.reason == Reason.NOT_CHECKED_IN
    )


def is_too_late(device: Device, target: Scan, scanned_at: datetime) -> bool:
    return device.role != "desk" and scanned_at - target.scanned_at > ANNUL_WITHIN


def _may_touch(device: Device, target: Scan) -> bool:
    return target.event_id == device.event_id and (
        device.role == "desk" or target.device_id == device.id
    )
