"""Blocking somebody, silently, and the people I blocked.

The other person sees what they would see after a withdrawal, and no ask of theirs arrives.
Who has withdrawn from me may be blocked, too, and is named to me no more.
"""

from dataclasses import dataclass

from flask import Response, abort

from kiosk.consent import Block, Unblock, block, unblock
from kiosk.model import Meeting
from kiosk.shown import Preview, at_first_sight
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import day_and_time
from kiosk.web.replies import go


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody I blocked, as anybody who reads their badge sees them."""

    id: str
    them: Preview
    when: str


@blueprint.get("/me/people/<connection_id>/block", endpoint="block_question")
def ask(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = tx.meetings.get(connection_id, who.person.id) or abort(404)
    if meeting.connection.blocked_by(who.person.id):
        return go("phone.blocked")
    them = _named(who, meeting)
    return phone_page("block.html", who, id=connection_id, them=them.name)


@blueprint.post("/me/people/<connection_id>/block", endpoint="block")
def press(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        tx.meetings.get(connection_id, who.person.id) or abort(404)
    house().store.write(block, Block(who.person.id, connection_id), house().now())
    return go("phone.blocked", news="blocked")


@blueprint.post("/me/people/<connection_id>/unblocking", endpoint="unblock")
def let_ask_again(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = Unblock(who.person.id, connection_id)
    if not house().store.write(unblock, command, house().now()):
        abort(404)
    return go("phone.blocked", news="unblocked")


@blueprint.get("/me/blocked", endpoint="blocked")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meetings = tx.meetings.of_attendee(who.person.id)
    mine = [one for one in meetings if one.connection.blocked_by(who.person.id)]
    return phone_page("blocked.html", who, lines=[_line(who, one) for one in mine])


def _named(who: Viewer, meeting: Meeting) -> Preview:
    """Them as their badge shows them; nameless when it was they who ended it."""
    connection = meeting.connection
    ended_at = connection.withdrawn_at
    is_asked_since = ended_at and connection.asked_at and connection.asked_at > ended_at
    if connection.withdrawn_by == meeting.person.id and not is_asked_since:
        return Preview("", "")
    return at_first_sight(who.event, meeting.person)


def _line(who: Viewer, meeting: Meeting) -> Line:
    at = meeting.connection.blocked_by(who.person.id)
    when = day_and_time(who.event, at) if at else ""
    return Line(meeting.connection.id, _named(who, meeting), when)
