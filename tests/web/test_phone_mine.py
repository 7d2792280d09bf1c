"""Mine to take and to delete: files of everything, blocks, reports, and the erasure."""

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest
from flask import Flask

from kiosk.agree import Agreement, agree
from kiosk.ask import Ask, ask
from kiosk.model import Attendee, Connection, How
from kiosk.remember import Remember, remember
from kiosk.report import REASON_LENGTH
from kiosk.settings import Settings
from kiosk.store import SqliteStore, Tx
from tests.builders import EVENT_ID, NOW, Clock, ada, an_event, code_of, linus, mallory
from tests.web.browser import Browser
from tests.web.mailbox import Mailbox
from tests.web.phones import SECRETS, between, full_grace, phone_of

NOTE = "=cmd() talked about compilers"
HERS = "seemed tired"
UNSHARED = (SECRETS["phone"], SECRETS["website"], SECRETS["attention"], SECRETS["goal"])


@pytest.fixture
def met(hall: Flask, store: SqliteStore) -> Connection:
    """Ada and Grace swapped, and each wrote something down."""

    def make(tx: Tx, _: None, _now: object) -> Connection:
        hows: tuple[How, How] = ("two_badges", "two_badges")
        people = (ada(), full_grace())
        made = agree(tx, Agreement(an_event(), people, hows, NOW, "Coffee"))[0]
        remember(tx, Remember(ada().id, made.id, NOTE), NOW)
        remember(tx, Remember(full_grace().id, made.id, HERS), NOW)
        return made

    return store.write(make, None, NOW)


@pytest.fixture
def mailbox(hall: Flask, store: SqliteStore, settings: Settings, clock: Clock) -> Mailbox:
    return Mailbox(store, settings, clock)


def known_to(store: SqliteStore, person: Attendee) -> bool:
    with store.read() as tx:
        return tx.attendees.get(person.id) is not None


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("people.vcf", "text/vcard; charset=utf-8"),
        ("people.csv", "text/csv; charset=utf-8"),
        ("everything.json", "application/json; charset=utf-8"),
    ],
)
def test_each_file_holds_what_i_may_see_and_nothing_else(
    adas: Browser, met: Connection, file: str, kind: str
) -> None:
    answer = adas.get(f"/me/mine/{file}")
    assert answer.content_type == kind
    assert answer.headers["Content-Disposition"].startswith(
        "attachment; filename=demo-2026"
    )
    assert SECRETS["email"] in answer.text
    assert "talked about compilers" in answer.text
    assert not [word for word in (*UNSHARED, HERS) if word in answer.text]


def test_the_cards_are_of_version_three(adas: Browser, met: Connection) -> None:
    text = adas.get("/me/mine/people.vcf").text
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.count("BEGIN:VCARD") == 1


def test_the_table_runs_no_formula(adas: Browser, met: Connection) -> None:
    text = adas.get("/me/mine/people.csv").text.removeprefix("\ufeff")
    headings, row = csv.reader(StringIO(text))
    told = dict(zip(headings, row, strict=True))
    assert told["Name"] == SECRETS["name"]
    assert told["My note"] == f"'{NOTE}"


def test_everything_about_me_is_in_one_file(adas: Browser, met: Connection) -> None:
    held = json.loads(adas.get("/me/mine/everything.json").text)
    assert held["person"]["email"] == ada().email
    assert held["connections"][0]["note"] == NOTE
    assert "reports" in held


def test_notes_are_said_to_be_my_own_data(adas: Browser, met: Connection) -> None:
    assert "part of your own data" in adas.get("/me/mine").text


