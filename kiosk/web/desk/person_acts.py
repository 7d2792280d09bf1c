"""What staff do for one person: register a walk-in, make a new badge, forget for good."""

from typing import assert_never

from flask import Response, abort, request

from kiosk import lead
from kiosk.erase import AlreadyErased, Erased
from kiosk.erase import NobodyThere as NobodyToErase
from kiosk.issue import Issued, NobodyThere, Reissue, reissue
from kiosk.model import Registration
from kiosk.register import AlreadyRegistered, WalkIn, walk_in
from kiosk.visible import one_line
from kiosk.web.desk.room import blueprint, desk_page, event_named, person_of
from kiosk.web.erasing import erase_wholly
from kiosk.web.house import house
from kiosk.web.replies import go

REASON_MAX_LENGTH = 120
FIELD_MAX_LENGTH = 200


@blueprint.get("/events/<slug>/people/walk-ins")
def walk_in_form(slug: str) -> Response:
    return _form(slug)


@blueprint.post("/events/<slug>/people/walk-ins")
def add_walk_in(slug: str) -> Response:
    """Register somebody who is on no list."""
    name = _said("name")
    if not name:
        return _form(slug, error="A badge needs a name.")
    with house().store.read() as tx:
        event = event_named(tx, slug)
    person = Registration(
        name=name,
        email=_said("email"),
        company=_said("company"),
        role=_said("role"),
        ticket_type=_said("ticket_type"),
        status="confirmed",
    )
    command = WalkIn(event.id, person, house().settings.secret_key)
    added = house().store.write(walk_in, command, house().now())
    done = "known" if isinstance(added, AlreadyRegistered) else "added"
    return go("desk.person", slug=slug, attendee_id=added.attendee.id, done=done)


@blueprint.post("/events/<slug>/people/<attendee_id>/badges")
def reissue_badge(slug: str, attendee_id: str) -> Response:
    """A new badge; whoever reads the old one is told that it was replaced."""
    reason = _said("reason")[:REASON_MAX_LENGTH] or "at the desk"
    with house().store.read() as tx:
        event = event_named(tx, slug)
    command = Reissue(event.id, attendee_id, reason, house().settings.secret_key)
    reissued = house().store.write(reissue, command, house().now())
    match reissued:
        case Issued():
            return go("desk.person", slug=slug, attendee_id=attendee_id, done="badge")
        case NobodyThere():
            return abort(404)
        case _:
            assert_never(reissued)


@blueprint.post("/events/<slug>/people/<attendee_id>/erasure")
def erase_person(slug: str, attendee_id: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
    erased = erase_wholly(event, attendee_id)
    match erased:
        case Erased() | AlreadyErased():
            return go("desk.people", slug=slug, done="erased")
        case NobodyToErase():
            return abort(404)
        case _:
            assert_never(erased)


@blueprint.post("/events/<slug>/people/<attendee_id>/leads/<lead_id>/withdrawal")
def take_back_lead(slug: str, attendee_id: str, lead_id: str) -> Response:
    """For somebody without a phone, who asks at the help desk."""
    with house().store.read() as tx:
        attendee = person_of(tx, event_named(tx, slug), attendee_id)
    command = lead.TakeBackLead(attendee.id, lead_id)
    house().store.write(lead.take_back_lead, command, house().now())
    return go("desk.person", slug=slug, attendee_id=attendee_id, done="lead")


def _said(field: str) -> str:
    text, _ = one_line(request.form.get(field, ""))
    return " ".join(text.split())[:FIELD_MAX_LENGTH]


def _form(slug: str, error: str = "") -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        types = tx.figures.ticket_types(event.id)
    return desk_page(
        "walk_in.html",
        event,
        422 if error else 200,
        error=error,
        values=request.form,
        ticket_types=[(name, name) for name in types],
    )
