"""A tablet joins an event: added by an organiser, enrolled once by its pairing code.

Either the organiser makes a code that enrols one device, once, within a day; or the tablet
shows a code of its own, good for ten minutes, and the organiser approves it. The secret
that such a tablet asked with becomes its token, so nothing is lost with an answer. The
store keeps digests alone. A revoked device stays, because its scans do, and never gets in
again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.ids import canonical_short_code, digest, new_id
from kiosk.model import Device, PairingRequest, Role
from kiosk.ports import Tx

PAIRING_FOR = timedelta(hours=24)
ASKING_FOR = timedelta(minutes=10)
COLLECTED_WITHIN = timedelta(minutes=10)  # after the approval, by a tablet that went dark
WAITING_LIMIT = 500  # tablets at once; more is somebody who fills the table


@dataclass(frozen=True, slots=True)
class AddDevice:
    """With a `token_digest` the device is enrolled at once, else by its pairing code.

    With a sponsor's name it is that sponsor's own, whatever role was given.
    """

    event_id: str
    name: str
    role: Role
    list_name: str
    code_digest: str = ""
    token_digest: str = ""
    sponsor: str = ""


@dataclass(frozen=True, slots=True)
class NoSuchList:
    """The event has these lists."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSuchSponsor:
    """The event has these sponsors."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrol:
    """What a tablet typed, in any spelling, and the digest of the token it will use."""

    code: str
    token_digest: str


@dataclass(frozen=True, slots=True)
class AskIn:
    """What a tablet shows, and what it will be known by; digests of both."""

    code_digest: str
    secret_digest: str


@dataclass(frozen=True, slots=True)
class TooManyAsk:
    """Nobody is let into the queue for now."""


@dataclass(frozen=True, slots=True)
class Approve:
    """An organiser has read this code, in any spelling, off the tablet they stand at."""

    code: str
    event_id: str
    name: str
    role: Role
    list_name: str
    sponsor: str = ""


@dataclass(frozen=True, slots=True)
class NobodyAsks:
    """No tablet waits with this code: wrong, used or older than ten minutes."""


def add_device(
    tx: Tx, command: AddDevice, now: datetime
) -> Device | NoSuchList | NoSuchSponsor:
    """A device that serves one check-in list; the first list when none is named."""
    names = tuple(rule.name for rule in tx.events.lists(command.event_id))
    list_name = command.list_name or _usual(names)
    if list_name not in names:
        return NoSuchList(names)
    sponsors = {one.name: one.id for one in tx.sponsors.of_event(command.event_id)}
    if command.sponsor and command.sponsor not in sponsors:
        return NoSuchSponsor(tuple(sponsors))
    device = Device(
        id=new_id(),
        event_id=command.event_id,
        name=command.name,
        role="kiosk" if command.sponsor else command.role,
        list_name=list_name,
        added_at=now,
        sponsor_id=sponsors.get(command.sponsor),
    )
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


def ask_in(tx: Tx, command: AskIn, now: datetime) -> PairingRequest | TooManyAsk:
    """The request that an organiser may approve; those long over are forgotten."""
    tx.pairing_requests.forget_before(now - COLLECTED_WITHIN)
    if tx.pairing_requests.waiting_count(now) >= WAITING_LIMIT:
        return TooManyAsk()
    request = PairingRequest(
        command.code_digest, command.secret_digest, now, now + ASKING_FOR
    )
    tx.pairing_requests.add(request)
    return request


def approve(
    tx: Tx, command: Approve, now: datetime
) -> Device | NoSuchList | NoSuchSponsor | NobodyAsks:
    """The device that the asking tablet has become, by the secret it asked with."""
    code = canonical_short_code(command.code)
    request = tx.pairing_requests.by_code(digest(code), now)
    if request is None:
        return NobodyAsks()
    wanted = AddDevice(
        command.event_id,
        command.name,
        command.role,
        command.list_name,
        token_digest=request.secret_digest,
        sponsor=command.sponsor,
    )
    device = add_device(tx, wanted, now)
    if isinstance(device, Device):
        tx.pairing_requests.approve(request, device.id, now)
    return device


def asking(tx: Tx, secret_digest: str, now: datetime) -> PairingRequest | Device | None:
    """How it stands: still asking, or the device it became; None when it is over.

    None as well for a secret nobody asked with, and for a device that was revoked.
    """
    request = tx.pairing_requests.by_secret(secret_digest)
    if request is None:
        return None
    if request.device_id is None or request.approved_at is None:
        return request if now < request.expires_at else None
    device = tx.devices.get(request.device_id)
    is_late = now >= request.approved_at + COLLECTED_WITHIN
    return None if device is None or device.revoked_at or is_late else device


def revoke(tx: Tx, device_id: str, now: datetime) -> bool:
    """Whether there was such a device to shut out."""
    return tx.devices.revoke(device_id, now)


def _usual(names: tuple[str, ...]) -> str:
    return "main" if "main" in names else next(iter(names), "")


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Staff at the tablet, who know the event's PIN, make it something else."""

    device_id: str
    role: Role


def change_role(tx: Tx, command: ChangeRole, now: datetime) -> bool:
    """False for a sponsor's tablet, which stays what it is, and for none at all."""
    del now
    device = tx.devices.get(command.device_id)
    if device is None or device.sponsor_id or device.revoked_at:
        return False
    tx.devices.change_role(device.id, command.role)
    return True
