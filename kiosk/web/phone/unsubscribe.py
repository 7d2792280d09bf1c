"""No more letters: a link from a letter, without sign-in (RFC 8058).

Mail programs post `List-Unsubscribe=One-Click` here by themselves, without cookies, and
get no redirect; mail scanners only look, and looking changes nothing.
"""

from flask import Response

from kiosk.suppress import Link, Suppression, UnknownLink, resubscribe, unsubscribe, whom
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page
from kiosk.web.replies import told
from kiosk.words import N_, _

UNKNOWN = (
    N_("This link is not one of ours"),
    N_("It may have been cut in two by a mail program, or the event's data are gone."),
    N_("Open the link at the foot of the letter again, or write to the organisers."),
)


@blueprint.get("/u/<token>", endpoint="letters")
def show(token: str) -> Response:
    with house().store.read() as tx:
        return _page(token, whom(tx, _link(token)))


@blueprint.post("/u/<token>", endpoint="stop_letters")
def stop(token: str) -> Response:
    return _page(token, house().store.write(unsubscribe, _link(token), house().now()))


@blueprint.post("/u/<token>/again", endpoint="resume_letters")
def resume(token: str) -> Response:
    return _page(token, house().store.write(resubscribe, _link(token), house().now()))


def _link(token: str) -> Link:
    return Link(house().settings.secret_key, token)


def _page(token: str, found: Suppression | UnknownLink) -> Response:
    if isinstance(found, UnknownLink):
        return told(404, *map(_, UNKNOWN))
    return phone_page(
        "unsubscribe.html",
        None,
        event_name=found.event.name,
        token=token,
        is_done=found.is_suppressed,
    )
