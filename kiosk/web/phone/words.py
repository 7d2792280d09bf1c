"""The words of the phone's pages: fields, acts, news, and why something was refused."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.model import Event, How, Meeting
from kiosk.regard import Refusal

# The hyphen of "E‑mail" is one that does not break a line.
FIELDS = {
    "name": "Name",
    "company": "Company",
    "role": "Role",
    "pronouns": "Pronouns",
    "email": "E‑mail",
    "phone": "Phone",
    "website": "Website",
    "linkedin": "LinkedIn",
}

NEWS = {
    "linked": (
        "good",
        "This phone is yours",
        "Scan a badge with its camera to ask someone.",
    ),
    "connected": (
        "good",
        "You are connected",
        "Each of you now sees what the other shares.",
    ),
    "declined": (
        "calm",
        "Not now",
        "They are not told. Scan their badge to change your mind.",
    ),
    "over": ("warning", "That ask is over", "It was taken back, or its time has passed."),
    "taken-back": ("calm", "Taken back", "They no longer see your ask."),
    "withdrawn": ("good", "No longer shared", "Neither of you sees the other any more."),
    "noted": ("good", "Note kept", "Only you can read it."),
    "card": ("good", "Saved", "This is what people see whom you connect with from now on."),
    "sharing": ("good", "Saved", "They see the change at once."),
    "unlinked": ("good", "Phone unlinked", "It no longer opens your pages."),
}
"""What a page says after an act: tone, word and sentence, by the `news` in its address."""

REFUSALS = {
    Refusal.NOBODY_TO_ASK: (
        "We cannot show this badge",
        "It may have been replaced, belong to another event, or its owner has not arrived.",
        "Ask them to check in or to show their new badge, then scan again.",
    ),
    Refusal.NOT_CHECKED_IN: (
        "Check in first",
        "You can ask people to swap contacts once you are checked in.",
        "Hold your own badge to a tablet at the entrance, then scan this badge again.",
    ),
    Refusal.EVENT_NOT_OPEN: (
        "Not open yet",
        "Swapping contacts begins when the doors open.",
        "Scan this badge again when you meet there.",
    ),
    Refusal.EVENT_CLOSED: (
        "This event is over",
        "New asks are no longer taken.",
        "The people you met stay on your page.",
    ),
    Refusal.TOO_FAST: (
        "One moment",
        "You have asked many people within a minute.",
        "Talk to this person for a minute, then press the button again.",
    ),
    Refusal.TOO_MANY_TODAY: (
        "Enough for today",
        "You have asked as many people as one can meet in a day.",
        "Let them scan your badge instead, or ask again tomorrow.",
    ),
    Refusal.ASK_OVER: (
        "That ask is over",
        "It was taken back, or its time has passed.",
        "Scan each other's badge to begin again.",
    ),
}
"""What happened, what it means, what to do."""


ACTS: dict[How, str] = {
    "two_badges": "both badges at a tablet",
    "asked": "you asked, they said yes",
    "scan_back": "you scanned each other",
    "accepted": "they asked, you said yes",
    "letter": "you agreed",
    "preset": "you agreed",
}


def in_sentence(field: str) -> str:
    """The field's word as it stands inside a sentence."""
    return FIELDS[field] if field == "linkedin" else FIELDS[field].lower()


def day_and_time(event: Event, at: datetime) -> str:
    """The instant as the clocks at the venue showed it: "1 June, 10:42"."""
    local = at.astimezone(ZoneInfo(event.timezone))
    return f"{local.day} {local:%B}, {local:%H:%M}"


def by_which_act(meeting: Meeting) -> str:
    """How this person came to share: the words for "who has what of me"."""
    how = meeting.mine.how if meeting.mine else "letter"
    if how == "two_badges" and meeting.connection.place:
        return f"both badges at {meeting.connection.place}"
    return ACTS[how]
