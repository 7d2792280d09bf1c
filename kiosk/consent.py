"""Who may see which field of whom: what a person shares, and taking it back.

Every person decides what the people they connect with see, and may end a connection at any
time: both lose the view at once, and a letter that is not sent yet says nothing of it. Mail
that was sent cannot be called back. A block is a withdrawal that nothing undoes but its own
end, and the other person sees in it nothing but a withdrawal. Each of two may block the
other, also when all is over; whoever lifts theirs lifts theirs alone.
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


@dataclass(frozen=True, slots=True)
class Block:
    """This person wants nothing more of the other one, now or by a later ask."""

    attendee_id: str
    connection_id: str


@dataclass(frozen=True, slots=True)
class Unblock:
    """This person lets the other one ask again; what was ended stays ended."""

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
    is_own_ask = _is_own_ask(connection, command.attendee_id, now)
    if not connection.is_mutual and not is_own_ask:
        return False
    _change(tx, replace(connection, withdrawn_at=now, withdrawn_by=command.attendee_id))
    return True


def block(tx: Tx, command: Block, now: datetime) -> bool:
    """Whether the other one is blocked now; False when there is nobody to block.

    An ask that waited looks to its asker as if it still stood; a connection, withdrawn; my
    own ask is taken back. What is over may be blocked, too: each of the two for themselves.
    """
    me = command.attendee_id
    connection = _of(tx, command.connection_id, me)
    if connection is None:
        return False
    if connection.blocked_by(me):
        return True
    if connection.is_mutual or _is_own_ask(connection, me, now):
        connection = replace(connection, withdrawn_at=now, withdrawn_by=me)
    elif connection.is_waiting_for(me, now):
        connection = replace(connection, declined_at=now)
    _change(tx, connection.with_block(me, now))
    return True


def unblock(tx: Tx, command: Unblock, now: datetime) -> bool:
    """False when this person has not blocked the other one.

    What they asked meanwhile is over, so that it does not turn up now; they may ask anew.
    """
    connection = _of(tx, command.connection_id, command.attendee_id)
    if connection is None or not connection.blocked_by(command.attendee_id):
        return False
    lifted = connection.with_block(command.attendee_id, None)
    if connection.asked_by == connection.other(command.attendee_id):
        expires_at = min(now, connection.expires_at or now)
        lifted = replace(lifted, expires_at=expires_at, declined_at=None)
    _change(tx, lifted)
    return True


def _is_own_ask(connection: Connection, attendee_id: str, now: datetime) -> bool:
    return connection.asked_by == attendee_id and connection.is_open_ask(now)


def _change(tx: Tx, connection: Connection) -> None:
    """Write it, and stop letters that are leaving with a name that was just taken back."""
    tx.connections.change(connection)
    for attendee_id in connection.ids:
        tx.deliveries.take_back(attendee_id)


def _of(tx: Tx, connection_id: str, attendee_id: str) -> Connection | None:
    connection = tx.connections.get(connection_id)
    if connection and attendee_id in {connection.first_id, connection.second_id}:
        return connection
    return None


def _fields(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field for field in SHAREABLE if field in {*chosen, *ALWAYS_SHARED})
