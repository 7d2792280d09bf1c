"""What nobody wishes a tablet: foreign codes, names for codes, a store in pieces, a server
that hangs. Each has a state or a line of its own, and nothing is lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from kiosk.badges import short_form
from kiosk.model import Scan
from kiosk.store import SqliteStore
from tests.builders import EVENT_ID, ada, code_of, grace, plant
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADA, GRACE = code_of(ada()), code_of(grace())
VCARD = "BEGIN:VCARD VERSION:3.0 N:Lovelace;Ada TEL:+49 30 1234 END:VCARD"
LONGEST_QR = 2_953  # bytes, ISO/IEC 18004 version 40-L

ON_DISK = """([version, source]) => new Promise((done, failed) => {
  const work = new Function("database", "transaction", source);
  const open = indexedDB.open("hallway", version ?? undefined);
  open.onerror = () => failed(open.error);
  open.onupgradeneeded = () => work(open.result, open.transaction);
  open.onsuccess = () => {
    if (version) return done(open.result.close());
    const change = open.result.transaction(["self", "roster"], "readwrite");
    work(open.result, change);
    change.oncomplete = () => done(open.result.close());
  };
})"""


@pytest.fixture
def tablet(screen: Page, store: SqliteStore) -> Tablet:
    plant(store, ada(), grace())
    offer_pairing(store)
    tablet = Tablet(screen).stand()
    tablet.knows_people()
    return tablet


def on_disk(tablet: Tablet, change: str, version: int | None = None) -> None:
    """Somebody has been at what the tablet keeps, while it was switched off."""
    tablet.page.goto("/healthz")
    tablet.page.evaluate(ON_DISK, [version, change])
    with tablet.page.expect_response("**/api/v1/event"):
        tablet.page.goto("/kiosk/")
    tablet.shows("waiting")


def scans_of(store: SqliteStore) -> list[Scan]:
    with store.read() as tx:
        return sorted(tx.exports.scans(EVENT_ID), key=lambda scan: scan.seq)


def types(tablet: Tablet, text: str) -> None:
    tablet.page.locator("#typed").fill(text)
    tablet.page.locator("#typed").press("Enter")


@pytest.mark.parametrize(
    "name",
    [
        "Christopher Jones",
        "Ada Lovelace",
        "Jean-Luc O’Neil",
        "محمد عبد الرحمن",
        f"1{short_form(ADA)[1:]}",
    ],
)
def test_a_name_or_a_slip_is_no_code_and_is_neither_kept_nor_sent(
    tablet: Tablet, store: SqliteStore, name: str
) -> None:
    types(tablet, name)
    tablet.shows("verdict").says("We do not know this code", "code in your ticket mail")
    expect(tablet.page.locator('[data-does="refer"]')).to_have_count(0)
    tablet.press("Next person").swap_mode()
    types(tablet, name)
    tablet.says("We do not know this code")
    assert not scans_of(store)


@pytest.mark.parametrize(
    "text",
    [f"{ADA[:4]} {ADA[4:8]} {ADA[8:12]} {ADA[12:]}", short_form(ADA).lower(), "TICKET-ADA"],
)
def test_what_may_be_a_code_is_asked_for(tablet: Tablet, text: str) -> None:
    types(tablet, text)
    tablet.says("Welcome", "Ada")


def test_what_is_being_typed_survives_news_from_the_server(
    screen: Page, store: SqliteStore
) -> None:
    """The languages come late, and the screen is filled anew under somebody's fingers."""
    plant(store, ada())
    offer_pairing(store)
    held: list[Route] = []

    def late(route: Route) -> None:
        held.append(route)

    screen.route("**/kiosk/words/**", late)
    tablet = Tablet(screen).stand()
    field = screen.locator("#typed")
    field.press_sequentially(ADA[:8])
    for route in held:
        route.continue_()
    expect(screen.locator(".tongue").first).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially(ADA[8:])
    field.press("Enter")
    tablet.says("Welcome", "Ada")


