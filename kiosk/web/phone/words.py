"""The words of the phone's pages: fields, acts, news, and why something was refused.

The tables are marked for translation and said in the reader's language where they are used.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list

from kiosk.model import Event, How, Meeting
from kiosk.regard import Refusal
from kiosk.words import N_, SOURCE, _, spoken

# The hyphen of "E‑mail" is one that does not break a line.
FIELDS = {
    "name": N_("Name"),
    "company": N_("Company"),
    "role": N_("Role"),
    "pronouns": N_("Pronouns"),
    "email": N_("E‑mail"),
    "phone": N_("Phone"),
    "website": N_("Website"),
    "linkedin": N_("LinkedIn"),
}

IN_SENTENCE = {
    "name": N_("name"),
    "company": N_("company"),
    "role": N_("role"),
    "pronouns": N_("pronouns"),
    "email": N_("e‑mail"),
    "phone": N_("phone"),
    "website": N_("website"),
    "linkedin": N_("LinkedIn"),
}
"""The same words as they stand inside a sentence."""

NEWS = {
    "connected": (
        "good",
        N_("You are connected"),
        N_("Each of you now sees what the other shares."),
    ),
    "declined": (
        "calm",
        N_("Not now"),
        N_("They are not told. Scan their badge to change your mind."),
    ),
    "over": (
        "warning",
        N_("That ask is over"),
        N_("It was taken back, or its time has passed."),
    ),
    "taken-back": ("calm", N_("Taken back"), N_("They no longer see your ask.")),
    "withdrawn": (
        "good",
        N_("No longer shared"),
        N_("Neither of you sees the other any more."),
    ),
    "noted": ("good", N_("Note kept"), N_("Only you can read it.")),
    "tagged": ("good", N_("Tags kept"), N_("Only you see them.")),
    "awake": ("good", N_("Back among your people"), N_("They may be named to you again.")),
    "promised": ("good", N_("Promised"), N_("Both of you see it, and when it is done.")),
    "planned": ("good", N_("Planned"), N_("Now put it into your calendar.")),
    "unplanned": ("calm", N_("No date any more"), N_("It stays among your promises.")),
    "kept": ("good", N_("Done"), N_("They see that you kept your word.")),
    "open-again": ("calm", N_("Open again"), N_("It is back among your promises.")),
    "dropped": ("calm", N_("Dropped"), N_("Neither of you sees it any more.")),
    "offered": (
        "good",
        N_("Offered"),
        N_("Both find it on their phones and in no letter."),
    ),
    "agreed": (
        "good",
        N_("You said yes"),
        N_("You are connected as soon as the other one says yes, too."),
    ),
    "not-introduced": ("calm", N_("Not now"), N_("A no is told to nobody.")),
    "offer-taken-back": ("calm", N_("Taken back"), N_("Neither of them sees the offer.")),
    "offer-over": (
        "warning",
        N_("That offer is over"),
        N_("It was taken back, or its time has passed."),
    ),
    "joined": (
        "good",
        N_("You have joined"),
        N_("Leave whenever you like, at the end of this page."),
    ),
    "left": ("calm", N_("You have left"), N_("You are suggested to nobody.")),
    "card": ("good", N_("Saved"), N_("Your card is as you want it.")),
    "audiences": (
        "good",
        N_("Saved"),
        N_("This counts for everybody you agree with from now on."),
    ),
    "sharing": ("good", N_("Saved"), N_("They see the change at once.")),
    "blocked": (
        "good",
        N_("Blocked"),
        N_("They are not told, and no ask of theirs reaches you."),
    ),
    "unblocked": (
        "calm",
        N_("No longer blocked"),
        N_("What was ended stays ended; they may ask you again."),
    ),
    "reported": (
        "good",
        N_("The organisers will read it"),
        N_("The person you reported is not told."),
    ),
    "confirm": (
        "good",
        N_("Look into your mail"),
        N_("Its link works for ten minutes. Nothing is erased until you press there."),
    ),
    "not-mailed": (
        "warning",
        N_("No mail was sent"),
        N_("Several were sent within the hour. Look for them, or go to the help desk."),
    ),
    "shut-out": (
        "good",
        N_("Shut out"),
        N_("Look through this list: what was agreed meanwhile can be taken back here."),
    ),
    "unlinked": ("good", N_("Phone unlinked"), N_("It no longer opens your pages.")),
    "yes-taken-back": (
        "good",
        N_("Taken back"),
        N_("This sponsor’s list no longer holds you."),
    ),
}
"""What a page says after an act: tone, word and sentence, by the `news` in its address."""

REFUSALS = {
    Refusal.NOBODY_TO_ASK: (
        N_("Not just now"),
        N_("This badge cannot be asked from a phone at the moment."),
        N_("If you both want to swap, hold both badges to a tablet, one after the other."),
    ),
    Refusal.ONLY_AT_KIOSK: (
        N_("Swap at a tablet"),
        N_("They swap contacts at a tablet only, not from a phone."),
        N_("Go to the nearest tablet together and hold both badges to it."),
    ),
    Refusal.NOT_CHECKED_IN: (
        N_("Check in first"),
        N_("You can ask people to swap contacts once you are checked in."),
        N_("Hold your own badge to a tablet at the entrance, then scan this badge again."),
    ),
    Refusal.EVENT_NOT_OPEN: (
        N_("Not open yet"),
        N_("Swapping contacts begins when the doors open."),
        N_("Scan this badge again when you meet there."),
    ),
    Refusal.EVENT_CLOSED: (
        N_("This event is over"),
        N_("New asks are no longer taken."),
        N_("The people you met stay on your page."),
    ),
    Refusal.TOO_FAST: (
        N_("One moment"),
        N_("You have asked many people within a minute."),
        N_("Talk to this person for a minute, then press the button again."),
    ),
    Refusal.TOO_MANY_TODAY: (
        N_("Enough for today"),
        N_("You have asked as many people as one can meet in a day."),
        N_("Let them scan your badge instead, or ask again tomorrow."),
    ),
    Refusal.YOU_BLOCKED: (
        N_("You blocked this person"),
        N_("While you do, nothing can be asked between the two of you."),
        N_("To swap after all, unblock them first: they stand under Shared."),
    ),
    Refusal.ASK_OVER: (
        N_("That ask is over"),
        N_("It was taken back, or its time has passed."),
        N_("Scan each other's badge to begin again."),
    ),
}
"""What happened, what it means, what to do."""


ACTS: dict[How, str] = {
    "two_badges": N_("both badges at a tablet"),
    "asked": N_("you asked, they said yes"),
    "scan_back": N_("you scanned each other"),
    "accepted": N_("they asked, you said yes"),
    "letter": N_("they asked, you said yes from your letter"),
    "introduced": N_("somebody you both know introduced you"),
    "preset": N_("they scanned you, and you say yes to all who do"),
}


def news_of(name: str) -> tuple[str, str, str] | None:
    """Tone, word and sentence of a piece of news, in the reader's language."""
    told = NEWS.get(name)
    return (told[0], _(told[1]), _(told[2])) if told else None


