"""What the pages of a phone share: the blueprint, the frame, and whose phone it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.exceptions import NotFound

from kiosk.model import Attendee, Event, Phone
from kiosk.ports import Tx
from kiosk.web.house import house
from kiosk.web.identity import identify, the_phone
from kiosk.web.language import as_read_by
from kiosk.web.phone.words import news_of
from kiosk.web.replies import on_http_error, page
from kiosk.words import N_, _

blueprint = Blueprint("phone", __name__)

PLACES = (
    (N_("People"), "phone.people", "people"),
    (N_("My card"), "phone.card", "badge"),
    (N_("Shared"), "phone.shared", "eye"),
)
NOT_FOUND = 404
PAGE_SIZE = 50
"""People on one page: 100 in one would be 80 kB and 30 ms of work."""

T = TypeVar("T")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[L]):
    """Fifty lines of a long list; the numbers of the pages beside it, or None."""

    lines: Sequence[L]
    count: int
    later: int | None
    earlier: int | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose phone this is, and the event they are at."""

    phone: Phone
    person: Attendee
    event: Event


def viewer(tx: Tx) -> Viewer:
    """The person with this phone; only on routes of a phone."""
    return _viewer(tx, the_phone()) or abort(401)


def viewer_if_linked(tx: Tx) -> Viewer | None:
    """The person with this phone on a page that is open to anyone."""
    phone = identify("phone")
    return _viewer(tx, phone) if isinstance(phone, Phone) else None


def phone_page(
    template: str, who: Viewer | None, status: int = 200, **context: Any
) -> Response:
    """A page in the frame of a phone; for a linked one its places stand below."""
    nav = (
        [(_(text), url_for(endpoint), icon) for text, endpoint, icon in PLACES]
        if who
        else []
    )
    return page(
        f"phone/{template}",
        status,
        viewer=who,
        home=url_for("phone.people") if who else "/",
        nav=nav,
        here=request.path,
        **({"event_name": who.event.name} if who else {})
        | {"news": news_of(request.args.get("news", ""))}
        | context,
    )


@blueprint.errorhandler(NotFound)
def on_nothing(error: NotFound) -> Response:
    """One page for what never was, what is another's, and what went with its person."""
    with house().store.read() as tx:
        who = viewer_if_linked(tx)
    if who is None:
        return on_http_error(error)
    return phone_page("no_longer_shared.html", who, NOT_FOUND, news=None, is_unknown=True)


def _viewer(tx: Tx, phone: Phone) -> Viewer | None:
    person = tx.attendees.get(phone.attendee_id)
    event = tx.events.get(person.event_id) if person else None
    if person:
        as_read_by(person)
    return Viewer(phone, person, event) if person and event else None


def leaf(things: Sequence[T], line: Callable[[T], L]) -> Leaf[L]:
    """The part of a list that this request's `page` asks for, a line for each thing."""
    number = max(1, request.args.get("page", 1, type=int))
    first, count = PAGE_SIZE * (number - 1), len(things)
    return Leaf(
        [line(thing) for thing in things[first : first + PAGE_SIZE]],
        count,
        later=number - 1 if first else None,
        earlier=number + 1 if count > first + PAGE_SIZE else None,
    )
