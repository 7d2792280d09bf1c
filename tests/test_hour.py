"""When letters leave: at once, or at an hour of the next working day at the venue."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.hour import AT_ONCE, hour_of, leaves_at
from tests.builders import NOW, an_event

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY_EVENING = "2026-06-02T18:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("ended", "planned", "leaves"),
    [
        pytest.param(TUESDAY_EVENING, "2026-06-02T19:00", "2026-06-03T08:30", id="morning"),
        pytest.param(
            "2026-06-02T23:30", "2026-06-03T00:30", "2026-06-03T08:30", id="night"
        ),
        pytest.param(
            "2026-06-05T18:00", "2026-06-05T19:00", "2026-06-08T08:30", id="Friday"
        ),
        pytest.param(
            "2026-06-06T18:00", "2026-06-06T19:00", "2026-06-08T08:30", id="weekend"
        ),
        pytest.param(TUESDAY_EVENING, "2026-06-03T08:30", "2026-06-03T08:30", id="sharp"),
        pytest.param(TUESDAY_EVENING, "2026-06-03T08:31", "2026-06-04T08:30", id="missed"),
        pytest.param(
            TUESDAY_EVENING, "2026-06-06T12:00", "2026-06-08T08:30", id="days late"
        ),
        pytest.param(
            "2026-10-24T18:00", "2026-10-24T19:00", "2026-10-26T08:30", id="clocks"
        ),
    ],
)
def test_the_next_working_day_is_counted_at_the_venue(
    ended: str, planned: str, leaves: str
) -> None:
    event = an_event()
    follow_up = replace(event.follow_up, send="next working day 08:30")
    event = replace(event, follow_up=follow_up)
    assert leaves_at(event, local(ended), local(planned)) == local(leaves)


def test_after_the_close_means_at_once() -> None:
    assert hour_of(AT_ONCE) is None
    assert leaves_at(an_event(), NOW, NOW) == NOW


def test_an_hour_is_read_from_the_event_file_or_refused() -> None:
    assert hour_of("next working day 07:05") == time(7, 5)
    for wrong in ("", "tomorrow", "next working day", "next working day 24:00"):
        with pytest.raises(ValueError, match="next working day 08:30"):
            hour_of(wrong)
