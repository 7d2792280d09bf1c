"""The organiser's hand on the letters: hold them back, or send them now.

Either holds for the letters that are planned already and for those planned later, until
the other is said. Nothing that a relay has taken can be held.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.model import Outbox
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Handled:
    """How many letters were moved, and whether the event has ended, so that they leave."""

    letter_count: int
    has_ended: bool


def hold(tx: Tx, event_id: str, now: datetime) -> Handled:
    """Put every unsent letter back; a relay that has one takes it all the same."""
    outbox = tx.outboxes.get(event_id)
    tx.outboxes.put(replace(outbox, held_at=outbox.held_at or now, released_at=None))
    count = tx.deliveries.call_back(event_id, "planned", "", now)
    return Handled(count, tx.events.closure(event_id) is not None)


def send(tx: Tx, event_id: str, now: datetime) -> Handled:
    """Make every waiting letter due at once, and lift the pause of a failing relay."""
    tx.outboxes.put(Outbox(event_id, released_at=now))
    count = tx.deliveries.release_held(event_id, now)
    return Handled(count, tx.events.closure(event_id) is not None)
