"""The tablet's app lives without a server, changes when nobody is there, loses nothing."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kiosk.places import folder
from kiosk.store import SqliteStore
from tests.builders import EVENT_ID, ada, code_of, grace, plant
from tests.e2e.lasting import Server
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = """() => new Promise((done) => {
  const { serviceWorker: workers } = navigator;
  if (workers.controller) done(true);
  workers.addEventListener("controllerchange", () => done(true));
})"""
RELEASE = "document.querySelector('meta[name=release]').content"
LOOK = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/kiosk/");
  await registration.update().catch(() => undefined);
  return registration.installing !== null || registration.waiting !== null;
}"""
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      found.push(new URL(url).pathname);
  return found;
}"""
WAITING_FOR = """() => new Promise((done) => {
  const look = async () => {
    const { waiting } = await navigator.serviceWorker.getRegistration("/kiosk/");
    waiting ? done(true) : setTimeout(look, 50);
  };
  look();
})"""


@pytest.fixture
def static(app: Flask, tmp_path: Path) -> Path:
    """Static files of this test's own, to be made another release of."""
    own = copytree(folder("static"), tmp_path / "static")
    app.static_folder = str(own)
    return own


@pytest.fixture
def server(app: Flask, store: SqliteStore, static: Path) -> Iterator[Server]:
    del static  # the server starts with it
    plant(store, ada(), grace())
    offer_pairing(store)
    server = Server(app)
    yield server
    server.stop()


@pytest.fixture
def tablet(chromium: Browser, server: Server) -> Iterator[Tablet]:
    context = chromium.new_context(
        base_url=server.address,
        viewport={"width": 1024, "height": 768},
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    tablet = Tablet(context.new_page()).stand()
    assert tablet.page.evaluate(KEPT)
    yield tablet
    context.close()


def publish(static: Path) -> None:
    """Another release: one module says something of its own."""
    with (static / "js" / "tablet" / "patience.js").open("a") as file:
        file.write("\n// another release\n")


def test_the_app_starts_without_a_server(tablet: Tablet, server: Server) -> None:
    server.stop()
    tablet.page.reload()
    tablet.shows("waiting").says("Show your badge")
    tablet.page.goto("/kiosk/pair")
    expect(tablet.page.get_by_role("textbox", name="Pairing code")).to_be_visible()


def test_no_answer_of_the_api_is_ever_kept(tablet: Tablet) -> None:
    tablet.read(code_of(ada())).says("Welcome")
    kept = tablet.page.evaluate(CACHED)
    assert "/kiosk/" in kept
    assert "/static/js/tablet/kiosk.js" in kept
    assert not [path for path in kept if path.startswith(("/api/", "/desk", "/me"))]


def test_a_new_release_waits_until_nobody_is_there(tablet: Tablet, static: Path) -> None:
    before = tablet.page.evaluate(RELEASE)
    tablet.read(code_of(ada())).says("Welcome")
    publish(static)
    assert tablet.page.evaluate(LOOK)
    assert tablet.page.evaluate(WAITING_FOR)
    tablet.says("Welcome", "Ada")
    assert tablet.page.evaluate(RELEASE) == before
    assert tablet.page.evaluate(LOOK)


def now_another(page: Page, before: str) -> None:
    expect(page.locator("meta[name=release]")).not_to_have_attribute(
        "content", before, timeout=40_000
    )


def test_an_upgrade_with_scans_in_the_queue_loses_none(
    tablet: Tablet, static: Path, store: SqliteStore
) -> None:
    page = tablet.page
    before = page.evaluate(RELEASE)
    page.route("**/api/v1/scans", lambda route: route.abort())
    for count in range(40):
        tablet.read(f"{'0' * 14}{count:02d}")
        tablet.status("1 scan kept" if count == 0 else f"{count + 1} scans kept")
    tablet.press("Next person").shows("waiting")
    publish(static)
    page.evaluate(LOOK)
    now_another(page, before)
    tablet.shows("waiting").status("40 scans kept here")
    page.unroute("**/api/v1/scans")
    expect(page.locator('[data-part="queued"]')).to_be_hidden(timeout=40_000)
    with store.read() as tx:
        scans = sorted(tx.exports.scans(EVENT_ID), key=lambda scan: scan.seq)
    assert [scan.seq for scan in scans] == list(range(1, 41))


def test_a_release_that_arrives_in_part_never_begins(
    tablet: Tablet, static: Path, server: Server
) -> None:
    before = tablet.page.evaluate(RELEASE)
    app = server.app

    def torn(environ, start_response):  # type: ignore[no-untyped-def]
        """One file of the new release is not the one that its list names."""
        if environ["PATH_INFO"].endswith("/patience.js"):
            start_response("200 OK", [("Content-Type", "text/javascript")])
            return [b"export const PATIENCE = 1;"]
        return app(environ, start_response)

    server.stop()
    server.app = torn
    publish(static)
    server.start()
    tablet.page.evaluate(LOOK)
    tablet.page.reload()
    tablet.shows("waiting")
    assert tablet.page.evaluate(RELEASE) == before
    server.stop()
    server.app = app
    server.start()
    tablet.page.evaluate(LOOK)
    now_another(tablet.page, before)
