"""Promises as the phone's pages show them, and the words for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.model import Event, Promise, PromiseKind
from kiosk.promise import TEXT_LENGTH, Refusal
from kiosk.web.phone.when import Slip, filled_in
from kiosk.web.phone.words import day_and_time
from kiosk.words import N_, _

_ALONE, _AGAIN = "\u2068", "\u2069"  # a name keeps its direction inside a sentence
SOON = timedelta(days=1)  # what is due by this time tomorrow is due

KINDS: dict[PromiseKind, str] = {
    "send": N_("Send something"),
    "introduce": N_("Introduce to somebody"),
    "article": N_("Share an article"),
    "coffee": N_("Coffee or a call"),
    "job_lead": N_("Pass on a job lead"),
    "other": N_("Something else"),
}

TITLES: dict[PromiseKind, str] = {
    "send": N_("Send something to %(name)s"),
    "introduce": N_("Introduce %(name)s to somebody"),
    "article": N_("Share an article with %(name)s"),
    "coffee": N_("Coffee or a call with %(name)s"),
    "job_lead": N_("Pass on a job lead to %(name)s"),
    "other": N_("Keep a promise to %(name)s"),
}
"""What stands in a calendar."""

NOT_KEPT: dict[Refusal | Slip, str] = {
    Refusal.UNKNOWN_KIND: N_("Choose what you promise."),
    Refusal.TOO_LONG: N_("This is %(count)s characters; %(most)s is the most."),
    Refusal.TOO_MANY: N_("That is a lot for one person. Do one first, or drop one."),
    Refusal.NOT_AHEAD: N_("Choose a day and an hour that are still to come."),
    Slip.HALF: N_("A day wants an hour, too: plans with both are kept more often."),
    Slip.UNREADABLE: N_(
        "We cannot read this. Write the day as 2026-06-30, the hour as 09:30."
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One promise in a list; `what` is it in words, `day` and `hour` as a form has them."""

    id: str
    connection_id: str
    what: str
    text: str
    is_done: bool
    when: str = ""
    day: str = ""
    hour: str = ""
    is_due: bool = False


def seen_step(promise: Promise) -> Step:
    """The other person's promise: what I may see of it."""
    is_done = promise.done_at is not None
    what = _(KINDS[promise.kind])
    return Step(promise.id, promise.connection_id, what, promise.text, is_done)


def step(event: Event, promise: Promise, now: datetime, to: str = "") -> Step:
    """My own promise, with the name it was given to where that is not clear."""
    day, hour = filled_in(event, promise.due_at)
    return Step(
        id=promise.id,
        connection_id=promise.connection_id,
        what=title(promise, f"{_ALONE}{to}{_AGAIN}") if to else _(KINDS[promise.kind]),
        text=promise.text,
        is_done=promise.done_at is not None,
        when=day_and_time(event, promise.due_at) if promise.due_at else "",
        day=day,
        hour=hour,
        is_due=is_due(promise, now),
    )


def is_due(promise: Promise, now: datetime) -> bool:
    """Whether it is time to keep it: planned for today, or for a day gone by."""
    is_open = promise.done_at is None
    return is_open and promise.due_at is not None and promise.due_at <= now + SOON


def kinds() -> list[tuple[str, str]]:
    """What one can promise, in words."""
    return [(kind, _(word)) for kind, word in KINDS.items()]


def title(promise: Promise, name: str) -> str:
    return _(TITLES[promise.kind], name=name)


def why_not(refused: Refusal | Slip, text: str = "") -> str:
    """What is wrong with what was filled in, and what to do about it."""
    return _(NOT_KEPT[refused], count=len(text), most=TEXT_LENGTH)
