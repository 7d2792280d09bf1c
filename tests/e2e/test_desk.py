"""The organiser's desk in a real browser: by keyboard, live, without a script, readable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.store import SqliteStore
from kiosk.web import cookies
from tests.builders import (
    NOW,
    Clock,
    a_device,
    ada,
    an_attendee,
    code_of,
    grace,
    linus,
    plant,
)
from tests.web.browser import PASSWORD, TOKEN, sit_down
from tests.web.test_desk_day import read

pytestmark = pytest.mark.browser

EVENT = "/desk/events/demo-2026/"
LONG = "Wolfeschlegelsteinhausenbergerdorff-van der Laan zu Hohenstein und Breitenbach"
ARABIC = "محمد بن عبد الله"
PAGES = [
    "/",
    "/desk/sign-in",
    "/desk/",
    EVENT,
    EVENT + "people/",
    EVENT + "people/?q=nobody",
    f"{EVENT}people/{ada().id}",
    f"{EVENT}people/{ada().id}/letter",
    EVENT + "people/walk-ins",
    EVENT + "badges/",
    EVENT + "devices/",
    EVENT + "refusals/",
    EVENT + "refusals/?kind=conflicts",
    EVENT + "refusals/?kind=quarantine",
    EVENT + "letters/",
    EVENT + "import/",
    EVENT + "exports/",
    "/desk/nowhere",
]
SIZES = [(1280, 860), (820, 1180), (390, 844), (320, 640)]
TWO_FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""
LEAST_TARGET = 44  # pixels a finger needs
TARGETS = """(least) =>
  [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .unseen, .skip"))
  .map((one) =>
    one.closest(".search, .tick, .event, .person, .feed__line:has(.feed__who > a)") ?? one)
  .filter((one) => one.getBoundingClientRect().height < least)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def _day(store: SqliteStore) -> None:
    """People came, swapped and were turned away; two tablets let Ada in."""
    west, east = a_device("West door"), a_device("East door")
    people = [ada(attention="Lift at the west door"), grace(), linus(status="canceled")]
    others = [an_attendee(LONG, company=LONG), an_attendee(ARABIC)]
    plant(store, *people, *others, devices=[west, east])
    read(store, west, 1, codes=(code_of(ada()),))
    read(store, west, 2, codes=(code_of(grace()),))
    read(store, west, 3, "connect", codes=(code_of(ada()), code_of(grace())))
    read(store, west, 4, codes=(code_of(linus()),))
    read(store, west, 5, codes=("nobody-has-this",))
    read(store, east, 6, codes=(code_of(ada()),), decided="welcomed")
    read(store, east, 7, codes=(code_of(others[0]),))
    read(store, east, 8, codes=(code_of(others[1]),))
    store.write(lambda tx, it, now: tx.devices.note_seen(it, 14, now), east.id, NOW)
    sit_down(store)


@pytest.fixture
def desk(context: BrowserContext, address: str) -> Page:
    return seated(context, address)


def seated(context: BrowserContext, address: str) -> Page:
    """A page of a browser in which Olga is signed in."""
    context.add_cookies([{"name": cookies.DESK, "value": TOKEN, "url": address}])
    return context.new_page()


@pytest.fixture
def plain(chromium: Browser, address: str) -> Iterator[Page]:
    """The desk without JavaScript."""
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    yield seated(context, address)
    context.close()


def look(page: Page) -> None:
    """Ask for newer figures now and not in five seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_one_signs_in_with_the_keyboard_alone(screen: Page) -> None:
    screen.goto(EVENT)
    expect(screen.get_by_label("E-mail")).to_be_focused()
    screen.keyboard.type("olga@demo.example")
    screen.keyboard.press("Tab")
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Demo Conference 2026")
    assert screen.url.endswith(EVENT)


def test_figures_change_by_themselves(desk: Page, store: SqliteStore, clock: Clock) -> None:
    desk.goto(EVENT)
    checked_in = desk.locator(".stat").filter(has_text="Checked in")
    expect(checked_in).to_contain_text("4")
    late = an_attendee("Zoë Late")
    store.write(lambda tx, it, _: tx.attendees.add(it), late, NOW)
    read(store, a_device("West door"), 9, codes=(code_of(ada()),), decided="welcomed")
    clock.move(minutes=1)
    look(desk)
    expect(desk.locator(".feed__line")).not_to_have_count(0)
    expect(checked_in).to_contain_text("of 5")


def test_figures_say_when_they_are_old(desk: Page, context: BrowserContext) -> None:
    desk.goto(EVENT)
    notice = desk.get_by_text("Not live", exact=True)
    expect(notice).to_be_hidden()
    context.set_offline(True)
    look(desk)
    expect(notice).to_be_visible()
    context.set_offline(False)
    look(desk)
    expect(notice).to_be_hidden()


def test_the_focus_survives_newer_figures(
    desk: Page, store: SqliteStore, clock: Clock
) -> None:
    desk.goto(EVENT)
    link = desk.get_by_role("link", name="See them")
    link.focus()
    read(store, a_device("West door"), 9, codes=("nobody-has-this-either",))
    clock.move(minutes=1)
    with desk.expect_response("**/live"):
        look(desk)
    expect(desk.locator(".stat").filter(has_text="Turned away")).to_contain_text("3")
    expect(desk.get_by_role("link", name="See them")).to_be_focused()


def test_closing_takes_two_presses_by_keyboard(desk: Page, store: SqliteStore) -> None:
    desk.goto(EVENT)
    desk.locator("summary").filter(has_text="Close the event").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Close the event now?")).to_be_visible()
    with store.read() as tx:
        assert tx.events.closure(ada().event_id) is None
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The event is closed")).to_be_visible()


def test_everything_works_without_a_script(plain: Page, tmp_path: Path) -> None:
    plain.goto(EVENT)
    expect(plain.locator(".stat").first).to_contain_text("4")
    plain.get_by_text("Close the event", exact=True).click()
    plain.get_by_role("button", name="Close it now").click()
    expect(plain.get_by_text("The event is closed")).to_be_visible()
    plain.get_by_role("link", name="Tablets").click()
    plain.get_by_label("Name").fill("Garden door")
    plain.get_by_role("button", name="Make a pairing code").click()
    expect(plain.locator(".qr")).to_be_visible()
    file = tmp_path / "list.csv"
    file.write_text("Name;E-Mail\nZoë Ünal;zoe@example.org\n", encoding="utf-8")
    plain.get_by_role("link", name="Import").click()
    plain.get_by_label("The list").set_input_files(file)
    plain.get_by_role("button", name="Look at it").click()
    plain.get_by_role("button", name="Import 1 person").click()
    expect(plain.get_by_text("The list is in")).to_be_visible()


def test_an_export_is_saved_under_the_events_name(desk: Page) -> None:
    desk.goto(EVENT + "exports/")
    with desk.expect_download() as saved:
        desk.get_by_role("link", name="Download everything.xlsx").click()
    assert saved.value.suggested_filename == "demo-2026-everything.xlsx"


def test_every_page_is_for_everybody_by_day_and_by_night(desk: Page) -> None:
    axe, troubles = Axe(), []
    for path in PAGES:
        open_up(desk, path)
        for scheme in ("light", "dark"):
            desk.emulate_media(color_scheme=scheme)
            desk.evaluate(TWO_FRAMES)  # the colours have changed by then
            found = axe.run(desk).response["violations"]
            troubles += [f"{path} {scheme}: {one['id']}" for one in found]
    assert not troubles


def test_what_a_press_brings_is_for_everybody_too(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Name;E-Mail\n{LONG} II;x\n{ARABIC} الثاني;\n", encoding="utf-8")
    axe = Axe()
    troubles: list[str] = []

    def check(what: str) -> None:
        found = axe.run(desk).response["violations"]
        troubles.extend(f"{what}: {one['id']}" for one in found)

    desk.goto(EVENT + "import/")
    desk.get_by_label("The list").set_input_files(file)
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What the list would do")
    check("preview")
    desk.get_by_role("button", name="Import 2 people").click()
    expect(desk.get_by_text("The list is in")).to_be_visible()
    check("imported")
    desk.goto(EVENT + "devices/")
    desk.get_by_label("Name").fill(LONG[:40])
    desk.get_by_role("button", name="Make a pairing code").click()
    expect(desk.locator(".qr")).to_be_visible()
    check("pairing code")
    assert not troubles


def test_nothing_sticks_out_and_every_target_is_large(desk: Page) -> None:
    troubles = []
    for path in PAGES:
        open_up(desk, path)
        for width, height in SIZES:
            desk.set_viewport_size({"width": width, "height": height})
            wide = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
            troubles += [f"{path} at {width}: {wide} px too wide"] if wide > 0 else []
            small = desk.evaluate(TARGETS, LEAST_TARGET)
            troubles += [f"{path} at {width}: {one}" for one in small]
    assert not troubles


def open_up(page: Page, path: str) -> None:
    """Go there and unfold everything."""
    page.goto(path)
    assert page.url.endswith(path)
    page.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.open = true))"
    )
