"""The people of an event: find one, and see how their day went."""

from dataclasses import dataclass
from typing import get_args

from flask import Response, request

from kiosk.model import Attendee, Event, Lead
from kiosk.model.figures import Presence
from kiosk.ports import Tx
from kiosk.presence import Presence as Here
from kiosk.presence import walk
from kiosk.search import Search, search
from kiosk.shown import given
from kiosk.web.desk.live import line
from kiosk.web.desk.room import blueprint, code_of, desk_page, event_named, person_of
from kiosk.web.house import house

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Door:
    """How a person stands on one check-in list."""

    name: str
    here: Here


@blueprint.get("/events/<slug>/people/")
def people(slug: str) -> Response:
    """A search by name, company, address or code; without one a page of everybody."""
    text, presence, number = request.args.get("q", "").strip(), _presence(), _page_number()
    with house().store.read() as tx:
        event = event_named(tx, slug)
        shown = _found(tx, event, text) if text else _page(tx, event, presence, number)
        counts = {
            kind: tx.figures.people_count(event.id, kind) for kind in get_args(Presence)
        }
        return desk_page(
            "people.html",
            event,
            text=text,
            presence=presence,
            counts=counts,
            people=[(person, tx.scans.is_checked_in(person.id)) for person in shown],
            number=number,
            done=request.args.get("done", ""),
            last=max(1, -(-counts[presence] // PAGE_SIZE)),
        )


@blueprint.get("/events/<slug>/people/<attendee_id>")
def person(slug: str, attendee_id: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        attendee = person_of(tx, event, attendee_id)
        badge = tx.badges.of_attendee(attendee.id)
        scans = tx.figures.of_attendee(attendee.id)
        names = {device.id: device.name for device in tx.devices.of_event(event.id)}
        meetings = tx.connections.of_attendee(attendee.id)
        return desk_page(
            "person.html",
            event,
            person=attendee,
            doors=_doors(tx, event, attendee),
            badge=badge,
            code=code_of(badge) if badge else "",
            tickets=tx.tickets.of_attendee(attendee.id),
            lines=[line(scan, names) for scan in scans],
            leads=_leads(tx, event, attendee),
            connection_count=sum(meeting.is_mutual for meeting in meetings),
            done=request.args.get("done", ""),
        )


def _leads(tx: Tx, event: Event, attendee: Attendee) -> list[tuple[str, str, Lead]]:
    """Name of the sponsor, what it has in words, and the yes that stands."""
    names = {one.id: one.name for one in tx.sponsors.of_event(event.id)}
    preferences = tx.preferences.get(attendee.id)
    return [
        (names[one.sponsor_id], ", ".join(given(event, attendee, preferences, one)), one)
        for one in tx.leads.of_attendee(attendee.id)
        if one.withdrawn_at is None
    ]


def _found(tx: Tx, event: Event, text: str) -> tuple[Attendee, ...]:
    return search(tx, Search(event.id, text))


def _page(tx: Tx, event: Event, presence: Presence, number: int) -> tuple[Attendee, ...]:
    offset = (number - 1) * PAGE_SIZE
    return tuple(tx.figures.people(event.id, presence, PAGE_SIZE, offset))


def _doors(tx: Tx, event: Event, attendee: Attendee) -> list[Door]:
    """The person on every list of the event, from their standing scans."""
    good = [
        scan
        for scan in tx.figures.of_attendee(attendee.id)
        if scan.outcome in {"welcomed", "welcomed_back", "goodbye"} and not scan.annulled_at
    ]
    return [
        Door(rule.name, walk(rule, [scan for scan in good if scan.list_id == rule.id]))
        for rule in tx.events.lists(event.id)
    ]


def _presence() -> Presence:
    wanted = request.args.get("presence", "")
    return next((kind for kind in get_args(Presence) if kind == wanted), "everybody")


def _page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1  # noqa: PLR2004
