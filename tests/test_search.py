"""Finding a person at the door: what staff hear, half typed or mistyped."""

import pytest

from kiosk.ids import words
from kiosk.search import Search, namesakes, search, search_narrowly
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    ada,
    an_attendee,
    code_of,
    grace,
    linus,
    mallory,
    settle,
)

ZOE = an_attendee("Zoë Ångström", company="Lovelace Works", email="zoe@works.example")
LOVELASS = an_attendee("Bob Lovelass", email="bob@lovelass.example")


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada(), grace(), linus(), ZOE, LOVELASS])
    return tx


def names(tx: Tx, text: str) -> list[str]:
    return [person.name for person in search(tx, Search(EVENT_ID, text))]


@pytest.mark.parametrize(
    "text",
    ["Ada Lovelace", "lovelace ada", "ADA", "ada love", "lovelace a", "ada@ada.example"],
)
def test_case_order_and_beginnings_do_not_matter(hall: Tx, text: str) -> None:
    assert names(hall, text)[0] == "Ada Lovelace"


@pytest.mark.parametrize("text", ["zoe ang", "Zoë Ångström", "angstrom"])
def test_accents_do_not_matter(hall: Tx, text: str) -> None:
    assert names(hall, text) == ["Zoë Ångström"]


def test_a_name_comes_before_a_company_of_that_name(hall: Tx) -> None:
    assert names(hall, "lovelace") == ["Ada Lovelace", "Zoë Ångström"]


@pytest.mark.parametrize(
    "text",
    ["Ada Lovelce", "Ada Lovvelace", "Ada Lovleace", "Ada Kovelace", "Adda Lovelace"],
)
def test_one_mistyped_letter_does_not_matter(hall: Tx, text: str) -> None:
    assert names(hall, text)[0] == "Ada Lovelace"


def test_a_slip_that_is_somebody_elses_name_finds_both_ways(hall: Tx) -> None:
    assert names(hall, "Ada Lovelass") == ["Ada Lovelace"]
    assert names(hall, "Bob Lovelass") == ["Bob Lovelass"]


@pytest.mark.parametrize("text", ["", "!?", "Xqzjw", "Mallory"])
def test_nobody_is_found_for_nothing_or_nobody(hall: Tx, text: str) -> None:
    hall.attendees.add(an_attendee("Trent Other", company="Elsewhere"))
    assert names(hall, text) == []
    assert mallory().name not in names(hall, "mal")


def test_a_badge_code_finds_its_person(hall: Tx) -> None:
    assert names(hall, code_of(grace())) == ["Grace Hopper"]


def test_a_new_person_is_found_with_a_typo_at_once(hall: Tx) -> None:
    assert names(hall, "Hedi Lamar") == []
    hall.attendees.add(an_attendee("Hedy Lamarr"))
    assert names(hall, "Hedi Lamar") == ["Hedy Lamarr"]


def test_no_word_of_a_forgotten_person_is_offered(hall: Tx) -> None:
    length = len(words(ada().name)[1])
    assert "lovelace" in hall.names.beginnings(EVENT_ID, length)
    hall.erasures.forget(ada().id, NOW)
    assert names(hall, "Ada") == []
    hall.erasures.forget(ZOE.id, NOW)
    assert "lovelace" not in hall.names.beginnings(EVENT_ID, length)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Lovelace ada", 1),
        ("Lovelace ad", 0),
        ("ace ada", 0),
        ("Lovelace bob", 0),
        ("Ada", 0),
    ],
)
def test_self_service_needs_surname_and_address(hall: Tx, text: str, count: int) -> None:
    assert len(search_narrowly(hall, Search(EVENT_ID, text))) == count


@pytest.mark.parametrize(
    "text",
    ["Ada Lovelace", "Lovelace, Ada", "ada lovelce", "Adda Lovelace", "ÁDA LOVELACE"],
)
def test_who_is_called_nearly_so_is_a_namesake(hall: Tx, text: str) -> None:
    assert namesakes(hall, Search(EVENT_ID, text)) == (ada(),)


@pytest.mark.parametrize(
    "text", ["", "Ada", "Lovelace", "Ada L", "a l", "Analytical Engines", "Ada Byron"]
)
def test_beginnings_and_companies_make_no_namesakes(hall: Tx, text: str) -> None:
    assert namesakes(hall, Search(EVENT_ID, text)) == ()


@pytest.mark.parametrize("text", ["example", "exa", "@ada.example", "@"])
def test_what_all_addresses_end_in_finds_nobody(hall: Tx, text: str) -> None:
    assert names(hall, text) == []


@pytest.mark.parametrize("text", ["annemarie obrien", "Anne Marie", "brien", "o'brian"])
def test_hyphens_and_apostrophes_do_not_matter(tx: Tx, text: str) -> None:
    settle(tx, people=[an_attendee("Anne-Marie O'Brien", email="amob@isle.example")])
    assert names(tx, text) == ["Anne-Marie O'Brien"]


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("Lovelace, Ada", "Lovelace ada", True),
        ("Lovelace, Ada", "Ada ada", False),
        ("Ada Lovelace, PhD", "Lovelace ada", True),
        ("Ada de la Cruz", "de la cruz ada", True),
    ],
)
def test_the_surname_stands_before_a_comma(
    tx: Tx, name: str, text: str, is_found: bool
) -> None:
    settle(tx, people=[an_attendee(name, email="ada@ada.example")])
    assert bool(search_narrowly(tx, Search(EVENT_ID, text))) is is_found
