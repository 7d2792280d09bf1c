"""What the templates of a letter are given: plain values, in the order they are shown.

Everything about a person comes from `Met`, which holds only what their consent covers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote
from zlib import crc32

from kiosk.compose import Composed
from kiosk.mail.when import day_and_hour
from kiosk.model import Met
from kiosk.shown import first_name
from kiosk.words import SOURCE, known

EXPANDED = 5  # people with all their fields; the first of them is the one to write to
LISTED = 40  # people who get a line; the others are in the attached file (Gmail clips)
TINTS = 8  # as many as the pages have behind initials

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_WEB = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[^\d+]")
_PROFILE = re.compile(r"/?in/[\w%-]+/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a person; `href` is empty when the text is not a safe address."""

    kind: Literal["write", "call", "visit", ""]
    text: str = ""
    href: str = ""


_NOTHING = Contact("")


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a letter shows them; `action` is the best way to get in touch."""

    name: str
    short: str
    work: str
    pronouns: str
    met: str
    note: str
    promised: str
    contacts: list[Contact]
    action: Contact
    initials: str
    tint: int


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Links:
    page: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who waits for the reader's answer, and where it is given."""

    who: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a letter says; `first` is None when nobody was met."""

    to: Recipient
    event: str
    sender: str
    reply_to: str
    links: Links
    is_late: bool
    why: str
    first: Person | None
    near: Sequence[Person]
    brief: Sequence[Person]
    others_count: int
    rest_count: int
    asks: Sequence[Asking]


def page(composed: Composed, links: Links, asks: Sequence[Asking] = ()) -> Page:
    """The page of one letter."""
    letter, event = composed.letter, composed.event
    shown = composed.people[:LISTED]
    language = known(letter.language) or SOURCE
    people = [_person(met, event.timezone, language) for met in shown]
    return Page(
        to=Recipient(letter.to_name, first_name(letter.to_name)),
        event=event.name,
        sender=event.follow_up.sender_name,
        reply_to=event.follow_up.reply_to or event.follow_up.sender_address,
        links=links,
        is_late=letter.generation > 1,
        why=composed.why,
        first=people[0] if people else None,
        near=people[1:EXPANDED],
        brief=people[EXPANDED:],
        others_count=max(len(composed.people) - 1, 0),
        rest_count=len(composed.people) - len(shown),
        asks=asks,
    )


def _person(met: Met, timezone: str, language: str) -> Person:
    name = met.name or met.company or "—"
    contacts = _contacts(met)
    minute = met.at.replace(second=0, microsecond=0)
    return Person(
        name=name,
        short=first_name(name),
        work=", ".join(filter(None, (met.role, met.company))),
        pronouns=met.pronouns,
        met=" · ".join(filter(None, (day_and_hour(minute, timezone, language), met.place))),
        note="\r\n".join(met.note.splitlines()),
        promised=met.promised,
        contacts=contacts,
        action=next((contact for contact in contacts if contact.href), _NOTHING),
        initials=_initials(name),
        tint=crc32(met.attendee_id.encode()) % TINTS + 1,
    )


def _contacts(met: Met) -> list[Contact]:
    contacts = []
    if met.email:
        contacts.append(Contact("write", met.email, f"mailto:{quote(met.email, safe='@')}"))
    if met.phone:
        dialled = _NOT_DIALLED.sub("", met.phone)
        contacts.append(Contact("call", met.phone, f"tel:{dialled}" if dialled else ""))
    if met.linkedin:
        contacts.append(Contact("visit", met.linkedin, _profile(met.linkedin)))
    if met.website:
        contacts.append(Contact("visit", met.website, _web(met.website)))
    return contacts


def _profile(text: str) -> str:
    """A LinkedIn profile as people write it: a link, or its end such as `in/grace`."""
    if _PROFILE.fullmatch(text):
        return f"https://www.linkedin.com/{text.strip('/')}"
    return _web(text)


def _web(text: str) -> str:
    """A link to follow, or '' for anything that is not plainly one (`javascript:`)."""
    if _WEB.fullmatch(text):
        return text
    return f"https://{text}" if _BARE_WEB.fullmatch(text) else ""


def _initials(name: str) -> str:
    words = [word for word in name.split() if not word.endswith(".")] or name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
