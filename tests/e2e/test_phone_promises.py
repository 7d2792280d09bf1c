"""Promises, star, tags and rest on a phone in a real browser, with one thumb."""

import pytest
from playwright.sync_api import expect

from kiosk.store import SqliteStore
from tests.builders import ada, code_of, phone_token_of
from tests.e2e.phone import Lend, Phone
from tests.e2e.test_phone import known
from tests.web.phones import between, full_grace, open_hall

pytestmark = pytest.mark.browser


@pytest.fixture
def lend(lend: Lend, address: str, store: SqliteStore) -> Lend:
    """Phones that are Ada's or Grace's."""
    open_hall(store)
    return lambda person, **more: known(lend(**more), address, person)


ADA, GRACE = phone_token_of(ada()), phone_token_of(full_grace())


def swapped(adas: Phone, graces: Phone) -> None:
    adas.scan(code_of(full_grace())).press("Ask to swap")
    graces.scan(code_of(ada())).press("Swap contacts")
    adas.scan(code_of(full_grace()))


def unfold(phone: Phone, word: str) -> None:
    phone.page.locator("summary", has_text=word).first.tap()


def test_a_promise_is_made_planned_and_kept_without_a_script(lend: Lend) -> None:
    adas, graces = (
        lend(ADA, java_script_enabled=False),
        lend(GRACE, java_script_enabled=False),
    )
    swapped(adas, graces)
    adas.says("What did you talk about?")
    adas.page.get_by_label("What will you do?").select_option("coffee")
    adas.page.get_by_label("In a few words").fill("by the harbour")
    adas.page.get_by_label("Day").fill("2026-06-03")
    adas.press("Promise it").says("A day wants an hour, too")
    expect(adas.page.get_by_label("In a few words")).to_have_value("by the harbour")
    adas.page.locator("#hour-new").fill("09:30")
    adas.press("Promise it").says("Both of you see it", "3 June, 09:30")
    adas.says("would 3 June, 09:30 suit you?")
    with adas.page.expect_download() as download:
        adas.page.get_by_role("link", name="Add to my calendar").tap()
    assert download.value.suggested_filename == "next-step.ics"
    graces.open("/me").page.get_by_role("link", name=ada().name).tap()
    graces.says("Ada promised", "by the harbour").conceals("3 June, 09:30")
    adas.press("^Done").says("They see that you kept your word")
    graces.page.reload()
    graces.says("by the harbour", "Done")


def test_what_one_keeps_for_oneself_sorts_the_list(lend: Lend, store: SqliteStore) -> None:
    adas, graces = lend(ADA), lend(GRACE)
    swapped(adas, graces)
    adas.press("^Star$").says("Starred")
    unfold(adas, "Tags")
    adas.page.get_by_label("Your own words for this person").fill("compilers, museum")
    adas.press("Keep tags").says("Tags kept")
    adas.open("/me").page.get_by_role("link", name="#museum").tap()
    adas.says("Grace Brewster Hopper")
    adas.open(f"/me/people/{between(store, ada(), full_grace()).id}")
    adas.press("Let it rest").says("We do not remind you of this person")
    adas.open("/me").says("1 person rests")
    unfold(adas, "1 person rests")
    adas.page.get_by_role("link", name="Grace Brewster Hopper").tap()
    adas.press("Remind me again").says("Back among your people")
    graces.open("/me").conceals("compilers", "museum", "rests")


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ar")])
def test_every_state_is_sound(
    lend: Lend, store: SqliteStore, scheme: str, language: str
) -> None:
    adas, graces = lend(ADA), lend(GRACE)
    swapped(adas, graces)
    adas.page.get_by_label("In a few words").fill("the paper")
    adas.page.locator("#day-new").fill("2026-06-01")
    adas.page.locator("#hour-new").fill("23:00")
    adas.press("Promise it")
    adas.press("^Star$")
    adas.page.get_by_label("Note to yourself").fill("moths")
    adas.press("Keep note")
    person = f"/me/people/{between(store, ada(), full_grace()).id}"
    looking = lend(ADA, color_scheme=scheme, locale=language)
    for path in ("/me", "/me?only=starred", "/me/promises", person):
        looking.open(path).is_sound()
    for summary in looking.page.locator("main summary").all():
        summary.tap()
    looking.is_sound()
    adas.open(person).press("^Done")
    adas.press("Let it rest")
    for path in ("/me", "/me/promises", person):
        looking.open(path).is_sound()
