"""Lists at the desk: nothing happens before the preview, and then exactly what it said."""

from contextlib import closing
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from kiosk.store import SqliteStore
from kiosk.store.sqlite import connect
from tests.builders import Clock, ada, an_event, plant
from tests.web.browser import Browser

IMPORT = "/desk/events/demo-2026/import/"
LIST = (
    "Name;E-Mail;Firma;Ticket\n"
    "Ada Lovelace;ada@ada.example;Analytical Engines;Regular\n"
    "Zoë Ünal;zoe@example.org;Studio Nord;Student\n"
    "Nobody;not-an-address;;Student\n"
)


def upload(desk: Browser, text: str | bytes = LIST, name: str = "list.csv") -> TestResponse:
    raw = text.encode() if isinstance(text, str) else text
    return desk.post(IMPORT, {"list": (BytesIO(raw), name)})


def names(store: SqliteStore) -> set[str]:
    with store.read() as tx:
        return {person.name for person in tx.attendees.of_event(an_event().id)}


def dump(store: SqliteStore) -> list[str]:
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())


def test_a_preview_writes_nothing_and_says_what_would_be(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada())
    before = dump(store)
    answer = upload(desk)
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert dump(store) == before
    assert "Import 2 people" in page
    assert "the e-mail address is not one and was left out" in page
    assert "Row 4" in page
    assert "Zoë Ünal" in page
    assert "<dt><bdi>Firma</bdi></dt><dd>Company</dd>" in page


def test_applying_does_what_the_preview_said_and_forgets_the_file(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada())
    address = upload(desk).location
    done = desk.post(address)
    assert done.status_code == 200
    assert "2 added, 0 corrected, 1 as they were" in done.text
    assert names(store) == {"Ada Lovelace", "Zoë Ünal", "Nobody"}
    assert desk.post(address).status_code == 404


def test_a_misunderstood_column_can_be_corrected(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    address = upload(desk, "Name;Stand\nZoë;Blue team\n").location
    pairs = "?column=Stand&field=company"
    page = desk.get(address + pairs).text
    assert "<dt><bdi>Stand</bdi></dt><dd>Company</dd>" in page
    desk.post(address, {"column": "Stand", "field": "company"})
    with store.read() as tx:
        assert tx.attendees.of_event(an_event().id)[0].company == "Blue team"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "Choose the file"),
        (b"Name;E-Mail\n", "not a single person"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.csv"),
    ],
)
def test_a_file_that_is_no_list_is_one_sentence(
    desk: Browser, store: SqliteStore, text: bytes, says: str
) -> None:
    plant(store)
    answer = upload(desk, text, "picture.csv")
    if answer.status_code == 303:
        answer = desk.get(answer.location)
    assert answer.status_code == 422
    assert says in answer.text
    assert names(store) == set()


def test_a_file_waits_half_an_hour(desk: Browser, store: SqliteStore, clock: Clock) -> None:
    plant(store)
    address = upload(desk).location
    clock.move(minutes=29)
    assert desk.get(address).status_code == 200
    clock.move(minutes=1)
    assert desk.get(address).status_code == 404


def test_only_three_files_wait_at_a_time(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    addresses = [upload(desk).location for _ in range(4)]
    assert [desk.get(address).status_code for address in addresses] == [404, 200, 200, 200]


def test_a_file_waits_for_its_own_event(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    plant(store, event=an_event(slug="other-2026"))
    address = upload(desk).location.replace("demo-2026", "other-2026")
    assert desk.get(address).status_code == 404


def test_an_erasure_forgets_waiting_files(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada())
    address = upload(desk).location
    desk.post(f"/desk/events/demo-2026/people/{ada().id}/erasure")
    assert desk.get(address).status_code == 404


def test_a_file_of_21_megabytes_is_too_large(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    kind = "multipart/form-data; boundary=x"
    answer = desk.client.post(IMPORT, data=b"x" * 21_000_000, content_type=kind)
    assert answer.status_code == 413


def test_names_that_are_markup_stay_text(desk: Browser, store: SqliteStore) -> None:
    plant(store)
    address = upload(
        desk, "Name;E-Mail\n<script>alert(1)</script>;x@example.org\n"
    ).location
    assert "<script>alert" not in desk.get(address).text
    desk.post(address)
    assert "<script>alert" not in desk.get("/desk/events/demo-2026/people/").text