def test_somebody_withdrawn_is_in_no_file(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    graces.post(f"/me/people/{met.id}/withdrawal")
    for file in ("people.vcf", "people.csv", "everything.json"):
        assert SECRETS["email"] not in adas.get(f"/me/mine/{file}").text


def test_a_blocked_person_sees_what_a_withdrawal_shows(
    adas: Browser, graces: Browser, met: Connection, store: SqliteStore
) -> None:
    path = f"/me/people/{met.id}"
    pages: list[Callable[[], str]] = [
        lambda: graces.get(path).text,
        lambda: graces.get("/me").text,
        lambda: graces.get("/me/shared").text,
        lambda: graces.get(f"/B/{code_of(ada())}").text,
        lambda: graces.get("/me/mine/everything.json").text,
    ]
    adas.post(f"{path}/withdrawal")
    after_a_withdrawal = [page() for page in pages]
    store.write(lambda tx, it, _: tx.connections.change(it), met, NOW)
    assert "Block" in adas.get(f"{path}/block").text
    assert adas.post(f"{path}/block").location == "/me/blocked?news=blocked"
    assert [page() for page in pages] == after_a_withdrawal


def test_the_list_of_the_blocked_names_them_and_ends_it(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    adas.post(f"/me/people/{met.id}/block")
    page = adas.get("/me/blocked").text
    assert "Grace" in page
    assert not [word for word in (SECRETS["email"], *UNSHARED) if word in page]
    assert "Grace" not in phone_page_of(graces)
    assert adas.post(f"/me/people/{met.id}/unblocking").location.endswith("news=unblocked")
    assert "Unblock" not in adas.get("/me/blocked").text
    assert adas.post(f"/me/people/{met.id}/unblocking").status_code == 404


def test_who_was_blocked_may_block_as_well_and_learns_nothing(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    """Each frees their own side; who was withdrawn from is shown no name by it."""
    path = f"/me/people/{met.id}"
    adas.post(f"{path}/block")
    assert f"{path}/block" in graces.get(path).text
    assert "Ada" not in graces.get(f"{path}/block").text
    assert graces.post(f"{path}/block").location == "/me/blocked?news=blocked"
    listed = graces.get("/me/blocked").text
    assert "Unblock" in listed
    assert "Ada" not in listed
    adas.post(f"{path}/unblocking")
    assert "You blocked this person" in graces.get(f"/B/{code_of(ada())}").text
    assert graces.get(f"{path}/block").location == "/me/blocked"
    assert "You blocked this person" in graces.get(path).text


def phone_page_of(browser: Browser) -> str:
    return browser.get("/me/blocked").text


def test_an_ask_can_be_blocked_and_never_reaches_me_again(
    adas: Browser, graces: Browser, store: SqliteStore, hall: Flask
) -> None:
    store.write(ask, Ask(full_grace().id, code_of(ada())), NOW)
    asked = between(store, ada(), full_grace())
    adas.post(f"/me/people/{asked.id}/block")
    assert "Asking you" not in adas.get("/me").text
    assert graces.post(f"/b/{code_of(ada())}/ask").status_code == 303
    assert "Asking you" not in adas.get("/me").text


@pytest.mark.parametrize("act", ["block", "unblocking", "report"])
def test_nobody_else_acts_on_a_connection(hall: Flask, met: Connection, act: str) -> None:
    """The outsider is of another event, and Linus has met neither."""
    mallorys = phone_of(hall, mallory())
    answer = mallorys.post(f"/me/people/{met.id}/{act}", {"reason": "let me see"})
    assert answer.status_code == 404


def test_a_report_reaches_the_desk_and_not_the_reported(
    adas: Browser, graces: Browser, desk: Browser, met: Connection
) -> None:
    words = "<b>followed</b> me \u202eto the train"
    answer = adas.post(f"/me/people/{met.id}/report", {"reason": words, "block": "yes"})
    assert answer.location == "/me?news=reported"
    page = desk.get("/desk/events/demo-2026/reports/").text
    assert "&lt;b&gt;followed&lt;/b&gt; me to the train" in page
    assert ada().name in page
    for path in ("/me", "/me/shared", "/me/mine/everything.json", f"/me/people/{met.id}"):
        assert "followed" not in graces.get(path).text
    assert "Grace" in adas.get("/me/blocked").text


def test_a_report_is_seen_to_at_the_desk(
    adas: Browser, desk: Browser, met: Connection, store: SqliteStore
) -> None:
    adas.post(f"/me/people/{met.id}/report", {"reason": "followed me"})
    with store.read() as tx:
        (told,) = tx.reports.of_event(EVENT_ID)
    answer = desk.post(f"/desk/events/demo-2026/reports/{told.id}/seen")
    assert answer.location == "/desk/events/demo-2026/reports/"
    page = desk.get(answer.location).text
    assert "Nothing to see to" in page
    assert "olga@demo.example" in page
    assert desk.post("/desk/events/demo-2026/reports/nothing/seen").status_code == 404


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "a few words"), ("x" * (REASON_LENGTH + 1), "1001 characters; 1000 is the most")],
)
def test_a_report_that_cannot_be_sent_is_not_lost(
    adas: Browser, met: Connection, reason: str, words: str
) -> None:
    answer = adas.post(f"/me/people/{met.id}/report", {"reason": reason})
    assert answer.status_code == 422
    assert words in answer.text
    assert reason in answer.text


