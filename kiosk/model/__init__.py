"""The nouns of Hallway: what is kept, in the words the field uses.

Every noun is a frozen value. An instant is an aware datetime in UTC and its name ends in
`_at`; a thing that may or may not have happened is an instant or None, never a boolean.
"""

from kiosk.model.erasures import ERASED, Erasure, Purge
from kiosk.model.event import (
    YEARS,
    CheckInList,
    Closure,
    Event,
    FollowUp,
    Organiser,
    Phase,
    SignIn,
)
from kiosk.model.letters import (
    STATES,
    UNSENT,
    Encounter,
    Letter,
    LetterKind,
    LetterState,
    Met,
    Outbox,
)
from kiosk.model.meetings import Connection, How, Meeting, Side
from kiosk.model.people import (
    SHAREABLE,
    Attendee,
    Badge,
    Phone,
    Registration,
    Status,
    Ticket,
)
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
    "ERASED",
    "SHAREABLE",
    "STATES",
    "UNSENT",
    "YEARS",
    "Answer",
    "Attendee",
    "Badge",
    "CheckInList",
    "Closure",
    "Connection",
    "Device",
    "Earlier",
    "Encounter",
    "Erasure",
    "Event",
    "FollowUp",
    "How",
    "JudgedPair",
    "Letter",
    "LetterKind",
    "LetterState",
    "Meeting",
    "Met",
    "Organiser",
    "Outbox",
    "Outcome",
    "Phase",
    "Phone",
    "Purge",
    "Quarantined",
    "Reason",
    "Registration",
    "Role",
    "Scan",
    "ScanKind",
    "Seen",
    "Side",
    "SignIn",
    "Status",
    "Ticket",
]
