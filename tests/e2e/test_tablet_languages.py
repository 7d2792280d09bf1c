"""The tablet speaks to each visitor in their language, with a network and without."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk import words
from kiosk.places import folder
from kiosk.store import SqliteStore, Tx
from scripts.catalogues.sources import keyed
from tests.builders import EVENT_ID, NOW, ada, code_of, grace, linus, plant
from tests.e2e.tablet import Tablet, offer_pairing

pytestmark = pytest.mark.browser

ADA, GRACE, LINUS = code_of(ada()), code_of(grace()), code_of(linus())
WELCOME = {"fr": "Bienvenue", "ar": "أهلًا وسهلًا"}
NEXT = '[data-does="cancel"]'
KEY = re.compile(r"(?:[a-z_]+\.)+[a-z_]+|undefined")
"""What a sentence that is missing would look like: its key."""
SENTENCES = (folder("static") / "js/tablet/words").glob("en*.js")
ENGLISH = {
    part
    for path in SENTENCES
    for text in keyed(path.read_text(encoding="utf-8")).values()
    for part in text.split("|")
    if " " in part and "{" not in part
}


def speaks_five(store: SqliteStore) -> None:
    def change(tx: Tx, _: None, _now: object) -> None:
        event = tx.events.get(EVENT_ID)
        assert event
        tx.events.change(replace(event, languages=words.LANGUAGES))

    store.write(change, None, NOW)


@pytest.fixture
def tablet(screen: Page, store: SqliteStore) -> Tablet:
    """It has every language; Ada speaks Arabic, Linus German, Grace one of the stars."""
    plant(store, ada(language="ar-EG"), grace(language="tlh"), linus(language="de"))
    speaks_five(store)
    offer_pairing(store)
    with screen.expect_response("**/kiosk/words/ar.json"):
        tablet = Tablet(screen).stand()
    expect(screen.locator(".tongue")).to_have_count(len(words.LANGUAGES))
    return tablet


def is_spoken(tablet: Tablet, language: str) -> None:
    direction = words.direction(language)
    expect(
        tablet.page.locator(f'html[lang="{language}"][dir="{direction}"]')
    ).to_be_visible()


def test_a_badge_tells_the_language_and_nobody_gets_the_tablets_own(
    tablet: Tablet,
) -> None:
    is_spoken(tablet, "en")
    tablet.read(ADA).shows("verdict").says(WELCOME["ar"], "Ada")
    is_spoken(tablet, "ar")
    expect(tablet.page.get_by_role("contentinfo")).to_contain_text("متصل")
    tablet.page.locator(NEXT).click()
    tablet.shows("waiting").says("Show your badge")
    is_spoken(tablet, "en")


def test_a_language_nobody_has_translated_changes_nothing(tablet: Tablet) -> None:
    tablet.read(GRACE).says("Welcome", "Grace")
    is_spoken(tablet, "en")


def test_two_people_without_a_common_language_hear_the_tablets_own(
    tablet: Tablet,
) -> None:
    for code in (ADA, LINUS):
        tablet.read(code).shows("verdict").page.locator(NEXT).click()
        tablet.shows("waiting")
    tablet.swap_mode().read(ADA).shows("first")
    is_spoken(tablet, "ar")
    tablet.read(LINUS).shows("offer")
    is_spoken(tablet, "en")


def test_a_visitor_may_choose_until_they_were_served(tablet: Tablet) -> None:
    tablet.press("Français").says("Montrez votre badge")
    is_spoken(tablet, "fr")
    tablet.read(ADA).says(WELCOME["fr"])
    tablet.page.locator(NEXT).click()
    tablet.shows("waiting")
    is_spoken(tablet, "en")


def test_languages_are_there_after_a_reload_without_the_network(
    tablet: Tablet, context: BrowserContext
) -> None:
    context.route("**/kiosk/words/*.json", lambda route: route.abort())
    tablet.page.reload()
    tablet.shows("waiting").press("Deutsch").says("Zeigen Sie Ihren Badge")
    is_spoken(tablet, "de")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_state_of_a_visit_has_its_words(
    tablet: Tablet, store: SqliteStore, language: str
) -> None:
    """Walked by hand, as long as no key shows through and nothing is empty."""

    def all_speak(tx: Tx, _: None, _now: object) -> None:
        for person in (ada(), grace(), linus(status="pending")):
            tx.attendees.change(replace(person, language=language))

    store.write(all_speak, None, NOW)
    page = tablet.page
    foreign = ENGLISH if language != words.SOURCE else set()

    def look(state: str) -> None:
        """Sheets that are closed follow within a moment."""
        tablet.until(lambda: not [left for left in foreign if left in words_on(page)])
        seen.append((state, words_on(page)))

    seen: list[tuple[str, str]] = []
    page.locator(f'.tongue[lang="{language}"]').click()
    look("waiting")
    for code in (ADA, GRACE, LINUS):
        tablet.read(code).shows("verdict")
        is_spoken(tablet, language)
        look(code)
        page.locator(f"{NEXT}:visible").first.click()
    page.locator('[data-mode="swap"]').first.click()
    tablet.read(ADA).shows("first")
    look("first")
    tablet.read(GRACE).shows("offer")
    is_spoken(tablet, language)
    look("offer")
    page.locator('[data-does="swap"]').click()
    tablet.shows("swapped")
    look("swapped")
    assert [(at, KEY.findall(said)) for at, said in seen if KEY.search(said)] == []


def words_on(page: Page) -> str:
    """Everything that is said, closed sheets and labels included, but no address."""
    said: str = page.evaluate(
        """() => [document.body.textContent,
          ...[...document.querySelectorAll("[aria-label]")].map((node) => node.ariaLabel),
        ].join(" ")"""
    )
    return re.sub(r"\S*(?:https?:|@|\d\.\d)\S*", "", said)
