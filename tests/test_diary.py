"""A next step as an appointment that any calendar takes."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from kiosk.diary import Appointment, ics
from tests.builders import NOW, named_id

STEP = Appointment(
    id=named_id("promise"),
    title="Coffee or a call with Zoë; 3, maybe 4",
    text="a table by the window\nbring the paper\r\nBEGIN:VALARM",
    starts_at=NOW + timedelta(days=2),
    page="https://hallway.example/me/people/1",
)


def read(content: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(content.decode())
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    return calendar, event


def test_a_step_is_published_and_invites_nobody() -> None:
    calendar, event = read(ics(STEP, NOW))
    assert calendar["method"] == "PUBLISH"
    assert not {"ATTENDEE", "ORGANIZER", "VALARM"} & set(event)
    assert not event.subcomponents
    assert event.uid == STEP.id
    assert event.summary == STEP.title
    assert event["url"] == STEP.page
    assert event.start == STEP.starts_at
    assert event.end == STEP.starts_at + timedelta(minutes=30)
    assert event.DTSTAMP == NOW


def test_a_moved_step_has_the_same_name_in_the_calendar() -> None:
    _, before = read(ics(STEP, NOW))
    moved = Appointment(STEP.id, STEP.title, "", STEP.starts_at + timedelta(days=7))
    _, after = read(ics(moved, NOW + timedelta(hours=1)))
    assert before.uid == after.uid
    assert before.start != after.start
    assert NOW + timedelta(hours=1) == after.DTSTAMP
    assert "description" not in after


def test_lines_end_and_fold_as_the_standard_wants() -> None:
    content = ics(STEP, NOW)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"DTSTART:20260603T080000Z" in lines


@pytest.mark.parametrize("text", ["👩‍🚀" * 40, "عربى" * 30, 'x\\n;,:"y'])
def test_any_text_comes_back_as_it_went(text: str) -> None:
    step = Appointment("1", text, text, NOW)
    _, event = read(ics(step, NOW))
    assert event.summary == event.description == text
