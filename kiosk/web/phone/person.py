"""One person I met: what they share with me, my note, and what I share with them.

Only the two of a connection find it; once either has withdrawn, there is nothing to see.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import Response, abort, request

from kiosk import remember
from kiosk.agree import shared_fields
from kiosk.card import vcard
from kiosk.consent import ShareWith, Withdraw, share_with, withdraw
from kiosk.model import Meeting, Met
from kiosk.ports import Tx
from kiosk.shown import fields_of, first_name, met
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import FIELDS, by_which_act, day_and_time
from kiosk.web.replies import go

GONE = 410
UNPROCESSABLE = 422
CONTACT_FIELDS = ("email", "phone", "website", "linkedin")
ICONS = {"email": "mail", "phone": "phone", "website": "globe", "linkedin": "link"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a person; `href` is empty when it is not safe to follow."""

    label: str
    value: str
    href: str
    icon: str


@blueprint.get("/me/people/<connection_id>", endpoint="person")
def show(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = _meeting(tx, who, connection_id)
    return _show(who, meeting)


@blueprint.get("/me/people/<connection_id>/contact.vcf", endpoint="contact")
def contact(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        person = met(_meeting(tx, who, connection_id)) or abort(404)
    where = f" ({person.place})" if person.place else ""
    remark = f"Met at {who.event.name}, {day_and_time(who.event, person.at)}{where}"
    lines = vcard(person, "\n".join(filter(None, (remark, person.note))))
    answer = Response(lines, content_type="text/vcard; charset=utf-8")
    name = " ".join(person.name.split()) or "contact"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.vcf")
    return answer


@blueprint.post("/me/people/<connection_id>/note", endpoint="note")
def write_note(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = _meeting(tx, who, connection_id)
    note = request.form.get("note", "")
    command = remember.Remember(who.person.id, connection_id, note)
    refusal = house().store.write(remember.remember, command, house().now())
    if refusal is remember.Refusal.TOO_LONG:
        error = f"This is {len(note)} characters; {remember.NOTE_LENGTH} is the most."
        return _show(who, meeting, UNPROCESSABLE, note=note, note_error=error)
    return go("phone.person", connection_id=connection_id, news="noted")


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
        meeting = _meeting(tx, who, connection_id)
    person = met(meeting)
    if request.method != "POST":
        if person is None:
            return _gone(who)
        return phone_page(
            "withdrawal.html", who, id=connection_id, them=first_name(person.name)
        )
    house().store.write(withdraw, Withdraw(who.person.id, connection_id), house().now())
    return go("phone.people", news="withdrawn" if person else "taken-back")


def _meeting(tx: Tx, who: Viewer, connection_id: str) -> Meeting:
    """The meeting, or 404 for everybody who is not one of the two."""
    return tx.meetings.get(connection_id, who.person.id) or abort(404)


def _show(who: Viewer, meeting: Meeting, status: int = 200, **context: str) -> Response:
    person = met(meeting)
    if person is None:
        return _gone(who)
    return phone_page(
        "person.html",
        who,
        status,
        id=meeting.connection.id,
        them=person,
        their_first_name=first_name(person.name),
        ways=_ways(person),
        when=day_and_time(who.event, person.at),
        act=by_which_act(meeting),
        mine=_choices(who),
        shared=meeting.mine.fields
        if meeting.mine
        else shared_fields(who.event, who.person),
        **({"note": person.note} | context),
    )


def _gone(who: Viewer) -> Response:
    return phone_page("no_longer_shared.html", who, GONE)


def _choices(who: Viewer) -> list[tuple[str, str, str]]:
    """Every field I have, with its value, so that I see what I give away."""
    mine = fields_of(who.person, tuple(FIELDS))
    return [
        (field, FIELDS[field], value) for field, value in mine.items() if field != "name"
    ]


def _ways(person: Met) -> list[Way]:
    values = {field: str(getattr(person, field)) for field in CONTACT_FIELDS}
    return [
        Way(FIELDS[field], value, _href(field, value), ICONS[field])
        for field, value in values.items()
        if value
    ]


def _href(field: str, value: str) -> str:
    """A link that mails, calls or opens a web page; people write all sorts of things."""
    match field:
        case "email":
            return f"mailto:{quote(value, safe='@')}"
        case "phone":
            number = "".join(sign for sign in value if sign in "+0123456789")
            return f"tel:{number}" if number else ""
        case _:
            url = value if "://" in value else f"https://{value}"
            is_web = urlsplit(url).scheme in {"http", "https"} and "." in value
            return url if is_web and " " not in value else ""
