"""The start page of a linked phone: who asks me, whom I met, whom I asked."""

from dataclasses import dataclass

from flask import Response, request

from kiosk.ask import Answer, answer
from kiosk.model import Connection, Event, Meeting, Met
from kiosk.regard import Connected, TurnedAway
from kiosk.shown import as_asker, at_first_sight, met
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, leaf, phone_page, viewer
from kiosk.web.phone.words import day_and_time
from kiosk.web.replies import go


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list, with nothing of them that this list may not show."""

    id: str
    name: str
    company: str
    role: str
    when: str


@blueprint.get("/me", endpoint="people")
def show() -> Response:
    now = house().now()
    with house().store.read() as tx:
        who = viewer(tx)
        meetings = tx.meetings.of_attendee(who.person.id)
    mine = [one for one in meetings if one.connection.asked_by == who.person.id]
    people = [(one.connection, them) for one in meetings if (them := met(one))]
    return phone_page(
        "people.html",
        who,
        asking=[
            _asking(who.event, one)
            for one in meetings
            if one.connection.is_waiting_for(who.person.id, now)
        ],
        people=leaf(people, _met),
        asked=[_asked(who.event, one) for one in mine if one.connection.is_open_ask(now)],
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


def _met(pair: tuple[Connection, Met]) -> Line:
    connection, them = pair
    return Line(connection.id, them.name, them.company, them.role, "")


def _asking(event: Event, meeting: Meeting) -> Line:
    them = as_asker(event, meeting.person)
    return Line(
        meeting.connection.id, them.name, them.company, "", _asked_at(event, meeting)
    )


def _asked(event: Event, meeting: Meeting) -> Line:
    them = at_first_sight(event, meeting.person)
    return Line(
        meeting.connection.id, them.name, them.company, "", _asked_at(event, meeting)
    )


def _asked_at(event: Event, meeting: Meeting) -> str:
    asked_at = meeting.connection.asked_at
    return day_and_time(event, asked_at) if asked_at else ""
