"""A phone that opens somebody's pages and is not theirs: shut out, from a mail or a phone.

Whoever has mail is told of every new phone by mail. Their other phones ask about it as
well, so that who has no mail learns of it, too. With the phone ends every other way in that
somebody may have seen: links on their way, and the badge's back.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.ids import unseal
from kiosk.model import Phone
from kiosk.ports import Tx
from kiosk.slip import NOT_ME


@dataclass(frozen=True, slots=True)
class Disown:
    """Somebody read that a phone was linked and says that it is not theirs."""

    key: bytes
    token: str


def disowned(tx: Tx, command: Disown) -> Phone | None:
    """The phone a mailed token is about, linked or not; None for any other token."""
    phone_id = unseal(command.key, NOT_ME, command.token)
    return tx.phones.get(phone_id) if phone_id else None


def disown(tx: Tx, command: Disown, now: datetime) -> Phone | None:
    """Unlink that phone, with every other way in; twice is like once."""
    phone = disowned(tx, command)
    if phone:
        _shut_out(tx, phone, now)
    return phone


@dataclass(frozen=True, slots=True)
class Recognise:
    """On one of their phones a person says of another one whether it is theirs."""

    on: Phone
    phone_id: str
    is_mine: bool


def recognise(tx: Tx, command: Recognise, now: datetime) -> bool:
    """Ask no more about that phone, or shut it out; False when there is no such phone."""
    phone = tx.phones.get(command.phone_id)
    if phone is None or phone.id == command.on.id or phone.unlinked_at:
        return False
    if phone.attendee_id != command.on.attendee_id:
        return False
    if command.is_mine:
        return tx.phones.recognise(phone.id, phone.attendee_id, now)
    _shut_out(tx, phone, now)
    return True


def _shut_out(tx: Tx, phone: Phone, now: datetime) -> None:
    tx.phones.unlink(phone.id, phone.attendee_id, now)
    tx.links.revoke(phone.attendee_id, now)
    tx.badges.end_agree_code(phone.attendee_id, now)
