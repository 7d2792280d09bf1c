"""Two phones, a stranger and an outsider, in a real browser the size of a phone."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from kiosk.store import SqliteStore
from tests.builders import ada, an_event, code_of, linus, mallory, phone_token_of
from tests.e2e.phone import Lend, Phone
from tests.web.phones import SECRETS, between, full_grace, open_hall

pytestmark = pytest.mark.browser

ADA, GRACE, LINUS = code_of(ada()), code_of(full_grace()), code_of(linus())
UNSHARED = (SECRETS["phone"], SECRETS["website"], SECRETS["attention"], SECRETS["goal"])
CONTACT = (SECRETS["email"], SECRETS["linkedin"], *UNSHARED)
KILOBYTE = 1000
FIRST_VIEW_LIMIT = 30 * KILOBYTE


@pytest.fixture(autouse=True)
def _hall(store: SqliteStore) -> None:
    open_hall(store)


def known(phone: Phone, address: str, person: str) -> Phone:
    """A phone that was linked before."""
    cookie = {"name": "hall-phone", "value": person, "url": address}
    phone.page.context.add_cookies([cookie])  # type: ignore[list-item]
    return phone


def test_two_phones_swap_and_each_sees_what_the_other_agreed_to(
    lend: Lend, store: SqliteStore
) -> None:
    adas, graces = lend(), lend()
    adas.link(store, ada()).says("Nobody yet")
    graces.link(store, full_grace())

    adas.scan(GRACE).says("Grace", SECRETS["company"]).conceals(*CONTACT)
    adas.page.get_by_label("Note to yourself").fill("the paper on subroutines")
    adas.press("Ask to swap").says("You asked on").conceals(*CONTACT)

    graces.open("/me").says("Asking you", ada().name).conceals(ada().email)
    graces.press(f"Swap contacts with {ada().name}")
    graces.says("You are connected", ada().email).conceals("the paper on subroutines")

    adas.scan(GRACE).says(SECRETS["name"], SECRETS["email"]).conceals(*UNSHARED)
    expect(adas.page.get_by_label("Note to yourself")).to_have_value(
        "the paper on subroutines"
    )


def test_scanning_each_other_connects_at_once(lend: Lend, store: SqliteStore) -> None:
    adas, graces = lend().link(store, ada()), lend().link(store, full_grace())
    adas.scan(GRACE).press("Ask to swap")
    graces.scan(ADA).says("Asks to swap contacts").press("Swap contacts")
    graces.says("You are connected")
    adas.open("/me").says(SECRETS["name"])


def test_a_stranger_and_an_outsider_see_nobody(
    lend: Lend, store: SqliteStore, address: str
) -> None:
    adas, graces = lend().link(store, ada()), lend().link(store, full_grace())
    adas.scan(GRACE).press("Ask to swap")
    graces.scan(ADA).press("Swap contacts")
    connection = between(store, ada(), full_grace())
    stranger = (
        lend().scan(GRACE).says(an_event().name, "This is mine", "I am at this event")
    )
    stranger.conceals(*SECRETS.values(), "Grace")
    stranger.open(f"/me/people/{connection.id}").conceals(*SECRETS.values(), ada().name)
    outsider = known(lend(), address, phone_token_of(mallory()))
    outsider.scan(GRACE).says("Not just now").conceals(*SECRETS.values())
    outsider.open(f"/me/people/{connection.id}").conceals(*SECRETS.values(), ada().name)


def test_taking_it_back_hides_both_at_once(lend: Lend, store: SqliteStore) -> None:
    adas, graces = lend().link(store, ada()), lend().link(store, full_grace())
    adas.scan(GRACE).press("Ask to swap")
    graces.scan(ADA).press("Swap contacts").says(ada().email)
    graces.page.get_by_role("link", name="End this connection").tap()
    graces.says("cannot be called back").press("End it").says("No longer shared")
    adas.open(f"/me/people/{between(store, ada(), full_grace()).id}")
    adas.says("No longer shared").conceals(*SECRETS.values())


def test_everything_works_without_a_script(lend: Lend, address: str) -> None:
    adas = known(lend(java_script_enabled=False), address, phone_token_of(ada()))
    graces = known(lend(java_script_enabled=False), address, phone_token_of(full_grace()))
    adas.scan(GRACE).press("Ask to swap")
    graces.open("/me").press("Swap contacts").says(ada().email)
    graces.page.get_by_text("What Ada sees of you").tap()
    graces.page.get_by_label("LinkedIn").uncheck()
    graces.press("^Save$").says("They see the change at once")
    adas.scan(GRACE).says(SECRETS["email"]).conceals(SECRETS["linkedin"])


def test_a_link_typed_without_a_script(lend: Lend, store: SqliteStore) -> None:
    phone = lend(java_script_enabled=False)
    phone.open("/me/link")
    phone.page.get_by_label("Code from the tablet").fill("0000 0000 0000 0000")
    phone.press("Link this phone").says("This link is over", "the team at the desk")


def test_a_contact_downloads_as_a_card(lend: Lend, store: SqliteStore) -> None:
    adas, graces = lend().link(store, ada()), lend().link(store, full_grace())
    adas.scan(GRACE).press("Ask to swap")
    graces.scan(ADA).press("Swap contacts").says(ada().email)
    with graces.page.expect_download() as download:
        graces.page.get_by_role("link", name="Save contact").tap()
    assert download.value.suggested_filename == "Ada Lovelace.vcf"


def test_the_first_view_of_a_badge_is_light(lend: Lend) -> None:
    phone = lend()
    network = phone.page.context.new_cdp_session(phone.page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda it: sizes.append(it["encodedDataLength"]))
    phone.scan(GRACE).says("This is mine")
    phone.page.wait_for_load_state("networkidle")
    assert sum(sizes) <= FIRST_VIEW_LIMIT
    assert len(sizes) <= 6


@pytest.mark.parametrize(("scheme", "direction"), [("light", "ltr"), ("dark", "rtl")])
def test_every_page_and_state_is_sound(
    lend: Lend, store: SqliteStore, app: Flask, address: str, scheme: str, direction: str
) -> None:
    graces = known(lend(), address, phone_token_of(full_grace()))
    graces.scan(ADA).press("Ask to swap")
    phone = lend(color_scheme=scheme)
    turn = f"document.documentElement.dir = '{direction}'"

    def looks_right() -> None:
        phone.page.evaluate(turn)
        phone.is_sound()

    for path in (f"/b/{GRACE}", "/me/link", "/me/link#ABCDEFGHJKMNPQRS"):
        phone.open(path)
        looks_right()
    phone.press("Link this phone").says("This link is over")
    looks_right()
    known(phone, address, phone_token_of(ada()))
    for code in (LINUS, GRACE, "0" * 16):
        phone.scan(code)
        looks_right()
    for path in ("/me", "/me/shared", "/me/card", "/me/phones", "/me/link"):
        phone.open(path)
        looks_right()
    phone.scan(GRACE).press("Swap contacts")
    looks_right()
    phone.scan(LINUS).press("Ask to swap")
    looks_right()
    connection = between(store, ada(), full_grace())
    for path in ("/me", "/me/shared", f"/me/people/{connection.id}/withdrawal"):
        phone.open(path)
        looks_right()
    phone.press("End it")
    phone.open(f"/me/people/{connection.id}")
    looks_right()
