"""The spreadsheets a real pretix wrote: people once, add-ons as further codes of theirs."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.intake import Reading, read_list
from kiosk.model import Registration

EXPORTS = Path(__file__).parent / "lists" / "pretix"
GERMAN = (
    "Bestellnummer;Name Teilnehmer*in;Teilnehmer*innenname: Vorname;"
    "Teilnehmer*innenname: Nachname;Produkt;Preis;bezahlt;Secret;E-Mail;Telefonnummer;"
    "Firma;"
    "Benötigt besondere Behandlung;Check-in-Hinweis;Gesperrt;Gültig ab;Gültig bis\r\n"
    "ABCDE;Dr. Ada Erdacht;Ada;Erdacht;Ticket;0,00;Ja;'=EwYl/+A;ada@example.org;"
    "'+49301234567;'@home;Nein;;;2026-12-03 11:00;\r\n"
    "FGHIJ;'=1+1 Kowalsky;;;Ticket;0,00;Nein;'=QgpA;bo@example.org;;;Ja;Band am Stand;Ja;;"
    "\r\n"
)


def read(name: str, timezone: str = "Europe/Berlin") -> Reading:
    return read_list((EXPORTS / name).read_bytes(), name, timezone=timezone)


def codes(reading: Reading) -> list[str]:
    return [
        code
        for person in reading.people
        for code in (person.ticket_code, *(ticket[0] for ticket in person.tickets))
    ]


def named(reading: Reading, name: str) -> Registration:
    (person,) = [person for person in reading.people if person.name == name]
    return person


@pytest.mark.parametrize(
    ("name", "people", "add_ons", "held"),
    [
        ("orderlist_positions_excel.csv", 102, 28, 9),
        ("orderlist_all.xlsx", 102, 28, 9),
        ("orderlist_positions_semicolon_paid_only.csv", 83, 25, 0),
        ("checkinlist_main_semicolon.csv", 84, 25, 0),
        ("checkinlist_main.xlsx", 84, 25, 0),
        ("checkin_codes_main.csv", 106, 0, 1),
    ],
)
def test_people_come_once_and_their_add_ons_are_further_tickets(
    name: str, people: int, add_ons: int, held: int
) -> None:
    reading = read(name)
    assert len(reading.people) == people
    assert sum(len(person.tickets) for person in reading.people) == add_ons
    assert len(reading.held) == held
    assert not reading.rejected
    assert len(set(codes(reading))) == people + add_ons


def test_the_workbook_and_the_csv_tell_the_same() -> None:
    by_code = {p.ticket_code: p for p in read("orderlist_all.xlsx").people}
    for person in read("orderlist_positions_excel.csv").people:
        other = by_code[person.ticket_code]
        assert (person.name, person.email, person.company) == (
            other.name,
            other.email,
            other.company,
        )
        assert {ticket[0] for ticket in person.tickets} == {t[0] for t in other.tickets}


def test_every_status_of_an_order_reaches_the_door() -> None:
    people = read("orderlist_positions_excel.csv").people
    assert Counter(person.status for person in people) == {
        "confirmed": 84,
        "canceled": 9,
        "pending": 9,
    }
    assert sum(person.approved == "no" for person in people) == 2
    assert sum(person.blocked == "blocked" for person in people) == 4


def test_an_add_on_keeps_its_own_status() -> None:
    people = read("orderlist_positions_excel.csv").people
    statuses = Counter(ticket[2] for person in people for ticket in person.tickets)
    assert statuses == {"confirmed": 25, "canceled": 2, "pending": 1}


def test_the_apostrophe_of_a_careful_export_is_taken_off() -> None:
    reading = read("checkinlist_main_semicolon.csv")
    assert named(reading, "+Plus Plumeria").company == "+1 Agency"
    assert named(reading, "=1+1 Kowalsky").company == "=cmd|' /C calc'!A0"
    assert named(reading, "김 하늘봄").phone == "+493023125003"
    assert not any(person.name.startswith("'") for person in reading.people)


def test_local_times_are_read_in_the_zone_of_the_event() -> None:
    person = named(read("orderlist_positions_excel.csv"), "Ġorġa Ħaż-Żebbuġi")
    assert person.valid_from == datetime(2026, 12, 3, 11, tzinfo=UTC)
    assert person.valid_until == datetime(2026, 12, 3, 17, tzinfo=UTC)


def test_two_people_of_one_name_or_one_address_stay_two() -> None:
    people = read("orderlist_positions_excel.csv").people
    assert sum(person.name == "Same Name" for person in people) == 2
    assert sum(person.email == "family.share@example.org" for person in people) == 2


def test_null_is_a_name() -> None:
    assert named(read("orderlist_positions_excel.csv"), "Null").email == "null@example.org"


def test_german_headings_and_signed_codes_are_understood() -> None:
    ada, bo = read_list(GERMAN.encode(), "checkinlist.csv").people
    assert (ada.name, ada.ticket_code, ada.company) == (
        "Dr. Ada Erdacht",
        "=EwYl/+A",
        "@home",
    )
    assert (ada.status, ada.phone, ada.blocked) == ("confirmed", "+49301234567", "")
    assert (bo.name, bo.ticket_code, bo.status) == ("=1+1 Kowalsky", "=QgpA", "pending")
    assert (bo.attention, bo.blocked) == ("Band am Stand", "blocked")


@pytest.mark.parametrize(
    ("headings", "values"),
    [
        ("Nom du participant : Prénom,Nom du participant : Nom de famille", "Ada,Erdacht"),
        ("Nombre del asistente: Nombre,Nombre del asistente: Apellido", "Ada,Erdacht"),
        (
            "参加者の名前: 名（Given Name）,参加者の名前: 氏（Surname/Family Name）",
            "Ada,Erdacht",
        ),
        ("Имя посетителя,Код билета", "Ada Erdacht,X1"),
    ],
)
def test_names_are_found_in_any_language_pretix_speaks(headings: str, values: str) -> None:
    (person,) = read_list(f"{headings}\n{values}\n".encode(), "x.csv").people
    assert person.name == "Ada Erdacht"


def test_a_german_add_on_belongs_to_its_position_and_nobodys_role() -> None:
    rows = (
        "Bestellnummer,Position,Status,Produkt,Variante,Name Teilnehmer*in,Ticket-Code,"
        "Zusatzprodukt zu Position\nA1,1,bezahlt,Ticket,,Ada,T1,\n"
        "A1,2,bezahlt,Workshop,Vormittag,,T2,1\nB2,1,storniert,Ticket,,Bo,T3,\n"
    )
    reading = read_list(rows.encode(), "x.csv")
    ada, bo = reading.people
    assert ada.tickets == (("T2", "Workshop – Vormittag", "confirmed"),)
    assert (ada.role, bo.status) == ("", "canceled")
    assert "Position" not in reading.mapping


def test_an_add_on_without_its_person_is_not_lost() -> None:
    head = "Order code,Position ID,Attendee name,Ticket secret,Add-on to position ID"
    rows = f"{head}\nA,2,,T2,1\n"
    reading = read_list(rows.encode(), "x.csv")
    assert [person.ticket_code for person in reading.people] == ["T2"]
