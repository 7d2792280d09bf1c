"""Who may see which field of whom: what a person shares, and taking it back.

Every person decides what the people they connect with see, and may end a connection at any
time: both lose the view at once. Mail that was sent cannot be called back.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.model import SHAREABLE, Connection
from kiosk.ports import Tx

ALWAYS_SHARED = ("name",)  # two people who agreed to know each other know the name


@dataclass(frozen=True, slots=True)
class Share:
    """What this person shares with everybody they connect with from now on."""

    attendee_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareWith:
    """What this person shares with the other person of one connection."""

    attendee_id: str
    connection_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """This person ends the connection, or takes back the ask."""

    attendee_id: str
    connection_id: str


def share(tx: Tx, command: Share, now: datetime) -> tuple[str, ...]:
    """The fields as they are now kept, in the order shown; unknown ones are dropped.

    From now on no attendee list changes them: the person has spoken for themselves.
    """
    attendee = tx.attendees.get(command.attendee_id)
    if attendee is None:
        return ()
    fields = _fields(command.fields)
    tx.attendees.change(replace(attendee, share=fields, share_chosen_at=now))
    return fields


def share_with(tx: Tx, command: ShareWith, now: datetime) -> tuple[str, ...] | None:
    """The fields this one person sees from now on; None when there is no connection."""
    connection = _of(tx, command.connection_id, command.attendee_id)
    side = tx.sides.get(command.connection_id, command.attendee_id)
    if connection is None or side is None or not connection.is_mutual:
        return None
    fields = _fields(command.fields)
    tx.sides.put(replace(side, fields=fields, agreed_at=now))
    return fields


def withdraw(tx: Tx, command: Withdraw, now: datetime) -> bool:
    """Whether there was something to take back: a connection, or one's own open ask."""
    connection = _of(tx, command.connection_id, command.attendee_id)
    if connection is None:
        return False
    is_own_ask = connection.asked_by == command.attendee_id and connection.is_open_ask(now)
    if not connection.is_mutual and not is_own_ask:
        return False
    tx.connections.change(
        replace(connection, withdrawn_at=now, withdrawn_by=command.attendee_id)
    )
    return True


def _of(tx: Tx, connection_id: str, attendee_id: str) -> Connection | None:
    connection = tx.connections.get(connection_id)
    if connection and attendee_id in {connection.first_id, connection.second_id}:
        return connection
    return None


def _fields(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field for field in SHAREABLE if field in {*chosen, *ALWAYS_SHARED})
