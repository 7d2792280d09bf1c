"""A day and an hour as a form asks for them, in the venue's time; kept as an instant.

A plan with a day and an hour is kept more often than one with a day alone, so there are
both or neither.
"""

from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask import request

from kiosk.model import Event


class Slip(StrEnum):
    """What is wrong with what was filled in."""

    HALF = "half"
    UNREADABLE = "unreadable"


def asked_for(event: Event) -> datetime | Slip | None:
    """The instant in this request's `day` and `hour`, or None when both are empty."""
    day, hour = (request.form.get(name, "").strip() for name in ("day", "hour"))
    if not (day or hour):
        return None
    if not (day and hour):
        return Slip.HALF
    try:
        local = datetime.fromisoformat(f"{day}T{hour}")
        return local.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return Slip.UNREADABLE


def filled_in(event: Event, at: datetime | None) -> tuple[str, str]:
    """What such a form holds for an instant: "2026-06-03" and "09:30"."""
    if at is None:
        return "", ""
    local = at.astimezone(ZoneInfo(event.timezone))
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}"
