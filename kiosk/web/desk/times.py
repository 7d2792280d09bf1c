"""Instants as the people at the venue read them: in the event's own time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.clock import to_text
from kiosk.model import Event


def at_venue(instant: datetime, event: Event) -> datetime:
    return instant.astimezone(ZoneInfo(event.timezone))


def hour(instant: datetime, event: Event) -> str:
    """10:42"""
    return f"{at_venue(instant, event):%H:%M}"


def day(instant: datetime, event: Event) -> str:
    """Monday 1 June 2026"""
    local = at_venue(instant, event)
    return f"{local:%A} {local.day} {local:%B %Y}"


def day_and_hour(instant: datetime, event: Event) -> str:
    """1 June, 10:42"""
    local = at_venue(instant, event)
    return f"{local.day} {local:%B, %H:%M}"


def days(event: Event) -> str:
    """From the first to the last day: 1 June 2026, or 1 June – 2 June 2026."""
    first, last = at_venue(event.starts_at, event), at_venue(event.ends_at, event)
    end = f"{last.day} {last:%B %Y}"
    if first.date() == last.date():
        return end
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} – {end}"


def iso(instant: datetime) -> str:
    """For a machine to read, in a `datetime` attribute."""
    return to_text(instant)


FILTERS = {
    "hour": hour,
    "day": day,
    "day_and_hour": day_and_hour,
    "days": days,
    "iso": iso,
}
