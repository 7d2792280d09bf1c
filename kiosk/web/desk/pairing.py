"""Approve a tablet: it shows a code, the organiser types it (or scans it) and says where
the tablet will stand. From then on its own secret is its token; nothing is carried over.
"""

from dataclasses import dataclass
from typing import assert_never

from flask import Response, request

from kiosk.model import CheckInList, Device, Event
from kiosk.pair import Approve, NobodyAsks, NoSuchList, NoSuchSponsor, approve
from kiosk.ports import Tx
from kiosk.web.desk.devices import name_typed, role_chosen, sponsor_chosen, uses
from kiosk.web.desk.room import blueprint, desk_page
from kiosk.web.desk.words import ROLES
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.replies import go

TRIES = 20  # wrong codes of one organiser in ten minutes
CODE_LENGTH = 40
BUSY = "That were many wrong codes. Wait a few minutes, then try again."
NOBODY = (
    "No tablet shows this code now. Codes live ten minutes: read it off the screen again."
)


@dataclass(frozen=True, slots=True)
class Place:
    """A door a tablet may stand at."""

    event: Event
    door: CheckInList


@blueprint.route("/pair", methods=["GET", "POST"], endpoint="approve_tablet")
def pair() -> Response:
    return _approve() if request.method == "POST" else _form()


def _approve() -> Response:
    place, name = _chosen(), name_typed()
    if place is None or not name:
        return _form({"name": "Give it a name, such as the place where it stands."})
    now, key = house().now(), f"approve {the_organiser().id}"
    if house().misses.attempt(key, TRIES, now):
        return _form({"code": BUSY}, 429)
    chosen = role_chosen(), place.door.name, sponsor_chosen()
    command = Approve(_code(), place.event.id, name, *chosen)
    device = house().store.write(approve, command, now)
    match device:
        case Device():
            house().misses.take_back(key, now)
            return go("desk.devices", slug=place.event.slug, approved=device.id)
        case NobodyAsks():
            return _form({"code": NOBODY})
        case NoSuchList() | NoSuchSponsor():
            return _form({"place": "This event has no such list or sponsor (any more)."})
        case _:
            assert_never(device)


def _form(errors: dict[str, str] | None = None, status: int = 422) -> Response:
    with house().store.read() as tx:
        places = _places(tx)
        roles = dict(use for place in places for use in uses(tx, place.event))
    return desk_page(
        "pair.html",
        None,
        status if errors else 200,
        code=_code(),
        places=[(it.door.id, f"{it.event.name} · {it.door.name}") for it in places],
        place=request.values.get("place", "") or _usual(places),
        name=request.values.get("name", ""),
        role=request.values.get("role", "kiosk"),
        roles=list((roles or ROLES).items()),
        errors=errors or {},
    )


def _places(tx: Tx) -> list[Place]:
    """The latest event first."""
    events = sorted(tx.events.all(), key=lambda event: event.starts_at, reverse=True)
    return [Place(event, door) for event in events for door in tx.events.lists(event.id)]


def _chosen() -> Place | None:
    with house().store.read() as tx:
        places = _places(tx)
    wanted = request.form.get("place", "")
    return next((place for place in places if place.door.id == wanted), None)


def _usual(places: list[Place]) -> str:
    """The first door of the event whose page led here."""
    slug = request.args.get("event", "")
    return next((place.door.id for place in places if place.event.slug == slug), "")


def _code() -> str:
    return request.values.get("code", "").strip()[:CODE_LENGTH]
