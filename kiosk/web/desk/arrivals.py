"""When people came: first entries by ten minutes, as the bars of a small chart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.model import Event
from kiosk.web.desk.times import at_venue

STEP = timedelta(minutes=10)
STEPS_IN_HOUR = 6
HOURS_AT_LEAST = 3  # so that a first arrival is not one fat bar
HOURS_WITH_LABELS = 8  # more are labelled every third hour
WIDTH, HEIGHT, GAP = 720.0, 120.0, 0.3


@dataclass(frozen=True, slots=True)
class Bar:
    """Ten minutes; measures in the units of the chart's view box."""

    x: float
    y: float
    width: float
    height: float
    count: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Chart:
    """The latest day on which anybody came; `labels` stand at equal distances."""

    bars: tuple[Bar, ...]
    labels: tuple[datetime, ...]
    most: int


def chart_of(arrivals: Iterable[tuple[datetime, int]], event: Event) -> Chart | None:
    """The chart, or None while nobody has come."""
    came = dict(arrivals)
    if not came:
        return None
    last_day = at_venue(max(came), event).date()
    came = {at: n for at, n in came.items() if at_venue(at, event).date() == last_day}
    start = min(came).replace(minute=0)
    hours = _hours(start, max(came))
    return Chart(
        tuple(_bars(start, hours * STEPS_IN_HOUR, came)),
        tuple(start + timedelta(hours=hour) for hour in range(0, hours, _every(hours))),
        max(came.values()),
    )


def _hours(start: datetime, last: datetime) -> int:
    """Full hours the chart spans: what is needed, in steps of its labels."""
    needed = max(HOURS_AT_LEAST, (last - start) // timedelta(hours=1) + 1)
    every = _every(needed)
    return -(-needed // every) * every


def _every(hours: int) -> int:
    return 1 if hours <= HOURS_WITH_LABELS else 3


def _bars(start: datetime, step_count: int, came: dict[datetime, int]) -> Iterator[Bar]:
    width, most = WIDTH / step_count, max(came.values())
    for at, count in came.items():
        height = HEIGHT * count / most
        yield Bar(
            x=round((at - start) / STEP * width + width * GAP / 2, 2),
            y=round(HEIGHT - height, 2),
            width=round(width * (1 - GAP), 2),
            height=round(height, 2),
            count=count,
            starts_at=at,
        )
