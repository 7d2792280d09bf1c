"""A refusal at a door becomes a case at the help desk, so that the lane moves on.

Who waits there, why and from which gate is kept until somebody has seen to it. A case has
the id of the act that made it, so the same one sent twice is one.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.find import Found, find
from kiosk.model import Device, Referral
from kiosk.ports import Tx
from kiosk.visible import one_line

NOTE_LENGTH = 300  # characters


class NotSettled(StrEnum):
    """Why there was nothing to see to."""

    NO_SUCH_CASE = "no_such_case"


@dataclass(frozen=True, slots=True)
class Refer:
    """`scan_id` is the refused scan, when the server has it; `code` is what was read."""

    id: str
    device: Device
    scan_id: str | None
    code: str
    reason: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """`by` is the organiser's address, or the name of the tablet at the help desk."""

    event_id: str
    referral_id: str
    by: str


def refer(tx: Tx, command: Refer, now: datetime) -> Referral:
    """The case as it was first kept; who waits already does not wait twice."""
    del now  # a case is as old as the person's wait, which the tablet knows
    whose = _whose(tx, command)
    kept = tx.referrals.get(command.id) or _waiting(tx, whose, command.reason)
    if kept is not None:
        return kept
    note, _ = one_line(command.note)
    referral = Referral(
        id=command.id,
        event_id=command.device.event_id,
        device_id=command.device.id,
        attendee_id=whose,
        scan_id=command.scan_id,
        reason=command.reason,
        note=note[:NOTE_LENGTH],
        referred_at=command.at,
    )
    tx.referrals.add(referral)
    return referral


def settle(tx: Tx, command: Settle, now: datetime) -> Referral | NotSettled:
    """The case, seen to by the first who said so."""
    referral = tx.referrals.get(command.referral_id)
    if referral is None or referral.event_id != command.event_id:
        return NotSettled.NO_SUCH_CASE
    tx.referrals.settle(referral.id, now, command.by)
    return tx.referrals.get(referral.id) or referral


def _waiting(tx: Tx, attendee_id: str | None, reason: str) -> Referral | None:
    """The case this person waits with already, for the same reason."""
    cases = tx.referrals.of_attendee(attendee_id) if attendee_id else ()
    waiting = (case for case in cases if case.settled_at is None)
    return next((case for case in waiting if case.reason == reason), None)


def _whose(tx: Tx, command: Refer) -> str | None:
    """The person of the refused scan, else of the code."""
    event_id = command.device.event_id
    scan = tx.scans.get(command.scan_id) if command.scan_id else None
    if scan and scan.event_id == event_id and scan.attendee_id:
        return scan.attendee_id
    found = find(tx, event_id, command.code) if command.code else None
    return found.attendee.id if isinstance(found, Found) else None
