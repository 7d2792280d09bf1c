"""What attendees report of each other, and asks that look like collecting.

For the organisers alone: nothing on this page is told to anybody it is about, and nothing
happens by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, abort

from kiosk.ask import ASKS_A_DAY
from kiosk.collecting import MANY_ASKS, Pattern, pattern_in
from kiosk.model import Event, Report
from kiosk.model.figures import Asks
from kiosk.ports import Tx
from kiosk.report import SeeTo, see_to
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.replies import go

A_DAY = timedelta(days=1)

PATTERNS = {
    Pattern.FEW_SAY_YES: "asks many people and few say yes",
    Pattern.AT_THE_LIMIT: "has asked as many people as one may in a day",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One report with the names of both; a name is empty when its person is gone."""

    report: Report
    reporter: str
    reported: str


@dataclass(frozen=True, slots=True)
class Collector:
    asks: Asks
    name: str
    pattern: str


@blueprint.get("/events/<slug>/reports/")
def reports(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        told = [_told(tx, one) for one in tx.reports.of_event(event.id)]
        collectors = _collectors(tx, event, house().now())
    return desk_page(
        "reports.html",
        event,
        waiting=[one for one in told if one.report.seen_at is None],
        seen=[one for one in told if one.report.seen_at],
        collectors=collectors,
    )


@blueprint.post("/events/<slug>/reports/<report_id>/seen")
def see_to_report(slug: str, report_id: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
    command = SeeTo(event.id, report_id, the_organiser().email)
    if house().store.write(see_to, command, house().now()) is None:
        abort(404)
    return go("desk.reports", slug=slug)


def quiet_count(tx: Tx, event: Event, now: datetime) -> int:
    """How many things on this page nobody has seen to yet."""
    waiting = [one for one in tx.reports.of_event(event.id) if one.seen_at is None]
    return len(waiting) + len(_collectors(tx, event, now))


def _told(tx: Tx, report: Report) -> Told:
    return Told(report, _name(tx, report.reporter_id), _name(tx, report.reported_id))


def _collectors(tx: Tx, event: Event, now: datetime) -> list[Collector]:
    least = min(MANY_ASKS, ASKS_A_DAY)
    counts = tx.figures.asks(event.id, now - A_DAY, least)
    found = [(asks, pattern_in(asks, ASKS_A_DAY)) for asks in counts]
    return [
        Collector(asks, _name(tx, asks.attendee_id), PATTERNS[pattern])
        for asks, pattern in found
        if pattern
    ]


def _name(tx: Tx, attendee_id: str) -> str:
    person = tx.attendees.get(attendee_id)
    return person.name if person else ""
