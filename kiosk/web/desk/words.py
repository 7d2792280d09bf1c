"""How the desk says what a scan came to: a word, a tone, and what to do about it."""

from kiosk.model import LetterState, Outcome, Phase, Reason, Role

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "welcomed": ("Welcomed", "good"),
    "welcomed_back": ("Welcomed back", "good"),
    "goodbye": ("Left", "info"),
    "connected": ("Swapped", "good"),
    "already_connected": ("Swapped before", "calm"),
    "annulled": ("Undone", "warning"),
    "turned_away": ("Turned away", "bad"),
    "rejected": ("Not counted", "bad"),
}

REASONS: dict[Reason, tuple[str, str]] = {
    Reason.UNKNOWN_CODE: (
        "Unknown code",
        "Nobody at this event has it. Search for the person by name.",
    ),
    Reason.REPLACED_BADGE: (
        "Replaced badge",
        "A newer badge was printed for this person. Take the old one back.",
    ),
    Reason.CANCELED: ("Canceled", "The ticket was canceled in the shop."),
    Reason.BLOCKED: ("Blocked", "The list says that this person must not come in."),
    Reason.UNAPPROVED: ("Not approved", "The registration still waits for approval."),
    Reason.NOT_YET_VALID: ("Too early", "The ticket is valid from a later time."),
    Reason.NO_LONGER_VALID: ("Too late", "The ticket is no longer valid."),
    Reason.WRONG_LIST: ("Wrong door", "The ticket type is not for this list."),
    Reason.UNPAID: ("Not paid", "Staff may let them in where the list allows it."),
    Reason.ALREADY_IN: ("Already in", "The person was let in before."),
    Reason.SAME_PERSON: ("Same person", "Both badges belong to one person."),
    Reason.NOT_CHECKED_IN: ("Not checked in", "Both must check in before they swap."),
    Reason.EVENT_NOT_OPEN: ("Before the doors", "The event had not opened yet."),
    Reason.EVENT_CLOSED: ("After the end", "The event was over."),
    Reason.WRONG_EVENT: ("Another event", "The badge belongs to another event."),
    Reason.BLOCKED_PAIR: ("Not these two", "One of them does not want this swap."),
    Reason.NOTHING_TO_ANNUL: ("Nothing to undo", "There was no such scan."),
    Reason.ANNUL_TOO_LATE: ("Too late to undo", "More than 15 minutes had passed."),
    Reason.ID_REUSED: (
        "Number used twice",
        "The tablet sent two different scans under one number.",
    ),
    Reason.MALFORMED: ("Unreadable", "The tablet sent something that is not a scan."),
    Reason.CLOCK_TOO_FAR: (
        "Clock is wrong",
        "The tablet’s clock is more than two days off. Set it.",
    ),
}

PHASES: dict[Phase, tuple[str, str]] = {
    "before": ("Not open yet", "calm"),
    "open": ("Open", "good"),
    "late": ("Over, late scans still count", "warning"),
    "closed": ("Closed", "calm"),
}

STATES: dict[LetterState, tuple[str, str]] = {
    "planned": ("Planned", "calm"),
    "queued": ("Waiting to leave", "info"),
    "leased": ("Leaving now", "info"),
    "committing": ("Being handed over", "info"),
    "sent": ("Sent", "good"),
    "delivered": ("Delivered", "good"),
    "deferred": ("Trying again later", "warning"),
    "uncertain": ("Perhaps sent", "warning"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "calm"),
    "skipped": ("Not wanted", "calm"),
    "bounced": ("Came back", "bad"),
    "complained": ("Marked as spam", "bad"),
}

ROLES: dict[Role, str] = {
    "kiosk": "Self-service",
    "desk": "Staff desk",
    "gate": "Staff gate",
}
