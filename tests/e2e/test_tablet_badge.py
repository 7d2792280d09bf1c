"""The badge at check-in: seen, put right, printed on the event's label, and noted."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from kiosk.model import Printing, Role
from kiosk.store import SqliteStore, Tx
from tests.builders import NOW, a_badge, ada, an_event, code_of, grace, plant
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA = code_of(ada())
MM = 72 / 25.4  # PDF points


def stand(screen: Page, store: SqliteStore, role: Role = "kiosk") -> Tablet:
    plant(store, ada(), grace(), event=an_event(label="86x54"))
    offer_pairing(store, role)
    screen.add_init_script("window.print = () => { window.printed = true; }")
    return Tablet(screen).stand()


@pytest.fixture
def tablet(screen: Page, store: SqliteStore) -> Tablet:
    return stand(screen, store)


def printings(store: SqliteStore) -> list[Printing]:
    with store.read() as tx:
        return list(tx.badges.printings_of(ada().id))


def reasons(store: SqliteStore) -> list[str]:
    return [one.reason for one in printings(store)]


def named(store: SqliteStore) -> tuple[str, str]:
    with store.read() as tx:
        person = tx.attendees.get(ada().id)
    assert person
    return person.name, person.pronouns


def is_accessible(tablet: Tablet) -> None:
    found = Axe().run(tablet.page)
    assert not found.violations_count, found.generate_report()


def test_a_badge_is_seen_and_printed_on_the_label_of_the_event(
    tablet: Tablet, store: SqliteStore
) -> None:
    tablet.read(ADA).says("Welcome", "Ada").press("Badge").shows("badge")
    tablet.says("This is your badge", "Ada Lovelace", "Analytical Engines")
    is_accessible(tablet)
    tablet.press("Print").shows("printed")
    assert tablet.page.evaluate("window.printed") is True
    sheet = tablet.page.pdf(prefer_css_page_size=True)
    paper = PdfReader(BytesIO(sheet))
    assert len(paper.pages) == 1
    size = paper.pages[0].mediabox
    assert (round(size.width / MM), round(size.height / MM)) == (86, 54)
    words = " ".join(paper.pages[0].extract_text().split())
    assert "Ada Lovelace" in words
    assert ADA[:4] in words
    assert "printer" not in words  # nothing of the screen is on the paper
    picture = pypdfium2.PdfDocument(sheet)[0].render(scale=6).to_pil()
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text.endswith(f"/B/{ADA}")
    is_accessible(tablet)
    tablet.until(lambda: len(printings(store)) == 1)
    [printing] = printings(store)
    assert (printing.reason, printing.badge_id) == ("", a_badge(ada()).id)


def test_one_puts_the_own_name_right_before_it_is_printed(
    tablet: Tablet, store: SqliteStore
) -> None:
    tablet.read(ADA).says("Welcome").press("Badge").press("Put it right").shows("editing")
    is_accessible(tablet)
    tablet.page.get_by_label("Name", exact=True).fill("Augusta Ada King")
    tablet.page.get_by_label("Pronouns").fill("she/her")
    tablet.press("Keep").shows("badge").says("Augusta Ada King", "she/her")
    tablet.until(lambda: named(store) == ("Augusta Ada King", "she/her"))


def test_a_second_sheet_of_paper_needs_a_reason(tablet: Tablet, store: SqliteStore) -> None:
    tablet.read(ADA).says("Welcome").press("Badge").press("Print").press("Print again")
    tablet.shows("reprinting").says("Why again?")
    expect(tablet.page.get_by_role("button", name="It was lost")).to_have_count(0)
    is_accessible(tablet)
    tablet.press("It came out badly").shows("printed")
    tablet.until(lambda: reasons(store) == ["", "smudged"])


def test_staff_replace_a_lost_badge_and_the_old_code_is_dead(
    screen: Page, store: SqliteStore
) -> None:
    def print_before(tx: Tx, _: None, now: datetime) -> None:
        tx.badges.note_printed([a_badge(ada()).id], now)

    tablet = stand(screen, store, "desk")
    store.write(print_before, None, NOW)
    tablet.read(ADA).says("Welcome").press("Next person")
    tablet.read(ADA).says("You are in already").press("Badge").press("Print")
    tablet.shows("reprinting").press("It was lost: make a new code").shows("printed")
    tablet.until(lambda: reasons(store) == ["", "lost"])
    with store.read() as tx:
        badge = tx.badges.of_attendee(ada().id)
        assert badge
        assert badge.id != a_badge(ada()).id
    tablet.press("Next person").read(ADA).says("A newer badge was made for you")


def test_without_a_network_a_badge_is_printed_from_what_was_read(
    tablet: Tablet, store: SqliteStore, context: BrowserContext
) -> None:
    tablet.read(ADA).says("Welcome")
    context.set_offline(True)
    tablet.press("Badge").shows("badge").press("Print").shows("printed")
    context.set_offline(False)
    tablet.page.evaluate("window.dispatchEvent(new Event('online'))")
    tablet.until(lambda: reasons(store) == [""])


def test_an_event_without_labels_offers_no_badge(screen: Page, store: SqliteStore) -> None:
    plant(store, ada(), event=replace(an_event(), label=""))
    offer_pairing(store)
    tablet = Tablet(screen).stand().read(ADA).says("Welcome")
    expect(tablet.page.get_by_role("button", name="Badge", exact=True)).to_have_count(0)
