"""Receive acts from a device: do each once, and answer it the same ever after.

Acts are what a tablet does besides scans: a walk-in, a promise after a swap, what somebody
shares. They come through the same queue, with the same numbers, and are kept like scans:
the same id with the same content is answered from the record, with other content refused.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from kiosk.aside import Malformed, put_aside
from kiosk.deed import Deed, do
from kiosk.ids import badge_code
from kiosk.judge import Venue
from kiosk.model import Act, Device, Reason, Seen
from kiosk.occasion import Done, Occasion
from kiosk.ports import Tx
from kiosk.scan import CLOCK_AHEAD, CLOCK_TOO_FAR, ShutOut

BADGE_GIVING = {"walk_in", "replace"}


@dataclass(frozen=True, slots=True)
class Doing:
    """One act as the device sent it, by the device's clock."""

    id: str
    seq: int
    kind: str
    at: datetime
    deed: Deed


@dataclass(frozen=True, slots=True)
class SentActs:
    """What the device with this token sent, in the order in which it was sent."""

    token_digest: str = field(repr=False)
    acts: tuple[Doing | Malformed, ...]
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceiveActs:
    """What one device did, in the order in which it was sent."""

    device: Device
    acts: tuple[Doing | Malformed, ...]
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a device is told of one act."""

    id: str | None
    outcome: str
    at: datetime
    reason: str | None = None
    attendees: tuple[Seen, ...] = ()
    code: str = field(default="", repr=False)
    replayed: bool = False


def receive_acts(
    tx: Tx, command: SentActs, now: datetime
) -> tuple[Answered, ...] | ShutOut:
    """An answer for each act, in their order; all of them durable together."""
    device = tx.devices.by_token(command.token_digest)
    if device is None or device.revoked_at:
        return ShutOut()
    return receive_acts_of(tx, ReceiveActs(device, command.acts, command.key), now)


def receive_acts_of(tx: Tx, command: ReceiveActs, now: datetime) -> tuple[Answered, ...]:
    """As `receive_acts`, from a device that is known already, revoked or not."""
    device = command.device
    event = tx.events.get(device.event_id)
    if event is None:
        raise LookupError(f"device {device.id} belongs to no event")
    lists = {rule.name: rule for rule in tx.events.lists(event.id)}
    venue = Venue(event, device, lists)
    return tuple(_receive(tx, venue, act, command.key, now) for act in command.acts)


def _receive(
    tx: Tx, venue: Venue, act: Doing | Malformed, key: bytes, now: datetime
) -> Answered:
    if isinstance(act, Malformed):
        return _quarantine(tx, venue, act, Reason.MALFORMED, now)
    kept = tx.acts.get(act.id)
    if kept is None:
        return _keep(tx, venue, act, key, now)
    if kept.event_id == venue.event.id and kept.fingerprint == _fingerprint(act):
        return _again(tx, kept, key)
    return _quarantine(tx, venue, _as_text(act), Reason.ID_REUSED, now)


def _again(tx: Tx, kept: Act, key: bytes) -> Answered:
    """The answer from the record; who walked in, or had lost a badge, is told theirs."""
    person = tx.attendees.get(kept.attendee_id) if kept.attendee_id else None
    badge = tx.badges.of_attendee(person.id) if person else None
    return Answered(
        kept.id,
        kept.outcome,
        kept.done_at,
        kept.reason,
        (Seen(person.id, person.name, person.company, None, person.language),)
        if person
        else (),
        badge_code(key, badge.id) if badge and kept.kind in BADGE_GIVING else "",
        replayed=True,
    )


def _keep(tx: Tx, venue: Venue, act: Doing, key: bytes, now: datetime) -> Answered:
    at = now if act.at > now + CLOCK_AHEAD else act.at
    if abs(act.at - now) > CLOCK_TOO_FAR:
        done = Done("rejected", Reason.CLOCK_TOO_FAR)
    else:
        done = do(tx, act.deed, Occasion(venue, act.id, act.seq, at, now, key))
    kept = Act(
        id=act.id,
        event_id=venue.event.id,
        device_id=venue.device.id,
        seq=act.seq,
        kind=act.kind,
        attendee_id=done.people[0].id if done.people else None,
        done_at=at,
        received_at=now,
        fingerprint=_fingerprint(act),
        outcome=done.outcome,
        reason=done.reason,
    )
    tx.acts.add(kept)
    return Answered(act.id, done.outcome, at, done.reason, done.people, done.code)


def _fingerprint(act: Doing) -> str:
    """A digest of all that the act says: tells a retry from another act with its id."""
    parts = (act.seq, act.kind, act.at.isoformat(), act.deed)
    return sha256(repr(parts).encode()).hexdigest()


def _as_text(act: Doing) -> Malformed:
    return Malformed(act.id, act.seq, repr(act))


def _quarantine(
    tx: Tx, venue: Venue, lost: Malformed, reason: Reason, now: datetime
) -> Answered:
    put_aside(tx, venue.device, lost, reason, now)
    return Answered(lost.id, "rejected", now, reason)
