"""What one person may see of another; the one place where a consent becomes fields.

Before both agreed: a first name and where somebody is from, and only while that person
shares them. After: what their side of the connection covers. After a withdrawal: nothing.
Sponsors and introductions are audiences of their own: nothing chosen for one counts for
another.
"""

from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, assert_never

from kiosk.agree import shared_fields
from kiosk.model import (
    SHAREABLE,
    Attendee,
    Encounter,
    Event,
    Lead,
    Meeting,
    Met,
    Preferences,
)

Audience = Literal["connections", "sponsors", "introductions"]
AUDIENCES: tuple[Audience, ...] = ("connections", "sponsors", "introductions")
SPONSORS_BY_DEFAULT = ("name", "company", "email")


@dataclass(frozen=True, slots=True)
class Preview:
    """A person before anything is agreed; fields that are not shared are empty."""

    name: str
    company: str


def at_first_sight(event: Event, person: Attendee) -> Preview:
    """What somebody who scans this badge sees: the first name and the company."""
    whole = as_asker(event, person)
    return Preview(first_name(whole.name), whole.company)


def as_asker(event: Event, person: Attendee) -> Preview:
    """What a person shows of themselves by asking: the name and the company."""
    covered = fields_of(person, shared_fields(event, person))
    return Preview(covered.get("name", ""), covered.get("company", ""))


def covered(
    event: Event, person: Attendee, preferences: Preferences, audience: Audience
) -> tuple[str, ...]:
    """The fields this person shows to an audience once they have agreed to it.

    Who has chosen nothing shows an introduction what a connection sees, and a sponsor of
    that at most the name, the company and the e-mail.
    """
    shared = shared_fields(event, person)
    match audience:
        case "connections":
            return shared
        case "sponsors":
            chosen = preferences.sponsor_fields
            default = tuple(name for name in shared if name in SPONSORS_BY_DEFAULT)
        case "introductions":
            chosen, default = preferences.introduction_fields, shared
        case _:
            assert_never(audience)
    return default if chosen is None else chosen


def fields_for(
    event: Event, person: Attendee, preferences: Preferences, audience: Audience
) -> dict[str, str]:
    """What an audience sees: the covered fields that are not empty, in their order."""
    return fields_of(person, covered(event, person, preferences, audience))


def given(
    event: Event, person: Attendee, preferences: Preferences, lead: Lead
) -> dict[str, str]:
    """What a sponsor has of a person: what they agreed to, less what they keep back since.

    A lead never widens; nothing that was taken back is given.
    """
    if lead.withdrawn_at:
        return {}
    shown = covered(event, person, preferences, "sponsors")
    return fields_of(person, tuple(field for field in lead.fields if field in shown))


def fields_of(person: Attendee | Encounter, fields: tuple[str, ...]) -> dict[str, str]:
    """The covered fields that are not empty, in the order in which they are shown."""
    values = {field: str(getattr(person, field)) for field in SHAREABLE if field in fields}
    return {field: value for field, value in values.items() if value}


def met(meeting: Meeting) -> Met | None:
    """The other person as this one may see them, or None while nothing is agreed."""
    agreed_at = meeting.connection.agreed_at
    if not meeting.connection.is_mutual or agreed_at is None or meeting.theirs is None:
        return None
    return Met(
        attendee_id=meeting.person.id,
        at=agreed_at,
        place=meeting.connection.place,
        note=meeting.mine.note if meeting.mine else "",
        **({"name": ""} | fields_of(meeting.person, meeting.theirs.fields)),
    )


def told(encounter: Encounter) -> Met:
    """The other person as a letter may show them."""
    return Met(
        attendee_id=encounter.attendee_id,
        at=encounter.at,
        place=encounter.place,
        note=encounter.note,
        promised=encounter.promised or "",
        **({"name": ""} | fields_of(encounter, encounter.fields)),
    )


TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "herr", "frau")
)
HALF_NAMES = frozenset(("عبد", "أبو", "ابو", "أم", "abd", "abdul", "abdel", "abu"))
"""What is no name without the next word: Abd al-Rahman is the servant of the Merciful."""

ARTICLES = frozenset(("al", "el", "ul"))  # inside such a name; Al Gore's is whole


def first_name(name: str) -> str:
    """The first word of a name that is not a title: Ada of "Dr. Ada Lovelace".

    Of a name that begins with the family, "Lovelace, Ada", the part after the comma; and
    as many words as make one name, as in "Abdul Rahman" and "عبد الرحمن".
    """
    head, _comma, rest = name.partition(",")
    is_turned = " " not in head.strip() and bool(rest.strip())
    words = [
        word
        for word in (rest if is_turned else name).split()
        if not word.endswith(".") and word.casefold() not in TITLES
    ]
    is_half = bool(words) and words[0].casefold() in HALF_NAMES
    parts = HALF_NAMES | ARTICLES if is_half else ()
    halves = takewhile(lambda word: word.casefold() in parts, words)
    return " ".join(words[: len(list(halves)) + 1]) or name
