"""Every state of the tablet, walked round by round: accessible, and never a lost focus."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kiosk import words
from kiosk.store import SqliteStore, Tx
from tests.builders import EVENT_ID, NOW, ada, code_of, grace
from tests.e2e.rounds import GUESTS, ROLES, ROUNDS, Walk, dead, prepare
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA, GRACE = code_of(ada()), code_of(grace())
FINGER = 64  # CSS pixels a target needs, across and down
UNSEEN = """() => {
  const faults = [];
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const SEEN = { visibilityProperty: true };
  const held = document.activeElement;
  const isKiosk = document.querySelector("hall-kiosk");
  if (isKiosk && held === document.body) faults.push("the focus is lost");
  for (const control of top.querySelectorAll("button, input, select, a[href]")) {
    const { width, height } = control.getBoundingClientRect();
    if (!width || control.matches(":disabled") || !control.checkVisibility(SEEN)) continue;
    control.focus({ focusVisible: true });
    const { outlineStyle, boxShadow } = getComputedStyle(control);
    const isSeen = outlineStyle !== "none" || boxShadow !== "none";
    if (!isSeen) faults.push(`no focus to be seen on ${control.outerHTML.slice(0, 90)}`);
    const isMark = control.matches("[type=radio], [type=checkbox], a");
    if (!isMark && Math.round(Math.min(width, height)) < FINGER)
      faults.push(`${width}x${height} is too small: ${control.outerHTML.slice(0, 90)}`);
  }
  held?.focus();
  return faults;
}""".replace("FINGER", str(FINGER))


STAY = "document.querySelector('.stage hall-countdown')?.stop()"


def look(page: Page, state: str) -> list[str]:
    """What is wrong with this state, which stays for as long as the look takes."""
    page.evaluate(STAY)
    found = Axe().run(page)
    faults = page.evaluate(UNSEEN)
    if found.violations_count:
        faults.append(found.generate_report())
    return [f"{state}: {fault}" for fault in faults]


@pytest.mark.parametrize(
    "languages", [words.LANGUAGES, ("ar", "en")], ids=["en", "ar-dark"]
)
@pytest.mark.parametrize("name", ROUNDS)
def test_every_state_is_for_everybody(
    chromium: Browser,
    address: str,
    store: SqliteStore,
    name: str,
    languages: tuple[str, ...],
) -> None:
    prepare(store, languages)
    offer_pairing(store, ROLES[name])
    context = chromium.new_context(
        base_url=address,
        service_workers="block",
        viewport={"width": 1024, "height": 768},
        reduced_motion="reduce",
        color_scheme="dark" if languages[0] == "ar" else "light",
    )
    context.add_init_script("window.print = () => undefined")
    page = context.new_page()
    tablet = Tablet(page).stand()
    direction = words.direction(languages[0])
    expect(page.locator(f'html[dir="{direction}"]')).to_be_visible()
    faults = [fault for state in ROUNDS[name](tablet) for fault in look(page, state)]
    assert not faults, "\n".join(faults)
    context.close()


@pytest.fixture
def tablet(screen: Page, store: SqliteStore) -> Tablet:
    prepare(store, ("en",))
    offer_pairing(store)
    return Tablet(screen).stand()


def test_a_tablet_without_an_event_is_for_everybody(tablet: Tablet) -> None:
    """Its staff unpair it only when they mean it; then it asks in, and may be revoked."""
    page = tablet.page
    walk = Walk(tablet)
    walk.opens("settings")
    walk.opens("unpair")
    faults = look(page, "unpair")
    page.locator("#unpair").get_by_role("button", name="Unpair").click()
    expect(page.locator(".asking__code")).to_be_visible()
    assert not [*faults, *look(page, "pairing")]


def test_a_revoked_tablet_is_for_everybody(tablet: Tablet, store: SqliteStore) -> None:
    def revoke(tx: Tx, _: None, now: datetime) -> None:
        for device in tx.devices.of_event(EVENT_ID):
            tx.devices.revoke(device.id, now)

    page = tablet.page
    page.route("**/api/v1/scans", dead)
    tablet.read(ADA).shows("verdict")
    store.write(revoke, None, NOW)
    page.evaluate("void window.dispatchEvent(new Event('online'))")
    tablet.shows("revoked").says("will be sent once it is paired again")
    expect(page.locator(".kiosk__modes")).to_be_hidden()
    assert not look(page, "revoked")


def presses(page: Page, name: str) -> None:
    """Tab until this button has the focus, then Enter."""
    button = page.get_by_role("button", name=re.compile(name)).first
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("(it) => it === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"Tab never comes to {name}")


def types_code(tablet: Tablet, code: str) -> None:
    page = tablet.page
    field = page.locator("#typed")
    for _ in range(30):
        if field.evaluate("(it) => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_visit_by_keyboard_alone(tablet: Tablet) -> None:
    page = tablet.page
    for code, name in ((ADA, "Ada"), (GRACE, "Grace")):
        types_code(tablet, code)
        tablet.says("Welcome", name)
        page.keyboard.press("Escape")
        tablet.shows("waiting")
    presses(page, "Swap contacts")
    tablet.says("Met somebody?")
    types_code(tablet, ADA)
    tablet.shows("first").read(GRACE).shows("offer")
    page.wait_for_timeout(1_100)  # the scanner's Enter and Tab belong to the reading
    presses(page, "Change what")
    tablet.shows("sharing")
    presses(page, "E-mail")
    expect(page.get_by_role("button", name="E-mail")).to_be_focused()
    page.keyboard.press("Escape")
    tablet.shows("offer")
    presses(page, "^Swap$")
    tablet.shows("swapped")
    presses(page, "Star")
    expect(page.get_by_role("button", name=re.compile("Star")).first).to_be_focused()
    page.keyboard.press("Escape")
    tablet.shows("waiting")


def test_escape_in_the_badge_goes_one_step_back(tablet: Tablet) -> None:
    walk = Walk(tablet)
    tablet.read(ADA).shows("verdict")
    walk.does("badge", "badge")
    walk.does("badge_edit", "editing")
    tablet.page.keyboard.press("Escape")
    tablet.shows("badge")
    tablet.page.keyboard.press("Escape")
    tablet.shows("waiting")


def is_welcomed(walk: Walk) -> None:
    walk.read(ADA).at("verdict")


def prints_a_badge(walk: Walk) -> None:
    walk.read(ADA).at("verdict")
    walk.does("badge", "badge")
    walk.does("badge_print", "printed")


def looks_for_themselves(walk: Walk) -> None:
    walk.does("no_badge", "naming")
    walk.page.locator('[name="surname"]').fill("Lovelace")


@pytest.mark.parametrize(
    "leaves",
    [is_welcomed, prints_a_badge, looks_for_themselves],
    ids=lambda it: it.__name__,
)
def test_no_name_is_left_anywhere_when_nobody_is_there(
    tablet: Tablet, leaves: Callable[[Walk], None]
) -> None:
    """Not on the screen, not in what only the printer or a screen reader sees."""
    page = tablet.page
    page.evaluate("window.print = () => undefined")
    page.clock.install()
    leaves(Walk(tablet))
    page.clock.run_for(95_000)
    tablet.shows("waiting")
    source = page.content()
    left = [one.name for one in GUESTS for word in one.name.split() if word in source]
    assert not left
    fields = page.locator("input").evaluate_all("(all) => all.map((it) => it.value)")
    assert "Lovelace" not in fields
