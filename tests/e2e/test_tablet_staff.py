"""Staff at the door in a real browser: pairing, PIN, search, walk-ins, the help desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.ids import digest
from kiosk.model import Scan
from kiosk.pair import Approve, approve
from kiosk.pin import hashed, set_pin
from kiosk.store import SqliteStore
from kiosk.web import pairings
from kiosk.web.limits import Misses
from tests.builders import (
    EVENT_ID,
    NOW,
    a_list,
    ada,
    an_attendee,
    code_of,
    grace,
    linus,
    plant,
)
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA, LINUS = code_of(ada()), code_of(linus())
PIN = "482915"


@pytest.fixture(autouse=True)
def _day(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairings, "asked", Misses())
    people = [ada(), grace(), linus(status="pending", attention="Bring a penguin")]
    plant(store, *people, an_attendee("Zoë Ångström", company="Polar"))
    for rule in (a_list("annex", ticket_types=("VIP",)), a_list(include_pending=True)):
        store.write(lambda tx, it, _: tx.events.put_list(it), rule, NOW)


@pytest.fixture
def help_desk(screen: Page, store: SqliteStore) -> Tablet:
    offer_pairing(store, "desk")
    return Tablet(screen).stand()


@pytest.fixture
def gate(screen: Page, store: SqliteStore) -> Tablet:
    offer_pairing(store, "gate")
    return Tablet(screen).stand()


@pytest.fixture
def kiosk(screen: Page, store: SqliteStore) -> Tablet:
    offer_pairing(store)
    return Tablet(screen).stand()


KEPT = """async () => {
  const { everything } = await import("/static/js/tablet/queue.js");
  return JSON.stringify(await everything());
}"""


def look(tablet: Tablet, state: str) -> None:
    """The state is there, and axe finds nothing to say about it."""
    tablet.shows(state)
    found = Axe().run(tablet.page)
    assert not found.violations_count, found.generate_report()


def names_in(store: SqliteStore) -> set[str]:
    with store.read() as tx:
        people = tx.attendees.of_event(EVENT_ID)
        return {one.name for one in people if tx.scans.is_checked_in(one.id)}


def scans_of(store: SqliteStore) -> list[Scan]:
    with store.read() as tx:
        return sorted(tx.exports.scans(EVENT_ID), key=lambda scan: scan.seq)


def type_pin(page: Page, digits: str) -> None:
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Unlock").click()


def test_a_tablet_shows_a_code_and_goes_to_work_once_it_is_approved(
    screen: Page, store: SqliteStore
) -> None:
    screen.goto("/kiosk/pair")
    code = screen.locator(".asking__code")
    expect(code).to_have_text(re.compile(r"^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$"))
    shown = code.inner_text()
    assert (screen.locator(".asking__qr path").get_attribute("d") or "").count("M") > 100
    found = Axe().run(screen)
    assert not found.violations_count, found.generate_report()
    screen.reload()
    expect(code).to_have_text(shown)
    store.write(approve, Approve(shown, EVENT_ID, "Main door", "gate", "main"), NOW)
    Tablet(screen).shows("waiting").says("Show your badge")
    screen.goto("/kiosk/pair")
    expect(code).not_to_have_text(shown)


def test_settings_open_for_the_pin_also_without_a_network(
    kiosk: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    store.write(set_pin, hashed(EVENT_ID, PIN), NOW)
    page = kiosk.page
    with page.expect_response("**/api/v1/event"):
        page.reload()
    context.set_offline(True)
    kiosk.press("Settings for staff")
    pad = page.get_by_role("dialog", name="Staff PIN")
    look(kiosk, "waiting")
    type_pin(page, "0000")
    expect(pad.get_by_role("status")).to_have_text("That is not the PIN.")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    settings = page.get_by_role("dialog", name="This tablet")
    expect(settings).to_be_visible()
    settings.get_by_role("button", name="Close").click()
    kiosk.press("Sound")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_staff_make_a_tablet_another_with_the_pin(
    kiosk: Tablet, store: SqliteStore
) -> None:
    store.write(set_pin, hashed(EVENT_ID, PIN), NOW)
    page = kiosk.page
    with page.expect_response("**/api/v1/event"):
        page.reload()
    kiosk.press("Settings for staff")
    type_pin(page, PIN)
    settings = page.get_by_role("dialog", name="This tablet")
    settings.get_by_label("What this tablet is").select_option("The help desk")
    settings.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("button", name="Find a person")).to_be_visible()


def test_without_a_pin_a_tablet_stays_what_it_is(kiosk: Tablet) -> None:
    kiosk.press("Settings for staff")
    settings = kiosk.page.get_by_role("dialog", name="This tablet")
    settings.get_by_label("What this tablet is").select_option("A gate with staff")
    settings.get_by_role("button", name="Keep").click()
    expect(settings.get_by_role("alert")).to_contain_text("it takes the staff PIN")
    found = Axe().run(kiosk.page)
    assert not found.violations_count, found.generate_report()


def test_wrong_pins_wait_longer_also_after_a_restart(
    kiosk: Tablet, store: SqliteStore
) -> None:
    store.write(set_pin, hashed(EVENT_ID, PIN), NOW)
    page = kiosk.page
    with page.expect_response("**/api/v1/event"):
        page.reload()
    kiosk.press("Sound")
    said = page.get_by_role("dialog").get_by_role("status")
    for _ in range(4):
        expect(page.get_by_role("button", name="Unlock")).to_be_enabled(timeout=20_000)
        type_pin(page, "0000")
        expect(said).to_contain_text("not the PIN")
    expect(said).to_contain_text("Wait")
    page.reload()
    kiosk.press("Sound")
    expect(said).to_contain_text("Wait")
    expect(page.get_by_role("button", name="Unlock")).to_be_disabled()


def test_a_browser_that_cannot_check_the_pin_asks_the_server(
    screen: Page, store: SqliteStore
) -> None:
    store.write(set_pin, hashed(EVENT_ID, PIN), NOW)
    offer_pairing(store)
    screen.add_init_script(
        "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"
    )
    tablet = Tablet(screen).stand().press("Settings for staff")
    type_pin(screen, "0000")
    status = screen.get_by_role("dialog").get_by_role("status")
    expect(status).to_have_text("That is not the PIN.")
    type_pin(screen, PIN)
    expect(screen.get_by_role("dialog", name="This tablet")).to_be_visible()
    tablet.shows("waiting")


def test_staff_find_a_person_by_a_mistyped_name(
    help_desk: Tablet, store: SqliteStore
) -> None:
    help_desk.press("Find a person")
    page = help_desk.page
    field = page.get_by_label("Name or company")
    expect(field).to_be_focused()
    field.fill("zo")
    expect(page.locator(".found__one")).to_have_count(0)
    field.fill("angstorm zoe")
    expect(page.get_by_role("status").filter(has_text="Press the right")).to_be_visible()
    look(help_desk, "searching")
    page.get_by_role("button", name="Zoë Ångström").click()
    help_desk.says("Welcome", "Zoë")
    assert names_in(store) == {"Zoë Ångström"}


def test_a_search_that_finds_nobody_says_so(
    help_desk: Tablet, context: BrowserContext
) -> None:
    help_desk.press("Find a person")
    field = help_desk.page.get_by_label("Name or company")
    field.fill("qqqqqq")
    help_desk.says("Nobody is called that")
    context.set_offline(True)
    field.fill("ada love")
    help_desk.says("there is no search now")


def test_who_has_no_badge_finds_themselves_narrowly(
    kiosk: Tablet, store: SqliteStore
) -> None:
    page = kiosk.page
    kiosk.press("No badge?")
    look(kiosk, "naming")
    page.get_by_label("Your whole surname").fill("Lovel")
    page.get_by_label("The first letters").fill("ada")
    kiosk.press("Look for me").says("We did not find you")
    look(kiosk, "unfound")
    kiosk.press("Try again")
    page.get_by_label("Your whole surname").fill("Lovelace")
    page.get_by_label("The first letters").fill("ada")
    kiosk.press("Look for me").says("Welcome", "Ada")
    expect(page.get_by_role("button", name="Take it on your phone")).to_be_hidden()
    assert names_in(store) == {"Ada Lovelace"}


def test_somebody_new_is_in_within_one_screen(gate: Tablet, store: SqliteStore) -> None:
    page = gate.page
    gate.press("New person")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    gate.press("Add and check in").says("Give a name")
    page.get_by_label("Name", exact=True).fill("Margaret Hamilton")
    page.get_by_label("E-mail").fill("margaret.apollo")
    page.get_by_label("Company").fill("Draper")
    gate.press("Add and check in").says("does not look like an e-mail address")
    look(gate, "newcomer")
    page.get_by_label("E-mail").fill("margaret@apollo.example")
    gate.press("Add and check in").says("Welcome", "Margaret", "Draper")
    with store.read() as tx:
        [person] = [p for p in tx.attendees.of_event(EVENT_ID) if p.company == "Draper"]
        assert person.email == "margaret@apollo.example"
        assert tx.scans.is_checked_in(person.id)
    gate.press("That is not me").says("Undone")
    assert names_in(store) == set()


def test_an_address_that_is_none_is_kept_for_staff_to_see(
    gate: Tablet, store: SqliteStore
) -> None:
    gate.press("New person")
    gate.page.get_by_label("Name", exact=True).fill("Margaret Hamilton")
    gate.page.get_by_label("E-mail").fill("margaret at apollo")
    gate.press("Add and check in").press("Add and check in").says("Welcome", "Margaret")
    with store.read() as tx:
        [person] = [p for p in tx.attendees.of_event(EVENT_ID) if "Marg" in p.name]
    assert (person.email, person.attention) == ("", "E-mail as typed: margaret at apollo")


def test_somebody_new_without_a_network_is_uploaded_once(
    gate: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    context.set_offline(True)
    gate.press("New person")
    gate.page.get_by_label("Name", exact=True).fill("Margaret Hamilton")
    gate.press("Add and check in").says("Welcome", "Margaret", "The network is away")
    assert names_in(store) == set()
    kept = gate.page.evaluate(KEPT)
    assert "sealed" in kept
    assert "Margaret" not in kept  # not even this tablet can read it any more
    context.set_offline(False)
    expect(gate.page.locator('[data-part="queued"]')).to_be_hidden()
    assert names_in(store) == {"Margaret Hamilton"}
    assert [scan.outcome for scan in scans_of(store)] == ["welcomed"]


def test_a_near_namesake_is_offered_before_somebody_is_added_twice(
    help_desk: Tablet, store: SqliteStore
) -> None:
    help_desk.press("New person")
    help_desk.page.get_by_label("Name", exact=True).fill("Grace Hoper")
    help_desk.says("Is it one of these?")
    help_desk.page.get_by_role("button", name="Grace Hopper").click()
    help_desk.says("Welcome", "Grace")
    with store.read() as tx:
        assert len(tx.attendees.of_event(EVENT_ID)) == 4


def test_a_gate_offers_namesakes_also_alone_and_never_the_list(
    gate: Tablet, context: BrowserContext
) -> None:
    page = gate.page
    field, found = page.get_by_label("Name", exact=True), page.locator(".found__one")
    gate.press("New person")
    field.fill("Hopper")
    expect(found).to_have_count(0)
    field.fill("Hoper, Grace")
    gate.says("Is it one of these?")
    expect(found).to_have_text(re.compile("Grace Hopper"))
    gate.press("Back")
    context.set_offline(True)
    gate.press("New person")
    field.fill("Margaret Hamilton")
    gate.says("compared only with people seen on this tablet")
    gate.press("Add and check in").says("Welcome", "Margaret").press("Next person")
    gate.press("New person")
    field.fill("Hamiltom Margaret")
    gate.says("Is it one of these?", "compared only with")
    found.click()
    gate.says("You are in already").press("Next person").press("New person")
    field.fill("Grace Hoper")
    gate.says("compared only with")
    gate.press("Add and check in").press("That is not me").says("Undone").press(
        "Next person"
    )
    gate.press("New person")
    field.fill("Grace Hoper")
    gate.says("The server cannot be reached")
    expect(found).to_have_count(0)


def test_a_badge_that_is_read_into_the_form_is_a_badge(
    gate: Tablet, store: SqliteStore
) -> None:
    gate.press("New person")
    field = gate.page.get_by_label("Name", exact=True)
    field.fill(ADA)
    field.press("Enter")
    gate.says("Welcome", "Ada")
    assert names_in(store) == {"Ada Lovelace"}


def test_somebody_new_at_a_kiosk_needs_the_pin(kiosk: Tablet, store: SqliteStore) -> None:
    expect(kiosk.page.locator("main").get_by_text("New person")).to_have_count(0)
    store.write(set_pin, hashed(EVENT_ID, PIN), NOW)
    with kiosk.page.expect_response("**/api/v1/event"):
        kiosk.page.reload()
    kiosk.press("Settings for staff")
    type_pin(kiosk.page, PIN)
    kiosk.press("New person").shows("newcomer")


def test_a_refusal_goes_to_the_help_desk_and_the_lane_moves_on(
    gate: Tablet, store: SqliteStore
) -> None:
    gate.read(LINUS).says("Payment is still open").press("Send to the help desk")
    gate.says("The help desk is expecting you")
    look(gate, "referred")
    gate.read(ADA).says("Welcome", "Ada")
    with store.read() as tx:
        [case] = tx.referrals.open(EVENT_ID)
    assert (case.attendee_id, case.reason) == (linus().id, "unpaid")
    assert case.scan_id == scans_of(store)[0].id


def test_the_help_desk_sees_who_waits_and_is_done_with_them(
    help_desk: Tablet, store: SqliteStore
) -> None:
    page = help_desk.page
    help_desk.read(LINUS).press("Send to the help desk").says("expecting you")
    help_desk.press("Next person")
    with page.expect_response("**/api/v1/referrals"):
        page.reload()
    help_desk.status("1 waits at the help desk").press("1 waits at the help desk")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Linus Torvalds")
    expect(sheet).to_contain_text("Payment is still open")
    expect(sheet).to_contain_text(re.compile("Coffee.*10:00"))
    look(help_desk, "waiting")
    page.keyboard.press("Escape")
    help_desk.swap_mode().press("1 waits at the help desk")
    sheet.get_by_role("button", name="Check in").click()
    help_desk.says("Payment is still open").press("1 waits at the help desk")
    with page.expect_response("**/api/v1/acts"):
        sheet.get_by_role("button", name="Done").click()
        expect(sheet).to_contain_text("Nobody waits.")
    with store.read() as tx:
        assert tx.referrals.open(EVENT_ID) == []


def test_an_unpaid_ticket_is_let_in_with_a_reason(gate: Tablet, store: SqliteStore) -> None:
    gate.read(LINUS).says("Payment is still open").press("Let in anyway")
    look(gate, "overriding")
    gate.press("Back").says("Payment is still open").press("Let in anyway")
    gate.page.get_by_label("Another reason").fill("  ")
    gate.press("Let in").shows("overriding")
    gate.press("Paid here").says("Welcome", "Linus")
    assert scans_of(store)[-1].override == "Paid here"
    gate.press("That is not me").says("Undone").read(LINUS).press("Let in anyway")
    gate.page.get_by_label("Another reason").fill("Speaks at noon")
    gate.press("Let in").says("Welcome", "Linus")
    assert scans_of(store)[-1].override == "Speaks at noon"


def test_an_unpaid_ticket_is_let_in_without_a_network(
    gate: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    gate.read(ADA).says("Welcome", "Ada").press("Next person")
    context.set_offline(True)
    gate.read(LINUS).says("Payment is still open").press("Let in anyway")
    gate.press("Paid here").says("Welcome", "Linus")
    gate.read(code_of(grace())).says("Welcome", "Grace").press("Next person")
    context.set_offline(False)
    expect(gate.page.locator('[data-part="queued"]')).to_be_hidden(timeout=15_000)
    [let_in] = [scan for scan in scans_of(store) if scan.override]
    assert (let_in.attendee_id, let_in.outcome) == (linus().id, "welcomed")


def test_a_badge_that_is_shown_again_opens_no_more_in_self_service(
    kiosk: Tablet, store: SqliteStore
) -> None:
    """It may be a photograph of it."""
    rules = a_list(allow_multiple_entries=True)
    store.write(lambda tx, it, _: tx.events.put_list(it), rules, NOW)
    more = kiosk.page.get_by_role("button", name="Take it on your phone")
    kiosk.read(ADA).says("Welcome", "Ada")
    expect(more).to_be_visible()
    kiosk.press("Next person").read(ADA).says("Welcome back", "Ada")
    expect(more).to_be_hidden()


def test_self_service_lets_nobody_in_unpaid(kiosk: Tablet) -> None:
    kiosk.read(LINUS).says("Payment is still open")
    expect(kiosk.page.get_by_role("button", name="Let in anyway")).to_have_count(0)


def test_a_note_for_staff_is_closed_until_it_is_pressed(gate: Tablet) -> None:
    page = gate.page
    gate.read(LINUS).says("Payment is still open")
    note = page.get_by_text("Bring a penguin")
    expect(note).to_be_hidden()
    page.clock.install()
    gate.press("Note for staff")
    expect(note).to_be_visible()
    look(gate, "verdict")
    page.clock.fast_forward(8_500)
    expect(note).to_be_hidden()


def test_the_forms_work_by_keyboard_alone(gate: Tablet, store: SqliteStore) -> None:
    page = gate.page
    page.get_by_role("button", name="New person").press("Enter")
    page.keyboard.type("Margaret Hamilton", delay=120)
    page.keyboard.press("Enter")
    gate.says("Welcome", "Margaret")
    assert names_in(store) == {"Margaret Hamilton"}


def test_nothing_of_a_secret_is_kept_in_the_store(screen: Page, store: SqliteStore) -> None:
    screen.goto("/kiosk/pair")
    shown = screen.locator(".asking__code").inner_text().replace(" ", "")
    with store.read() as tx:
        assert tx.pairing_requests.by_code(digest(shown), NOW)
        assert tx.pairing_requests.by_code(shown, NOW) is None
