"""The one place that asks what time it is, and the one text form an instant has.

Text is ISO 8601 in UTC of fixed width, `2026-06-01T09:00:00.000000Z`, so that it sorts.
"""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


def to_text(instant: datetime) -> str:
    """The fixed-width text of an aware instant."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The instant in an ISO 8601 text with an offset or Z; ValueError without one."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset or Z")
    return instant.astimezone(UTC)
