"""What did not go smoothly: scans turned away, people let in twice, unreadable readings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from flask import Response, request

from kiosk.model import Quarantined
from kiosk.ports import Tx
from kiosk.web.desk.conflicts import conflicts_of
from kiosk.web.desk.live import line
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.desk.words import REASONS
from kiosk.web.house import house

Kind = Literal["refused", "conflicts", "quarantine"]
ROWS_LIMIT = 200
BODY_SHOWN = 600  # characters of a reading that could not be kept


@dataclass(frozen=True, slots=True)
class Oddity:
    """A reading that is no scan: from where, why, and what the tablet sent."""

    place: str
    word: str
    advice: str
    body: str
    seq: int | None
    at: datetime


@blueprint.get("/events/<slug>/refusals/")
def refusals(slug: str) -> Response:
    kind = _kind()
    with house().store.read() as tx:
        event = event_named(tx, slug)
        names = {device.id: device.name for device in tx.devices.of_event(event.id)}
        conflicts = conflicts_of(tx, event)
        counts = tx.figures.refusals(event.id)
        refused = tx.figures.refused(event.id, ROWS_LIMIT) if kind == "refused" else ()
        return desk_page(
            "refusals.html",
            event,
            kind=kind,
            refused_count=sum(counts.values()),
            quarantined_count=tx.figures.quarantined(event.id),
            conflicts=conflicts,
            lines=[line(scan, names) for scan in refused],
            oddities=_oddities(tx, event.id, names) if kind == "quarantine" else (),
            advice=dict(REASONS.values()),
            rows_limit=ROWS_LIMIT,
        )


def _kind() -> Kind:
    wanted = request.args.get("kind", "")
    return next((kind for kind in get_args(Kind) if kind == wanted), "refused")


def _oddities(tx: Tx, event_id: str, names: dict[str, str]) -> list[Oddity]:
    rows = sorted(tx.scans.quarantined(event_id), key=lambda row: row.received_at)
    return [_oddity(row, names) for row in reversed(rows[-ROWS_LIMIT:])]


def _oddity(row: Quarantined, names: dict[str, str]) -> Oddity:
    word, advice = REASONS[row.reason]
    return Oddity(
        names.get(row.device_id, ""),
        word,
        advice,
        row.body[:BODY_SHOWN],
        row.seq,
        row.received_at,
    )
