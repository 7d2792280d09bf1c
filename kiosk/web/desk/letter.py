"""One person's letter as it would leave now; what they noted for themselves stays out."""

from flask import Response

from kiosk.compose import NothingToSay, compose, draft, for_the_organiser
from kiosk.web.desk.room import blueprint, desk_page, event_named, person_of
from kiosk.web.house import house

DID_NOT_COME = "only those who checked in get one"


@blueprint.get("/events/<slug>/people/<attendee_id>/letter")
def letter(slug: str, attendee_id: str) -> Response:
    """The next letter to this person, or the last one they got; writes nothing."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
        person = person_of(tx, event, attendee_id)
        if not tx.scans.is_checked_in(person.id):
            return desk_page("letter.html", event, person=person, reason=DID_NOT_COME)
        drafted = draft(tx, event, person, house().now())
        composed = compose(tx, drafted)
    if isinstance(composed, NothingToSay):
        return desk_page("letter.html", event, person=person, reason=composed.reason)
    return desk_page(
        "letter.html",
        event,
        person=person,
        letter=drafted,
        preview=house().write_letter(for_the_organiser(composed)),
    )
