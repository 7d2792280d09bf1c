"""Films as the camera of a tablet: badges come into view, together, again, not at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from kiosk.model import Scan
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_device,
    ada,
    code_of,
    grace,
    let_in,
    linus,
    plant,
)
from tests.e2e.conftest import CHROMIUM
from tests.e2e.films import Shot, badge, cinema, shoot
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADA, GRACE = badge(code_of(ada())), badge(code_of(grace()))
SLOW_TABLET = 6  # times slower than this machine
A_WHOLE_FILM = 20_000  # ms
EMPTY, LONG_EMPTY = Shot(1), Shot(40)
VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Mallory\nEND:VCARD"
WIFI = "WIFI:T:WPA;S:Guests;P:open sesame;;"

Show = Callable[..., AbstractContextManager[Tablet]]


@pytest.fixture
def show(chromium: Browser, address: str, store: SqliteStore, tmp_path: Path) -> Show:
    """`show(shot, …)`: a paired tablet that has this film before its eye; () no camera."""
    plant(store, ada(), grace(), linus(), devices=[a_device()])
    offer_pairing(store)

    @contextmanager
    def showing(*shots: Shot, slower: int = 1, mode: str = "") -> Iterator[Tablet]:
        film = shoot(tmp_path / "film.mjpeg", *shots) if shots else None
        with cinema(chromium.browser_type, str(CHROMIUM), film) as browser:
            context = browser.new_context(
                base_url=address, reduced_motion="reduce", service_workers="block"
            )
            errors: list[str] = []
            context.on(
                "weberror",
                lambda error: errors.append(error.error.stack or str(error.error)),
            )
            page = context.new_page()
            if slower > 1:
                cdp = context.new_cdp_session(page)
                cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            tablet = Tablet(page).stand()
            if mode:
                tablet.press(mode)
            yield tablet
            context.close()
            assert not errors

    return showing


def check_in_both(store: SqliteStore) -> None:
    def put(tx: Tx, _: None, _now: datetime) -> None:
        let_in(tx, ada(), grace())

    store.write(put, None, NOW)


def new_scans(store: SqliteStore) -> list[Scan]:
    """What the tablet has sent, in its order."""
    with store.read() as tx:
        return sorted(
            (one for one in tx.exports.scans(EVENT_ID) if one.device_id != a_device().id),
            key=lambda scan: scan.seq,
        )


def says_in_time(tablet: Tablet, *words: str) -> None:
    for sentence in words:
        expect(tablet.page.locator("main")).to_contain_text(sentence, timeout=A_WHOLE_FILM)


def test_a_badge_held_up_to_the_camera_checks_in(show: Show, store: SqliteStore) -> None:
    with show(EMPTY, Shot(6, (ADA,)), LONG_EMPTY) as tablet:
        says_in_time(tablet, "Welcome", "Ada", "Analytical Engines")
        tablet.status("Camera on")
    assert [(scan.kind, scan.outcome) for scan in new_scans(store)] == [
        ("check_in", "welcomed")
    ]


def test_a_badge_that_stays_in_view_is_read_once(show: Show, store: SqliteStore) -> None:
    with show(EMPTY, Shot(60, (ADA,))) as tablet:
        says_in_time(tablet, "Welcome", "Ada")
        expect(tablet.page.locator('[data-at="waiting"]')).to_be_visible(timeout=12_000)
        tablet.page.wait_for_timeout(1_500)  # the badge is still there: nothing may happen
        tablet.shows("waiting")
    assert len(new_scans(store)) == 1


def test_a_badge_is_read_without_a_network(show: Show, store: SqliteStore) -> None:
    with show(EMPTY, Shot(3, (ADA,)), Shot(5)) as tablet:  # once more each nine seconds
        says_in_time(tablet, "Welcome", "Ada")
        tablet.page.context.set_offline(True)
        queued = tablet.page.locator('[data-part="queued"]')
        expect(queued).to_contain_text("kept here", timeout=A_WHOLE_FILM)
        assert len(new_scans(store)) == 1
        tablet.page.context.set_offline(False)
        expect(queued).to_be_hidden(timeout=A_WHOLE_FILM)
    assert [scan.outcome for scan in new_scans(store)][:2] == ["welcomed", "turned_away"]


def test_camera_and_scanner_at_once_make_one_reading(
    show: Show, store: SqliteStore
) -> None:
    with show(EMPTY, Shot(4, (ADA,)), LONG_EMPTY) as tablet:
        says_in_time(tablet, "Welcome", "Ada")
        tablet.read(code_of(ada())).read(code_of(grace()))
        says_in_time(tablet, "Grace")
    assert [scan.outcome for scan in new_scans(store)] == ["welcomed", "welcomed"]


def test_two_people_at_once_are_asked_to_come_one_by_one(
    show: Show, store: SqliteStore
) -> None:
    with show(
        EMPTY, Shot(4, (ADA, GRACE)), Shot(2), Shot(5, (GRACE,)), LONG_EMPTY
    ) as tablet:
        says_in_time(tablet, "One at a time, please")
        assert not Axe().run(tablet.page).violations_count
        assert not new_scans(store)
        says_in_time(tablet, "Welcome", "Grace")
    assert len(new_scans(store)) == 1


@pytest.mark.parametrize("slower", [1, SLOW_TABLET])
def test_two_badges_in_one_frame_are_a_swap_at_once(
    show: Show, store: SqliteStore, slower: int
) -> None:
    check_in_both(store)
    film = (Shot(2), Shot(60, (ADA, GRACE)))
    with show(*film, slower=slower, mode="Swap contacts") as tablet:
        says_in_time(tablet, "Swap contacts?", "Ada", "Grace")
        assert not Axe().run(tablet.page).violations_count
        tablet.press("Swap")
        says_in_time(tablet, "Swapped")
    [scan] = new_scans(store)
    assert (scan.kind, scan.outcome) == ("connect", "connected")


def test_two_badges_in_two_frames_are_a_swap(show: Show, store: SqliteStore) -> None:
    check_in_both(store)
    film = (Shot(2), Shot(4, (ADA,)), Shot(1), Shot(60, (GRACE,)))
    with show(*film, mode="Swap contacts") as tablet:
        says_in_time(tablet, "Now the badge of the person you met")
        says_in_time(tablet, "Swap contacts?", "Ada", "Grace")
    assert not new_scans(store)


@pytest.mark.parametrize(
    "code",
    ["https://elsewhere.example/menu", VCARD, WIFI, "A" * 4_296, "é" * 1_400],
    ids=["address", "vcard", "wifi", "very long", "many bytes"],
)
def test_a_foreign_code_has_a_verdict_and_is_kept_in_bounds(
    show: Show, store: SqliteStore, code: str
) -> None:
    with show(EMPTY, Shot(60, (code,))) as tablet:
        says_in_time(tablet, "It is not a badge or ticket of this event.")
    [scan] = new_scans(store)
    assert (scan.outcome, scan.reason) == ("turned_away", "unknown_code")


PAUSE = "document.querySelector('[data-part=\"eye\"]').pause()"
END = """document.querySelector('[data-part="eye"]').srcObject
  .getTracks().forEach((track) => track.stop())"""


@pytest.mark.parametrize("accident", [PAUSE, END], ids=["stalls", "ends"])
def test_a_stream_that_breaks_off_is_opened_again(show: Show, accident: str) -> None:
    with show(Shot(4), Shot(4, (ADA,))) as tablet:
        tablet.status("Camera on")
        tablet.page.evaluate(accident)
        says_in_time(tablet, "Welcome", "Ada")


def test_without_a_camera_the_tablet_goes_on(show: Show) -> None:
    with show() as tablet:
        tablet.status("No camera").read(code_of(ada())).says("Welcome", "Ada")
        tablet.press("Settings for staff")
        line = tablet.page.get_by_role("dialog").get_by_role("status")
        expect(line).to_contain_text("scanners and typed codes work")


def test_a_decoder_that_cannot_load_is_said_and_tried_again(show: Show) -> None:
    with show(Shot(60, (ADA,))) as tablet:
        page = tablet.page
        tries: list[str] = []

        def refuse(route: Route) -> None:
            tries.append(route.request.url)
            route.abort()

        page.context.route("**/zxing_reader.wasm", refuse)
        page.reload()
        expect(page.locator('[data-part="camera-line"]')).to_have_text(
            "The camera does not work; scanners and typed codes do.", timeout=A_WHOLE_FILM
        )
        assert len(tries) >= 3
        page.context.unroute("**/zxing_reader.wasm")
        says_in_time(tablet, "Welcome", "Ada")


def test_staff_turn_the_camera_off_and_it_stays_off(show: Show) -> None:
    with show(Shot(60)) as tablet:
        page = tablet.status("Camera on").page
        tablet.press("Settings for staff")
        page.get_by_label("Read badges with it").uncheck()
        expect(page.get_by_text("The camera is off.")).to_be_visible()
        page.reload()
        tablet.shows("waiting")
        expect(page.locator('[data-part="camera-fact"]')).to_be_hidden()
        assert not is_filming(page)


def test_the_picture_is_a_mirror_unless_staff_say_otherwise(show: Show) -> None:
    with show(Shot(60)) as tablet:
        finder = tablet.status("Camera on").page.locator("hall-viewfinder[data-live]")
        expect(finder).to_have_attribute("data-mirrored", "")
        assert not Axe().run(tablet.page).violations_count
        tablet.press("Settings for staff")
        tablet.page.get_by_label("Show it like a mirror").uncheck()
        expect(finder).not_to_have_attribute("data-mirrored", "")


def is_filming(page: Page) -> bool:
    filming: bool = page.evaluate(
        "document.querySelector('[data-part=\"eye\"]').srcObject !== null"
    )
    return filming
