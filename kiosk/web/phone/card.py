"""My card: what people see whom I connect with."""

from flask import Response, request

from kiosk.agree import shared_fields
from kiosk.consent import Share, share
from kiosk.shown import fields_of
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page, viewer
from kiosk.web.phone.words import FIELDS
from kiosk.web.replies import go


@blueprint.get("/me/card", endpoint="card")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        phone_count = len(tx.phones.of_attendee(who.person.id))
    chosen = shared_fields(who.event, who.person)
    return phone_page(
        "card.html",
        who,
        chosen=chosen,
        choices=[
            (field, label, getattr(who.person, field)) for field, label in FIELDS.items()
        ],
        seen=fields_of(who.person, chosen),
        labels=FIELDS,
        phone_count=phone_count,
    )


@blueprint.post("/me/card", endpoint="change_card")
def choose() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = Share(who.person.id, tuple(request.form.getlist("share")))
    house().store.write(share, command, house().now())
    return go("phone.card", news="card")
