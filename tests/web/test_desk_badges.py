"""Badges printed at the desk: the new ones, all of them, one; and never a wrong code."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from pypdf import PdfReader

from kiosk.badges import short_form
from kiosk.ids import agree_code
from kiosk.store import SqliteStore
from kiosk.web.desk import badges
from tests.builders import (
    KEY,
    NOW,
    a_badge,
    a_device,
    ada,
    an_event,
    grace,
    join,
    linus,
    plant,
)
from tests.web.browser import Browser
from tests.web.test_desk_day import read

EVENT = "/desk/events/demo-2026/"


def pages(desk: Browser, path: str, **form: str) -> list[str]:
    with desk.post(EVENT + path, form) as answer:
        raw = answer.get_data()
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]


def test_new_badges_are_printed_once_and_all_of_them_again(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada(), linus(status="canceled"))
    first = pages(desk, "badges/", which="new", layout="card")
    assert len(first) == 1
    assert "Ada" in first[0]
    store.write(lambda tx, it, _: join(tx, it), grace(), NOW)
    second = pages(desk, "badges/", which="new", layout="card")
    assert len(second) == 1
    assert "Grace" in second[0]
    assert "There is no badge to print" in desk.post(
        EVENT + "badges/", {"which": "new"}
    ).get_data(as_text=True)
    assert len(pages(desk, "badges/", which="all", layout="card")) == 2


def test_one_badge_is_printed_again_and_counts_nowhere(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada())
    printed = pages(desk, f"people/{ada().id}/badges/printing", layout="card")
    assert "Ada" in printed[0]
    assert "1 badge" in desk.get(EVENT + "badges/").text


def test_badges_of_an_event_with_backs_are_printed_on_both_sides(
    desk: Browser, store: SqliteStore
) -> None:
    plant(store, ada(language="en"), event=an_event(agree_code=True))
    front, back = pages(desk, "badges/", which="new", layout="card")
    assert "Ada" in front
    assert short_form(agree_code(KEY, a_badge(ada()).id)) in back


def test_codes_of_another_key_are_not_printed(
    app: Flask, desk: Browser, store: SqliteStore
) -> None:
    plant(store)
    store.write(lambda tx, it, _: tx.attendees.add(it), ada(), NOW)
    foreign = replace(a_badge(ada()), digest="0" * 64)
    store.write(lambda tx, it, _: tx.badges.add(it), foreign, NOW)
    answer = desk.post(EVENT + "badges/", {"which": "all"})
    assert answer.status_code == 422
    assert "another secret key" in answer.text
    assert "Not printable" in desk.get(f"{EVENT}people/{ada().id}").text


def test_a_pile_that_would_keep_the_doors_waiting_is_refused(
    desk: Browser, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(store, ada(), grace())
    monkeypatch.setattr(badges, "PRINTS_LIMIT", 1)
    answer = desk.post(EVENT + "badges/", {"which": "all"})
    assert answer.status_code == 422
    assert "kiosk badges" in answer.text


def test_nothing_of_a_print_stays_on_the_disk(desk: Browser, store: SqliteStore) -> None:
    plant(store, ada())
    pages(desk, "badges/", which="all")
    left = {path.name for path in store.path.parent.iterdir()}
    assert not {name for name in left if name.startswith("export")}


def test_readings_that_never_arrived_are_shown(desk: Browser, store: SqliteStore) -> None:
    door = a_device()
    plant(store, ada(), devices=[door])
    read(store, door, 1, codes=("nobody",))
    read(store, door, 4, codes=("nobody",))
    store.write(lambda tx, it, now: tx.devices.note_seen(it, 0, now), door.id, NOW)
    with store.read() as tx:
        assert tx.figures.gaps(door.event_id) == {door.id: 2}
    assert "2 never arrived" in desk.get(EVENT + "devices/").text
    assert "2 never arrived" in desk.get(EVENT).text
