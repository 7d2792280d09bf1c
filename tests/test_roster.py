"""What a tablet may hold of whom, stretch by stretch."""

from dataclasses import replace

import pytest

from kiosk import roster
from kiosk.ids import badge_code
from kiosk.model import Position, Ticket
from kiosk.roster import ReadOn, Standing, Stretch, is_hard_to_guess, packed, read_on
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    a_badge,
    ada,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)

RANDOM = "4f9k2m7x8q1z5w3v"  # as a shop makes them
OTHER = "b7c1d9e2f4a8h6j3"


def read(tx: Tx, since: Position | None = None, *, staff: bool = False) -> Stretch:
    return read_on(tx, ReadOn(an_event(), since, staff, KEY))


def held(stretch: Stretch) -> dict[str, bytes]:
    return dict(entry for person in stretch.people for entry in person.entries)


def test_a_badge_opens_name_company_and_what_the_door_asks(tx: Tx) -> None:
    person = ada(
        status="pending", blocked="stolen", language="de", pronouns="she/her",
        attention="VIP", share=("name",),
    )  # fmt: skip
    settle(tx, people=[replace(person, name="Ada\tLovelace\n")])
    stretch = read(tx)
    content = b"0\tAda Lovelace\tAnalytical Engines\t\tshe/her"
    assert held(stretch) == {code_of(ada()): content}
    assert held(read(tx, staff=True)) == {code_of(ada()): content + b"\tVIP"}
    assert stretch.standings == (
        Standing("pending", True, True, "de", ("Regular",), ("name",), None, None),
    )


def test_what_is_in_clear_names_nobody(tx: Tx) -> None:
    settle(tx, people=[ada(attention="VIP", blocked="stolen"), grace(), linus()])
    enrol(tx)
    let_in(tx, ada(), grace())
    stretch = read(tx, staff=True)
    clear = repr(replace(stretch, people=())) + repr(stretch.people)
    for person in (ada(), grace(), linus()):
        for private in (person.name, person.company, person.email, person.id, "stolen"):
            assert private not in clear
    assert len(stretch.standings) == 2
    [passage] = stretch.passages
    assert (passage.list_name, passage.kinds, passage.place) == (
        "main",
        ("check_in",),
        "Door",
    )


def test_a_visit_says_its_minute_since_the_doors_opened(tx: Tx) -> None:
    settle(tx, people=[ada()])
    enrol(tx)
    let_in(tx, ada())
    content = held(read(tx))[code_of(ada())]
    assert content == b"0\tAda Lovelace\tAnalytical Engines\t0,600"


def test_a_replaced_badge_says_just_that(tx: Tx) -> None:
    settle(tx, people=[ada()])
    tx.badges.replace(a_badge(ada()).id, NOW, "lost")
    tx.badges.add(a_badge(ada(), 2, issued_at=NOW))
    entries = held(read(tx))
    assert entries[code_of(ada())] == roster.REPLACED
    assert b"Lovelace" in entries[code_of(ada(), 2)]


def test_a_ticket_only_says_whose_badge_code_it_stands_for(tx: Tx) -> None:
    settle(tx, people=[ada(ticket_code=RANDOM), grace(ticket_code=OTHER)])
    tx.tickets.put([Ticket(EVENT_ID, RANDOM, ada().id, "Dinner", "canceled")])
    entries = held(read(tx))
    assert entries[RANDOM] == b"\x02" + packed(code_of(ada()))
    assert entries[OTHER] == b"\x00" + packed(code_of(grace()))


@pytest.mark.parametrize(
    ("code", "is_hard"),
    [
        (RANDOM, True),
        ("G-0471C37BEC6981FA", True),
        ("8QK3-XYZ1-PW9T-4M6N", True),
        ("01234567890123456789", True),
        ("0123456789", False),
        ("TICKET-0001", False),
        ("ABCDEFGH", False),
        ("", False),
        ("-------------------------", False),
    ],
)
def test_a_short_code_could_be_tried_out(code: str, is_hard: bool) -> None:
    assert is_hard_to_guess(code) == is_hard


def test_numbered_tickets_are_left_to_the_server(tx: Tx) -> None:
    numbered = "a-long-beginning-4f9k2m7x8q1z5w3v-000"
    settle(tx, people=[ada(ticket_code=f"{numbered}1"), grace(ticket_code=f"{numbered}2")])
    assert set(held(read(tx))) == {code_of(ada()), code_of(grace())}


def test_after_a_stretch_only_what_changed_since_is_told(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    enrol(tx)
    whole = read(tx)
    assert (whole.is_whole, whole.is_last, len(whole.people)) == (True, True, 3)
    assert read(tx, whole.until).people == ()
    let_in(tx, grace())
    tx.erasures.forget(linus().id, NOW)
    news = read(tx, whole.until)
    assert not news.is_whole
    assert [len(person.entries) for person in news.people] == [1, 0]
    assert read(tx, news.until).people == ()


def test_a_long_roster_is_read_in_stretches_and_misses_nobody(
    tx: Tx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "PEOPLE_LIMIT", 2)
    everybody = [ada(), grace(), linus()]
    settle(tx, people=everybody)
    enrol(tx)
    let_in(tx, *everybody)
    stretch = read(tx)
    told = [stretch]
    tx.attendees.change(ada(company="Changed meanwhile"))
    while not stretch.is_last:
        stretch = read(tx, stretch.until)
        told.append(stretch)
    assert [one.is_whole for one in told] == [True, *[False] * (len(told) - 1)]
    latest = {code: text for one in told for code, text in held(one).items()}
    assert set(latest) == {code_of(person) for person in everybody}
    assert b"Changed meanwhile" in latest[code_of(ada())]


@pytest.mark.parametrize(
    "position",
    [Position("another day", 0, 0), Position("", 99, 0), Position("", 0, 99)],
    ids=["restored", "people ahead", "scans ahead"],
)
def test_a_position_of_no_use_begins_anew(tx: Tx, position: Position) -> None:
    settle(tx, people=[ada()])
    assert read(tx, position).is_whole


def test_eighty_bits_are_the_code() -> None:
    code = badge_code(KEY, "a badge")
    number = int.from_bytes(packed(code), "big")
    assert "".join(
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * at & 31]
        for at in range(15, -1, -1)
    ) == (code)