def test_somebody_who_ended_it_can_still_be_reported_but_not_seen(
    adas: Browser, graces: Browser, met: Connection
) -> None:
    graces.post(f"/me/people/{met.id}/withdrawal")
    assert "/report" in adas.get(f"/me/people/{met.id}").text
    page = adas.get(f"/me/people/{met.id}/report").text
    assert "Grace" not in page
    assert "Block this person" in page


def test_the_desk_is_told_quietly_of_a_collector(
    hall: Flask, desk: Browser, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.collecting.MANY_ASKS", 2)
    monkeypatch.setattr("kiosk.web.desk.reports.MANY_ASKS", 2)
    assert "under Reports" not in desk.get("/desk/events/demo-2026/").text
    for person in (ada(), linus()):
        store.write(ask, Ask(full_grace().id, code_of(person)), NOW)
    page = desk.get("/desk/events/demo-2026/reports/").text
    assert "asks many people and few say yes" in page
    assert "2 asked, 0 said yes" in page
    assert "One thing to look at under Reports" in desk.get("/desk/events/demo-2026/").text


def test_erasing_takes_a_fresh_link_and_a_press(
    adas: Browser, hall: Flask, mailbox: Mailbox, store: SqliteStore, clock: Clock
) -> None:
    clock.move(minutes=30)  # the phone was linked long ago
    assert adas.post("/me/erasure").location == "/me/erasure"
    assert known_to(store, ada())
    assert "mail you a link" in adas.get("/me/erasure").text
    assert adas.post("/me/erasure/link").location == "/me/erasure?news=confirm"
    url = mailbox.link_about("Erase everything")
    elsewhere = Browser(hall)
    assert elsewhere.get("/me/erasure/confirmation").status_code == 200
    assert known_to(store, ada())
    answer = elsewhere.post("/me/erasure/confirmation", {"token": url})
    assert answer.location == "/me/erased"
    assert "You are erased" in elsewhere.get("/me/erased").text
    assert not known_to(store, ada())
    assert adas.get("/me").location == "/me/link"
    again = elsewhere.post("/me/erasure/confirmation", {"token": url})
    assert again.status_code == 410


def test_a_phone_linked_a_moment_ago_erases_and_drops_its_cookie(
    adas: Browser, store: SqliteStore, met: Connection, graces: Browser
) -> None:
    assert "Erase me now" in adas.get("/me/erasure").text
    answer = adas.post("/me/erasure")
    assert answer.location == "/me/erased"
    assert any("hall-phone=;" in one for one in answer.headers.getlist("Set-Cookie"))
    assert not known_to(store, ada())
    assert ada().name not in graces.get("/me").text
    assert graces.get(f"/me/people/{met.id}").status_code in {404, 410}


def test_an_old_confirmation_erases_nobody(
    adas: Browser, hall: Flask, mailbox: Mailbox, store: SqliteStore, clock: Clock
) -> None:
    adas.post("/me/erasure/link")
    url = mailbox.link_about("Erase everything")
    clock.move(minutes=11)
    answer = Browser(hall).post("/me/erasure/confirmation", {"token": url})
    assert answer.status_code == 410
    assert "Nothing was erased" in answer.text
    assert known_to(store, ada())
