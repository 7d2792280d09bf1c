"""A tablet whose server is away or slow: it judges, greets, and what it told stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from kiosk.model import Attendee, Scan
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_device,
    ada,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    named_id,
    plant,
)
from tests.e2e.tablet import KNOWS_PEOPLE, Tablet, offer_pairing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DOOR = a_device()
TICKET, OTHER = "4f9k2m7x8q1z5w3v", "b7c1d9e2f4a8h6j3"
PEOPLE = (
    ada(ticket_code=TICKET),
    grace(ticket_code=OTHER),
    linus(status="pending", ticket_code=""),
)
ADA, GRACE, LINUS = (code_of(person) for person in PEOPLE)
SCANS = "**/api/v1/scans"


@pytest.fixture
def device_id(store: SqliteStore) -> str:
    plant(store, *PEOPLE)
    store.write(lambda tx, _, __: enrol(tx), None, NOW)
    return offer_pairing(store)


@pytest.fixture
def tablet(screen: Page, device_id: str) -> Tablet:
    del device_id  # it must be there before the tablet asks
    tablet = Tablet(screen).stand()
    assert tablet.knows_people() == len(PEOPLE)
    return tablet


@pytest.fixture
def sent(tablet: Tablet) -> list[dict[str, Any]]:
    """Every scan that leaves the tablet, each time it does."""
    scans: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/scans") and request.method == "POST":
            scans.extend((request.post_data_json or {})["scans"])

    tablet.page.on("request", note)
    return scans


@pytest.fixture
def away(tablet: Tablet, context: BrowserContext) -> Callable[[bool], None]:
    def set_away(is_away: bool) -> None:
        context.set_offline(is_away)
        tablet.status("No network" if is_away else "Online")
        if not is_away:
            nothing_waits(tablet)

    return set_away


def nothing_waits(tablet: Tablet) -> None:
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden(timeout=15_000)


def kept_scans(store: SqliteStore) -> list[Scan]:
    """What this tablet sent, in its own order."""
    with store.read() as tx:
        scans = [one for one in tx.exports.scans(EVENT_ID) if one.device_id != DOOR.id]
    return sorted(scans, key=lambda scan: scan.seq)


def meanwhile_in(store: SqliteStore, person: Attendee) -> None:
    """Somebody comes in at another door."""
    store.write(lambda tx, who, _: let_in(tx, who), person, NOW)


def test_whoever_comes_is_greeted_by_name_without_a_network(
    tablet: Tablet, away: Any, store: SqliteStore, sent: list[dict[str, Any]]
) -> None:
    away(True)
    tablet.read(ADA).says("Welcome", "Ada", "Analytical Engines")
    tablet.read(TICKET.upper().lower()).says("You are in already")
    tablet.read(OTHER).says("Welcome", "Grace").status("3 scans kept here")
    away(False)
    assert [scan.get("decided") for scan in sent[-3:]] == ["welcomed", None, "welcomed"]
    outcomes = [(scan.outcome, scan.conflict) for scan in kept_scans(store)[-3:]]
    assert outcomes == [("welcomed", None), ("turned_away", None), ("welcomed", None)]


def test_a_badge_that_was_let_in_here_is_in(tablet: Tablet) -> None:
    tablet.page.route("**/api/v1/**", lambda route: route.abort())
    tablet.read(ADA).says("Welcome").press("Next person").shows("waiting")
    tablet.page.reload()
    tablet.shows("waiting").status("No network")
    typed = tablet.page.get_by_label("Or type the code under the square")
    typed.fill(ADA)
    tablet.press("Go").says("You are in already", "on this tablet")


def test_whoever_was_let_in_before_the_network_went_is_in(tablet: Tablet) -> None:
    """The roster does not tell of it yet, and the tablet has been started anew."""
    tablet.page.route("**/api/v1/roster*", lambda route: route.abort())
    tablet.read(GRACE).says("Welcome").press("Next person").shows("waiting")
    nothing_waits(tablet)
    tablet.page.route("**/api/v1/**", lambda route: route.abort())
    tablet.page.reload()
    tablet.shows("waiting").status("No network")
    tablet.page.get_by_label("Or type the code under the square").fill(GRACE)
    tablet.press("Go").says("You are in already", "on this tablet")


def test_not_me_frees_the_badge_without_a_network(
    tablet: Tablet, away: Any, store: SqliteStore
) -> None:
    away(True)
    tablet.read(ADA).says("Welcome").press("That is not me").says("Undone")
    tablet.page.wait_for_timeout(2600)  # the same badge is an echo until then
    tablet.read(ADA).says("Welcome", "Ada")
    away(False)
    with store.read() as tx:
        assert tx.scans.is_checked_in(ada().id)
        [visit] = next(one.visits for one in tx.rosters.listed([ada().id]) if one.attendee)
    assert visit.kinds == ("check_in",)


def test_a_refusal_is_told_without_a_network(tablet: Tablet, away: Any) -> None:
    away(True)
    tablet.read(LINUS).says("Payment is still open", "Linus")


def test_a_code_that_opens_nothing_is_kept_for_the_server(
    tablet: Tablet, away: Any
) -> None:
    away(True)
    tablet.read("0000000000000000").says("Noted", "10:0")


def test_what_the_tablet_decided_stands_as_a_conflict(
    tablet: Tablet, away: Any, store: SqliteStore
) -> None:
    away(True)
    meanwhile_in(store, ada())
    tablet.read(ADA).says("Welcome", "Ada")
    away(False)
    [scan] = kept_scans(store)
    assert (scan.outcome, scan.conflict) == ("welcomed_back", "already_in")
    tablet.status("1 needs a look").press("1 needs a look")
    expect(tablet.page.get_by_role("dialog")).to_contain_text("You are in already")


class Held:
    """Requests that the server gets only when the test lets them go."""

    def __init__(self, page: Page) -> None:
        self.is_open = False
        self.routes: list[Route] = []
        page.route(SCANS, self.hold)

    def hold(self, route: Route) -> None:
        route.continue_() if self.is_open else self.routes.append(route)

    def let_go(self) -> None:
        self.is_open = True
        for route in self.routes:
            route.continue_()


def test_a_slow_answer_is_not_waited_for_and_changes_nothing(
    tablet: Tablet, store: SqliteStore, sent: list[dict[str, Any]]
) -> None:
    held = Held(tablet.page)
    tablet.read(ADA).says("Welcome", "Ada").status("1 scan kept here")
    held.let_go()
    nothing_waits(tablet)
    tablet.shows("verdict").says("Welcome", "Ada")
    [scan] = kept_scans(store)
    assert (scan.outcome, scan.conflict) == ("welcomed", None)
    assert len({str(one) for one in sent}) == 1
    assert "decided" not in sent[0]


def test_a_slow_refusal_does_not_take_a_welcome_back(
    tablet: Tablet, store: SqliteStore, sent: list[dict[str, Any]]
) -> None:
    held = Held(tablet.page)
    meanwhile_in(store, ada())
    tablet.read(ADA).says("Welcome", "Ada")
    held.let_go()
    tablet.status("1 needs a look").says("Welcome", "Ada")
    asked, told = kept_scans(store)
    assert (asked.outcome, asked.reason) == ("turned_away", "already_in")
    assert (told.outcome, told.conflict) == ("welcomed_back", "already_in")
    assert told.scanned_at == asked.scanned_at
    by_id: dict[str, set[str]] = {}
    for one in sent:
        by_id.setdefault(one["id"], set()).add(str(one))
    assert all(len(contents) == 1 for contents in by_id.values()), "an id said two things"


def test_a_scan_that_has_not_gone_out_yet_takes_the_decision_along(
    tablet: Tablet, store: SqliteStore, sent: list[dict[str, Any]]
) -> None:
    held = Held(tablet.page)
    tablet.read(ADA).says("Welcome", "Ada")
    tablet.read(GRACE).says("Welcome", "Grace").status("2 scans kept here")
    held.let_go()
    nothing_waits(tablet)
    decided = {scan["codes"][0]: scan.get("decided") for scan in sent}
    assert decided == {ADA: None, GRACE: "welcomed"}
    assert [scan.outcome for scan in kept_scans(store)] == ["welcomed", "welcomed"]


def pay(tx: Tx, person: Attendee, _: datetime) -> None:
    tx.attendees.change(replace(person, status="confirmed"))


def test_whom_the_tablet_turned_away_is_not_in(
    tablet: Tablet, away: Any, store: SqliteStore
) -> None:
    away(True)
    tablet.read(LINUS).says("Payment is still open")
    store.write(pay, PEOPLE[2], NOW)
    away(False)
    with store.read() as tx:
        assert not tx.scans.is_checked_in(linus().id)
    asked, undone = kept_scans(store)
    assert (asked.outcome, undone.outcome) == ("welcomed", "annulled")
    assert undone.scanned_at == asked.scanned_at
    expect(tablet.page.locator('[data-part="aside"]')).to_be_hidden()


def test_a_swap_names_both_without_a_network(
    tablet: Tablet, away: Any, store: SqliteStore
) -> None:
    tablet.read(ADA).says("Welcome", "Ada")
    away(True)
    tablet.read(GRACE).says("Welcome", "Grace").press("Next person").swap_mode()
    tablet.read(LINUS).says("Check in first").press("Next person").swap_mode()
    tablet.read(ADA).says("Hello", "Ada").read(GRACE)
    tablet.says("Swap contacts?", "Grace", "will get", "Company").press("Swap")
    tablet.shows("swapped").says("Ada", "Grace")
    away(False)
    with store.read() as tx:
        assert len(tx.connections.mutual(EVENT_ID)) == 1


def test_the_roster_follows_what_happens_elsewhere(
    tablet: Tablet, away: Any, store: SqliteStore
) -> None:
    meanwhile_in(store, ada())
    with tablet.page.expect_response("**/api/v1/roster*"):
        away(True)
        away(False)
    tablet.page.wait_for_timeout(300)
    away(True)
    tablet.read(ADA).says("You are in already", "10:00", "Door")


LEFT_OF_PEOPLE = """async () => {
  const { shelf } = await import(document.querySelector("script[src*='kiosk.js']").src
    .replace(/kiosk\\.js.*/, "device.js"));
  return [await shelf.count("roster"), await shelf.count("roster_pages"),
    await shelf.count("queue"), (await shelf.get("self", "roster")) ?? null];
}"""


def test_a_revoked_tablet_forgets_everybody(
    tablet: Tablet, away: Any, store: SqliteStore, device_id: str
) -> None:
    away(True)
    tablet.read(ADA).says("Welcome", "Ada")
    store.write(lambda tx, one, now: tx.devices.revoke(one, now), device_id, NOW)
    tablet.page.context.set_offline(False)
    tablet.shows("revoked").says("1 scan")
    tablet.until(lambda: tablet.page.evaluate(LEFT_OF_PEOPLE) == [0, 0, 1, None])


def test_a_tablet_of_an_older_version_keeps_its_queue(
    screen: Page, store: SqliteStore, device_id: str
) -> None:
    del device_id
    screen.goto("/healthz")
    scan = {
        "id": named_id("a scan of yesterday's version"), "seq": 7, "kind": "check_in",
        "codes": [ADA], "scanned_at": NOW.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    screen.evaluate(
        """(scan) => new Promise((done) => {
          const request = indexedDB.open("hallway", 1);
          request.onupgradeneeded = () => {
            const { result } = request;
            result.createObjectStore("self").put(7, "seq");
            result.createObjectStore("queue", { keyPath: "scan.seq" }).add({ scan });
            result.createObjectStore("attention", { keyPath: "scan.id" });
          };
          request.onsuccess = () => (request.result.close(), done());
        })""",
        scan,
    )
    tablet = Tablet(screen).pair().shows("waiting")
    assert screen.evaluate(KNOWS_PEOPLE) == len(PEOPLE)
    expect(screen.locator('[data-part="queued"]')).to_be_hidden()
    tablet.read(GRACE).says("Welcome")
    assert [kept.seq for kept in kept_scans(store)] == [7, 8]
