"""Making a pair mutual, and unmaking what only an annulled scan had made.

One row for each unordered pair, once per event, with one side row each: how that person
agreed and a snapshot of the fields they share. Nobody sees a field before both agreed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.ids import new_id
from kiosk.model import SHAREABLE, Attendee, Connection, Event, How, Scan, Side
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people of one event who both said yes: `hows` in the order of `people`.

    `before` is their row as it stands, None when they have none.
    """

    event: Event
    people: tuple[Attendee, Attendee]
    hows: tuple[How, How]
    at: datetime
    place: str = ""
    before: Connection | None = None


def agree(tx: Tx, agreement: Agreement) -> tuple[Connection, bool]:
    """The connection of the two, now mutual, and whether it was not mutual before.

    A swap that a tablet reports late does not undo a withdrawal made after it.
    """
    before = agreement.before
    if before is None:
        connection = _new(agreement)
        tx.connections.add(connection)
    elif before.is_mutual or _was_taken_back_since(before, agreement.at):
        return before, False
    else:
        connection = replace(
            before,
            agreed_at=agreement.at,
            place=agreement.place,
            declined_at=None,
            withdrawn_at=None,
            withdrawn_by=None,
        )
        tx.connections.change(connection)
    _put_sides(tx, connection, agreement)
    return connection, True


def shared_fields(event: Event, attendee: Attendee) -> tuple[str, ...]:
    """What this person shares with the people they connect with, in the order shown."""
    chosen = event.shared_fields if attendee.share is None else attendee.share
    return tuple(field for field in SHAREABLE if field in chosen)


def is_blocked(connection: Connection | None) -> bool:
    return connection is not None and connection.is_blocked


def settle_pairs(tx: Tx, event: Event, pairs: Sequence[tuple[str, str]]) -> None:
    """Bring pairs that connect scans named in line with the scans that now stand.

    A swap whose badges were read before their check-in arrived becomes mutual here; one
    whose scan, or whose check-in, was annulled is undone; one made by several scans has
    the instant and place of the earliest. So connections made by badges are a function of
    the set of scans, too.
    """
    for first_id, second_id in pairs:
        scan = tx.scans.pairing(first_id, second_id)
        are_both_in = all(map(tx.scans.is_checked_in, (first_id, second_id)))
        if scan and are_both_in:
            _make(tx, event, scan, (first_id, second_id))
        else:
            _unmake(tx, first_id, second_id)


def _was_taken_back_since(connection: Connection, at: datetime) -> bool:
    return connection.withdrawn_at is not None and connection.withdrawn_at > at


def _new(agreement: Agreement) -> Connection:
    first, second = sorted(person.id for person in agreement.people)
    return Connection(
        id=new_id(),
        event_id=agreement.event.id,
        first_id=first,
        second_id=second,
        agreed_at=agreement.at,
        place=agreement.place,
    )


def _put_sides(tx: Tx, connection: Connection, agreement: Agreement) -> None:
    for person, how in zip(agreement.people, agreement.hows, strict=True):
        fields = shared_fields(agreement.event, person)
        tx.sides.put(Side(connection.id, person.id, how, agreement.at, fields))


def _make(tx: Tx, event: Event, scan: Scan, ids: tuple[str, str]) -> None:
    connection = tx.connections.between(*ids)
    device = tx.devices.get(scan.device_id)
    place = device.name if device else ""
    if connection is None or connection.agreed_at is None:
        _make_anew(tx, event, (scan.scanned_at, place), ids)
    elif _is_of_badges(tx, connection):
        made = replace(connection, agreed_at=scan.scanned_at, place=place)
        if made != connection:
            tx.connections.change(made)


def _make_anew(
    tx: Tx, event: Event, where: tuple[datetime, str], ids: tuple[str, str]
) -> None:
    first, second = map(tx.attendees.get, ids)
    before, (at, place) = tx.connections.between(*ids), where
    if first and second and not is_blocked(before):
        hows: tuple[How, How] = ("two_badges", "two_badges")
        agree(tx, Agreement(event, (first, second), hows, at, place, before))


def _unmake(tx: Tx, first_id: str, second_id: str) -> None:
    connection = tx.connections.between(first_id, second_id)
    if connection is None or not connection.is_mutual or not _is_of_badges(tx, connection):
        return
    if connection.asked_at is None:
        tx.connections.remove(connection.id)
    else:
        tx.connections.change(replace(connection, agreed_at=None, place=""))


def _is_of_badges(tx: Tx, connection: Connection) -> bool:
    """Whether both agreed with their badges, so that only scans speak for the pair."""
    sides = [tx.sides.get(connection.id, person) for person in connection.ids]
    return all(side is not None and side.how == "two_badges" for side in sides)
