"""JSON: a list of objects with the names of the fields, or a sentence."""

import json

import pytest

from kiosk.intake import UnreadableList, read_list


def test_a_list_of_objects_is_a_list_of_people() -> None:
    people = [
        {
            "name": "Ada",
            "email": "ada@example.org",
            "share": ["name", "email"],
            "approved": False,
        },
        {"name": "Bo", "ticket_code": "B1", "company": None},
    ]
    for document in (people, {"attendees": people}):
        reading = read_list(json.dumps(document).encode(), "list.json")
        assert [(p.row, p.name) for p in reading.people] == [(1, "Ada"), (2, "Bo")]
        assert reading.people[0].share == ("name", "email")
        assert reading.people[0].approved == "no"
        assert reading.format == "json"


def test_numbers_in_json_are_kept_to_the_letter() -> None:
    raw = b'[{"ticket_code": 12345678901234567890}, {"ticket_code": 12345.0}]'
    codes = [person.ticket_code for person in read_list(raw, "x.json").people]
    assert codes == ["12345678901234567890", "12345.0"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"a": 1}', "not a list of people"),
        (b"[1, 2]", "not a list of people"),
        (b'[{"a": 1},', "broken in line 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "The list is empty"),
        (b'[{"name": NaN}]', "broken"),
    ],
)
def test_other_json_is_refused_in_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableList, match=words):
        read_list(raw, "list.json")
