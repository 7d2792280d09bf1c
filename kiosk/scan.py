"""Receive scans from a device: judge each, keep it, and give it an answer that stays.

Every reading is kept, refused or not. The same id with the same content is answered from
the record; with other content it is refused. Presence, conflicts and the connections that
badges made are functions of the set of scans: one may come late, twice or out of order.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from kiosk.agree import settle_pairs
from kiosk.annul import can_stand, is_too_late
from kiosk.aside import Malformed, put_aside
from kiosk.judge import Judged, Reading, Venue, judge
from kiosk.model import (
    Answer,
    Attendee,
    Device,
    JudgedPair,
    Reason,
    Scan,
    Seen,
)
from kiosk.ports import Tx

CLOCK_AHEAD = timedelta(minutes=2)
CLOCK_TOO_FAR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Receive:
    """What one device sent, in the order in which it was sent."""

    device: Device
    readings: tuple[Reading | Malformed, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """As `Receive`, from whoever holds the token with this digest."""

    token_digest: str = field(repr=False)
    readings: tuple[Reading | Malformed, ...]


@dataclass(frozen=True, slots=True)
class ShutOut:
    """No device has this token any more; nothing was kept."""


def receive_from_token(
    tx: Tx, command: Sent, now: datetime
) -> tuple[Answer, ...] | ShutOut:
    """As `receive`, from a device that is in its rights at this very instant."""
    device = tx.devices.by_token(command.token_digest)
    if device is None or device.revoked_at:
        return ShutOut()
    return receive(tx, Receive(device, command.readings), now)


def receive(tx: Tx, command: Receive, now: datetime) -> tuple[Answer, ...]:
    """An answer for each reading, in their order; all of them durable together."""
    event = tx.events.get(command.device.event_id)
    if event is None:
        raise LookupError(f"device {command.device.id} belongs to no event")
    lists = {rule.name: rule for rule in tx.events.lists(event.id)}
    venue = Venue(event, command.device, lists)
    return tuple(_receive(tx, venue, reading, now) for reading in command.readings)


def fingerprint(reading: Reading) -> str:
    """A digest of all that a scan says: tells a retry from another scan with its id."""
    parts = (
        reading.seq, reading.kind, reading.codes, reading.scanned_at.isoformat(),
        reading.list_name, reading.decided, reading.override, reading.annuls,
    )  # fmt: skip
    return sha256(repr(parts).encode()).hexdigest()


def _receive(tx: Tx, venue: Venue, reading: Reading | Malformed, now: datetime) -> Answer:
    if isinstance(reading, Malformed):
        return _quarantine(tx, venue, reading, Reason.MALFORMED, now)
    kept = tx.scans.get(reading.id)
    if kept is None:
        return _keep(tx, venue, reading, now)
    if kept.event_id == venue.event.id and kept.fingerprint == fingerprint(reading):
        return replace(_for_role(kept.answer, venue.device), replayed=True)
    return _quarantine(tx, venue, _as_text(reading), Reason.ID_REUSED, now)


def _keep(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> Answer:
    is_at_the_door = reading.kind in {"check_in", "check_out"}
    if is_at_the_door and venue.rule(reading.list_name) is None:
        return _quarantine(tx, venue, _as_text(reading), Reason.MALFORMED, now)
    timed, judged = _timed(tx, venue, reading, now)
    told = _as_told(tx, judged)
    scan = Scan(
        id=reading.id,
        event_id=venue.event.id,
        device_id=venue.device.id,
        seq=reading.seq,
        kind=reading.kind,
        list_id=judged.rule.id if judged.rule else None,
        attendee_id=judged.people[0].id if is_at_the_door and judged.people else None,
        scanned_at=timed.scanned_at,
        received_at=now,
        fingerprint=fingerprint(reading),
        outcome=told.outcome,
        reason=told.reason,
        conflict=told.conflict,
        answer=_answer(venue.device, timed, told),
        override=reading.override,
        annuls=reading.annuls,
        was_clamped=timed is not reading,
    )
    tx.scans.add(scan)
    _follow_through(tx, venue, scan, judged)
    return scan.answer


def _timed(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> tuple[Reading, Judged]:
    """The reading by a clock that can be right, and what becomes of it."""
    if abs(reading.scanned_at - now) > CLOCK_TOO_FAR:
        return reading, Judged("rejected", Reason.CLOCK_TOO_FAR)
    if reading.scanned_at > now + CLOCK_AHEAD:
        reading = replace(reading, scanned_at=now)
    return reading, judge(tx, venue, reading, now)


def _as_told(tx: Tx, judged: Judged) -> Judged:
    """A pair whose swap was refused before is connected since both came in; they hear of it
    with the next swap, as news.
    """
    pairs = tuple(
        replace(pair, outcome="connected") if _is_news(tx, pair) else pair
        for pair in judged.pairs
    )
    return (
        replace(judged, outcome="connected", pairs=pairs)
        if pairs != judged.pairs
        else judged
    )


def _is_news(tx: Tx, pair: JudgedPair) -> bool:
    if pair.outcome != "already_connected":
        return False
    low, high = sorted(pair.ids)
    return tx.scans.outcomes_of_pair(low, high) == {"turned_away"}


def _answer(device: Device, reading: Reading, judged: Judged) -> Answer:
    return Answer(
        id=reading.id,
        outcome=judged.outcome,
        at=reading.scanned_at,
        reason=judged.reason,
        conflict=judged.conflict,
        attendees=tuple(_seen(device, person) for person in judged.people),
        pairs=judged.pairs,
        earlier=judged.earlier,
    )


def _seen(device: Device, person: Attendee) -> Seen:
    attention = person.attention if device.role in {"desk", "gate"} else None
    return Seen(person.id, person.name, person.company, attention, person.language)


def _for_role(answer: Answer, device: Device) -> Answer:
    """The answer without notes to staff when a self-service tablet asks again."""
    if device.role != "kiosk":
        return answer
    attendees = tuple(replace(seen, attention=None) for seen in answer.attendees)
    return replace(answer, attendees=attendees)


def _follow_through(tx: Tx, venue: Venue, scan: Scan, judged: Judged) -> None:
    """What else becomes true with this scan: swaps that waited for it, or fell with it."""
    if scan.kind == "connect":
        _name_pairs(tx, scan)
    if judged.target is not None:
        _settle(tx, venue, judged.target)
    elif can_stand(scan):
        early = tx.scans.annulling(scan.id)
        if early and early.device_id == scan.device_id:
            _annul_at_once(tx, venue, scan, early)
        if scan.outcome == "welcomed" or _repeats(judged):
            _settle(tx, venue, scan)


def _repeats(judged: Judged) -> bool:
    """Whether a swap named a pair again: then the earliest of its scans may be this."""
    return any(pair.outcome == "already_connected" for pair in judged.pairs)


def _name_pairs(tx: Tx, scan: Scan) -> None:
    if can_stand(scan):
        tx.scans.add_pairs(scan.id, scan.pairs)


def _annul_at_once(tx: Tx, venue: Venue, scan: Scan, early: Scan) -> None:
    """An annul that overtook its scan on the way counts as soon as the scan arrives."""
    if not is_too_late(venue.device, scan, early.scanned_at):
        tx.scans.annul(scan.id, early.received_at, early.id)
        _settle(tx, venue, scan)


def _settle(tx: Tx, venue: Venue, scan: Scan) -> None:
    if scan.kind == "connect":
        settle_pairs(tx, venue.event, scan.pairs)
    elif scan.kind == "check_in" and scan.attendee_id:
        settle_pairs(tx, venue.event, tx.scans.open_pairs(scan.attendee_id))


def _as_text(reading: Reading) -> Malformed:
    return Malformed(reading.id, reading.seq, repr(reading))


def _quarantine(
    tx: Tx, venue: Venue, lost: Malformed, reason: Reason, now: datetime
) -> Answer:
    put_aside(tx, venue.device, lost, reason, now)
    return Answer(lost.id, "rejected", now, reason)
