"""A linked phone's own pages: the people I met, what I share, what I noted."""

import pytest
from flask import Flask

from kiosk.agree import Agreement, agree
from kiosk.consent import Share, share
from kiosk.model import Attendee, Connection, How
from kiosk.remember import NOTE_LENGTH
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    Clock,
    ada,
    an_attendee,
    an_event,
    code_of,
    join,
    let_in,
    mallory,
)
from tests.web.browser import Browser
from tests.web.phones import (
    SECRETS,
    between,
    full_grace,
    phone_of,
    words_of_grace,
)

SHARED = {"name", "company", "role", "pronouns", "email", "linkedin"}


@pytest.fixture
def met(hall: Flask, store: SqliteStore) -> Connection:
    """Ada and Grace swapped at a tablet."""
    return swap(store, ada(), full_grace())


def swap(store: SqliteStore, one: Attendee, two: Attendee, place: str = "") -> Connection:
    def make(tx: Tx, _: None, _now: object) -> Connection:
        hows: tuple[How, How] = ("two_badges", "two_badges")
        return agree(tx, Agreement(an_event(), (one, two), hows, NOW, place or "Coffee"))[0]

    return store.write(make, None, NOW)


def test_the_people_i_met_stand_on_my_page(adas: Browser, met: Connection) -> None:
    page = adas.get("/me").text
    assert "People I met" in page
    assert words_of_grace(page) == {"name", "company", "role"}
    assert f"/me/people/{met.id}" in page


def test_an_empty_page_says_what_to_do(adas: Browser) -> None:
    assert "Scan the badge of somebody" in adas.get("/me").text


