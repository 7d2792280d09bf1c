"""A tablet is taken out of service, paired again, or meets a network that is not ours."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from kiosk.ids import digest
from kiosk.model import Device, Scan
from kiosk.pair import AddDevice, add_device
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    Clock,
    ada,
    an_event,
    code_of,
    grace,
    linus,
    plant,
    settle,
)
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ADA, GRACE, LINUS = code_of(ada()), code_of(grace()), code_of(linus())
AGAIN, ELSEWHERE = "AGAN2345", "ESEW2345"


@pytest.fixture
def device_id(store: SqliteStore) -> str:
    plant(store, ada(), grace(), linus(status="pending"))
    return offer_pairing(store)


@pytest.fixture
def tablet(screen: Page, device_id: str) -> Tablet:
    del device_id  # it must be there before the tablet asks
    return Tablet(screen).stand()


def offer(tx: Tx, code: str, now: datetime) -> str:
    command = AddDevice(EVENT_ID, "Coffee again", "kiosk", "main", code_digest=digest(code))
    device = add_device(tx, command, now)
    assert isinstance(device, Device)
    return device.id


def offer_elsewhere(tx: Tx, code: str, now: datetime) -> None:
    settle(tx, an_event(slug="other-2026"))
    command = AddDevice(OTHER_EVENT_ID, "Theirs", "kiosk", "main", code_digest=digest(code))
    assert isinstance(add_device(tx, command, now), Device)


def revoke(tx: Tx, device_id: str, now: datetime) -> None:
    tx.devices.revoke(device_id, now)


def scans_of(store: SqliteStore) -> list[Scan]:
    with store.read() as tx:
        return sorted(tx.exports.scans(EVENT_ID), key=lambda scan: scan.seq)


def gaps(store: SqliteStore) -> dict[str, int]:
    with store.read() as tx:
        return tx.figures.gaps(EVENT_ID)


def revoked_with_two_kept(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> Tablet:
    """One scan arrived; two are kept here when the organiser revokes the tablet."""
    tablet.read(LINUS).shows("verdict")
    context.set_offline(True)
    tablet.read(ADA).status("1 scan kept here")
    tablet.read(GRACE).status("2 scans kept here")
    store.write(revoke, device_id, NOW)
    context.set_offline(False)
    return tablet.shows("revoked")


def test_a_revoked_tablet_forgets_every_name(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> None:
    revoked_with_two_kept(tablet, context, store, device_id).says("2 scans")
    kept = tablet.page.evaluate(
        """async () => {
          const open = indexedDB.open("hallway");
          const settled = (asked) =>
            new Promise((done) => (asked.onsuccess = () => done(asked.result)));
          const database = await settled(open);
          const all = {};
          for (const shelf of database.objectStoreNames) {
            const asked = database.transaction(shelf).objectStore(shelf).getAll();
            all[shelf] = await settled(asked);
          }
          database.close();
          return all;
        }"""
    )
    assert len(kept["queue"]) == 2
    assert kept.get("roster", []) == []
    for name in ("Lovelace", "Hopper", "Torvalds"):
        assert name not in tablet.page.content()
        assert name not in json.dumps(kept, default=str)


def test_a_revoked_tablet_stays_so_without_a_network(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> None:
    revoked_with_two_kept(tablet, context, store, device_id)
    tablet.page.route("**/api/**", lambda route: route.abort())
    tablet.page.reload()
    tablet.shows("revoked").read(ADA).shows("revoked")


def test_what_a_revoked_tablet_kept_is_sent_when_it_is_paired_again(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> None:
    revoked_with_two_kept(tablet, context, store, device_id)
    again = store.write(offer, AGAIN, NOW)
    tablet.press("Pair again")
    expect(tablet.page.get_by_text("2 scans of an earlier pairing")).to_be_visible()
    tablet.pair(AGAIN).shows("waiting")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    tablet.read(LINUS).shows("verdict")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    scans = scans_of(store)
    assert [scan.seq for scan in scans] == [1, 2, 3, 4]
    assert [scan.device_id for scan in scans] == [device_id, again, again, again]
    assert [scan.outcome for scan in scans[1:3]] == ["welcomed"] * 2
    assert gaps(store) == {}
    with store.read() as tx:
        assert tx.scans.missing_seqs(again, 5) == ()


def test_scans_of_another_event_are_put_aside_and_never_sent_there(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> None:
    revoked_with_two_kept(tablet, context, store, device_id)
    store.write(offer_elsewhere, ELSEWHERE, NOW)
    tablet.press("Pair again")
    tablet.page.wait_for_url("**/kiosk/pair")
    tablet.pair(ELSEWHERE).shows("waiting").status("2 need a look")
    tablet.press("2 need a look")
    expect(tablet.page.get_by_role("dialog")).to_contain_text("Another event")
    with store.read() as tx:
        assert list(tx.exports.scans(OTHER_EVENT_ID)) == []


def test_the_kept_scans_are_saved_as_a_file_without_names(
    tablet: Tablet, context: BrowserContext, tmp_path: Path, device_id: str
) -> None:
    context.set_offline(True)
    tablet.read(ADA).status("1 scan kept here")
    tablet.press("No network")
    with tablet.page.expect_download() as download:
        tablet.press("Save the kept scans as a file")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    told = json.loads(path.read_text())
    assert told["format"] == "hallway-kept-scans"
    [part] = told["devices"]
    assert (part["device_id"], part["event"]) == (device_id, "demo-2026")
    assert [(scan["seq"], scan["codes"]) for scan in part["scans"]] == [(1, [ADA])]
    assert "Lovelace" not in path.read_text()


def is_a_hotel(route: Route) -> None:
    route.fulfill(
        status=200, content_type="text/html", body="<h1>Welcome to the hotel</h1>"
    )


def wants_a_sign_in(route: Route) -> None:
    route.fulfill(status=401, content_type="text/html", body="<h1>Sign in, please</h1>")


def forbids(route: Route) -> None:
    route.fulfill(status=403, content_type="text/html", body="Blocked by policy")


def is_busy(route: Route) -> None:
    route.fulfill(status=429, json={"error": {"code": "too_many", "sentence": "Wait."}})


def is_broken(route: Route) -> None:
    route.fulfill(status=500, body="oops")


def talks_garbage(route: Route) -> None:
    route.fulfill(status=200, content_type="application/json", body='{"results": "no')


@pytest.mark.parametrize(
    ("trouble", "line", "sentence"),
    [
        (is_a_hotel, "The network wants a sign-in", "Sign in to the network"),
        (wants_a_sign_in, "The network wants a sign-in", "Sign in to the network"),
        (forbids, "The network wants a sign-in", "Sign in to the network"),
        (talks_garbage, "The network wants a sign-in", "Something else answered"),
        (is_busy, "The server is busy", "asked this tablet to wait"),
        (is_broken, "The server is in trouble", "Tell whoever looks after it"),
    ],
)
def test_trouble_on_the_wire_has_words_and_loses_nothing(
    tablet: Tablet,
    store: SqliteStore,
    trouble: Callable[[Route], None],
    line: str,
    sentence: str,
) -> None:
    tablet.page.route("**/api/**", trouble)
    tablet.read(ADA).status("1 scan kept here").status(line)
    tablet.press(line)
    expect(tablet.page.get_by_role("dialog")).to_contain_text(sentence)
    tablet.press("Close")
    tablet.page.unroute("**/api/**")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=20_000)
    assert [scan.outcome for scan in scans_of(store)] == ["welcomed"]


def beat(tablet: Tablet) -> None:
    """The network is back: the tablet tells how it is at once."""
    with tablet.page.expect_response("**/api/v1/event"):
        tablet.page.evaluate("void window.dispatchEvent(new Event('online'))")


def test_what_the_server_never_judged_is_sent_again_when_it_is_missed(
    tablet: Tablet, store: SqliteStore
) -> None:
    def refuses(route: Route) -> None:
        route.fulfill(status=400, json={"error": {"code": "odd", "sentence": "No."}})

    tablet.page.route("**/api/v1/scans", refuses)
    tablet.read(ADA).status("1 needs a look")
    tablet.page.unroute("**/api/v1/scans")
    beat(tablet)
    expect(tablet.page.locator('[data-part="aside"]')).to_be_hidden()
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    assert [scan.outcome for scan in scans_of(store)] == ["welcomed"]


def test_scans_that_nobody_has_any_more_are_said(tablet: Tablet) -> None:
    tablet.page.evaluate(
        """() => new Promise((done) => {
          const open = indexedDB.open("hallway");
          open.onsuccess = () => {
            const change = open.result.transaction("self", "readwrite");
            change.objectStore("self").put(2, "seq");
            change.oncomplete = () => done(open.result.close());
          };
        })"""
    )
    beat(tablet)
    beat(tablet)
    tablet.read(ADA).shows("verdict").press("Online")
    sheet = tablet.page.get_by_role("dialog")
    expect(sheet).to_contain_text("2 scans never reached the server")
    expect(sheet).to_contain_text("1, 2")


def test_the_server_s_time_counts_when_the_tablet_s_clock_is_wrong(
    chromium: Browser, address: str, store: SqliteStore, device_id: str, clock: Clock
) -> None:
    """The server's clock stands at NOW, months from the machine's, in another zone."""
    del device_id, clock
    context = chromium.new_context(
        base_url=address, timezone_id="Pacific/Kiritimati", service_workers="block"
    )
    tablet = Tablet(context.new_page()).stand()
    tablet.read(ADA).says("Welcome")
    tablet.press("Online")
    expect(tablet.page.get_by_role("dialog")).to_contain_text("hours ahead")
    [scan] = scans_of(store)
    assert abs((scan.scanned_at - NOW).total_seconds()) < 60
    context.close()


def test_a_tablet_that_never_heard_the_time_says_so(
    tablet: Tablet, context: BrowserContext
) -> None:
    tablet.page.route("**/api/**", lambda route: route.abort())
    tablet.page.evaluate(
        """() => new Promise((done) => {
          const open = indexedDB.open("hallway");
          open.onsuccess = () => {
            const change = open.result.transaction("self", "readwrite");
            const self = change.objectStore("self");
            for (const key of ["offset", "heard_at"]) self.delete(key);
            change.oncomplete = () => done(open.result.close());
          };
        })"""
    )
    tablet.page.reload()
    tablet.shows("waiting").press("No network")
    expect(tablet.page.get_by_role("dialog")).to_contain_text("Check this tablet’s clock")
    del context


def test_nothing_leads_out(tablet: Tablet) -> None:
    page = tablet.page
    page.mouse.click(500, 300)
    page.go_back()
    tablet.shows("waiting")
    assert page.url.endswith("/kiosk/")
    assert page.locator("a[href]:not([href^='#'])").count() == 0
    is_menu = page.evaluate(
        "document.body.dispatchEvent("
        "new Event('contextmenu', {bubbles: true, cancelable: true}))"
    )
    assert is_menu is False


def test_what_somebody_left_behind_is_wiped(tablet: Tablet) -> None:
    tablet.page.clock.install()
    tablet.page.reload()
    tablet.shows("waiting")
    field = tablet.page.get_by_label("Or type the code under the square")
    field.fill("Lovelace, Ada")
    field.press("Tab")
    tablet.page.clock.fast_forward(61_000)
    expect(field).to_have_value("")
