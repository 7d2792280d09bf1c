"""Two people at a tablet round their swap: share less, promise, mark, meet again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.consent import Share, share
from kiosk.store import SqliteStore
from tests.builders import EVENT_ID, NOW, ada, code_of, grace, linus, plant
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA, GRACE, LINUS = code_of(ada()), code_of(grace()), code_of(linus())


@pytest.fixture
def tablet(screen: Page, store: SqliteStore) -> Tablet:
    """In swap mode; Ada, Grace and Linus are in."""
    plant(store, ada(), grace(), linus())
    offer_pairing(store)
    tablet = Tablet(screen).stand()
    for code, name in ((ADA, "Ada"), (GRACE, "Grace"), (LINUS, "Linus")):
        tablet.read(code).says("Welcome", name)
    return tablet.press("Next person").swap_mode()


def offered(tablet: Tablet, *codes: str) -> Tablet:
    for code in codes:
        tablet.read(code)
        expect(tablet.page.locator(".hung:not(.hung--next)")).to_have_count(
            codes.index(code) + 1
        )
    return tablet.shows("offer")


def kinds(store: SqliteStore, attendee_id: str) -> list[str]:
    """What this person has promised."""
    with store.read() as tx:
        return [promise.kind for promise in tx.promises.of_attendee(attendee_id)]


def has_starred(store: SqliteStore, attendee_id: str) -> bool:
    with store.read() as tx:
        (meeting,) = tx.meetings.of_attendee(attendee_id)
    return bool(meeting.mine and meeting.mine.starred_at)


def is_accessible(tablet: Tablet) -> None:
    found = Axe().run(tablet.page)
    assert not found.violations_count, found.generate_report()


def test_what_one_shares_is_changed_on_the_spot_and_only_that_is_given(
    tablet: Tablet, store: SqliteStore
) -> None:
    offered(tablet, ADA, GRACE).press("Change what \u2068Ada\u2069 shares").shows("sharing")
    email = tablet.page.get_by_role("button", name="E-mail")
    expect(email).to_have_attribute("aria-pressed", "true")
    email.click()
    expect(email).to_have_attribute("aria-pressed", "false")
    is_accessible(tablet)
    tablet.press("Done").shows("offer")
    gets = tablet.page.locator(".hung").filter(has_text="Grace").locator(".gets")
    expect(gets).not_to_contain_text("E-mail")
    tablet.press("Swap").says("Swapped")
    with store.read() as tx:
        (meeting,) = tx.meetings.of_attendee(grace().id)
        assert meeting.theirs
        assert meeting.theirs.fields == ("name", "company", "role")


def test_after_a_swap_each_may_promise_one_thing(
    tablet: Tablet, store: SqliteStore
) -> None:
    offered(tablet, ADA, GRACE).press("Swap").says("Swapped", "Ada", "your next step?")
    is_accessible(tablet)
    cards = tablet.page.locator(".hung")
    cards.nth(0).get_by_role("button", name="I’ll share an article").click()
    expect(cards.nth(0)).not_to_contain_text("your next step?")
    cards.nth(1).get_by_role("button", name="Coffee or a call").click()
    tablet.shows("promised").says("Your letters will remind you of it.")
    is_accessible(tablet)
    tablet.until(lambda: kinds(store, ada().id) == ["article"])
    tablet.until(lambda: kinds(store, grace().id) == ["coffee"])


def test_one_marks_the_other_with_a_star(tablet: Tablet, store: SqliteStore) -> None:
    offered(tablet, ADA, GRACE).press("Swap").says("Swapped")
    star = tablet.page.get_by_role("button", name="Star \u2068Grace\u2069")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    tablet.until(lambda: has_starred(store, ada().id))


def test_two_who_met_before_are_asked_for_a_promise(
    tablet: Tablet, store: SqliteStore
) -> None:
    offered(tablet, ADA, GRACE).press("Swap").says("Swapped").press("Done")
    offered(tablet, ADA, GRACE).press("Swap").shows("met")
    tablet.says("You two have met already", "add a promise")
    is_accessible(tablet)
    tablet.page.get_by_role("button", name="A job lead").first.click()
    tablet.until(lambda: kinds(store, ada().id) == ["job_lead"])


def test_in_a_group_each_presses_on_their_own_badge_first(
    tablet: Tablet, store: SqliteStore
) -> None:
    offered(tablet, ADA, GRACE, LINUS).press("Swap").says("Swapped")
    linus_card = tablet.page.locator(".hung").filter(has_text="Linus")
    linus_card.get_by_role("button", name="Add a next step").click()
    linus_card.get_by_role("button", name="I’ll introduce you").click()
    tablet.until(lambda: kinds(store, linus().id) == ["introduce", "introduce"])


def test_without_a_network_a_swap_its_sharing_and_its_promises_are_kept(
    tablet: Tablet, store: SqliteStore, context: BrowserContext
) -> None:
    context.set_offline(True)
    offered(tablet, ADA, GRACE).page.locator(".hung__change").first.click()
    tablet.page.get_by_role("button", name="Company").click()
    tablet.press("Done").press("Swap").says("Noted")
    tablet.page.get_by_role("button", name="I’ll send something").first.click()
    tablet.status("3 scans kept here")
    context.set_offline(False)
    tablet.until(lambda: kinds(store, ada().id) == ["send"])
    with store.read() as tx:
        (connection,) = tx.connections.mutual(EVENT_ID)
        side = tx.sides.get(connection.id, ada().id)
        assert side
        assert side.fields == ("name", "role", "email")


def test_who_gives_the_name_alone_has_nothing_to_take_back(
    tablet: Tablet, store: SqliteStore
) -> None:
    store.write(share, Share(ada().id, ("name",)), NOW)
    offered(tablet, ADA, GRACE)
    expect(tablet.page.locator(".hung__change")).to_have_count(1)
    tablet.says("Change what \u2068Grace\u2069 shares")
