"""What one side took on: a next step with the other person, with a date or without.

Only the two of a connection that stands promise each other something. The other side sees
what was promised and whether it is done; when it is due is its own person's plan. A tablet
names a promise itself, so that the same one sent twice is kept once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.ids import new_id
from kiosk.model import PROMISE_KINDS, Promise, PromiseKind
from kiosk.ports import Tx
from kiosk.visible import one_line

TEXT_LENGTH = 500  # characters
OPEN_COUNT = 20  # one side's open promises to one person; more is noise at their end
PLANNED_WITHIN = timedelta(days=5 * 366)  # a later date is a slip of the finger


class Refusal(StrEnum):
    """Why a promise was not kept in the record."""

    NOT_CONNECTED = "not_connected"
    NOT_YOURS = "not_yours"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_AHEAD = "not_ahead"
    ID_REUSED = "id_reused"


@dataclass(frozen=True, slots=True)
class MakePromise:
    """`kind` as it was sent, any text; `id` when a tablet has named the promise."""

    attendee_id: str
    connection_id: str
    kind: str
    text: str = ""
    id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """When this person wants to keep it; None for no date."""

    attendee_id: str
    promise_id: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Keep:
    """It is done, or it is not done after all."""

    attendee_id: str
    promise_id: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Drop:
    attendee_id: str
    promise_id: str


def promise(tx: Tx, command: MakePromise, now: datetime) -> Promise | Refusal:
    """The promise as it is kept; one that is sent again is answered from the record."""
    wanted = _wanted(command, now)
    if isinstance(wanted, Refusal):
        return wanted
    before = tx.promises.get(wanted.id)
    if before is not None:
        return before if _is_same(before, wanted) else Refusal.ID_REUSED
    if not _are_connected(tx, command.connection_id, command.attendee_id):
        return Refusal.NOT_CONNECTED
    if _open_count(tx, wanted) >= OPEN_COUNT:
        return Refusal.TOO_MANY
    tx.promises.put(wanted)
    return wanted


def plan(tx: Tx, command: Plan, now: datetime) -> Promise | Refusal:
    """The promise with its new date, which must lie ahead."""
    if not _is_ahead(command.due_at, now):
        return Refusal.NOT_AHEAD
    mine = _own(tx, command.promise_id, command.attendee_id)
    if mine is None:
        return Refusal.NOT_YOURS
    planned = replace(mine, due_at=command.due_at)
    tx.promises.put(planned)
    return planned


def keep(tx: Tx, command: Keep, now: datetime) -> Promise | Refusal:
    """The promise as done or not; done twice stays done at the first instant."""
    mine = _own(tx, command.promise_id, command.attendee_id)
    if mine is None:
        return Refusal.NOT_YOURS
    done_at = (mine.done_at or now) if command.is_done else None
    kept = replace(mine, done_at=done_at)
    tx.promises.put(kept)
    return kept


def drop(tx: Tx, command: Drop, now: datetime) -> Promise | Refusal:
    """The promise that is no longer kept in the record, for either side."""
    mine = _own(tx, command.promise_id, command.attendee_id)
    if mine is None:
        return Refusal.NOT_YOURS
    tx.promises.remove(mine.id)
    return mine


def _wanted(command: MakePromise, now: datetime) -> Promise | Refusal:
    kind, (text, _) = _kind(command.kind), one_line(command.text)
    if kind is None:
        return Refusal.UNKNOWN_KIND
    if len(text) > TEXT_LENGTH:
        return Refusal.TOO_LONG
    if not _is_ahead(command.due_at, now):
        return Refusal.NOT_AHEAD
    return Promise(
        id=command.id or new_id(),
        connection_id=command.connection_id,
        attendee_id=command.attendee_id,
        kind=kind,
        text=text,
        promised_at=now,
        due_at=command.due_at,
    )


def _kind(text: str) -> PromiseKind | None:
    return next((kind for kind in PROMISE_KINDS if kind == text), None)


def _is_same(before: Promise, wanted: Promise) -> bool:
    """What has happened to it since does not make it another one."""
    as_before = replace(
        wanted,
        promised_at=before.promised_at,
        due_at=before.due_at,
        done_at=before.done_at,
    )
    return as_before == before


def _is_ahead(due_at: datetime | None, now: datetime) -> bool:
    return due_at is None or now < due_at <= now + PLANNED_WITHIN


def _are_connected(tx: Tx, connection_id: str, attendee_id: str) -> bool:
    connection = tx.connections.get(connection_id)
    return connection is not None and connection.is_mutual and attendee_id in connection.ids


def _open_count(tx: Tx, wanted: Promise) -> int:
    return sum(
        one.attendee_id == wanted.attendee_id and one.done_at is None
        for one in tx.promises.of_connection(wanted.connection_id)
    )


def _own(tx: Tx, promise_id: str, attendee_id: str) -> Promise | None:
    """This person's own promise, while the two are connected."""
    found = tx.promises.get(promise_id)
    if found is None or found.attendee_id != attendee_id:
        return None
    return found if _are_connected(tx, found.connection_id, attendee_id) else None
