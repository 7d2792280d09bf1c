"""The first lines to somebody one has met, made of one's own note and promises alone.

Whole sentences, thanks first, and not one fact that its writer has not written down. Who
noted and promised nothing gets no lines but a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.model import Promise, PromiseKind
from kiosk.words import N_, _

QUOTED = 400  # characters of a note; the mail programs cut an address of a few thousand


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A meeting from the writer's side: `promises` are the writer's own.

    `dates` says in words for when a promise, by its id, is planned.
    """

    to: str
    sender: str
    event: str
    note: str = ""
    promises: Sequence[Promise] = ()
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opener:
    subject: str
    body: str


def opener(meeting: Acquaintance) -> Opener | None:
    """The lines, or None when the writer has nothing to go on yet."""
    promised = [
        _promised(one, meeting.dates.get(one.id, "")) for one in _open(meeting.promises)
    ]
    sentences = [*_noted(meeting.note), *promised]
    if not sentences:
        return None
    thanks = _("Thank you for the conversation at %(event)s.", event=meeting.event)
    paragraphs = [_greeting(meeting.to), thanks, *sentences, meeting.sender]
    subject = _("Good to meet you at %(event)s", event=meeting.event)
    return Opener(subject, "\n\n".join(filter(None, paragraphs)))


def _greeting(name: str) -> str:
    return _("Hello %(first)s,", first=name) if name else _("Hello,")


def _noted(note: str) -> list[str]:
    if not note:
        return []
    return [_("What I noted from it: “%(note)s”", note=_quoted(note))]


def _quoted(note: str) -> str:
    """A long note up to a blank, with dots where it goes on."""
    text = " ".join(note.split())
    if len(text) <= QUOTED:
        return text
    words, _blank, _rest = text[:QUOTED].rpartition(" ")
    return f"{words or text[:QUOTED]}…"


def _open(promises: Sequence[Promise]) -> list[Promise]:
    return [one for one in promises if one.done_at is None]


def _promised(promise: Promise, when: str) -> str:
    if promise.kind == "coffee" and when:
        return _("We spoke of a coffee or a call: would %(when)s suit you?", when=when)
    if promise.text:
        return _(WITH_TEXT[promise.kind], text=promise.text)
    return _(PLAIN[promise.kind])


PLAIN: dict[PromiseKind, str] = {
    "send": N_("I said I would send you something; it is on my list."),
    "introduce": N_("I said I would introduce you to somebody; it is on my list."),
    "article": N_("I said I would share an article with you; it is on my list."),
    "coffee": N_("We spoke of a coffee or a call: when would it suit you?"),
    "job_lead": N_("I said I would pass on a job lead; it is on my list."),
    "other": N_("I have not forgotten what I promised you."),
}

WITH_TEXT: dict[PromiseKind, str] = {
    "send": N_("I said I would send you something: “%(text)s”."),
    "introduce": N_("I said I would introduce you to somebody: “%(text)s”."),
    "article": N_("I said I would share an article with you: “%(text)s”."),
    "coffee": N_("We spoke of a coffee or a call (“%(text)s”): when would it suit you?"),
    "job_lead": N_("I said I would pass on a job lead: “%(text)s”."),
    "other": N_("I have not forgotten what I promised you: “%(text)s”."),
}
