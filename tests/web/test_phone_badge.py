"""What a badge opens: nothing for strangers, a question for a linked phone."""

import time
from datetime import datetime
from random import choices
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.ask import ASKS_A_MINUTE, Ask, ask
from kiosk.ids import ALPHABET
from kiosk.remember import NOTE_LENGTH
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    NOW,
    Clock,
    ada,
    an_attendee,
    an_event,
    code_of,
    grace,
    join,
    let_in,
    mallory,
)
from tests.web.browser import Browser
from tests.web.phones import (
    between,
    phone_of,
    words_of_grace,
)

GRACE = code_of(grace())
UNKNOWN = "0123456789ABCDEF"


def ask_for(browser: Browser, code: str, note: str = "") -> str:
    """Press *Ask to swap*; the text of the page one lands on."""
    answer = browser.post(f"/b/{code}/ask", {"note": note}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_capitals_open_the_same_page(hall: Flask) -> None:
    client = hall.test_client()
    assert client.get(f"/B/{GRACE}").text == client.get(f"/b/{GRACE.lower()}").text


@pytest.mark.parametrize(
    "days", [-30, 0, 1.5, 90], ids=["before", "open", "late", "long after"]
)
def test_a_stranger_sees_the_event_and_nobody(
    hall: Flask, clock: Clock, days: float
) -> None:
    clock.move(days=days)
    answer = hall.test_client().get(f"/b/{GRACE}")
    assert answer.status_code == 200
    assert an_event().name in answer.text
    assert "This is mine" in answer.text
    assert "I am at this event" in answer.text
    assert not words_of_grace(answer.text)
    assert "Grace" not in answer.text


@pytest.mark.parametrize("code", [UNKNOWN, "nonsense", "%00", "..%5c..", "x" * 300])
def test_an_unknown_code_looks_like_a_known_one(hall: Flask, code: str) -> None:
    client = hall.test_client()
    known, unknown = client.get(f"/b/{GRACE}"), client.get(f"/b/{code}")
    assert unknown.status_code == known.status_code
    names = (an_event().name, "Other Meeting")
    plain = [_without(answer.text, names) for answer in (known, unknown)]
    assert plain[0] == plain[1]
    assert any(name in unknown.text for name in names)


def _without(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, "EVENT")
    return text


JUNK = [".", ").", ",", "”", "\u200b", "/", "%20", "?utm=1", "#x"]


@pytest.mark.parametrize("junk", JUNK)
def test_what_a_message_leaves_hanging_on_the_address_is_no_part_of_it(
    adas: Browser, junk: str
) -> None:
    answer = adas.get(f"/B/{GRACE}{junk}", follow_redirects=True)
    assert "Ask to swap" in answer.text


def test_an_unknown_code_names_the_same_event_each_time(hall: Flask) -> None:
    pages = {hall.test_client().get(f"/b/{UNKNOWN}").text for _ in range(5)}
    assert len(pages) == 1


def test_no_code_of_many_can_be_told_by_its_time(hall: Flask, store: SqliteStore) -> None:
    """Not to a stranger, and not to a linked phone when nobody can be asked."""
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(60)]

    def arrive(tx: Tx, _: None, _now: object) -> None:
        for person in crowd:
            join(tx, person)

    store.write(arrive, None, NOW)
    kinds = {
        "worn": [GRACE, *map(code_of, crowd[1:])],
        "made up": ["".join(choices(ALPHABET, k=16)) for _ in crowd],
    }
    for client in (hall.test_client(), phone_of(hall, ada()).client):
        client.get(f"/b/{UNKNOWN}")
        taken = _times(client, kinds)
        assert abs(median(taken["worn"]) - median(taken["made up"])) < 0.001


def _times(client: FlaskClient, kinds: dict[str, list[str]]) -> dict[str, list[float]]:
    """Seconds of work for each code, the kinds in turn.

    The pages are made in this thread, so its own seconds leave out what else a busy
    machine does.
    """
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(3):
        for codes in zip(*kinds.values(), strict=True):
            for kind, code in zip(kinds, codes, strict=True):
                before = time.thread_time()
                client.get(f"/b/{code}")
                taken[kind].append(time.thread_time() - before)
    return taken


def test_a_stranger_cannot_ask(hall: Flask) -> None:
    assert Browser(hall).post(f"/b/{GRACE}/ask").status_code == 401


