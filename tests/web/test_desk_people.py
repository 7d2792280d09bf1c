"""People at the desk: found by what one hears, given a new badge, forgotten for good."""

from contextlib import closing

import pytest

from kiosk.ids import digest
from kiosk.store import SqliteStore
from kiosk.store.sqlite import connect
from tests.builders import (
    NOW,
    a_badge,
    a_device,
    a_list,
    ada,
    an_attendee,
    code_of,
    grace,
    linus,
    mallory,
    named_id,
    plant,
)
from tests.web.browser import Browser
from tests.web.test_desk_day import read

PEOPLE = "/desk/events/demo-2026/people/"


@pytest.mark.parametrize(
    "text", ["ada", "LOVELACE", "lovelace ada", "lovelacce", code_of(ada()), "TICKET-ADA"]
)
def test_a_person_is_found_by_what_one_hears(
    desk: Browser, store: SqliteStore, text: str
) -> None:
    plant(store, ada(), grace(), linus())
    page = desk.get(PEOPLE, query_string={"q": text}).text
    assert "Ada Lovelace" in page
    assert "Grace Hopper" not in page


def test_nobody_found_says_what_to_try(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada())
    assert "Nobody found" in desk.get(PEOPLE + "?q=zzzz").text


def test_people_come_by_the_page_and_by_presence(desk: Browser, store: SqliteStore) -> None:
    crowd = [an_attendee(f"Person {number:03}", ticket_code="") for number in range(60)]
    plant(store, ada(), *crowd, devices=[a_device()])
    read(store, a_device(), 1, codes=(code_of(ada()),))
    first, second = desk.get(PEOPLE).text, desk.get(PEOPLE + "?page=2").text
    assert "Page 1 of 2" in first
    assert "Person 059" not in first
    assert "Person 059" in second
    here = desk.get(PEOPLE + "?presence=here").text
    assert "Ada Lovelace" in here
    assert "Person 001" not in here
    assert "Ada Lovelace" not in desk.get(PEOPLE + "?presence=missing").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=-1", "page=99999999", "presence=all"]
)
def test_a_mistyped_address_still_shows_people(
    desk: Browser, store: SqliteStore, query: str
) -> None:
    plant(store, ada())
    assert desk.get(f"{PEOPLE}?{query}").status_code == 200


def test_the_desk_sees_why_somebody_was_let_in_and_what_was_undone(
    desk: Browser, store: SqliteStore
) -> None:
    gate = a_device("Gate", role="gate")
    plant(store, ada(status="pending"), devices=[gate])
    rule = a_list(include_pending=True)
    store.write(lambda tx, it, _: tx.events.put_list(it), rule, NOW)
    read(store, gate, 1, codes=(code_of(ada()),), override="Paid here")
    page = desk.get(PEOPLE + ada().id).text
    assert "let in: Paid here" in page
    assert "undone" not in page
    read(store, gate, 2, kind="annul", codes=(), annuls=named_id("scan 1"))
    assert "undone" in desk.get(PEOPLE + ada().id).text


def test_a_person_has_their_day_on_one_page(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada(attention="Lift at the west door"), devices=[a_device()])
    read(store, a_device(), 1, codes=(code_of(ada()),))
    page = desk.get(PEOPLE + ada().id).text
    for text in (
        "Lift at the west door",
        "Inside",
        "Welcomed",
        "TICKET-ADA",
        code_of(ada()),
    ):
        assert text in page


def test_a_new_badge_replaces_the_old_one(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada())
    answer = desk.post(f"{PEOPLE}{ada().id}/badges", {"reason": "lost"})
    assert answer.status_code == 303
    assert "A new badge is ready" in desk.get(answer.location).text
    with store.read() as tx:
        old = tx.badges.by_digest(digest(code_of(ada())))
        new = tx.badges.of_attendee(ada().id)
    assert old is not None
    assert (old.reason, old.replaced_at) == ("lost", NOW)
    assert new is not None
    assert new.id != a_badge(ada()).id


def test_a_walk_in_gets_a_badge_once(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    form = {"name": "  Zoë   Walk-in ", "email": "zoe@zoe.example"}
    first = desk.post(PEOPLE + "walk-ins", form)
    again = desk.post(PEOPLE + "walk-ins", form)
    assert first.location.endswith("done=added")
    assert again.location == first.location.replace("added", "known")
    page = desk.get(first.location).text
    assert "Zoë Walk-in" in page
    assert "They have a badge code" in page


def test_what_nobody_can_see_is_not_registered(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    form = {
        "name": "Zo\x07e\u202e gnp.\x1b[31m",
        "email": "zoe@zoe.example\r\nBcc: all@zoe.example",
        "company": "Na\0vy\u2028",
    }
    page = desk.get(desk.post(PEOPLE + "walk-ins", form).location).text
    assert "Zoe gnp.[31m" in page
    assert "Navy" in page
    assert not {"\x07", "\x1b", "\0", "\u202e", "\u2028"} & set(page)


def test_a_walk_in_needs_a_name(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    answer = desk.post(PEOPLE + "walk-ins", {"name": " ", "company": "Navy"})
    assert answer.status_code == 422
    assert 'value="Navy"' in answer.text


def test_a_forgotten_person_is_in_no_byte_of_the_file(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada(), grace())
    answer = desk.post(f"{PEOPLE}{ada().id}/erasure")
    assert "Forgotten" in desk.get(answer.location).text
    assert desk.get(PEOPLE + ada().id).status_code == 404
    raw = b"".join(path.read_bytes() for path in store.path.parent.glob("kiosk.sqlite*"))
    assert b"Lovelace" not in raw
    assert b"Hopper" in raw


@pytest.mark.parametrize("act", ["badges", "erasure"])
def test_nobody_of_another_event_can_be_touched(
    desk: Browser, store: SqliteStore, act: str
) -> None:
    plant(store, ada())
    before = dump(store)
    assert desk.post(f"{PEOPLE}{mallory().id}/{act}", {"reason": "x"}).status_code == 404
    assert dump(store) == before


def dump(store: SqliteStore) -> list[str]:
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())
