"""What a person puts right on their own card, and no list undoes.

Their name and how to reach them as they want it read, what they offer and look for. The
e-mail is not theirs to change here: it is where their link goes, so the help desk does it.
What the list said is kept beside each correction, so that the list still finds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.model import Attendee
from kiosk.ports import Tx
from kiosk.visible import one_line, paragraphs

TEXT_LENGTH = 500  # characters
LINES = {
    "name": 200,
    "pronouns": 100,
    "company": 200,
    "role": 200,
    "phone": 100,
    "website": 500,
    "linkedin": 500,
}
"""Fields of one line that a person may correct, and the most characters of each."""
TEXTS = ("offers", "asks", "goal")
CORRECTABLE = (*LINES, *TEXTS)


class Refusal(StrEnum):
    """Why a field was not kept."""

    TOO_LONG = "too_long"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Correct:
    """What this person says of themselves now; fields that are not named stay."""

    attendee_id: str
    said: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Corrected:
    attendee: Attendee


@dataclass(frozen=True, slots=True)
class NotCorrected:
    """Nothing was kept; why, by field."""

    reasons: Mapping[str, Refusal]


def correct(tx: Tx, command: Correct, now: datetime) -> Corrected | NotCorrected:
    """Keep what is new; one field that cannot be kept keeps the others waiting, too."""
    person = tx.attendees.get(command.attendee_id)
    if person is None:
        raise LookupError(f"there is no attendee {command.attendee_id}")
    new = {
        name: text
        for name, text in clean(command.said).items()
        if text != getattr(person, name)
    }
    reasons = {name: why for name, text in new.items() if (why := _refusal(name, text))}
    if reasons:
        return NotCorrected(reasons)
    if not new:
        return Corrected(person)
    before = {name: getattr(person, name) for name in new} | dict(person.corrected)
    corrected = replace(person, **new, corrected=tuple(sorted(before.items())))  # type: ignore[arg-type]
    tx.attendees.change(corrected)
    return Corrected(corrected)


def clean(said: Mapping[str, str]) -> dict[str, str]:
    """The fields a person may correct, as they would be kept."""
    lines = {name: one_line(said[name])[0] for name in LINES if name in said}
    return lines | {name: paragraphs(said[name])[0] for name in TEXTS if name in said}


def _refusal(name: str, text: str) -> Refusal | None:
    if len(text) > LINES.get(name, TEXT_LENGTH):
        return Refusal.TOO_LONG
    return Refusal.NAMELESS if name == "name" and not text else None
