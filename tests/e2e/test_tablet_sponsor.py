"""A sponsor's tablet names who asks, why and for what; only a yes gives anything."""

from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.ids import digest
from kiosk.model import Device
from kiosk.pair import AddDevice, add_device
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_device,
    a_sponsor,
    ada,
    code_of,
    grace,
    let_in,
    linus,
    plant,
)
from tests.e2e.phone import Phone, a_phone
from tests.e2e.tablet import PAIRING_CODE, Tablet

pytestmark = pytest.mark.browser

ADA, GRACE, LINUS = (code_of(person) for person in (ada(), grace(), linus()))


@pytest.fixture
def fair(store: SqliteStore) -> SqliteStore:
    """Ada and Grace are in, Linus is not; Acme has a tablet to pair."""

    def put(tx: Tx, _: None, now: datetime) -> None:
        tx.sponsors.put(a_sponsor())
        let_in(tx, ada(), grace())

    plant(store, ada(), grace(), linus(), devices=[a_device()])
    store.write(put, None, NOW)
    code = digest(PAIRING_CODE)
    booth = AddDevice(EVENT_ID, "Acme booth", "kiosk", "main", code, sponsor="Acme")
    assert isinstance(store.write(add_device, booth, NOW), Device)
    return store


@pytest.fixture
def tablet(screen: Page, fair: SqliteStore) -> Tablet:
    return Tablet(screen).stand()


def has_of(store: SqliteStore) -> list[tuple[str, tuple[str, ...]]]:
    """Whom the sponsor has, and which fields."""
    with store.read() as tx:
        found = tx.leads.of_sponsor(a_sponsor().id)
        return [(person.name, lead.fields) for lead, person in found]


def sent(tablet: Tablet) -> None:
    expect(tablet.page.locator('[data-part="queued"]')).to_be_hidden()


def is_accessible(tablet: Tablet) -> None:
    found = Axe().run(tablet.page)
    assert not found.violations_count, found.generate_report()


def test_one_says_yes_one_says_no_and_one_takes_it_back(
    tablet: Tablet, fair: SqliteStore
) -> None:
    tablet.says("Acme", "asks", a_sponsor().purpose, "nothing is shared until")
    for gone in ("Check in", "Swap contacts"):
        button = tablet.page.get_by_role("button", name=gone, exact=True)
        expect(button).to_have_count(0)
    is_accessible(tablet)

    tablet.read(ADA).shows("lead").says("Ada", "Name", "Company", "E-mail")
    tablet.says(a_sponsor().purpose)
    expect(tablet.page.locator("main")).not_to_contain_text("Lovelace")
    is_accessible(tablet)
    assert has_of(fair) == []
    tablet.press("Yes, share").shows("led").says("Shared", "Take it back any time")
    is_accessible(tablet)
    assert has_of(fair) == [("Ada Lovelace", ("name", "company", "email"))]

    tablet.press("Next person").read(GRACE).shows("lead").press("No, thank you")
    tablet.shows("unled").says("Nothing was shared")
    is_accessible(tablet)
    tablet.shows("waiting").read(ADA).shows("lead").press("Yes, share")
    tablet.says("You have said yes before")
    assert [name for name, _ in has_of(fair)] == ["Ada Lovelace"]

    tablet.press("Next person").read(GRACE).press("Yes, share").says("Shared")
    assert len(has_of(fair)) == 2
    tablet.press("Undo").shows("undone")
    assert [name for name, _ in has_of(fair)] == ["Ada Lovelace"]


def test_nobody_answers_for_another(tablet: Tablet, fair: SqliteStore) -> None:
    tablet.read(ADA).shows("lead").read(GRACE).says("Ada", "Please answer first")
    is_accessible(tablet)
    tablet.press("Yes, share").says("Shared")
    assert [name for name, _ in has_of(fair)] == ["Ada Lovelace"]


def test_who_is_not_here_is_asked_nothing(tablet: Tablet, fair: SqliteStore) -> None:
    tablet.read(LINUS).shows("verdict")
    expect(tablet.page.locator("main")).not_to_contain_text("Linus")
    is_accessible(tablet)
    assert has_of(fair) == []


def test_who_shows_sponsors_nothing_of_it_is_not_asked(
    tablet: Tablet, fair: SqliteStore
) -> None:
    def ask_for_more(tx: Tx, _: None, now: datetime) -> None:
        tx.sponsors.put(a_sponsor(fields=("phone",)))

    fair.write(ask_for_more, None, NOW)
    tablet.read(ADA).shows("unasked").says("You show sponsors none of this")
    is_accessible(tablet)


def test_without_a_network_a_yes_is_kept_and_arrives_once(
    tablet: Tablet, fair: SqliteStore, context: BrowserContext
) -> None:
    context.set_offline(True)
    tablet.read(ADA).shows("lead").says("May", "Acme", "what you show sponsors")
    is_accessible(tablet)
    tablet.press("Yes, share").shows("led").says("Noted", "safe on this tablet")
    is_accessible(tablet)
    tablet.press("Next person").read(GRACE).press("Yes, share").shows("led")
    tablet.press("Undo").shows("undone")
    assert has_of(fair) == []
    context.set_offline(False)
    tablet.page.evaluate("window.dispatchEvent(new Event('online'))")
    sent(tablet)
    assert has_of(fair) == [("Ada Lovelace", ("name", "company", "email"))]


def test_a_sponsors_tablet_stays_one_after_a_restart_and_holds_nobody(
    tablet: Tablet, fair: SqliteStore
) -> None:
    tablet.page.reload()
    tablet.shows("waiting").says("Acme", a_sponsor().purpose)
    tablet.page.get_by_role("button", name="Settings").click()
    expect(tablet.page.get_by_role("button", name="New person")).to_have_count(0)
    expect(tablet.page.get_by_role("radio")).to_have_count(0)
    tablet.press("Keep")
    tablet.shows("waiting").says("Acme")
    tablet.read(ADA).shows("lead")


def test_what_was_said_at_the_tablet_is_taken_back_on_the_phone(
    tablet: Tablet, fair: SqliteStore, chromium: Browser, address: str
) -> None:
    tablet.read(ADA).press("Yes, share").says("Shared")
    context = a_phone(chromium, address)
    phone = Phone(context).link(fair, ada())
    phone.open("/me/shared").says("Sponsors I said yes to", "Acme", a_sponsor().purpose)
    phone.is_sound()
    phone.page.get_by_role("link", name="Acme").click()
    phone.says("cannot be called back").is_sound()
    phone.press("Take back").says("no longer holds you").is_sound()
    assert has_of(fair) == []
    context.close()
    assert not phone.errors
    tablet.press("Next person").read(ADA).press("Yes, share").says("Shared")
    assert len(has_of(fair)) == 1
