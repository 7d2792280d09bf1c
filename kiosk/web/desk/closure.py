"""The event ends, and the end can be taken back; both are records, written once."""

from typing import assert_never

from flask import Response

from kiosk.close import (
    AlreadyClosed,
    Close,
    Closed,
    EndLiesBehind,
    EndsBeforeItOpens,
    NotClosed,
    Reopen,
    Reopened,
    Scheduled,
    close,
    reopen,
)
from kiosk.web.desk.room import blueprint, event_named
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.replies import go


@blueprint.post("/events/<slug>/closure")
def close_event(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
    command = Close(event.id, the_organiser().email)
    ended = house().store.write(close, command, house().now())
    match ended:
        case Closed():
            done = "closed"
        case AlreadyClosed():
            done = "closed-before"
        case Scheduled():
            done = "scheduled"
        case EndsBeforeItOpens():
            done = "not-open"
        case _:
            assert_never(ended)
    return go("desk.event", slug=slug, done=done)


@blueprint.post("/events/<slug>/closure/reopening")
def reopen_event(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
    command = Reopen(event.id, the_organiser().email)
    again = house().store.write(reopen, command, house().now())
    match again:
        case Reopened():
            done = "reopened"
        case NotClosed() | EndLiesBehind():
            done = "open-already"
        case _:
            assert_never(again)
    return go("desk.event", slug=slug, done=done)
