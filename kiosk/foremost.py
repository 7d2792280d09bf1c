"""Whom a letter begins with: the one person to write to first, and why that one.

A word that was given comes before a note, a note before a star, a star before the latest
meeting. Who rests comes last, however they were marked before.
"""

from datetime import datetime
from typing import Literal

from kiosk.model import Encounter, Met

Why = Literal["promised", "noted", "starred", "latest"]


def urgency(pair: tuple[Met, Encounter]) -> tuple[bool, bool, bool, bool, bool, datetime]:
    """A key to sort by; the greatest is the one to begin with."""
    met, encounter = pair
    return (
        encounter.rested_at is None,
        can_be_reached(met),
        encounter.promised is not None,
        bool(met.note),
        bool(encounter.starred_at),
        met.at,
    )


def can_be_reached(met: Met) -> bool:
    """Whether they share a way to write, to call or to visit them."""
    return bool(met.email or met.phone or met.linkedin or met.website)


def why(encounter: Encounter) -> Why:
    """What makes this person the one to begin with."""
    if encounter.promised:
        return "promised"
    if encounter.note:
        return "noted"
    return "starred" if encounter.starred_at else "latest"
