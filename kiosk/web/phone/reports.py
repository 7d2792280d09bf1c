"""Telling the organisers about somebody, in my own words, and blocking them if I like."""

from typing import assert_never

from flask import Response, abort, request

from kiosk.consent import Block, block
from kiosk.model import Meeting, Report
from kiosk.ports import Tx
from kiosk.report import REASON_LENGTH, Refusal, Tell, clean, report
from kiosk.shown import at_first_sight, met
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.replies import go
from kiosk.words import _

UNPROCESSABLE = 422


@blueprint.get("/me/people/<connection_id>/report", endpoint="report_form")
def show(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = _meeting(tx, who, connection_id)
    return _form(who, meeting)


@blueprint.post("/me/people/<connection_id>/report", endpoint="report")
def press(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = _meeting(tx, who, connection_id)
    reason = request.form.get("reason", "")
    command = Tell(who.person.id, connection_id, reason)
    told = house().store.write(report, command, house().now())
    if not isinstance(told, Report):
        return _form(who, meeting, UNPROCESSABLE, reason=reason, error=_error(told, reason))
    if request.form.get("block"):
        command_to_block = Block(who.person.id, connection_id)
        house().store.write(block, command_to_block, house().now())
    return go("phone.people", news="reported")


def _meeting(tx: Tx, who: Viewer, connection_id: str) -> Meeting:
    return tx.meetings.get(connection_id, who.person.id) or abort(404)


def _form(who: Viewer, meeting: Meeting, status: int = 200, **context: str) -> Response:
    connection = meeting.connection
    is_asking = connection.is_waiting_for(who.person.id, house().now())
    is_known = met(meeting) is not None or is_asking
    them = at_first_sight(who.event, meeting.person).name if is_known else ""
    return phone_page(
        "report.html",
        who,
        status,
        id=connection.id,
        them=them,
        may_block=not connection.blocked_by(who.person.id),
        **context,
    )


def _error(refusal: Refusal, reason: str) -> str:
    match refusal:
        case Refusal.EMPTY:
            return _("Write a few words about what happened.")
        case Refusal.TOO_LONG:
            return _(
                "This is %(length)s characters; %(most)s is the most.",
                length=len(clean(reason)),
                most=REASON_LENGTH,
            )
        case Refusal.TOO_MANY:
            return _("You have reported many people today. Please talk to the help desk.")
        case Refusal.NOBODY_THERE:
            return _("There is nobody to report here any more.")
        case _:
            assert_never(refusal)