def test_an_ask_is_accepted_with_one_press(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    graces.post(f"/b/{code_of(ada())}/ask")
    page = adas.get("/me").text
    assert "Asking you" in page
    connection = between(store, ada(), full_grace())
    answer = adas.post(
        f"/me/asks/{connection.id}/answer", {"answer": "yes"}, follow_redirects=True
    )
    assert words_of_grace(answer.text) == SHARED


def test_an_ask_is_declined_and_nobody_is_told(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    graces.post(f"/b/{code_of(ada())}/ask")
    before = graces.get("/me").text
    connection = between(store, ada(), full_grace())
    answer = adas.post(f"/me/asks/{connection.id}/answer", {"answer": "no"})
    assert answer.location == "/me?news=declined"
    assert "Asking you" not in adas.get("/me").text
    assert graces.get("/me").text == before


def test_an_answer_that_comes_too_late_is_told_so(
    adas: Browser, graces: Browser, store: SqliteStore
) -> None:
    graces.post(f"/b/{code_of(ada())}/ask")
    connection = between(store, ada(), full_grace())
    graces.post(f"/me/people/{connection.id}/withdrawal")
    answer = adas.post(
        f"/me/asks/{connection.id}/answer", {"answer": "yes"}, follow_redirects=True
    )
    assert "That ask is over" in answer.text


def test_a_person_shows_exactly_what_they_share(adas: Browser, met: Connection) -> None:
    page = adas.get(f"/me/people/{met.id}").text
    assert words_of_grace(page) == SHARED
    assert "mailto:amazing.grace@navy.example" in page
    assert 'href="https://linkedin.com/in/amazing-grace"' in page
    assert "Coffee" in page


@pytest.mark.parametrize("path", ["", "/contact.vcf", "/withdrawal"])
def test_nobody_else_finds_a_connection(hall: Flask, met: Connection, path: str) -> None:
    address = f"/me/people/{met.id}{path}"
    assert phone_of(hall, mallory()).get(address).status_code == 404
    stranger = hall.test_client().get(address)
    assert (stranger.status_code, stranger.location) == (303, "/me/link")


@pytest.mark.parametrize("act", ["note", "sharing", "withdrawal"])
def test_nobody_else_touches_a_connection(
    hall: Flask, store: SqliteStore, met: Connection, act: str
) -> None:
    form = {"note": "mine", "share": "phone"}
    address = f"/me/people/{met.id}/{act}"
    assert phone_of(hall, mallory()).post(address, form).status_code == 404
    assert Browser(hall).post(address, form).status_code == 401
    assert between(store, ada(), full_grace()) == met


def test_a_contact_is_saved_as_a_card(adas: Browser, met: Connection) -> None:
    adas.post(f"/me/people/{met.id}/note", {"note": "owes me a nanosecond"})
    answer = adas.get(f"/me/people/{met.id}/contact.vcf")
    assert answer.content_type == "text/vcard; charset=utf-8"
    assert 'filename="Grace Brewster Hopper.vcf"' in answer.headers["Content-Disposition"]
    assert words_of_grace(answer.text.replace("\r\n ", "")) == SHARED
    assert "owes me a nanosecond" in answer.text.replace("\r\n ", "")
    assert answer.text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")


def test_ending_it_ends_it_for_both_at_once(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    assert "End the connection?" in adas.get(f"/me/people/{met.id}/withdrawal").text
    assert graces.get(f"/me/people/{met.id}").status_code == 200
    answer = adas.post(f"/me/people/{met.id}/withdrawal", follow_redirects=True)
    assert "No longer shared" in answer.text
    for browser, name in ((adas, SECRETS["name"]), (graces, ada().name)):
        page = browser.get(f"/me/people/{met.id}")
        assert page.status_code == 410
        assert "No longer shared" in page.text
        assert name not in page.text
        assert name not in browser.get("/me").text.partition("<h1>My people</h1>")[2][60:]
        assert browser.get(f"/me/people/{met.id}/contact.vcf").status_code == 404
        assert browser.get(f"/me/people/{met.id}/withdrawal").status_code == 410


def test_one_person_may_see_less_than_others(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    form = {"share": ["company", "website"]}
    assert graces.post(f"/me/people/{met.id}/sharing", form).status_code == 303
    page = adas.get(f"/me/people/{met.id}").text
    assert words_of_grace(page) == {"name", "company", "website"}


@pytest.mark.parametrize(
    "note",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "\u202egnirts\u202c {{ 7 * 7 }} 👋🏽",
    ],
)
def test_a_note_is_shown_harmless(adas: Browser, met: Connection, note: str) -> None:
    page = adas.post(f"/me/people/{met.id}/note", {"note": note}, follow_redirects=True)
    assert "Note kept" in page.text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "49" not in page.text.partition("<textarea")[2].partition("</textarea>")[0]


def test_a_note_that_is_too_long_is_not_lost(adas: Browser, met: Connection) -> None:
    note = "y" * 10_000
    answer = adas.post(f"/me/people/{met.id}/note", {"note": note})
    assert answer.status_code == 422
    assert note in answer.text
    assert f"10000 characters; {NOTE_LENGTH} is the most" in answer.text


def test_what_others_note_of_me_is_never_mine_to_see(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    adas.post(f"/me/people/{met.id}/note", {"note": "talks too fast"})
    for path in ("/me", f"/me/people/{met.id}", "/me/shared"):
        assert "talks too fast" not in graces.get(path).text


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "data:text/html,x", "//evil example", "not a page"]
)
def test_only_web_addresses_become_links(
    hall: Flask, store: SqliteStore, website: str
) -> None:
    trickster = an_attendee("Eve", website=website, share=("name", "website"))

    def arrive(tx: Tx, _: None, _now: object) -> None:
        join(tx, trickster)
        let_in(tx, trickster)

    store.write(arrive, None, NOW)
    connection = swap(store, ada(), trickster)
    page = phone_of(hall, ada()).get(f"/me/people/{connection.id}").text
    assert website in page
    assert f'href="{website}' not in page
    assert "javascript:" not in page.replace(f"<bdi>{website}</bdi>", "")


def test_who_has_what_of_me(graces: Browser, met: Connection, store: SqliteStore) -> None:
    page = graces.get("/me/shared").text
    assert ada().name in page
    assert "Name, company, role, pronouns, e‑mail and LinkedIn" in page
    assert "both badges at Coffee" in page
    store.write(share, Share(full_grace().id, ("name",)), NOW)
    assert "e‑mail and LinkedIn" in graces.get("/me/shared").text


def test_what_they_see_was_theirs_since_both_agreed(
    graces: Browser, met: Connection, clock: Clock
) -> None:
    """Also when I have taken a field away since: they had the others all the time."""
    clock.move(days=1)
    graces.post(f"/me/people/{met.id}/sharing", {"share": ["company"]})
    page = graces.get("/me/shared").text
    assert "Name and company" in page
    assert "since 1 June, 10:00" in page


def test_who_i_asked_has_my_name_until_they_answer(adas: Browser, graces: Browser) -> None:
    adas.post(f"/b/{code_of(full_grace())}/ask")
    page = adas.get("/me/shared").text
    assert "Nobody has anything" not in page
    assert "Name and company" in page
    assert "until they answer" in page
    assert not words_of_grace(page)
    assert "Nobody has anything" in graces.get("/me/shared").text


def test_an_erased_person_is_gone_from_every_page(
    adas: Browser, met: Connection, store: SqliteStore
) -> None:
    from kiosk.erase import Erase, erase  # noqa: PLC0415

    store.write(erase, Erase(EVENT_ID, full_grace().id, KEY), NOW)
    assert adas.get(f"/me/people/{met.id}").status_code in {404, 410}
    for path in ("/me", "/me/shared"):
        assert not words_of_grace(adas.get(path).text)


def test_an_erased_person_has_no_phone(graces: Browser, store: SqliteStore) -> None:
    from kiosk.erase import Erase, erase  # noqa: PLC0415

    store.write(erase, Erase(EVENT_ID, full_grace().id, KEY), NOW)
    assert graces.get("/me").location == "/me/link"


def test_my_pages_stay_open_after_the_event(
    adas: Browser, met: Connection, clock: Clock
) -> None:
    clock.move(days=30)
    assert words_of_grace(adas.get(f"/me/people/{met.id}").text) == SHARED


@pytest.mark.parametrize(
    "path", ["/me", "/me/card", "/me/shared", "/me/phones", "/me/link", "/b/X"]
)
def test_pages_about_people_are_kept_nowhere(adas: Browser, path: str) -> None:
    assert adas.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["0", "-3", "999", "one", ""])
def test_a_made_up_page_number_is_harmless(
    adas: Browser, met: Connection, page: str
) -> None:
    assert adas.get(f"/me?page={page}&news=<b>").status_code == 200


def test_three_hundred_people_are_a_light_page(
    hall: Flask, store: SqliteStore, adas: Browser
) -> None:
    crowd = [an_attendee(f"Guest{number} Visitor") for number in range(300)]

    def arrive(tx: Tx, _: None, _now: object) -> None:
        for person in crowd:
            join(tx, person)
            agree(tx, Agreement(an_event(), (ada(), person), ("asked", "accepted"), NOW))

    store.write(arrive, None, NOW)
    assert len(adas.get("/me").data) < 60_000
    names = set()
    for number in range(1, 7):
        page = adas.get(f"/me?page={number}").text
        names |= {name for person in crowd if (name := person.name) in page}
    assert len(names) == 300


def _now(store: SqliteStore, person: Attendee) -> Attendee:
    with store.read() as tx:
        found = tx.attendees.get(person.id)
    assert found is not None
    return found
