"""The events of this installation, and one event's day."""

from flask import Response, request

from kiosk.model import Closure, Event
from kiosk.phase import phase_of
from kiosk.web.desk.live import look
from kiosk.web.desk.reports import quiet_count
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.desk.words import PHASES
from kiosk.web.house import house


@blueprint.get("/")
def events() -> Response:
    with house().store.read() as tx:
        rows = [
            (
                event,
                tx.attendees.count(event.id),
                _phase(event, tx.events.closure(event.id)),
            )
            for event in reversed(tx.events.all())
        ]
    return desk_page("events.html", rows=rows)


@blueprint.get("/events/<slug>/")
def event(slug: str) -> Response:
    """Today: what happened, what is happening, and how to end it."""
    with house().store.read() as tx:
        found = event_named(tx, slug)
        closure = tx.events.closure(found.id)
        seen = look(tx, found)
        has_people = tx.attendees.count(found.id) > 0
        quiet = quiet_count(tx, found, house().now())
        purge = tx.erasures.purge_of(found.id)
    return desk_page(
        "event.html",
        found,
        live=seen,
        closure=closure,
        phase=_phase(found, closure),
        has_people=has_people,
        quiet_count=quiet,
        purge=purge,
        done=request.args.get("done", ""),
    )


def _phase(event: Event, closure: Closure | None) -> tuple[str, str]:
    """A word and a tone for where the event stands now."""
    return PHASES[phase_of(event, closure, house().now())]