def test_who_asks_too_fast_keeps_their_note_and_the_button(
    adas: Browser, store: SqliteStore
) -> None:
    crowd = [an_attendee(f"Guest{number} Guest") for number in range(ASKS_A_MINUTE)]

    def ask_them(tx: Tx, _: None, now: datetime) -> None:
        for person in crowd:
            join(tx, person)
            let_in(tx, person)
            ask(tx, Ask(ada().id, code_of(person)), now)

    store.write(ask_them, None, NOW)
    answer = adas.post(f"/b/{GRACE}/ask", {"note": "owes me a compiler"})
    assert answer.status_code == 429
    assert "press the button again" in answer.text
    assert "Ask to swap" in answer.text
    assert "owes me a compiler" in answer.text


def test_no_length_is_cut_off_while_it_is_typed(adas: Browser) -> None:
    assert "maxlength" not in adas.get(f"/b/{GRACE}").text


def test_an_ask_needs_our_own_form(hall: Flask, store: SqliteStore, adas: Browser) -> None:
    assert adas.client.post(f"/b/{GRACE}/ask").status_code == 403
    with store.read() as tx:
        assert tx.connections.between(ada().id, grace().id) is None


def test_before_both_agree_a_first_name_and_a_company_are_all(adas: Browser) -> None:
    page = adas.get(f"/b/{GRACE}").text
    assert words_of_grace(page) == {"company"}
    assert "Grace" in page
    page = ask_for(adas, GRACE)
    assert "Asked" in page
    assert words_of_grace(page) == {"company"}


def test_who_is_asked_sees_who_asks_and_nothing_more(
    hall: Flask, adas: Browser, graces: Browser
) -> None:
    ask_for(graces, code_of(ada()))
    for path in (f"/b/{GRACE}", "/me"):
        page = adas.get(path).text
        assert words_of_grace(page) == {"name", "company"}


def test_scanning_back_shows_what_both_share(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    ask_for(adas, GRACE)
    page = ask_for(graces, code_of(ada()))
    assert "You are connected" in page
    assert ada().email in page
    connection = between(store, ada(), grace())
    page = adas.get(f"/me/people/{connection.id}").text
    shared = {"name", "company", "role", "pronouns", "email", "linkedin"}
    assert words_of_grace(page) == shared


def test_a_badge_of_somebody_i_met_opens_their_page(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    ask_for(adas, GRACE)
    ask_for(graces, code_of(ada()))
    connection = between(store, ada(), grace())
    assert adas.get(f"/b/{GRACE}").location == f"/me/people/{connection.id}"


def test_my_own_badge_opens_my_own_page(adas: Browser) -> None:
    assert adas.get(f"/b/{code_of(ada())}").location == "/me"


def test_a_badge_of_another_event_is_a_badge_nobody_can_show(
    hall: Flask, adas: Browser
) -> None:
    mallorys = phone_of(hall, mallory())
    pages = {
        browser.get(f"/b/{code}").text.partition("<main")[2]
        for browser, code in (
            (adas, code_of(mallory())),
            (adas, UNKNOWN),
            (mallorys, GRACE),
            (mallorys, UNKNOWN),
        )
    }
    assert len(pages) == 1
    assert "Not just now" in pages.pop()


def test_a_note_written_while_asking_is_kept_for_later(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    ask_for(adas, GRACE, note="owes me a nanosecond")
    page = ask_for(graces, code_of(ada()), note="lent her a wire")
    assert "lent her a wire" in page
    assert "owes me" not in page
    connection = between(store, ada(), grace())
    assert "owes me a nanosecond" in adas.get(f"/me/people/{connection.id}").text


def test_a_note_of_a_second_ask_is_kept_below_the_first(
    adas: Browser, graces: Browser, store: SqliteStore, clock: Clock
) -> None:
    ask_for(adas, GRACE, note="owes me a nanosecond")
    adas.post(f"/me/people/{between(store, ada(), grace()).id}/withdrawal")
    clock.move(minutes=5)
    ask_for(adas, GRACE, note="and a compiler")
    ask_for(graces, code_of(ada()))
    page = adas.get(f"/me/people/{between(store, ada(), grace()).id}").text
    assert "owes me a nanosecond\nand a compiler" in page


def test_a_note_that_is_too_long_is_not_lost(adas: Browser, store: SqliteStore) -> None:
    note = "x" * (NOTE_LENGTH + 1)
    answer = adas.post(f"/b/{GRACE}/ask", {"note": note})
    assert answer.status_code == 422
    assert note in answer.text
    assert f"{NOTE_LENGTH + 1} characters" in answer.text
    with store.read() as tx:
        assert tx.connections.between(ada().id, grace().id) is None


def test_an_ask_can_be_taken_back(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    ask_for(adas, GRACE)
    connection = between(store, ada(), grace())
    answer = adas.post(f"/me/people/{connection.id}/withdrawal", follow_redirects=True)
    assert "Taken back" in answer.text
    assert "Asking you" not in graces.get("/me").text
