"""The event file as organisers write it, right and wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.intake.event_file import EventFileError, read_event_file
from kiosk.model import CheckInList, FollowUp

MINIMAL = """\
slug = "demo-2026"
name = "Demo Conference 2026"
timezone = "Europe/Berlin"
starts_at = 2026-06-01T09:00:00
ends_at = 2026-06-02T18:00:00
"""
WHOLE = (
    MINIMAL
    + """
venue = "Old Harbour Hall"
languages = ["en", "de"]
doors_open_at = 2026-06-01T07:30:00

[[check_in_lists]]
name = "main"
ticket_types = ["Regular", "Speaker"]
allow_multiple_entries = true
allow_entry_after_exit = false
include_pending = true

[sharing]
fields = ["email", "name"]

[follow_up]
sender_name = "Demo"
sender_address = "hello@demo.example"
reply_to = "team@demo.example"
late_scans_for = "2h"
send = "next working day 08:30"
hold = true
nudges = ["60d", "14d"]

[retention]
days = 30
"""
)


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(EventFileError) as caught:
        read_event_file(text.encode())
    return caught.value.mistakes


def test_it_may_say_where_the_help_desk_is() -> None:
    there = "Foyer, left of the stairs"
    assert read_event_file(MINIMAL.encode()).event.help_desk == ""
    told = f'{MINIMAL}help_desk = "{there}"'
    assert read_event_file(told.encode()).event.help_desk == there


def test_five_lines_are_an_event() -> None:
    read = read_event_file(MINIMAL.encode())
    event = read.event
    assert event.starts_at == datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 6, 2, 16, tzinfo=UTC)
    assert event.opens_at == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert event.languages == ("en",)
    assert event.shared_fields == ("name", "company", "role", "email")
    assert event.follow_up == FollowUp("Demo Conference 2026", "", "")
    assert event.retention_days == 60
    assert read.lists == (CheckInList("", "", "main"),)


def test_everything_that_can_be_said_is_read() -> None:
    read = read_event_file(WHOLE.encode())
    assert read.event.opens_at == datetime(2026, 6, 1, 5, 30, tzinfo=UTC)
    assert read.event.shared_fields == ("name", "email")
    assert read.event.follow_up == FollowUp(
        "Demo",
        "hello@demo.example",
        "team@demo.example",
        timedelta(hours=2),
        "next working day 08:30",
        True,
        (timedelta(days=14), timedelta(days=60)),
    )
    assert read.lists == (
        CheckInList("", "", "main", ("Regular", "Speaker"), True, False, True),
    )


def test_a_time_with_an_offset_is_meant_as_written() -> None:
    text = MINIMAL.replace("09:00:00", "09:00:00-04:00")
    assert read_event_file(text.encode()).event.starts_at == datetime(
        2026, 6, 1, 13, tzinfo=UTC
    )


def test_an_editor_that_puts_a_mark_in_front_is_forgiven() -> None:
    assert read_event_file(b"\xef\xbb\xbf" + MINIMAL.encode()).event.slug == "demo-2026"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('slug = "demo-2026"\n', "", "slug is missing"),
        ('"demo-2026"', '"Demo 2026"', "line 1: slug is not made of small letters"),
        ('"demo-2026"', "2026", "line 1: slug is not text in quotes"),
        ('"Demo Conference 2026"', '" "', "line 2: name is empty"),
        (
            '"Demo Conference 2026"',
            '"a\\u0000b"',
            "line 2: name has a line break or a control",
        ),
        ("Europe/Berlin", "Europe/Berln", 'did you mean "Europe/Berlin"?'),
        ("Europe/Berlin", "Europe", "is not a time zone"),
        (
            "2026-06-01T09:00:00",
            '"2026-06-01"',
            "line 4: starts_at is not a date with a time",
        ),
        (
            "2026-06-01T09:00:00",
            "2026-06-01",
            "line 4: starts_at is not a date with a time",
        ),
        ("2026-06-01T09:00:00", "2026-06-03T09:00:00", "line 5: ends_at is not after"),
        ("2026-06-01T09:00:00", "2026-03-29T02:30:00", "the clocks jump over it"),
        ("2026-06-01T09:00:00", "0001-01-01T00:00:00", "not in the years 2000 to 2199"),
        ("2026-06-02T18:00:00", "9999-12-31T23:59:59", "line 5: ends_at is not in the"),
        ("2026-06-01T07:30:00", "0001-01-01T00:00:00Z", "doors_open_at is not in the"),
        ("T07:30:00", "T10:30:00", "line 9: doors_open_at is after starts_at"),
        ('["en", "de"]', '"en"', "languages is not a list of texts"),
        ('["en", "de"]', '["english please"]', "no language tag"),
        ('["Regular", "Speaker"]', "[1]", "check_in_lists.ticket_types is not a list of"),
        (
            "allow_multiple_entries",
            "allow_multiple",
            "did you mean allow_multiple_entries?",
        ),
        ("include_pending = true", 'include_pending = "no"', "is not true or false"),
        ('["email", "name"]', '["email", "name", "shoe size"]', "something else than name"),
        ('["email", "name"]', '["email"]', 'does not hold "name"'),
        ("hello@demo.example", "hello", "sender_address is no e-mail address"),
        ('"2h"', '"2 hours"', "late_scans_for is not a length"),
        ('"2h"', '"8d"', "is longer than a week"),
        ('"60d"', '"60x"', "nudges is not a length"),
        ('"60d"', '"99999999999999d"', "nudges is not a length"),
        ("day 08:30", "day 25:30", "send is neither"),
        ("days = 30", "days = 0", "line 31: retention.days is not between 1 and 3650"),
        ("days = 30", "days = true", "retention.days is not a whole number"),
        ("[retention]\ndays = 30", "[retension]\ndays = 30", "did you mean retention?"),
        ("[[check_in_lists]]", "[check_in_lists]", "is not written as [[check_in_lists]]"),
        ("[sharing]", "[[sharing]]", "is not written as a [sharing] table"),
        ('name = "main"', "", "line 11: check_in_lists.name is missing"),
        ("slug =", "slug", "The file is not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(before: str, after: str, says: str) -> None:
    assert before in WHOLE
    found = " ".join(mistakes_of(WHOLE.replace(before, after, 1)))
    assert says in found


def test_badges_have_a_back_only_when_the_file_says_so() -> None:
    assert not read_event_file(MINIMAL.encode()).event.agree_code
    badges = MINIMAL + '[badges]\nlabel = "86x54"\nagree_code = true\n'
    event = read_event_file(badges.encode()).event
    assert (event.label, event.agree_code) == ("86x54", True)
    (mistake,) = mistakes_of(badges.replace("true", '"yes"'))
    assert mistake == "line 8: badges.agree_code is not true or false."


def test_all_mistakes_are_told_at_once_and_each_once() -> None:
    wrong = WHOLE.replace('"demo-2026"', "1").replace("days = 30", "days = 0\nweeks = 2")
    found = mistakes_of(wrong)
    assert len(found) == 3


def test_two_lists_of_one_name_are_refused() -> None:
    twice = MINIMAL + '[[check_in_lists]]\nname = "main"\n' * 2
    assert mistakes_of(twice) == ["check_in_lists has two lists called main."]


def test_other_bytes_are_no_event_file() -> None:
    with pytest.raises(EventFileError, match="not UTF-8"):
        read_event_file(WHOLE.encode("utf-16"))
