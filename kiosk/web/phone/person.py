"""One person I met: what they share with me, what I keep of them, and what they see of me.

Only the two of a connection find it; once either has withdrawn, there is nothing to see.
"""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from flask import Response, abort, request

from kiosk.agree import shared_fields
from kiosk.card import vcard
from kiosk.consent import ShareWith, Withdraw, share_with, withdraw
from kiosk.model import Meeting, Met, Promise
from kiosk.opener import Acquaintance, opener
from kiosk.ports import Tx
from kiosk.shown import fields_of, first_name, met
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.steps import kinds, seen_step, step
from kiosk.web.phone.ways import letter_to, ways_to
from kiosk.web.phone.when import filled_in
from kiosk.web.phone.words import FIELDS, by_which_act, day_and_time, field_name
from kiosk.web.replies import go
from kiosk.words import _

GONE = 410
UNPROCESSABLE = 422


@blueprint.get("/me/people/<connection_id>", endpoint="person")
def show(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = meeting_of(tx, who, connection_id)
        promises = tx.promises.of_connection(connection_id)
    return _show(who, meeting, promises)


@blueprint.get("/me/people/<connection_id>/contact.vcf", endpoint="contact")
def contact(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        person = met(meeting_of(tx, who, connection_id)) or abort(404)
    lines = vcard(person, "\n".join(filter(None, (_remark(who, person), person.note))))
    answer = Response(lines, content_type="text/vcard; charset=utf-8")
    name = " ".join(person.name.split()) or "contact"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.vcf")
    return answer


@blueprint.post("/me/people/<connection_id>/sharing", endpoint="sharing")
def choose(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = ShareWith(who.person.id, connection_id, tuple(request.form.getlist("share")))
    if house().store.write(share_with, command, house().now()) is None:
        abort(404)
    return go("phone.person", connection_id=connection_id, news="sharing")


@blueprint.route(
    "/me/people/<connection_id>/withdrawal", methods=["GET", "POST"], endpoint="withdrawal"
)
def take_back(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = meeting_of(tx, who, connection_id)
    person = met(meeting)
    if request.method != "POST":
        if person is None:
            return _gone(who, meeting)
        return phone_page(
            "withdrawal.html", who, id=connection_id, them=first_name(person.name)
        )
    command = Withdraw(who.person.id, connection_id)
    if not house().store.write(withdraw, command, house().now()):
        is_ask = meeting.connection.agreed_at is None
        return go("phone.people", news="over") if is_ask else _gone(who, meeting)
    return go("phone.people", news="withdrawn" if person else "taken-back")


def meeting_of(tx: Tx, who: Viewer, connection_id: str) -> Meeting:
    """The meeting, or 404 for everybody who is not one of the two."""
    return tx.meetings.get(connection_id, who.person.id) or abort(404)


def show_person(who: Viewer, meeting: Meeting, status: int, **context: Any) -> Response:
    """The page of this person with a form on it as it was filled in."""
    with house().store.read() as tx:
        promises = tx.promises.of_connection(meeting.connection.id)
    return _show(who, meeting, promises, status, **context)


def _show(
    who: Viewer,
    meeting: Meeting,
    promises: Sequence[Promise],
    status: int = 200,
    **context: Any,
) -> Response:
    person = met(meeting)
    if person is None:
        return _gone(who, meeting)
    return phone_page(
        "person.html",
        who,
        status,
        id=meeting.connection.id,
        them=person,
        their_first_name=first_name(person.name),
        ways=ways_to(person),
        when=day_and_time(who.event, person.at),
        **_kept(meeting),
        **_promised(who, meeting.connection.id, promises),
        **_first_lines(who, person, promises),
        **_seen(who, meeting),
        **({"note": person.note} | context),
    )


def _kept(meeting: Meeting) -> dict[str, Any]:
    """What I keep of them for myself."""
    mine = meeting.mine
    return {
        "is_starred": bool(mine and mine.starred_at),
        "is_resting": bool(mine and mine.rested_at),
        "my_tags": mine.tags if mine else (),
    }


def _promised(
    who: Viewer, connection_id: str, promises: Sequence[Promise]
) -> dict[str, Any]:
    """Both sides' promises, and the id of my next one: pressed twice, it is made once."""
    now = house().now()
    mine = [one for one in promises if one.attendee_id == who.person.id]
    theirs = [one for one in promises if one.attendee_id != who.person.id]
    whose = f"{who.person.id} {connection_id}"
    return {
        "promised": [step(who.event, one, now) for one in mine],
        "promised_me": [seen_step(one) for one in theirs],
        "kinds": kinds(),
        "next_id": str(uuid5(NAMESPACE_OID, f"{whose} {len(mine)}")),
        "today": filled_in(who.event, now)[0],
    }


def _first_lines(who: Viewer, person: Met, promises: Sequence[Promise]) -> dict[str, Any]:
    mine = [one for one in promises if one.attendee_id == who.person.id]
    names = first_name(person.name), first_name(who.person.name)
    dates = {one.id: day_and_time(who.event, one.due_at) for one in mine if one.due_at}
    written = opener(Acquaintance(*names, who.event.name, person.note, mine, dates))
    mailto = letter_to(person.email, written) if written and person.email else ""
    return {"opener": written, "mailto": mailto}


def _seen(who: Viewer, meeting: Meeting) -> dict[str, Any]:
    """What they see of me: every field I have, with its value, and which are ticked."""
    fields = fields_of(who.person, tuple(FIELDS))
    return {
        "act": by_which_act(meeting),
        "mine": [
            (field, field_name(field), value)
            for field, value in fields.items()
            if field != "name"
        ],
        "shared": meeting.mine.fields
        if meeting.mine
        else shared_fields(who.event, who.person),
    }


def _remark(who: Viewer, person: Met) -> str:
    """Where and when, as the first line of a contact's note."""
    when = day_and_time(who.event, person.at)
    if person.place:
        return _(
            "Met at %(event)s, %(when)s (%(place)s)",
            event=who.event.name,
            when=when,
            place=person.place,
        )
    return _("Met at %(event)s, %(when)s", event=who.event.name, when=when)


def _gone(who: Viewer, meeting: Meeting) -> Response:
    """A note written while it ended is kept; all else that is said of a person is over."""
    is_noted = request.args.get("news") == "noted"
    news = {} if is_noted else {"news": None}
    is_mine = meeting.connection.blocked_by(who.person.id) is not None
    return phone_page("no_longer_shared.html", who, GONE, is_blocked=is_mine, **news)
