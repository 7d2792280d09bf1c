"""The nouns of Hallway: what is kept, in the words the field uses.

Every noun is a frozen value. An instant is an aware datetime in UTC and its name ends in
`_at`; a thing that may or may not have happened is an instant or None, never a boolean.
"""

from kiosk.model.acts import Act
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
from kiosk.model.introductions import Introduction
from kiosk.model.letters import (
    AT_ONCE,
    STATES,
    UNSENT,
    Encounter,
    Letter,
    LetterKind,
    LetterState,
    Met,
    Outbox,
)
from kiosk.model.links import LinkPurpose, LinkRequest, OneTimeLink
from kiosk.model.meetings import (
    PROMISE_KINDS,
    Connection,
    How,
    Meeting,
    Promise,
    PromiseKind,
    Side,
)
from kiosk.model.people import (
    SHAREABLE,
    Attendee,
    Badge,
    Phone,
    Preferences,
    Preset,
    Printing,
    Registration,
    Status,
    Talk,
    Ticket,
)
from kiosk.model.reports import Report
from kiosk.model.rosters import Listed, Position, Visit
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
from kiosk.model.sponsors import Lead, Sponsor
from kiosk.model.staffing import PairingRequest, Pin, Referral

__all__ = [
    "AT_ONCE",
    "ERASED",
    "PROMISE_KINDS",
    "SHAREABLE",
    "STATES",
    "UNSENT",
    "YEARS",
    "Act",
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
    "Introduction",
    "JudgedPair",
    "Lead",
    "Letter",
    "LetterKind",
    "LetterState",
    "LinkPurpose",
    "LinkRequest",
    "Listed",
    "Meeting",
    "Met",
    "OneTimeLink",
    "Organiser",
    "Outbox",
    "Outcome",
    "PairingRequest",
    "Phase",
    "Phone",
    "Pin",
    "Position",
    "Preferences",
    "Preset",
    "Printing",
    "Promise",
    "PromiseKind",
    "Purge",
    "Quarantined",
    "Reason",
    "Referral",
    "Registration",
    "Report",
    "Role",
    "Scan",
    "ScanKind",
    "Seen",
    "Side",
    "SignIn",
    "Sponsor",
    "Status",
    "Talk",
    "Ticket",
    "Visit",
]
