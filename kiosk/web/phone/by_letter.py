"""An ask is answered from a letter: without a phone that is linked, with one press.

The token answers this one ask and opens nothing: what the other person shares stands on
the page of a linked phone. Mail scanners only look, and looking changes nothing.
"""

from typing import Literal

from flask import Response, request

from kiosk.agree import shared_fields
from kiosk.ask import Answer, answer, asked_by_letter
from kiosk.model import Attendee, Event, Meeting
from kiosk.ports import Tx
from kiosk.shown import as_asker, first_name
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page, viewer_if_linked
from kiosk.web.phone.unsubscribe import UNKNOWN
from kiosk.web.phone.words import field_name
from kiosk.web.replies import go, told
from kiosk.words import N_, _

Standing = Literal["waiting", "connected", "over"]
AGAIN = N_("Open the link in the letter again, or write to the organisers.")


@blueprint.get("/a/<token>", endpoint="ask_by_letter")
def show(token: str) -> Response:
    with house().store.read() as tx:
        found = _found(tx, token)
        if found is None:
            return told(404, *map(_, (*UNKNOWN[:2], AGAIN)))
        person, event, meeting = found
        standing = _standing(person, meeting)
        who = viewer_if_linked(tx)
    if standing == "connected" and who and who.person.id == person.id:
        return go("phone.person", connection_id=meeting.connection.id)
    return _page(token, event, person, meeting, standing)


@blueprint.post("/a/<token>", endpoint="answer_by_letter")
def press(token: str) -> Response:
    """A late press, or a second one, is told by the page how things stand."""
    with house().store.read() as tx:
        found = _found(tx, token)
    if found:
        person, _event, meeting = found
        is_yes = request.form.get("answer") == "yes"
        command = Answer(person.id, meeting.connection.id, is_yes, "letter")
        house().store.write(answer, command, house().now())
    return go("phone.ask_by_letter", token=token)


def _found(tx: Tx, token: str) -> tuple[Attendee, Event, Meeting] | None:
    found = asked_by_letter(tx, house().settings.secret_key, token)
    event = tx.events.get(found[0].event_id) if found else None
    return (found[0], event, found[1]) if found and event else None


def _standing(person: Attendee, meeting: Meeting) -> Standing:
    if meeting.connection.is_mutual:
        return "connected"
    is_waiting = meeting.connection.is_waiting_for(person.id, house().now())
    return "waiting" if is_waiting else "over"


def _page(
    token: str, event: Event, person: Attendee, meeting: Meeting, standing: Standing
) -> Response:
    """Who asks is named while the ask waits, as they named themselves by asking."""
    them = as_asker(event, meeting.person) if standing == "waiting" else None
    return phone_page(
        "by_letter.html",
        None,
        event_name=event.name,
        token=token,
        standing=standing,
        them=them,
        their_first_name=first_name(them.name) if them else "",
        mine=list(map(field_name, shared_fields(event, person))),
    )
