"""A tablet joins an event: added by an organiser, enrolled once by its pairing code.

A pairing code enrols one device, once, within a day. The store keeps digests of codes and
tokens alone. A revoked device stays, because its scans do, and never gets in again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.ids import canonical_short_code, digest, new_id
from kiosk.model import Device, Role
from kiosk.ports import Tx

PAIRING_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AddDevice:
    """With a `token_digest` the device is enrolled at once, else by its pairing code."""

    event_id: str
    name: str
    role: Role
    list_name: str
    code_digest: str = ""
    token_digest: str = ""


@dataclass(frozen=True, slots=True)
class NoSuchList:
    """The event has these lists."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrol:
    """What a tablet typed, in any spelling, and the digest of the token it will use."""

    code: str
    token_digest: str


def add_device(tx: Tx, command: AddDevice, now: datetime) -> Device | NoSuchList:
    """A device that serves one check-in list; the first list when none is named."""
    names = tuple(rule.name for rule in tx.events.lists(command.event_id))
    list_name = command.list_name or _usual(names)
    if list_name not in names:
        return NoSuchList(names)
    device = Device(new_id(), command.event_id, command.name, command.role, list_name, now)
    tx.devices.add(device)
    if command.token_digest:
        tx.devices.give_token(device.id, command.token_digest)
    if command.code_digest:
        tx.devices.add_pairing(command.code_digest, device.id, now + PAIRING_FOR)
    return device


def enrol(tx: Tx, command: Enrol, now: datetime) -> Device | None:
    """The device this code was made for; None for a used, wrong or old code alike."""
    code = canonical_short_code(command.code)
    device = tx.devices.use_pairing(digest(code), now)
    if device is None or device.revoked_at:
        return None
    tx.devices.give_token(device.id, command.token_digest)
    return device


def revoke(tx: Tx, device_id: str, now: datetime) -> bool:
    """Whether there was such a device to shut out."""
    return tx.devices.revoke(device_id, now)


def _usual(names: tuple[str, ...]) -> str:
    return "main" if "main" in names else next(iter(names), "")
