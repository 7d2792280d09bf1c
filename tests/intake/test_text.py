"""What nobody can see is taken out of a name, what its script needs stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.text import has_lost_letters, is_blank, is_mojibake, says_nothing
from kiosk.visible import one_line


@pytest.mark.parametrize(
    "name",
    [
        "می\u200cخواهی\u200cزاده",
        "👩\u200d🚀 Astro",
        "🏳️\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "ශ්\u200dරී",
        "𝕱𝖗𝖆𝖐𝖙𝖚𝖗",
        "é vs e\u0301",
        "ﬁne ligature",
        "葛󠄀城",
        "Ａｌｉｃｅ　Ｗｉｄｅ",
        "O’Dálaigh",
    ],
)
def test_what_a_script_needs_stays(name: str) -> None:
    assert one_line(name) == (name, False)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Eve \u202eneslO\u202c", "Eve neslO"),
        ("Iso\u2066late", "Isolate"),
        ("Zero\u200bWidth", "ZeroWidth"),
        ("\ufeffBom", "Bom"),
        ("Soft\u00adHyphen", "SoftHyphen"),
        ("Tag \U000e0041", "Tag"),
        ("Nul\x00Inside", "NulInside"),
        ("end\u200d", "end"),
        ("Lone \ud800", "Lone"),
    ],
)
def test_what_nobody_can_see_is_taken_out_and_told(written: str, kept: str) -> None:
    assert one_line(written) == (kept, True)


@pytest.mark.parametrize(
    "cell", ["", " ", "\u00a0\u2003", "\u200b\u200c\u200d", "\u3164", "\x00"]
)
def test_a_cell_with_nothing_to_see_is_blank(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("name", ["Micha?", "K?", "Mo?ller", "Andr\ufffd"])
def test_a_lost_letter_is_seen(name: str) -> None:
    assert has_lost_letters(name)


@pytest.mark.parametrize("name", ["a/b\\c:d*e?f", "https://x.example/?a", "???", "Ada"])
def test_a_question_mark_elsewhere_is_none(name: str) -> None:
    assert not has_lost_letters(name)


def test_letters_read_in_the_wrong_encoding_are_seen() -> None:
    assert is_mojibake("JÃ¼rgen GrÃ¶ÃŸe")
    assert not is_mojibake("Jürgen Größe")
    assert not is_mojibake("Łukasz")


def test_null_is_a_name_and_a_dash_is_none() -> None:
    assert says_nothing("-")
    assert says_nothing("#REF!")
    assert not says_nothing("Null")
    assert not says_nothing("X")


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once, _ = one_line(text)
    assert one_line(once) == (once, False)


@given(st.text(max_size=60))
def test_no_control_character_is_ever_kept(text: str) -> None:
    kept, _ = one_line(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in kept)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069").intersection(
        kept
    )
