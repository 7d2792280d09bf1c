"""What the pages of the desk share: the blueprint, the frame, and finding the event."""

from typing import Any

from flask import Blueprint, Response, abort, url_for

from kiosk.model import Event
from kiosk.ports import Tx
from kiosk.web.identity import the_organiser
from kiosk.web.replies import page

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

PLACES = (("Today", "desk.event", "home"),)


def event_named(tx: Tx, slug: str) -> Event:
    """The event of this address, or 404."""
    event = tx.events.by_slug(slug)
    return event or abort(404)


def desk_page(
    template: str, event: Event | None = None, status: int = 200, **context: Any
) -> Response:
    """A page in the frame of the desk; with an event, its places stand at the side."""
    places = PLACES if event else ()
    nav = [
        (text, url_for(endpoint, slug=event.slug), icon)
        for text, endpoint, icon in places
        if event
    ]
    return page(
        f"desk/{template}",
        status,
        event=event,
        organiser=the_organiser(),
        nav=nav,
        **context,
    )
