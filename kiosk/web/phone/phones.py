"""The phones that open my pages: letting go of one, and saying that one is not mine."""

from flask import Response, abort, request

from kiosk.disown import Recognise, recognise
from kiosk.link import Unlink, unlink
from kiosk.web import cookies
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page, viewer
from kiosk.web.phone.words import day_and_time
from kiosk.web.replies import go


@blueprint.get("/me/phones", endpoint="phones")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        phones = tx.phones.of_attendee(who.person.id)
    return phone_page(
        "phones.html",
        who,
        phones=[(one, day_and_time(who.event, one.linked_at)) for one in phones],
    )


@blueprint.post("/me/phones/<phone_id>/unlinking", endpoint="unlink")
def let_go(phone_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    if not house().store.write(unlink, Unlink(who.person.id, phone_id), house().now()):
        abort(404)
    if phone_id != who.phone.id:
        return go("phone.phones", news="unlinked")
    answer = go("phone.link", news="unlinked")
    cookies.drop(answer, cookies.PHONE)
    return answer


@blueprint.post("/me/phones/<phone_id>/recognition", endpoint="recognise")
def know(phone_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    is_mine = request.form.get("mine") == "yes"
    command = Recognise(who.phone, phone_id, is_mine)
    if not house().store.write(recognise, command, house().now()):
        abort(404)
    return go("phone.people") if is_mine else go("phone.shared", news="shut-out")
