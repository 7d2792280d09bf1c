"""A tablet joins an event: added by the organiser, enrolled once by a code, and revoked.

The code is one-time and lives a day; the token it is exchanged for is kept as a digest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.ids import canonical_short_code, digest, new_id, new_short_code
from kiosk.model import Device, Role
from kiosk.ports import Tx

PAIRING_LIVES_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AddDevice:
    """A place for a tablet: what it is called, what it may do and which list it serves."""

    event_id: str
    name: str
    role: Role
    list_name: str


@dataclass(frozen=True, slots=True)
class Added:
    """The pairing code is shown once; the store keeps its digest."""

    device: Device
    pairing_code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NoSuchList:
    """The event has no list of that name; these it has."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrol:
    """Somebody typed a code; `token_digest` is of the token they get if it is right."""

    code: str
    token_digest: str


def add_device(tx: Tx, command: AddDevice, now: datetime) -> Added | NoSuchList:
    """A device and a code for it; without a list name it serves the event's only list."""
    names = tuple(rule.name for rule in tx.events.lists(command.event_id))
    chosen = command.list_name or (names[0] if len(names) == 1 else "")
    if chosen not in names and (command.list_name or command.role != "kiosk"):
        return NoSuchList(names)
    device = Device(new_id(), command.event_id, command.name, command.role, chosen, now)
    tx.devices.add(device)
    code, expires_at = new_short_code(), now + PAIRING_LIVES_FOR
    tx.devices.add_pairing(digest(code), device.id, expires_at)
    return Added(device, code, expires_at)


def enrol(tx: Tx, command: Enrol, now: datetime) -> Device | None:
    """The device this code enrols, once and in time; None for every other code alike."""
    device = tx.devices.use_pairing(digest(canonical_short_code(command.code)), now)
    if device is None or device.revoked_at is not None:
        return None
    tx.devices.give_token(device.id, command.token_digest)
    return device


def revoke(tx: Tx, device_id: str, now: datetime) -> bool:
    """From the next request on the device is refused; False when it already was."""
    return tx.devices.revoke(device_id, now)
