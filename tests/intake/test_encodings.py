"""Letters come out right, or their row is named: in every encoding lists really have."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake import Reading, UnreadableList, read_list

PLAIN = (
    "ticket_code,name,email\r\n"
    "H1,Ada Lovelace,ada@example.org\r\nH2,Jürgen Größe,j@example.org\r\n"
)

WESTERN_NAMES = ["Jürgen Größe", "François", "Peña", "Søren Ærøskøb", "Ada", "Zoë"]


def names(reading: Reading) -> list[str]:
    return [person.name for person in reading.people]


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        (
            "cp1252",
            "Nom;Prénom;Société;E-mail\nDupré;Hélène;L’Îlot;a@example.org\n",
            "Hélène Dupré",
        ),
        ("cp1250", "Jméno;Příjmení;E-mail\nJiří;Dvořák;a@example.org\n", "Jiří Dvořák"),
        ("cp1250", "Imię;Nazwisko;E-mail\nŁukasz;Żółć;a@example.org\n", "Łukasz Żółć"),
        ("cp1251", "Имя,Фамилия,Почта\nИван,Петров,a@example.org\n", "Иван Петров"),
        ("koi8_r", "Имя,Фамилия,Почта\nИван,Петров,a@example.org\n", "Иван Петров"),
        ("cp1253", "Όνομα,Email\nΝεφέλη,a@example.org\n", "Νεφέλη"),
        ("cp1254", "Ad,Soyad,E-posta\nIşık,Güneş,a@example.org\n", "Işık Güneş"),
        ("cp1255", "שם,אימייל\nשירה לוי,a@example.org\n", "שירה לוי"),
        (
            "cp1256",
            "الاسم,البريد الإلكتروني\nليلى المنصوري,a@example.org\n",
            "ليلى المنصوري",
        ),
        ("cp1257", "Name,Email\nJānis Bērziņš,a@example.org\n", "Jānis Bērziņš"),
        (
            "mac_roman",
            "Vorname;Nachname;Firma\rJürgen;Groß;Café „Zur Ente“\r",
            "Jürgen Groß",
        ),
        ("cp850", "Name;Email\nJürgen Größe;a@example.org\n", "Jürgen Größe"),
        ("gb18030", "姓名,邮箱\n王虚构,a@example.org\n", "王虚构"),
        ("cp932", "氏名,メール,会社名\n山田太郎,a@example.org,株式会社空想\n", "山田太郎"),
        ("cp949", "이름,이메일,회사\n김하늘,a@example.org,가상상사\n", "김하늘"),
        ("big5", "姓名,電子郵件,公司\n王小明,a@example.org,空想公司\n", "王小明"),
    ],
)
def test_an_older_encoding_is_known_by_its_words(
    encoding: str, text: str, name: str
) -> None:
    reading = read_list(text.encode(encoding), "list.csv")
    assert names(reading) == [name]
    assert reading.encoding == encoding
    assert any("looks wrong" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "utf-8"),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + PLAIN.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(raw: bytes, encoding: str) -> None:
    reading = read_list(raw, "list.csv")
    assert names(reading) == ["Ada Lovelace", "Jürgen Größe"]
    assert reading.encoding == encoding
    assert reading.notes == ()


def test_the_word_of_a_person_goes_before_the_guess() -> None:
    raw = "Name,Email\nDvořák,a@example.org\n".encode("iso8859_2")
    assert names(read_list(raw, "x.csv", encoding="iso-8859-2")) == ["Dvořák"]
    with pytest.raises(UnreadableList, match="line 2 does not fit"):
        read_list(b"Name\n\x81\n", "x.csv", encoding="cp1252")


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "undefined"])
def test_what_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(UnreadableList, match=f'no encoding "{name}"'):
        read_list(b"Name\nAda\n", "x.csv", encoding=name)


def test_a_cut_letter_at_the_end_costs_one_row() -> None:
    raw = (
        "Name,Email\nJürgen,a@example.org\nZoë,b@example.org\n".encode() + "Ø".encode()[:1]
    )
    reading = read_list(raw, "x.csv")
    assert names(reading) == ["Jürgen", "Zoë"]
    assert [(note.row, note.reason) for note in reading.rejected] == [(4, "bad_encoding")]


@given(
    st.lists(
        st.sampled_from(WESTERN_NAMES),
        min_size=1,
    )
)
def test_western_names_survive_windows_1252(people: list[str]) -> None:
    rows = "".join(f"{name},p{place}@example.org\n" for place, name in enumerate(people))
    assert names(read_list(f"Name,Email\n{rows}".encode("cp1252"), "x.csv")) == people


@given(st.binary(max_size=400))
def test_no_bytes_at_all_lead_to_anything_but_a_list_or_a_sentence(raw: bytes) -> None:
    with suppress(UnreadableList):
        rows = raw.count(b"\n") + raw.count(b"\r") + 1
        assert len(read_list(b"name,email\n" + raw, "x.csv").people) <= rows