def field_name(field: str) -> str:
    """The field's word as a heading or a label."""
    return _(FIELDS[field])


def in_sentence(field: str) -> str:
    """The field's word as it stands inside a sentence."""
    return _(IN_SENTENCE[field])


def listed(words: Sequence[str]) -> str:
    """The words as one list: "Name, company and e-mail"."""
    together = format_list(words, locale=locale()) if words else ""
    return together[:1].upper() + together[1:]


def day_and_time(event: Event, at: datetime) -> str:
    """The instant as the clocks at the venue showed it: "1 June, 10:42".

    The hour is written as in our letters; the year, when it is not that of the event.
    """
    zone = ZoneInfo(event.timezone)
    local = at.astimezone(zone)
    is_of_the_year = local.year == event.starts_at.astimezone(zone).year
    both = str(get_datetime_format("medium", locale=locale())).replace("'", "")
    if is_of_the_year:
        day = format_skeleton("MMMMd", local, locale=locale())
    else:
        day = format_date(local, "long", locale=locale())
    return both.format(format_time(local, "HH:mm", locale=locale()), day)


def by_which_act(meeting: Meeting) -> str:
    """How this person came to share: the words for "who has what of me"."""
    mine, place = meeting.mine, meeting.connection.place
    if mine and mine.how == "two_badges" and place:
        return _("both badges at %(place)s", place=place)
    return _(ACTS[mine.how]) if mine else _("you agreed")


def locale() -> str:
    """The reader's locale for dates and lists; English as it is written in Europe."""
    return "en_GB" if spoken() == SOURCE else spoken()
