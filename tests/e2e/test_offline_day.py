"""The day without a network: 40 scans, a reload, a browser that is killed, and each scan
arrives once. The control is the same day without the queue on disk.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from kiosk.model import Attendee, Scan
from kiosk.places import folder
from kiosk.store import SqliteStore
from tests.builders import EVENT_ID, an_attendee, code_of, plant
from tests.e2e.lasting import Machine, Server, a_machine
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PEOPLE = [an_attendee(f"Person {chr(65 + n // 26)}{chr(65 + n % 26)}") for n in range(34)]
READY = """() => new Promise((done) => {
  const { serviceWorker: workers } = navigator;
  if (workers.controller) done(true);
  workers.addEventListener("controllerchange", () => done(true));
})"""
FORGETFUL = """() => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...given) {
    return this.name === "queue" ? this.count() : add.apply(this, given);
  };
}"""
STARTS_WITHIN = 1000.0  # ms, from the service worker
SHOWN_AT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@pytest.fixture
def server(app: Flask, store: SqliteStore, tmp_path: Path) -> Iterator[Server]:
    """With static files of its own: nobody edits them while a tablet takes them."""
    app.static_folder = str(copytree(folder("static"), tmp_path / "static"))
    plant(store, *PEOPLE)
    offer_pairing(store)
    server = Server(app)
    yield server
    server.stop()


@pytest.fixture
def machine(chromium: Browser, server: Server, tmp_path: Path) -> Iterator[Machine]:
    with a_machine(chromium.browser_type, tmp_path / "browser", server.address) as machine:
        yield machine


def stand(machine: Machine) -> Tablet:
    """Switched on, paired, and with the app kept for the time without a network."""
    tablet = machine.switch_on().stand()
    assert tablet.page.evaluate(READY)
    return tablet


def go_dark(machine: Machine, server: Server) -> None:
    machine.context.set_offline(True)
    server.stop()


def kept(tablet: Tablet, count: int) -> None:
    tablet.status("1 scan kept here" if count == 1 else f"{count} scans kept here")


def check_in(tablet: Tablet, people: list[Attendee], kept_before: int) -> int:
    """How many scans are kept when all of them have been read, one after the other."""
    for count, person in enumerate(people, kept_before + 1):
        tablet.read(code_of(person))
        kept(tablet, count)
    return kept_before + len(people)


def swap(tablet: Tablet, people: list[Attendee], kept_before: int) -> int:
    """Everybody with the one after them."""
    count = kept_before
    for one, other in pairwise(people):
        tablet.press("Swap contacts").shows("waiting")
        tablet.read(code_of(one)).shows("first")
        tablet.read(code_of(other)).shows("offer").press("Swap")
        count += 1
        kept(tablet, count)
    tablet.press("Check in").shows("waiting")
    return count


def arrived(store: SqliteStore) -> list[Scan]:
    with store.read() as tx:
        return list(tx.exports.scans(EVENT_ID))


def all_sent(tablet: Tablet) -> None:
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=40_000)
    tablet.status("Online")


def test_forty_scans_of_a_day_without_a_network_arrive_once_each(
    machine: Machine, server: Server, store: SqliteStore
) -> None:
    tablet = stand(machine)
    tablet.read(code_of(PEOPLE[0])).says("Welcome")
    assert len(arrived(store)) == 1

    go_dark(machine, server)
    count = check_in(tablet, PEOPLE[1:16], 0)
    count = swap(tablet, PEOPLE[1:6], count)
    tablet.page.reload()
    tablet.shows("waiting")
    assert tablet.page.evaluate(SHOWN_AT) < STARTS_WITHIN
    kept(tablet, count)
    count = check_in(tablet, PEOPLE[16:25], count)

    machine.pull_the_plug()
    tablet = machine.switch_on()
    tablet.page.goto("/kiosk/")
    tablet.shows("waiting")
    kept(tablet, count)
    count = check_in(tablet, PEOPLE[25:34], count)
    count = swap(tablet, PEOPLE[20:24], count)
    assert count == 40
    assert len(arrived(store)) == 1

    server.start()
    all_sent(tablet)
    scans = sorted(arrived(store), key=lambda scan: scan.seq)
    assert [scan.seq for scan in scans] == list(range(1, 42))
    assert [scan.scanned_at for scan in scans] == sorted(scan.scanned_at for scan in scans)
    assert {scan.outcome for scan in scans} == {"welcomed", "connected"}
    with store.read() as tx:
        assert tx.scans.checked_in_ids(EVENT_ID) == {person.id for person in PEOPLE}
        assert len(tx.connections.mutual(EVENT_ID)) == 7


def test_the_same_day_without_the_queue_on_disk_loses_scans(
    machine: Machine, server: Server, store: SqliteStore
) -> None:
    tablet = stand(machine)
    go_dark(machine, server)
    tablet.page.evaluate(FORGETFUL)
    for person in PEOPLE[:3]:
        tablet.read(code_of(person)).shows("verdict")
    machine.pull_the_plug()
    tablet = machine.switch_on()
    server.start()
    tablet.page.goto("/kiosk/")
    all_sent(tablet)
    assert arrived(store) == []
