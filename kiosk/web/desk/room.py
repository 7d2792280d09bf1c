"""What the pages of the desk share: the blueprint, the frame, and what an address names."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from kiosk.ids import badge_code, digest
from kiosk.model import Attendee, Badge, Event
from kiosk.ports import Tx
from kiosk.web.desk.times import FILTERS
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.replies import page

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
blueprint.record_once(lambda state: state.app.jinja_env.filters.update(FILTERS))

PLACES = (
    ("Today", "desk.event", "home"),
    ("People", "desk.people", "people"),
    ("Badges", "desk.badges", "badge"),
    ("Tablets", "desk.devices", "tablet"),
    ("Turned away", "desk.refusals", "alert"),
    ("Help desk", "desk.help_desk", "help"),
    ("Reports", "desk.reports", "hand"),
    ("Letters", "desk.letters", "mail"),
    ("Import", "desk.import_list", "upload"),
    ("Export", "desk.exports", "download"),
)


def event_named(tx: Tx, slug: str) -> Event:
    """The event of this address, or 404."""
    return tx.events.by_slug(slug) or abort(404)


def person_of(tx: Tx, event: Event, attendee_id: str) -> Attendee:
    """The person of this address at this event, or 404."""
    attendee = tx.attendees.get(attendee_id)
    return attendee if attendee and attendee.event_id == event.id else abort(404)


def code_of(badge: Badge) -> str:
    """The code on the badge, or '' when it was made under another key."""
    code = badge_code(house().settings.secret_key, badge.id)
    return code if digest(code) == badge.digest else ""


def desk_page(
    template: str, event: Event | None = None, status: int = 200, **context: Any
) -> Response:
    """A page in the frame of the desk; with an event, its places stand at the side."""
    nav = _nav(event) if event else []
    return page(
        f"desk/{template}",
        status,
        event=event,
        organiser=the_organiser(),
        nav=nav,
        here=_here(nav),
        **context,
    )


def _nav(event: Event) -> list[tuple[str, str, str]]:
    return [
        (text, url_for(endpoint, slug=event.slug), icon) for text, endpoint, icon in PLACES
    ]


def _here(nav: list[tuple[str, str, str]]) -> str:
    """The place this page belongs to: the longest address that it begins with."""
    fitting = [address for _, address, _ in nav if request.path.startswith(address)]
    return max(fitting, key=len, default="")
