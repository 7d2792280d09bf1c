"""The day as it happens: figures, the latest scans, and what wants somebody's attention.

Many may watch: the fragment is made at most every two seconds, and a watcher whose copy is
still right gets 304 and no body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, render_template, request

from kiosk.model import Device, Event, LetterState, Scan
from kiosk.model.figures import Door
from kiosk.ports import Tx
from kiosk.web.desk.arrivals import Chart, chart_of
from kiosk.web.desk.conflicts import conflicts_of
from kiosk.web.desk.room import blueprint, event_named
from kiosk.web.desk.silence import silent_ids
from kiosk.web.desk.words import OUTCOMES, REASONS, STATES
from kiosk.web.house import house

LATEST_COUNT = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One scan in words: who, what came of it, where and when; `note` is what else."""

    names: tuple[str, ...]
    word: str
    tone: str
    reason: str
    place: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Live:
    """Everything the event's page shows of now."""

    doors: Sequence[Door]
    connection_count: int
    letters: Sequence[tuple[str, str, int]]
    devices: Sequence[Device]
    gaps: dict[str, int]
    silent: frozenset[str]
    refusals: Sequence[tuple[str, int]]
    quarantined_count: int
    conflict_count: int
    latest: Sequence[Line]
    chart: Chart | None

    @property
    def waiting_count(self) -> int:
        """Scans that tablets hold and the server has not got yet."""
        return sum(device.queued_count for device in self.devices)

    @property
    def refused_count(self) -> int:
        return sum(count for _, count in self.refusals)


@blueprint.get("/events/<slug>/live")
def live(slug: str) -> Response:
    """The fragment that `<hall-live>` puts in place of its own content."""
    fragment = house().fragments.get(slug, lambda: _fragment(slug), house().now())
    answer = Response(fragment, mimetype="text/html")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]


def _fragment(slug: str) -> str:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        return render_template("desk/live.html", event=event, live=look(tx, event))


def look(tx: Tx, event: Event) -> Live:
    """The day as it stands in this picture of the store."""
    devices = [device for device in tx.devices.of_event(event.id) if not device.revoked_at]
    names = {device.id: device.name for device in tx.devices.of_event(event.id)}
    return Live(
        doors=[tx.figures.door(rule) for rule in tx.events.lists(event.id)],
        connection_count=tx.connections.count(event.id),
        letters=_states(tx.letters.counts(event.id)),
        devices=devices,
        gaps=tx.figures.gaps(event.id),
        silent=silent_ids(tx, event, devices, house().now()),
        refusals=_in_words(tx.figures.refusals(event.id)),
        quarantined_count=tx.figures.quarantined(event.id),
        conflict_count=len(conflicts_of(tx, event)),
        latest=[line(scan, names) for scan in tx.figures.latest(event.id, LATEST_COUNT)],
        chart=chart_of(tx.figures.arrivals(event.id), event),
    )


def line(scan: Scan, device_names: dict[str, str]) -> Line:
    """The scan in words."""
    word, tone = OUTCOMES[scan.outcome]
    return Line(
        names=tuple(seen.name for seen in scan.answer.attendees if seen.name),
        word=word,
        tone=tone,
        reason=REASONS[scan.reason][0] if scan.reason else "",
        place=device_names.get(scan.device_id, ""),
        at=scan.scanned_at,
        note=_note(scan),
    )


def _note(scan: Scan) -> str:
    """That it was undone, or why staff let somebody in."""
    if scan.annulled_at:
        return "undone"
    return f"let in: {scan.override}" if scan.override and not scan.reason else ""


def _states(counts: Mapping[LetterState, int]) -> list[tuple[str, str, int]]:
    """(word, tone, count) of every state that has letters, in the order of STATES."""
    return [(*words, counts[state]) for state, words in STATES.items() if state in counts]


def _in_words(refusals: dict[str, int]) -> list[tuple[str, int]]:
    words = {str(reason): word for reason, (word, _) in REASONS.items()}
    return [(words.get(reason, reason), count) for reason, count in refusals.items()]
