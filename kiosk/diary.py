"""A next step as an appointment for any calendar: one VEVENT, iCalendar (RFC 5545).

METHOD:PUBLISH and no attendees: nobody is invited and nothing is sent to anyone. The UID is
the promise's own id, so a step that was moved replaces itself in the calendar.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

LASTS_FOR = timedelta(minutes=30)
_PRODUCT = "-//Hallway//Next step//EN"


@dataclass(frozen=True, slots=True)
class Appointment:
    """What to write in the diary; `id` is the same whenever it is taken out again."""

    id: str
    title: str
    text: str
    starts_at: datetime
    page: str = ""


def ics(appointment: Appointment, now: datetime) -> bytes:
    """The whole file: UTF-8, CRLF, folded, with times in UTC."""
    entry = Event()
    entry.add("uid", appointment.id)
    entry.add("dtstamp", now)
    entry.add("dtstart", appointment.starts_at)
    entry.add("dtend", appointment.starts_at + LASTS_FOR)
    entry.add("summary", appointment.title)
    if appointment.text:
        entry.add("description", appointment.text)
    if appointment.page:
        entry.add("url", appointment.page)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
