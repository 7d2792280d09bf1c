"""Every list in lists/ gives exactly the verdicts of expected.json, row by row."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from kiosk.intake import Reading, UnreadableList, read_list

LISTS = Path(__file__).parent / "lists"


class Expected(TypedDict):
    counts: dict[str, int]
    encoding: str
    format: str
    records: int
    verdicts: dict[str, list[str]]


TABLE: dict[str, Expected] = json.loads((LISTS / "expected.json").read_text("utf-8"))
AGAINST_THE_TABLE = {
    "hostile/46_list.json": "a list of objects is a format of ours; see test_objects.py"
}
WITH_PEOPLE = [name for name, expected in TABLE.items() if expected["counts"]]
WITHOUT_PEOPLE = [
    name
    for name, expected in TABLE.items()
    if not expected["counts"] and name not in AGAINST_THE_TABLE
]


def read(name: str) -> Reading:
    return read_list((LISTS / name).read_bytes(), Path(name).name)


def verdicts(reading: Reading) -> dict[int, list[str]]:
    kinds = {
        "skip": reading.skipped,
        "warn": reading.warnings,
        "reject": reading.rejected,
        "held": reading.held,
    }
    return {
        note.row: [kind, note.reason] for kind, notes in kinds.items() for note in notes
    }


@pytest.mark.parametrize("name", WITH_PEOPLE)
def test_every_row_gets_its_verdict(name: str) -> None:
    expected = {int(row): verdict for row, verdict in TABLE[name]["verdicts"].items()}
    assert verdicts(read(name)) == expected


@pytest.mark.parametrize("name", WITH_PEOPLE)
def test_everybody_who_is_not_skipped_or_rejected_comes_in(name: str) -> None:
    counts = TABLE[name]["counts"]
    people = read(name).people
    assert len(people) == sum(counts.get(kind, 0) for kind in ("ok", "warn", "held"))
    assert len({person.row for person in people}) == len(people)


@pytest.mark.parametrize("name", WITH_PEOPLE)
def test_the_format_and_the_encoding_are_told(name: str) -> None:
    reading, expected = read(name), TABLE[name]
    assert expected["format"].lower().startswith(reading.format)
    assert expected["encoding"].split(" ")[0] == reading.encoding


@pytest.mark.parametrize("name", WITHOUT_PEOPLE)
def test_a_file_without_people_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UnreadableList) as refusal:
        read(name)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hostile/12_empty.csv", "empty"),
        ("hostile/14_header_only.csv", "not a single person"),
        ("hostile/42_login_page.csv", "sign in"),
        ("hostile/44_ole2_legacy.xls", "password-protected"),
        ("hostile/50_zip_bomb_sheet.xlsx", "unpacks to far more"),
        ("hostile/52_entity_bomb.xlsx", "document type"),
        ("hostile/56_truncated.xlsx", "cut off"),
        ("hostile/58_nested.zip", "ZIP archive (list.csv"),
    ],
)
def test_each_refusal_says_what_is_wrong(name: str, words: str) -> None:
    with pytest.raises(UnreadableList, match=words.replace("(", r"\(")):
        read(name)


def test_the_list_with_no_addresses_is_told_so_once() -> None:
    notes = read("platforms/meetup_attendees.xls").notes
    assert [note for note in notes if "e-mail" in note] == [
        "The list has no e-mail addresses: nobody in it can get a letter."
    ]


def test_the_other_sheet_is_offered_and_not_merged() -> None:
    reading = read("excel/excel_handmade.xlsx")
    assert "Wrong Sheet" not in {person.name for person in reading.people}
    assert any('"xlsx:old"' in note for note in reading.notes)


def test_the_offered_sheet_is_read_when_it_is_asked_for() -> None:
    raw = (LISTS / "excel/excel_handmade.xlsx").read_bytes()
    assert [p.name for p in read_list(raw, "x.xlsx", format="xlsx:old").people] == [
        "Wrong Sheet"
    ]
    with pytest.raises(UnreadableList, match='"Tabelle1", "old"'):
        read_list(raw, "x.xlsx", format="xlsx:new")


def test_a_guessed_encoding_is_said_with_a_line_to_check_it_by() -> None:
    (note,) = read("hostile/34_gb18030.csv").notes
    assert "gb18030" in note
    assert "姓名" in note


def test_bad_lines_are_counted_and_shown_in_the_encoding_they_seem_to_have() -> None:
    (note,) = read("hostile/30_mixed_encodings.csv").notes
    assert note.startswith("2 rows")
    assert "Jürgen Größe" in note
    assert "cp1252" in note


def test_no_name_ever_holds_a_replacement_character() -> None:
    for name in WITH_PEOPLE:
        assert not any("\ufffd" in person.name for person in read(name).people)


def test_codes_are_kept_to_the_letter() -> None:
    codes = {p.row: p.ticket_code for p in read("hostile/26_codes.csv").people}
    assert codes[2] == "00012345"
    assert codes[4].startswith("=EwYleh4R+")
    assert codes[6] == "https://luma.com/check-in/evt-X?pk=g-ABC"
    assert codes[15] == "9007199254740993"
    assert codes[16] == "12345.0"


def test_a_number_in_a_workbook_is_a_code_without_a_point() -> None:
    codes = {p.row: p.ticket_code for p in read("excel/excel_handmade.xlsx").people}
    assert codes[5] == "000000"
    assert codes[6] == "100200300401"


def test_internal_notes_stay_internal() -> None:
    reading = read("excel/excel_handmade.xlsx")
    assert "internal notes" not in reading.mapping
    assert all(not person.attention for person in reading.people)


def test_formulas_are_names_like_any_other() -> None:
    names = {p.row: p.name for p in read("hostile/20_formula_cells.csv").people}
    assert names[3] == "=1+1"
    assert names[7] == "=1+1"
    assert names[11] == "'=already quoted"


def test_a_line_break_in_a_name_becomes_a_blank() -> None:
    names = {p.row: p.name for p in read("hostile/28_paths_and_markup.csv").people}
    assert names[21] == "BEGIN:VCARD FN:Evil END:VCARD"
    assert names[7] == "<script>alert(1)</script>"


def test_people_who_declined_are_known_as_withdrawn() -> None:
    reading = read("platforms/luma_guests_2026.csv")
    assert [person.row for person in reading.withdrawn] == [8, 21, 34]
    assert {person.status for person in reading.withdrawn} == {"canceled"}


def test_the_last_answer_of_a_person_counts() -> None:
    people = {p.email: p for p in read("platforms/google_forms_responses.csv").people}
    assert people["guest245@example.org"].company == "株式会社 空想"


def test_who_bought_for_several_gets_nobodys_letter() -> None:
    reading = read("platforms/eventbrite_attendees_2025.csv")
    people = {person.row: person for person in reading.people}
    assert [people[row].email for row in (12, 13, 14)] == ["guest010@example.net", "", ""]
    assert any("(row 13, 14)" in note for note in reading.notes)
    assert people[17].email == "Guest015.UPPER@Example.ORG"
