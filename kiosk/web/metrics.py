"""The figures of `/metrics` in Prometheus' text form (version 0.0.4); no person in them."""

from collections.abc import Iterable, Iterator

from kiosk.model import Event
from kiosk.ports import Tx

Sample = tuple[dict[str, str], int]


def metrics_text(tx: Tx) -> str:
    """Counts for every event by outcome, letter state and waiting scans."""
    events = tx.events.all()
    return "".join(
        (
            _family("hallway_scans", "Scans kept, by outcome.", _scans(tx, events)),
            _family("hallway_letters", "Letters, by state.", _letters(tx, events)),
            _family(
                "hallway_connections",
                "Mutual connections.",
                (
                    ({"event": event.slug}, tx.connections.count(event.id))
                    for event in events
                ),
            ),
            _family(
                "hallway_quarantined",
                "Readings that could not be kept as scans.",
                (
                    ({"event": event.slug}, tx.figures.quarantined(event.id))
                    for event in events
                ),
            ),
            _family("hallway_queued", "Scans waiting on tablets.", _queued(tx, events)),
        )
    )


def _scans(tx: Tx, events: Iterable[Event]) -> Iterator[Sample]:
    for event in events:
        for outcome, count in tx.figures.outcomes(event.id).items():
            yield {"event": event.slug, "outcome": outcome}, count


def _letters(tx: Tx, events: Iterable[Event]) -> Iterator[Sample]:
    for event in events:
        for state, count in tx.letters.counts(event.id).items():
            yield {"event": event.slug, "state": state}, count


def _queued(tx: Tx, events: Iterable[Event]) -> Iterator[Sample]:
    for event in events:
        devices = tx.devices.of_event(event.id)
        waiting = sum(device.queued_count for device in devices if not device.revoked_at)
        yield {"event": event.slug}, waiting


def _family(name: str, meaning: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{{{inside}}} {value}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
