"""Give a person a badge, or another one in its place.

The code follows from the server key and the badge's id; the store keeps its digest alone.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ids import badge_code, digest, new_id
from kiosk.model import Attendee, Badge
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Issued:
    """A person and the code of the badge they now have."""

    attendee: Attendee
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reissue:
    event_id: str
    attendee_id: str
    reason: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """No such person at this event."""

    attendee_id: str


def issue(tx: Tx, key: bytes, attendee: Attendee, now: datetime) -> Issued:
    """A first badge for a person who was just registered."""
    badge_id = new_id()
    code = badge_code(key, badge_id)
    tx.badges.add(Badge(badge_id, attendee.event_id, attendee.id, digest(code), now))
    return Issued(attendee, code)


def reissue(tx: Tx, command: Reissue, now: datetime) -> Issued | NobodyThere:
    """A new badge; whoever reads the old one is told that it was replaced."""
    attendee = tx.attendees.get(command.attendee_id)
    if attendee is None or attendee.event_id != command.event_id:
        return NobodyThere(command.attendee_id)
    old = tx.badges.of_attendee(attendee.id)
    if old:
        tx.badges.replace(old.id, now, command.reason)
    return issue(tx, command.key, attendee, now)
