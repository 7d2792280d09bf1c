"""The start page of a linked phone: what I promised, who asks me, whom I met, whom I asked.

Starred people come first and then the latest; a filter is a plain link. Who rests stands
folded at the end and among nothing that reminds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from kiosk.ask import Answer, answer
from kiosk.introduce import waiting_for
from kiosk.model import Event, Meeting, Phone
from kiosk.regard import Connected, TurnedAway
from kiosk.shown import as_asker, at_first_sight
from kiosk.web.house import house
from kiosk.web.phone.acquaintances import (
    Known,
    Shelf,
    choices,
    chosen,
    known,
    shelf_of,
)
from kiosk.web.phone.room import Viewer, blueprint, leaf, phone_page, viewer
from kiosk.web.phone.steps import is_due, step
from kiosk.web.phone.words import day_and_time
from kiosk.web.replies import go

DUE = 10  # promises that stand out; all of them are one link away
FOLDED = 20  # resting people in the fold; all of them are one link away


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody asked or asking, with nothing of them that this list may not show."""

    id: str
    name: str
    company: str
    when: str


@blueprint.get("/me", endpoint="people")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meetings = tx.meetings.of_attendee(who.person.id)
        people = known(meetings, tx.promises.of_attendee(who.person.id))
        offers = waiting_for(tx, who.person.id, house().now())
        phones = tx.phones.of_attendee(who.person.id)
    shelf = shelf_of(request.args)
    return phone_page(
        "people.html",
        who,
        **_asks(who, meetings),
        **_due(who, people),
        is_new=request.args.get("news") == "linked",
        unknown_phones=_unknown(who, phones),
        shelf=shelf,
        choices=choices(people, shelf),
        people=leaf(chosen(people, shelf), lambda one: one),
        met_count=len(people),
        introduced_count=len(offers),
        resting=_resting(people, shelf)[:FOLDED],
        resting_count=len(_resting(people, shelf)),
    )


@blueprint.post("/me/asks/<connection_id>/answer", endpoint="answer")
def press(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = Answer(who.person.id, connection_id, request.form.get("answer") == "yes")
    outcome = house().store.write(answer, command, house().now())
    if isinstance(outcome, Connected):
        return go("phone.person", connection_id=connection_id, news="connected")
    return go(
        "phone.people", news="over" if isinstance(outcome, TurnedAway) else "declined"
    )


def _unknown(who: Viewer, phones: Sequence[Phone]) -> list[tuple[Phone, str]]:
    """Other phones that open these pages, of which nobody has said that they are mine."""
    return [
        (one, day_and_time(who.event, one.linked_at))
        for one in phones
        if one.id != who.phone.id and one.recognised_at is None
    ]


def _asks(who: Viewer, meetings: Sequence[Meeting]) -> dict[str, Any]:
    """Who waits for my answer, and whose answer I wait for."""
    now = house().now()
    mine = [one for one in meetings if one.connection.asked_by == who.person.id]
    return {
        "asking": [
            _asking(who.event, one)
            for one in meetings
            if one.connection.is_waiting_for(who.person.id, now)
        ],
        "asked": [
            _asked(who.event, one) for one in mine if one.connection.is_open_ask(now)
        ],
    }


def _due(who: Viewer, people: Sequence[Known]) -> dict[str, Any]:
    """What I promised and is due, the oldest first, and how much I promised in all."""
    now = house().now()
    given = [(one, promise) for one in people for promise in one.promises]
    due = [pair for pair in given if is_due(pair[1], now) and not pair[0].is_resting]
    due.sort(key=lambda pair: pair[1].due_at or now)
    return {
        "due": [step(who.event, promise, now, one.name) for one, promise in due[:DUE]],
        "open_count": len(given),
    }


def _resting(people: Sequence[Known], shelf: Shelf) -> Sequence[Known]:
    """Those in the fold below the whole list."""
    return [one for one in people if one.is_resting] if shelf.is_whole else []


def _asking(event: Event, meeting: Meeting) -> Line:
    them = as_asker(event, meeting.person)
    return Line(meeting.connection.id, them.name, them.company, _asked_at(event, meeting))


def _asked(event: Event, meeting: Meeting) -> Line:
    them = at_first_sight(event, meeting.person)
    return Line(meeting.connection.id, them.name, them.company, _asked_at(event, meeting))


def _asked_at(event: Event, meeting: Meeting) -> str:
    asked_at = meeting.connection.asked_at
    return day_and_time(event, asked_at) if asked_at else ""
