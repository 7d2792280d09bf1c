"""The tablet in a real browser against the real server: people come, the network goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from kiosk.model import Attendee, CheckInList, Scan
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    Clock,
    a_list,
    ada,
    code_of,
    grace,
    linus,
    plant,
)
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA, GRACE, LINUS = code_of(ada()), code_of(grace()), code_of(linus())


@pytest.fixture
def device_id(store: SqliteStore) -> str:
    plant(store, ada(), grace(), linus(status="pending"))
    return offer_pairing(store)


@pytest.fixture
def tablet(screen: Page, device_id: str) -> Tablet:
    del device_id  # it must be there before the tablet asks
    tablet = Tablet(screen).stand()
    assert tablet.knows_people() == 3
    return tablet


def kept_scans(store: SqliteStore) -> list[Scan]:
    with store.read() as tx:
        return sorted(tx.exports.scans(EVENT_ID), key=lambda scan: scan.seq)


def outcomes(store: SqliteStore) -> list[tuple[str, str]]:
    return [(scan.kind, scan.outcome) for scan in kept_scans(store)]


def test_a_tablet_is_paired_by_a_code_that_works_once(screen: Page, device_id: str) -> None:
    del device_id
    tablet = Tablet(screen).pair("WRONG")
    expect(screen.get_by_role("alert")).to_contain_text("ask for a new one")
    tablet.pair("abcd-2345").shows("waiting").says("Show your badge")
    tablet.pair()
    expect(screen.get_by_role("alert")).to_contain_text("ask for a new one")


def test_a_tablet_that_belongs_to_no_event_asks_to_be_paired(screen: Page) -> None:
    screen.goto("/kiosk/")
    expect(screen.get_by_label("Pairing code")).to_be_visible()


def test_a_badge_is_welcomed_by_first_name(tablet: Tablet, store: SqliteStore) -> None:
    tablet.read(ADA).says("Welcome", "Ada", "Analytical Engines")
    assert outcomes(store) == [("check_in", "welcomed")]


def test_a_badge_address_of_the_stock_camera_is_read_too(tablet: Tablet) -> None:
    tablet.read(f"HTTPS://HALLWAY.EXAMPLE/B/{GRACE}").says("Welcome", "Grace")


def test_a_code_may_be_typed(tablet: Tablet) -> None:
    field = tablet.page.get_by_label("Or type the code under the square")
    field.fill(f"{ADA[:8].lower()} {ADA[8:]}")
    field.press("Enter")
    tablet.says("Welcome", "Ada")


def test_somebody_who_is_in_hears_when_and_where(tablet: Tablet) -> None:
    tablet.read(ADA).says("Welcome").press("Next person").shows("waiting")
    tablet.page.get_by_label("Or type the code under the square").fill(ADA)
    tablet.press("Go").says("You are in already", "Checked in at", "10:00", "Coffee")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (LINUS, "You can settle it at the help desk."),
        ("0000000000000000", "come to the help desk."),
        ("https://elsewhere.example/menu", "It is not a badge or ticket of this event."),
    ],
    ids=["unpaid", "unknown", "foreign"],
)
def test_a_refusal_says_what_to_do(tablet: Tablet, code: str, sentence: str) -> None:
    tablet.read(code).shows("verdict").says(sentence)
    expect(tablet.page.locator("main")).not_to_contain_text("Welcome")


def test_that_is_not_me_undoes_the_check_in(tablet: Tablet, store: SqliteStore) -> None:
    tablet.read(ADA).says("Welcome").press("That is not me").says("Undone")
    with store.read() as tx:
        assert not tx.scans.is_checked_in(ada().id)


def test_a_scanner_that_delivers_twice_makes_one_scan(
    tablet: Tablet, store: SqliteStore
) -> None:
    tablet.read(ADA).read(ADA).says("Welcome").read(GRACE).says("Grace")
    assert outcomes(store) == [("check_in", "welcomed")] * 2


def test_a_scanner_that_sends_no_enter_is_understood(tablet: Tablet) -> None:
    tablet.scan(ADA)
    tablet.says("Welcome", "Ada")


def test_names_leave_the_screen_by_themselves(tablet: Tablet) -> None:
    tablet.page.clock.install()
    tablet.read(ADA).says("Ada")
    tablet.page.clock.fast_forward(8_000)
    tablet.shows("waiting")
    assert "Lovelace" not in tablet.page.content()


def check_in_both(tablet: Tablet) -> Tablet:
    tablet.read(ADA).says("Welcome", "Ada").read(GRACE).says("Welcome", "Grace")
    return tablet.press("Next person").swap_mode()


def test_two_badges_swap_when_both_have_seen_what_is_shared(
    tablet: Tablet, store: SqliteStore
) -> None:
    check_in_both(tablet).read(ADA).says("Hello", "Ada", "Now the badge")
    tablet.read(GRACE).says("Swap contacts?", "will get", "Company", "E-mail")
    with store.read() as tx:
        assert not tx.connections.mutual(EVENT_ID)
    tablet.press("Swap").says("Swapped", "Ada", "Grace")
    with store.read() as tx:
        [connection] = tx.connections.mutual(EVENT_ID)
    assert {connection.first_id, connection.second_id} == {ada().id, grace().id}
    tablet.press("Undo").says("Undone")
    with store.read() as tx:
        assert not tx.connections.mutual(EVENT_ID)


def test_who_has_met_already_is_told_so(tablet: Tablet) -> None:
    check_in_both(tablet).read(ADA).says("Hello").read(GRACE).press("Swap").says("Swapped")
    tablet.press("Done").shows("waiting").read(ADA).says("Hello").read(GRACE)
    tablet.press("Swap").says("You two have met already")


def test_a_swap_needs_people_who_have_checked_in(tablet: Tablet) -> None:
    tablet.swap_mode().read(ADA).says("Check in first")


def test_one_badge_cannot_swap_with_itself(tablet: Tablet) -> None:
    tablet.read(ADA).says("Welcome").press("Next person").swap_mode().read(ADA).says(
        "Hello"
    )
    tablet.read(f"HTTPS://X.EXAMPLE/B/{ADA}").read(GRACE)  # an echo, then somebody not here
    tablet.says("Check in first").press("Back").says("Hello", "Ada")


def test_the_enter_of_a_scanner_presses_no_button(tablet: Tablet) -> None:
    check_in_both(tablet).read(ADA).says("Hello").read(GRACE).says("Swap contacts?")
    tablet.page.get_by_role("button", name="Swap", exact=True).focus()
    assert tablet.scan(LINUS, "Enter", "Enter") == [False, False]
    tablet.says("Check in first")


def test_a_dead_network_loses_no_scan(
    tablet: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    context.set_offline(True)
    tablet.read(ADA).says("Welcome", "Ada").status("1 scan kept here")
    tablet.status("No network")
    tablet.read(GRACE).says("Welcome", "Grace").status("2 scans kept here")
    assert kept_scans(store) == []
    context.set_offline(False)
    tablet.page.reload()
    tablet.status("Online")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    assert outcomes(store) == [("check_in", "welcomed")] * 2
    assert [scan.seq for scan in kept_scans(store)] == [1, 2]


def test_a_swap_is_kept_while_the_network_is_dead(
    tablet: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    check_in_both(tablet)
    context.set_offline(True)
    tablet.read(ADA).says("Hello", "Ada").read(GRACE)
    tablet.says("Swap contacts?", "Grace").press("Swap").shows("swapped")
    context.set_offline(False)
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=15_000)
    with store.read() as tx:
        assert len(tx.connections.mutual(EVENT_ID)) == 1


def fails(route: Route) -> None:
    route.fulfill(status=500, body="oops")


def talks_nonsense(route: Route) -> None:
    route.fulfill(status=200, body="<h1>Welcome to the hotel</h1>")


def answers_another(route: Route) -> None:
    route.fulfill(json={"results": [{"id": "somebody else", "outcome": "welcomed"}]})


def hangs_up(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("trouble", [fails, talks_nonsense, answers_another, hangs_up])
def test_a_server_in_trouble_loses_no_scan(
    tablet: Tablet, store: SqliteStore, trouble: Callable[[Route], None]
) -> None:
    tablet.page.route("**/api/v1/scans", trouble)
    tablet.read(ADA).says("Welcome", "Ada").status("1 scan kept here")
    tablet.page.unroute("**/api/v1/scans")
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=15_000)
    assert outcomes(store) == [("check_in", "welcomed")]


def test_a_batch_that_is_too_large_is_sent_in_parts(
    tablet: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    def refuses_two(route: Route) -> None:
        body = route.request.post_data or ""
        route.fulfill(status=413) if body.count('"seq"') > 1 else route.continue_()

    context.set_offline(True)
    tablet.read(ADA).says("Welcome").read(GRACE).status("2 scans kept here")
    tablet.page.route("**/api/v1/scans", refuses_two)
    context.set_offline(False)
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()
    assert outcomes(store) == [("check_in", "welcomed")] * 2


def test_what_the_server_will_never_take_is_put_aside_for_staff(
    tablet: Tablet, clock: Clock
) -> None:
    clock.move(days=-5)
    tablet.read(ADA).says("This tablet’s clock is wrong").status("1 needs a look")
    tablet.press("1 needs a look")
    sheet = tablet.page.get_by_role("dialog")
    expect(sheet).to_contain_text("Check-in")
    sheet.get_by_role("button", name="Seen to").click()
    expect(sheet).to_contain_text("Nothing any more.")


def owe(tx: Tx, person: Attendee, _: datetime) -> None:
    tx.attendees.change(replace(person, status="pending"))


def test_a_refusal_after_the_person_has_gone_is_shown_to_staff(
    tablet: Tablet, context: BrowserContext, store: SqliteStore
) -> None:
    context.set_offline(True)
    store.write(owe, grace(), NOW)
    tablet.read(GRACE).says("Welcome").press("Next person")
    context.set_offline(False)
    tablet.status("1 needs a look").press("1 needs a look")
    sheet = tablet.page.get_by_role("dialog")
    expect(sheet).to_contain_text("Payment is still open")
    expect(sheet).to_contain_text("Grace Hopper")


def revoke(tx: Tx, device_id: str, now: datetime) -> None:
    tx.devices.revoke(device_id, now)


def test_a_revoked_tablet_shows_no_names_and_keeps_its_queue(
    tablet: Tablet, context: BrowserContext, store: SqliteStore, device_id: str
) -> None:
    context.set_offline(True)
    tablet.read(ADA).says("Welcome", "Ada")
    store.write(revoke, device_id, NOW)
    context.set_offline(False)
    tablet.shows("revoked").says("This tablet is switched off", "1 scan")
    tablet.read(GRACE).shows("revoked")
    assert kept_scans(store) == []


def test_a_phone_is_offered_a_link_after_the_check_in(tablet: Tablet) -> None:
    tablet.read(ADA).press("Take it on your phone").says("Take your badge with you", "Ada")
    drawn = tablet.page.locator(".qr path").get_attribute("d") or ""
    assert drawn.count("M") > 100
    tablet.press("Done").shows("waiting")


def put_list(tx: Tx, rule: CheckInList, _: datetime) -> None:
    tx.events.put_list(rule)


def test_staff_choose_the_list_and_the_direction(
    screen: Page, device_id: str, store: SqliteStore
) -> None:
    del device_id
    store.write(put_list, a_list("workshops"), NOW)
    tablet = Tablet(screen).stand().press("Settings for staff")
    screen.get_by_label("Check out").check()
    screen.get_by_label("Check-in list").select_option("workshops")
    tablet.press("Keep").says("Leaving?").status("workshops")
    tablet.read(ADA).says("Goodbye", "Ada")
    screen.reload()
    tablet.says("Leaving?")
    [scan] = kept_scans(store)
    assert (scan.kind, scan.list_id) == ("check_out", a_list("workshops").id)


def test_every_state_is_accessible(tablet: Tablet) -> None:
    def look(state: str) -> None:
        tablet.shows(state)
        found = Axe().run(tablet.page)
        assert not found.violations_count, found.generate_report()

    look("waiting")
    tablet.read(LINUS)
    look("verdict")
    tablet.read(ADA).says("Welcome")
    look("verdict")
    tablet.press("Take it on your phone")
    look("link")
    tablet.press("Done").read(GRACE).says("Welcome").press("Next person").swap_mode()
    look("waiting")
    tablet.read(ADA)
    look("first")
    tablet.read(GRACE)
    look("offer")
    tablet.press("Swap")
    look("swapped")
    tablet.press("Undo")
    look("undone")
    tablet.press("Settings for staff")
    look("undone")
