"""When letters leave: at once, or at an hour of the next working day at the venue."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.model import Event

AT_ONCE = "after-close"
_NEXT_DAY = re.compile(r"next working day ([01]\d|2[0-3]):([0-5]\d)")
_SATURDAY = 5


def hour_of(send: str) -> time | None:
    """The local hour in "next working day HH:MM", None for "after-close".

    ValueError, a sentence, for anything else.
    """
    if send == AT_ONCE:
        return None
    found = _NEXT_DAY.fullmatch(send)
    if not found:
        raise ValueError(f'send is neither "{AT_ONCE}" nor like "next working day 08:30"')
    return time(int(found[1]), int(found[2]))


def leaves_at(event: Event, ended_at: datetime, now: datetime) -> datetime:
    """When a letter that is planned at `now` leaves; never earlier than `now`.

    The next working day is the first Monday to Friday after the day the event ended; when
    its hour has passed already, the next one.
    """
    hour = hour_of(event.follow_up.send)
    if hour is None:
        return now
    zone = ZoneInfo(event.timezone)
    day = ended_at.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY or _instant(day, hour, zone) < now:
        day += timedelta(days=1)
    return _instant(day, hour, zone)


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
