"""My card, the choice of language and a press without a network, in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from kiosk.store import SqliteStore
from tests.builders import ada, code_of, phone_token_of
from tests.e2e.phone import Phone, a_phone
from tests.web.phones import SECRETS, between, full_grace, open_hall

pytestmark = pytest.mark.browser

GRACE = code_of(full_grace())
CARD = (
    "/me/card",
    "/me/card/details",
    "/me/card/talk",
    "/me/card/scans",
    "/me/card/audiences",
    "/me/card/preview?audience=anyone",
    "/me/card/preview?audience=sponsors",
)

Lend = Callable[..., Phone]


@pytest.fixture
def lend(chromium: Browser, address: str, store: SqliteStore) -> Iterator[Lend]:
    """Grace's phone, or with `token` somebody else's; all are handed back at the end."""
    open_hall(store)
    lent: list[tuple[BrowserContext, Phone]] = []

    def lend_one(token: str = phone_token_of(full_grace()), **more: object) -> Phone:
        context = a_phone(chromium, address, **more)
        context.add_cookies([{"name": "hall-phone", "value": token, "url": address}])
        lent.append((context, Phone(context)))
        return lent[-1][1]

    yield lend_one
    for context, _ in lent:
        context.close()


def offline(phone: Phone, *, is_away: bool) -> None:
    phone.page.context.set_offline(is_away)


def press_in_vain(phone: Phone) -> None:
    """Ask without a network: the page stays, and says what became of it."""
    phone.scan(GRACE)
    phone.page.get_by_label("Note to yourself").fill("the wire")
    offline(phone, is_away=True)
    phone.page.get_by_role("button", name="Ask to swap").tap()
    phone.says("Kept on this phone")


def test_a_press_without_a_network_is_sent_when_it_is_back(
    lend: Lend, store: SqliteStore
) -> None:
    adas = lend(phone_token_of(ada()))
    press_in_vain(adas)
    with adas.page.expect_navigation():
        offline(adas, is_away=False)
    adas.says("You asked on")
    assert between(store, ada(), full_grace()).asked_by == ada().id
    assert adas.page.evaluate("localStorage.length") == 0


def test_a_kept_press_is_sent_from_any_page_of_ours(lend: Lend, store: SqliteStore) -> None:
    adas = lend(phone_token_of(ada()))
    press_in_vain(adas)
    adas.page.close()
    offline(adas, is_away=False)
    adas.page = adas.page.context.new_page()
    adas.open("/me/card")
    adas.page.wait_for_function("() => localStorage.length === 0")
    connection = between(store, ada(), full_grace())
    assert connection.asked_by == ada().id
    with store.read() as tx:
        side = tx.sides.get(connection.id, ada().id)
    assert side is not None
    assert side.note == "the wire"


def test_a_kept_press_that_nobody_takes_any_more_is_told(lend: Lend) -> None:
    adas = lend(phone_token_of(ada()))
    press_in_vain(adas)
    adas.page.context.clear_cookies(name="hall-form")
    offline(adas, is_away=False)
    adas.says("Not sent", "Scan the badge again")
    assert adas.page.evaluate("localStorage.length") == 0


def test_what_the_server_says_to_a_press_is_shown(lend: Lend) -> None:
    graces, adas = lend(), lend(phone_token_of(ada()))
    adas.scan(GRACE)
    graces.open("/me/card/scans")
    graces.page.get_by_label("Only at a tablet").check()
    graces.press("^Save$").says("Saved")
    adas.press("Ask to swap").says("Swap at a tablet")


def test_a_network_that_swallows_everything_is_told_of_soon(lend: Lend) -> None:
    """Connected to the venue's Wi-Fi, and no answer comes."""
    adas = lend(phone_token_of(ada()))
    adas.scan(GRACE)
    adas.page.route("**/ask", lambda _: None)
    adas.page.get_by_role("button", name="Ask to swap").tap()
    expect(adas.page.locator("main")).to_contain_text("Kept on this phone", timeout=4000)
    adas.page.unroute_all(behavior="ignoreErrors")


def test_a_press_with_a_network_works_as_without_the_script(lend: Lend) -> None:
    adas = lend(phone_token_of(ada()))
    adas.scan(GRACE).press("Ask to swap").says("You asked on")
    expect(adas.page.locator("hall-later")).to_be_hidden()
    assert not adas.errors


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ar")])
def test_every_page_of_my_card_is_sound(
    lend: Lend, address: str, scheme: str, language: str
) -> None:
    phone = lend(color_scheme=scheme)
    cookie = {"name": "hall-language", "value": language, "url": address}
    phone.page.context.add_cookies([cookie])  # type: ignore[list-item]
    for path in (*CARD, f"/b/{code_of(ada())}"):
        phone.open(path)
        for fold in phone.page.locator("summary").all():
            fold.tap()
        phone.is_sound()


def test_my_card_works_without_a_script(lend: Lend) -> None:
    graces = lend(java_script_enabled=False)
    graces.open("/me/card/details")
    graces.page.get_by_label("Role").fill("Commodore")
    graces.press("^Save$").says("Saved", "Commodore")
    graces.page.get_by_role("link", name="Who sees what").tap()
    graces.page.get_by_role("checkbox", name="Phone Sponsors").check()
    graces.page.get_by_role("checkbox", name="E‑mail Sponsors").uncheck()
    graces.press("^Save$").says("Saved")
    graces.open("/me/card/preview")
    graces.page.get_by_role("link", name="Sponsors").tap()
    graces.says(SECRETS["phone"]).conceals(SECRETS["email"])


def test_a_language_is_chosen_at_the_foot_without_a_script(lend: Lend) -> None:
    phone = lend(java_script_enabled=False)
    phone.open("/me/card/preview?audience=sponsors")
    phone.page.locator(".tongues > summary").tap()
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="العربية").tap()
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    assert phone.page.url.endswith("/me/card/preview?audience=sponsors")


def test_a_language_chosen_before_linking_loses_no_link(lend: Lend) -> None:
    phone = lend("nobody")
    phone.open("/me/link#ABCDEFGHJKMNPQRS")
    phone.page.locator(".tongues > summary").tap()
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Deutsch").tap()
    expect(phone.page.locator("html")).to_have_attribute("lang", "de")
    expect(phone.page.locator("hall-link input")).to_have_value("ABCDEFGHJKMNPQRS")
    assert phone.page.evaluate("sessionStorage.length") == 0
