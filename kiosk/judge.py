"""What a reading means: which verb it calls, and the verb's outcome in a device's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, assert_never

from kiosk.annul import Annul, Annulled, annul
from kiosk.annul import TurnedAway as NotAnnulled
from kiosk.check_in import CheckIn, Goodbye, Welcomed, WelcomedBack, check_in
from kiosk.check_in import TurnedAway as NotLetIn
from kiosk.connect import AlreadyConnected, Connect, Connected, connect
from kiosk.connect import TurnedAway as NotConnected
from kiosk.model import (
    Attendee,
    CheckInList,
    Device,
    Earlier,
    Event,
    JudgedPair,
    Outcome,
    Reason,
    Scan,
    ScanKind,
)
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Reading:
    """A scan as the device sent it; `scanned_at` by the device's clock, in UTC."""

    id: str
    seq: int
    kind: ScanKind
    codes: tuple[str, ...]
    scanned_at: datetime
    list_name: str = ""
    decided: Literal["welcomed", "goodbye"] | None = None
    override: str = ""
    annuls: str | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """The event a device stands in, and the lists its scans may name."""

    event: Event
    device: Device
    lists: dict[str, CheckInList]

    def rule(self, name: str) -> CheckInList | None:
        """The list a scan names, else the one the device serves, else the only one."""
        name = name or self.device.list_name
        if not name and len(self.lists) == 1:
            return next(iter(self.lists.values()))
        return self.lists.get(name)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a reading, before it is written down."""

    outcome: Outcome
    reason: Reason | None = None
    conflict: Reason | None = None
    people: tuple[Attendee, ...] = ()
    pairs: tuple[JudgedPair, ...] = ()
    earlier: Earlier | None = None
    rule: CheckInList | None = None
    target: Scan | None = None


def judge(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> Judged:
    """Call the verb the reading names; `venue.rule` must know its list.

    A sponsor's device stands at no door and makes no connections.
    """
    if venue.device.sponsor_id:
        return Judged("turned_away", Reason.WRONG_LIST)
    match reading.kind:
        case "check_in" | "check_out":
            return _at_the_door(tx, venue, reading, now)
        case "connect":
            return _two_badges(tx, venue, reading, now)
        case "annul":
            return _undo(tx, venue, reading, now)
        case _:
            assert_never(reading.kind)


def _at_the_door(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> Judged:
    rule = venue.rule(reading.list_name)
    if rule is None or reading.kind not in {"check_in", "check_out"}:
        return Judged("rejected", Reason.MALFORMED)
    outcome = check_in(
        tx,
        CheckIn(
            event=venue.event,
            rule=rule,
            kind="check_in" if reading.kind == "check_in" else "check_out",
            code=reading.codes[0],
            scanned_at=reading.scanned_at,
            was_decided=reading.decided is not None,
            may_override=bool(reading.override) and venue.device.role in {"desk", "gate"},
        ),
        now,
    )
    match outcome:
        case Welcomed(person, conflict):
            return Judged("welcomed", None, conflict, (person,), rule=rule)
        case WelcomedBack(person, conflict):
            return Judged("welcomed_back", None, conflict, (person,), rule=rule)
        case Goodbye(person, conflict):
            return Judged("goodbye", None, conflict, (person,), rule=rule)
        case NotLetIn():
            return _not_let_in(tx, outcome, rule)
        case _:
            assert_never(outcome)


def _not_let_in(tx: Tx, outcome: NotLetIn, rule: CheckInList) -> Judged:
    if outcome.attendee is None:
        return Judged("turned_away", outcome.reason, rule=rule)
    earlier = None
    if outcome.reason == Reason.ALREADY_IN:
        earlier = _earlier(tx, outcome.attendee, rule)
    people = (outcome.attendee,)
    return Judged("turned_away", outcome.reason, people=people, rule=rule, earlier=earlier)


def _earlier(tx: Tx, attendee: Attendee, rule: CheckInList) -> Earlier | None:
    scan = tx.scans.last_entry(attendee.id, rule.id)
    device = tx.devices.get(scan.device_id) if scan else None
    return Earlier(scan.scanned_at, device.name) if scan and device else None


def _two_badges(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> Judged:
    command = Connect(venue.event, reading.codes, reading.scanned_at, venue.device.name)
    outcome = connect(tx, command, now)
    match outcome:
        case Connected(people, pairs):
            return Judged("connected", people=people, pairs=pairs)
        case AlreadyConnected(people, pairs):
            return Judged("already_connected", people=people, pairs=pairs)
        case NotConnected(reason, people, pairs):
            return Judged("turned_away", reason, people=people, pairs=pairs)
        case _:
            assert_never(outcome)


def _undo(tx: Tx, venue: Venue, reading: Reading, now: datetime) -> Judged:
    command = Annul(venue.device, reading.id, reading.annuls or "", reading.scanned_at)
    outcome = annul(tx, command, now)
    match outcome:
        case Annulled(target):
            return Judged("annulled", target=target)
        case NotAnnulled(reason):
            return Judged("turned_away", reason)
        case _:
            assert_never(outcome)
