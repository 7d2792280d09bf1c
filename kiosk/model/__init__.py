"""The nouns of Hallway: what is kept, in the words the field uses.

Every noun is a frozen value. An instant is an aware datetime in UTC and its name ends in
`_at`; a thing that may or may not have happened is an instant or None, never a boolean.
"""

from kiosk.model.event import CheckInList, Closure, Event, FollowUp, Organiser, Phase
from kiosk.model.letters import Letter, LetterKind, LetterState, Met
from kiosk.model.meetings import Connection, How, Side
from kiosk.model.people import SHAREABLE, Attendee, Badge, Registration, Status, Ticket
from kiosk.model.scans import (
    Answer,
    Device,
    Earlier,
    JudgedPair,
    Outcome,
    Quarantined,
    Reason,
    Role,
    Scan,
    ScanKind,
    Seen,
)

__all__ = [
    "SHAREABLE",
    "Answer",
    "Attendee",
    "Badge",
    "CheckInList",
    "Closure",
    "Connection",
    "Device",
    "Earlier",
    "Event",
    "FollowUp",
    "How",
    "JudgedPair",
    "Letter",
    "LetterKind",
    "LetterState",
    "Met",
    "Organiser",
    "Outcome",
    "Phase",
    "Quarantined",
    "Reason",
    "Registration",
    "Role",
    "Scan",
    "ScanKind",
    "Seen",
    "Side",
    "Status",
    "Ticket",
]
