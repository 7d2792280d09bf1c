"""A person as a vCard that phones read: every value comes back as it was."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.card import FOLDED_AT, vcard
from kiosk.model import Met

AT = datetime(2026, 6, 1, 8, 42, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"))


def a_person(**changes: Any) -> Met:
    return replace(Met("7", "Ada Lovelace", AT, ""), **changes)


def read(card: str) -> dict[str, str]:
    """Labels and values as a phone reads them: unfolded, then unescaped."""
    lines = card.replace("\r\n ", "").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return {label: _plain(value) for label, _, value in pairs}


def _plain(value: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value, flags=re.DOTALL
    )


def test_a_card_has_what_is_shared_and_nothing_else() -> None:
    card = vcard(a_person(company="Engines", email="ada@ada.example"), "Met at Demo")
    assert card == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:7\r\nN:Lovelace;Ada;;;\r\n"
        "FN:Ada Lovelace\r\nORG:Engines\r\nEMAIL;TYPE=INTERNET:ada@ada.example\r\n"
        "NOTE:Met at Demo\r\nEND:VCARD\r\n"
    )


@given(TEXT, TEXT, TEXT)
def test_every_value_comes_back(name: str, company: str, remark: str) -> None:
    found = read(vcard(a_person(name=name, company=company), remark))
    assert found["FN"] == name
    assert found.get("ORG", "") == company
    assert found.get("NOTE", "") == remark


@given(TEXT)
def test_no_line_is_longer_than_a_phone_may_read(name: str) -> None:
    lines = vcard(a_person(name=name)).encode().split(b"\r\n")
    assert max(map(len, lines)) <= FOLDED_AT
    assert all(line.decode() is not None for line in lines)


@given(TEXT)
def test_no_value_can_add_a_line_of_its_own(name: str) -> None:
    labels = [line.partition(":")[0] for line in _unfolded(vcard(a_person(name=name)))]
    assert labels == ["BEGIN", "VERSION", "UID", "N", "FN", "END"]


def _unfolded(card: str) -> list[str]:
    return [line for line in card.replace("\r\n ", "").split("\r\n") if line]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", "Lovelace;Ada;;;"),
        ("Teller", ";Teller;;;"),
        ("김민준", ";김민준;;;"),
        ("Zoë von der Lippe", "Lippe;Zoë von der;;;"),
        ("Acme; Sons", "Sons;Acme\\;;;;"),
        ("", ";;;;"),
        ("Lovelace, Ada", "Lovelace;Ada;;;"),
    ],
)
def test_a_phone_shows_given_and_family_name(name: str, parts: str) -> None:
    assert f"\r\nN:{parts}\r\n" in vcard(a_person(name=name))
