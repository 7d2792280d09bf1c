"""Erase me: explained, confirmed by a fresh link, pressed, and then nothing is left.

A phone that somebody has left on a table must not be enough. So the mailbox is asked, or
the phone itself must have been linked within the last minutes, which takes the mailbox, or
the person at a tablet.
"""

from datetime import timedelta

from flask import Response, abort, request

from kiosk.erase import Erased
from kiosk.invite import (
    LIVES_FOR,
    ConfirmErasure,
    TakeConfirmation,
    confirm_erasure,
    take_confirmation,
)
from kiosk.link import canonical_link
from kiosk.model import Event
from kiosk.web import cookies
from kiosk.web.erasing import erase_wholly
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.replies import go

GONE = 410
FRESH_FOR = timedelta(minutes=10)


@blueprint.get("/me/erasure", endpoint="erasure")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    minutes = int(LIVES_FOR / timedelta(minutes=1))
    return phone_page("erasure.html", who, is_fresh=_is_fresh(who), minutes=minutes)


@blueprint.post("/me/erasure", endpoint="erase_now")
def press() -> Response:
    """From a phone that was linked a moment ago."""
    with house().store.read() as tx:
        who = viewer(tx)
    return _erase(who.event, who.person.id) if _is_fresh(who) else go("phone.erasure")


@blueprint.post("/me/erasure/link", endpoint="mail_erasure")
def wish() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = ConfirmErasure(who.person.id, house().settings.secret_key)
    is_sent = house().store.write(confirm_erasure, command, house().now())
    return go("phone.erasure", news="confirm" if is_sent else "not-mailed")


@blueprint.get("/me/erasure/confirmation", endpoint="confirmation")
def ask_once_more() -> Response:
    return phone_page("erasure_confirm.html", None)


@blueprint.post("/me/erasure/confirmation", endpoint="confirm_erasure")
def confirm() -> Response:
    """With the mailed token, in whatever browser the mail was opened."""
    token = canonical_link(request.form.get("token", "")) or ""
    command = TakeConfirmation(token)
    person = house().store.write(take_confirmation, command, house().now())
    with house().store.read() as tx:
        event = tx.events.get(person.event_id) if person else None
    if person is None or event is None:
        return phone_page("erasure_confirm.html", None, GONE, is_over=True)
    return _erase(event, person.id)


@blueprint.get("/me/erased", endpoint="erased")
def farewell() -> Response:
    return phone_page("erased.html", None)


def _erase(event: Event, attendee_id: str) -> Response:
    if not isinstance(erase_wholly(event, attendee_id), Erased):
        abort(GONE)
    answer = go("phone.erased")
    cookies.drop(answer, cookies.PHONE)
    return answer


def _is_fresh(who: Viewer) -> bool:
    return house().now() - who.phone.linked_at < FRESH_FOR