@pytest.mark.parametrize(
    "code",
    [
        "https://elsewhere.example/menu",
        VCARD,
        "WIFI:S:Hall;T:WPA;P:secret;;",
        "x" * LONGEST_QR,
    ],
    ids=["address", "vcard", "wifi", "longest"],
)
def test_a_scanner_that_reads_something_else_is_told_so(
    tablet: Tablet, store: SqliteStore, code: str
) -> None:
    tablet.read(code).shows("verdict").says("It is not a badge or ticket of this event.")
    tablet.read(ADA).says("Welcome", "Ada")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    assert [scan.outcome for scan in scans_of(store)] == ["turned_away", "welcomed"]


def test_without_a_network_nothing_is_promised_for_a_code_nobody_knows(
    tablet: Tablet, store: SqliteStore
) -> None:
    tablet.page.route("**/api/**", lambda route: route.abort())
    tablet.read(VCARD).says("Noted", "is looked up as soon as it is back")
    expect(tablet.page.locator("main")).not_to_contain_text("counts")
    tablet.page.unroute("**/api/**")
    tablet.page.evaluate("void window.dispatchEvent(new Event('online'))")
    tablet.status("1 needs a look")
    assert [scan.reason for scan in scans_of(store)] == ["unknown_code"]


def test_a_server_that_hangs_has_a_line_and_loses_nothing(
    tablet: Tablet, store: SqliteStore
) -> None:
    def hangs(_: Route) -> None: ...

    tablet.page.route("**/api/**", hangs)
    tablet.read(ADA).says("Welcome", "Ada")
    expect(tablet.page.get_by_role("contentinfo")).to_contain_text(
        "The server is slow", timeout=15_000
    )
    tablet.status("1 scan kept here")
    tablet.page.unroute("**/api/**")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=20_000)
    assert [scan.outcome for scan in scans_of(store)] == ["welcomed"]


@pytest.mark.parametrize(
    "chosen",
    [
        "{ home: 'nowhere', list: 7, theme: {}, mute: 'no', language: null, camera: 'x' }",
        "'broken'",
        "null",
    ],
)
def test_settings_in_pieces_are_as_if_nobody_had_chosen(
    tablet: Tablet, chosen: str
) -> None:
    on_disk(tablet, f"transaction.objectStore('self').put({chosen}, 'settings')")
    tablet.says("Show your badge").read(ADA).says("Welcome", "Ada")


def test_a_roster_that_is_gone_is_read_again(tablet: Tablet) -> None:
    on_disk(
        tablet,
        "transaction.objectStore('self').delete('roster');"
        "transaction.objectStore('roster').clear();",
    )
    assert tablet.knows_people() == 2


def test_a_shelf_that_is_gone_is_put_up_again(tablet: Tablet, store: SqliteStore) -> None:
    on_disk(tablet, "database.deleteObjectStore('queue')", version=98)
    tablet.read(ADA).says("Welcome", "Ada")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    assert [scan.outcome for scan in scans_of(store)] == ["welcomed"]


def test_a_count_that_is_gone_goes_on_behind_what_the_server_has(
    tablet: Tablet, store: SqliteStore
) -> None:
    tablet.read(ADA).says("Welcome")
    with tablet.page.expect_response("**/api/v1/roster*"):  # asked for when it was heard
        on_disk(tablet, "transaction.objectStore('self').delete('seq')")
    tablet.read(GRACE).says("Welcome")
    tablet.until(lambda: [scan.seq for scan in scans_of(store)] == [1, 2])


def test_a_tablet_that_can_keep_nothing_says_so(screen: Page) -> None:
    screen.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }"
    )
    screen.goto("/kiosk/")
    expect(screen.get_by_role("alert")).to_contain_text("This browser keeps nothing")


def test_a_phone_that_could_not_be_linked_is_tried_again_at_once(tablet: Tablet) -> None:
    tablet.page.route("**/api/v1/links", lambda route: route.abort())
    tablet.read(ADA).press("Take it on your phone").says("could not be linked")
    tablet.page.unroute("**/api/v1/links")
    tablet.press("Try again").shows("link").says("Take your badge with you", "Ada")
