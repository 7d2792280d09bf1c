"""Columns are known by what their headings say, in the words people really use."""

import pytest

from kiosk.intake import UnreadableList, read_list
from kiosk.intake.headings import part_of
from kiosk.intake.vocabulary import plain


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("E-Mail-Adresse", "email"),
        ("EMAIL ADDRESS*", "email"),
        ("1. Your email address?", "email"),
        ("Email (we will not share it)", "email"),
        ("Buyer email", "buyer_email"),
        ("Vor- und Nachname", "name"),
        ("Name / Nom", "name"),
        ("Attendee name: Given name", "first_name"),
        ("Rechnungsadresse: Name", None),
        ("Company / organisation (if any)", "company"),
        ("What company do you work for?", "company"),
        ("What is your job title?", "role"),
        ("Dürfen andere dich finden?", "directory"),
        ("会社名・所属", "company"),
        ("Which days? ", None),
        ("What are you looking to get out of this event?", "asks"),
        ("What can you offer others?", "offers"),
        ("May other attendees find you?", "directory"),
        ("I agree to be listed", "directory"),
        ("LinkedIn or website", "link"),
        ("What is your LinkedIn profile?", "linkedin"),
        ("linkedin_click_id", "linkedin"),
        ("Attendee #", "external_id"),
        ("Barcode number", "ticket_code"),
        ("qr_code_url", "ticket_code"),
        ("Order #", "order"),
        ("ID", None),
        ("State", None),
        ("Email address verified", None),
        ("internal notes", None),
        ("Bemerkung", None),
        ("Price", None),
        ("Event name", None),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, part: str | None) -> None:
    known = part_of(heading)
    assert (known[0] if known else None) == part


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        ("Nom,Prénom", "Ada Erdacht"),
        ("Name,Vorname", "Ada Erdacht"),
        ("Cognome,Nome", "Ada Erdacht"),
        ("Nume,Prenume", "Ada Erdacht"),
    ],
)
def test_a_bare_name_beside_half_a_name_is_the_other_half(headings: str, name: str) -> None:
    (person,) = read_list(f"{headings}\nErdacht,Ada\n".encode(), "x.csv").people
    assert person.name == name


def test_a_full_name_goes_before_its_halves_which_fill_its_gaps() -> None:
    rows = b"First,Last,Full name\nAda,Erdacht,Dr. Ada Erdacht\nBo,Doppel,\n"
    assert [p.name for p in read_list(rows, "x.csv").people] == [
        "Dr. Ada Erdacht",
        "Bo Doppel",
    ]


def test_what_is_mapped_by_hand_goes_before_the_headings() -> None:
    rows = b"Name,Nickname,Email\nAda Erdacht,Adi,ada@example.org\n"
    reading = read_list(rows, "x.csv", mapping={"nickname": "name"})
    assert reading.people[0].name == "Adi"
    assert reading.mapping == {"Nickname": "name", "Email": "email"}


def test_headings_nobody_knows_can_be_mapped_by_hand() -> None:
    rows = b"list of guests\n\nSpalte A;Spalte B\nAda;ada@example.org\n"
    reading = read_list(rows, "x.csv", mapping={"Spalte A": "name", "Spalte B": "email"})
    assert [(p.row, p.name, p.email) for p in reading.people] == [
        (4, "Ada", "ada@example.org")
    ]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"Nmae": "name"}, 'There is no column "Nmae"; the nearest is "Name".'),
        ({"Name": "nmae"}, 'There is no attendee field "nmae"; the nearest is "name".'),
    ],
)
def test_a_mistaken_mapping_names_the_nearest(
    mapping: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UnreadableList) as refusal:
        read_list(b"Name,Email\nAda,ada@example.org\n", "x.csv", mapping=mapping)
    assert str(refusal.value) == sentence


def test_a_list_without_headings_is_refused_with_its_first_row() -> None:
    with pytest.raises(UnreadableList, match=r'row 1 reads "H1, Ada, ada@example\.org"'):
        read_list(b"H1,Ada,ada@example.org\nH2,Bo,bo@example.org\n", "x.csv")


def test_our_own_export_comes_back_with_the_shops_number_and_not_with_ours() -> None:
    head = "attendee_id,name,email,status,approved,external_id\n"
    rows = "01-A,Ada,a@example.org,confirmed,yes,ABC-1\n01-B,Bo,b@example.org,pending,no,\n"
    ada, bo = read_list((head + rows).encode(), "x.csv").people
    assert (ada.external_id, bo.external_id) == ("ABC-1", "")
    assert (bo.status, bo.approved) == ("pending", "no")


def test_headings_may_stand_anywhere_near_the_top() -> None:
    rows = "sep=;\r\n\r\nAttendees\r\nName;E-Mail\r\nAda;ada@example.org\r\n"
    reading = read_list(rows.encode(), "x.csv")
    assert [person.row for person in reading.people] == [5]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_found(delimiter: str) -> None:
    rows = 'Name,Email,Company\nAda,ada@example.org,"A; B | C"\n'.replace(",", delimiter)
    (person,) = read_list(rows.encode(), "x.csv").people
    assert person.email == "ada@example.org"
    assert person.company.startswith("A; B")


def test_lines_may_end_in_any_way() -> None:
    for ending in ("\r\n", "\n", "\r"):
        rows = ending.join(["Name,Email", "Ada,ada@example.org", "Bo,bo@example.org"])
        assert len(read_list(rows.encode(), "x.csv").people) == 2


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("E-Mail", "email"),
        ("Prénom", "prenom"),
        ("Société", "societe"),
        ("Größe", "grosse"),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(
    written: str, compared: str
) -> None:
    assert plain(written) == compared
