"""The end of the event at the desk: once, taken back, letters held and sent, papers out."""

import csv
import io
import json
import threading

import pytest

from kiosk.compose import Plan, plan
from kiosk.purge import PurgeEvent, purge_wholly
from kiosk.store import SqliteStore
from kiosk.web.papers import PAPERS
from tests.builders import NOW, a_device, ada, an_event, code_of, grace, join, linus, plant
from tests.web.browser import Browser
from tests.web.test_desk_day import read

EVENT = "/desk/events/demo-2026/"


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    """Ada and Grace came and swapped."""
    plant(store, ada(), grace(email="'=cmd()@evil.example"), devices=[a_device()])
    read(store, a_device(), 1, codes=(code_of(ada()),))
    read(store, a_device(), 2, codes=(code_of(grace()),))
    read(store, a_device(), 3, "connect", codes=(code_of(ada()), code_of(grace())))


def test_the_event_closes_once_and_says_by_whom(desk: Browser, store: SqliteStore) -> None:
    first, again = desk.post(EVENT + "closure"), desk.post(EVENT + "closure")
    assert first.location == EVENT + "?done=closed"
    assert again.location == EVENT + "?done=closed-before"
    with store.read() as tx:
        closures = tx.events.closures(an_event().id)
    assert [(closure.closed_by, closure.closed_at) for closure in closures] == [
        ("olga@demo.example", NOW)
    ]
    assert "Closed by olga@demo.example" in desk.get(EVENT).text


def test_many_presses_at_once_close_once(desk: Browser, store: SqliteStore) -> None:
    form = {"form_token": desk.form_token()}
    found: list[str] = []

    def press() -> None:
        found.append(desk.client.post(EVENT + "closure", data=form).location)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [EVENT + "?done=closed"] + 7 * [EVENT + "?done=closed-before"]
    with store.read() as tx:
        assert len(tx.events.closures(an_event().id)) == 1


def test_the_end_can_be_taken_back(desk: Browser, store: SqliteStore) -> None:
    desk.post(EVENT + "closure")
    assert "Reopen" in desk.get(EVENT).text
    assert desk.post(EVENT + "closure/reopening").location == EVENT + "?done=reopened"
    assert desk.post(EVENT + "closure/reopening").location == EVENT + "?done=open-already"
    with store.read() as tx:
        assert tx.events.closure(an_event().id) is None


def test_letters_are_counted_held_and_sent(desk: Browser, store: SqliteStore) -> None:
    assert "No letters yet" in desk.get(EVENT + "letters/").text
    desk.post(EVENT + "closure")
    with store.read() as tx:
        closure = tx.events.closure(an_event().id)
    assert closure is not None
    store.write(plan, Plan(an_event().id, closure.id), NOW)
    assert "2 letters" in desk.get(EVENT + "letters/").text
    held = desk.get(desk.post(EVENT + "letters/hold").location).text
    assert "Nothing leaves until you send it." in held
    assert "Send 2 letters now?" in held
    sent = desk.get(desk.post(EVENT + "letters/sending").location).text
    assert "On their way" in sent


def test_a_letter_can_be_read_beforehand(desk: Browser, store: SqliteStore) -> None:
    with store.read() as tx:
        connection = tx.connections.of_attendee(ada().id)[0]
    store.write(
        lambda tx, note, _: tx.sides.write_note(connection.id, ada().id, note),
        "owes me a compiler",
        NOW,
    )
    page = desk.get(f"{EVENT}people/{ada().id}/letter").text
    assert "Grace Hopper" in page
    assert "ada@ada.example" in page
    assert "owes me a compiler" not in page


def test_who_did_not_come_gets_no_letter(desk: Browser, store: SqliteStore) -> None:
    store.write(lambda tx, it, _: join(tx, it), linus(), NOW)
    assert (
        "only those who checked in" in desk.get(f"{EVENT}people/{linus().id}/letter").text
    )


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_a_download(desk: Browser, name: str) -> None:
    with desk.get(f"{EVENT}exports/{name}") as answer:
        raw = answer.get_data()
    assert answer.status_code == 200
    assert raw
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f"attachment; filename=demo-2026-{name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_export_leaves_nothing_on_the_disk(desk: Browser, store: SqliteStore) -> None:
    with desk.get(EVENT + "exports/everything.sqlite") as answer:
        answer.get_data()
    left = {path.name for path in store.path.parent.iterdir()}
    assert not {name for name in left if name.startswith("export")}


def test_a_table_tells_who_met_whom(desk: Browser) -> None:
    with desk.get(EVENT + "exports/connections.csv") as answer:
        rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert {rows[0]["first_name"], rows[0]["second_name"]} == {
        "Ada Lovelace",
        "Grace Hopper",
    }


def test_json_holds_every_sheet(desk: Browser) -> None:
    with desk.get(EVENT + "exports/everything.json") as answer:
        document = json.loads(answer.get_data())
    assert {"attendees", "check_ins", "connections", "scans", "letters"} <= set(document)


@pytest.mark.parametrize("name", ["nothing.csv", "..%2fkiosk.sqlite", "attendees.exe"])
def test_there_is_no_other_paper(desk: Browser, name: str) -> None:
    assert desk.get(f"{EVENT}exports/{name}").status_code == 404


def test_a_purged_event_says_so_and_keeps_its_counts(
    desk: Browser, store: SqliteStore
) -> None:
    purge_wholly(store, PurgeEvent(an_event(), is_due=True), NOW)
    page = desk.get(EVENT).text
    assert "Everybody was forgotten" in page
    assert "On the list were 2, of whom 2 came; connections: 1" in page
    assert "An empty guest list" not in page
    for person in (ada(), grace()):
        assert person.name not in page
