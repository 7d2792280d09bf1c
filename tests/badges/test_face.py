import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.badges import Face, badge_url, short_form, write_csv
from kiosk.badges.qr import matrix
from kiosk.badges.words import LONGEST, is_rtl, tidy, tokens, unbreakable, words
from kiosk.ids import canonical_badge_code
from tests.badges.faces import HOST, NAMES, a_face

CODE = "0123456789ABCDEF"


def test_the_address_is_in_capitals_as_a_whole() -> None:
    assert (
        badge_url("https://hallway.example.org/", CODE)
        == f"HTTPS://HALLWAY.EXAMPLE.ORG/B/{CODE}"
    )


def test_the_short_form_is_read_back_as_the_code() -> None:
    assert short_form(CODE) == "0123-4567-89AB-CDEF-8"
    assert canonical_badge_code(short_form(CODE)) == CODE


@pytest.mark.parametrize(
    ("host", "modules"),
    [
        ("https://a.io", 29),
        (HOST, 29),
        ("https://check-in.events.some-university.example.ac.uk", 37),
    ],
)
def test_a_usual_host_gives_version_3_at_level_q(host: str, modules: int) -> None:
    code = matrix(badge_url(host, CODE))
    assert len(code) == modules
    level = [code[8][0], code[8][1]]  # masked with 10; Q is 11 (ISO/IEC 18004, table 12)
    assert [level[0] ^ True, level[1]] == [True, True]


def test_capitals_give_a_smaller_symbol_than_small_letters() -> None:
    assert len(matrix(badge_url(HOST, CODE))) < len(matrix(badge_url(HOST, CODE).lower()))


def test_a_csv_has_the_columns_of_the_contract(tmp_path: Path) -> None:
    face = a_face("山田, 太郎", company='The "Old" Firm')
    assert write_csv([face], tmp_path / "badges.csv") == 1
    with (tmp_path / "badges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("attendee_id", "name", "company", "code", "url")
    assert rows == [{column: getattr(face, column) for column in columns}]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_starts_a_formula(start: str, tmp_path: Path) -> None:
    face = Face("a1", f"{start}1+1", f"{start}cmd", CODE, badge_url(HOST, CODE))
    write_csv([face], tmp_path / "badges.csv")
    with (tmp_path / "badges.csv").open(encoding="utf-8", newline="") as file:
        _, row = csv.reader(file)
    assert row[1:3] == [f"'{start}1+1", f"'{start}cmd"]


@given(st.text(max_size=300))
def test_tidied_words_are_one_line_that_can_be_set(text: str) -> None:
    done = tidy(text)
    assert len(done) <= LONGEST
    assert done == done.strip()
    assert not {unicodedata.category(character) for character in done} & {
        "Cc",
        "Cs",
        "Zl",
        "Zp",
    }


@given(st.text(max_size=300))
def test_tokens_joined_are_the_words_again(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "Zs"]), max_size=120))
def test_no_word_is_too_long_for_a_line(text: str) -> None:
    assert all(len(piece) <= 40 for piece in unbreakable(words(text).text))


def test_breaks_are_added_to_endless_words_alone() -> None:
    assert [name for name in NAMES if "\u200b" in words(name).text] == ["W" * 80, "م" * 80]


@pytest.mark.parametrize(
    ("name", "rtl"), [("Ada", False), ("שרה", True), ("1 محمد", True), ("Mo محمد", False)]
)
def test_the_first_letter_says_where_reading_starts(name: str, rtl: bool) -> None:
    assert is_rtl(name) is rtl


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("やまだ太郎", "JP"),
        ("김민수", "KR"),
        ("王小明", "SC"),
        ("陳雅婷", "TC"),
        ("辻村", "JP"),
        ("Ada", "SC"),
    ],
)
def test_han_characters_are_printed_as_their_readers_know_them(
    name: str, region: str
) -> None:
    assert words(name).region == region
