"""A badge's back under a stock camera: one address, one press, and an own page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kiosk.badges import agree_url, short_form
from kiosk.ids import agree_code
from kiosk.model import Attendee
from kiosk.store import SqliteStore
from tests.builders import KEY, a_badge, ada, an_event, code_of, grace, plant
from tests.e2e.phone import Phone, a_phone

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(chromium: Browser, address: str, store: SqliteStore) -> Iterator[Phone]:
    """A phone nobody has linked, where badges have a back."""
    plant(store, ada(), grace(), event=an_event(agree_code=True))
    context = a_phone(chromium, address)
    phone = Phone(context)
    yield phone
    context.close()
    assert not phone.errors


def agreed(person: Attendee) -> str:
    return agree_code(KEY, a_badge(person).id)


def back_of(person: Attendee) -> str:
    """The path and fragment of the address on the back; a test's host has small letters."""
    return agree_url("", code_of(person), agreed(person))


def test_the_address_on_the_back_and_one_press_open_my_page(phone: Phone) -> None:
    phone.open(back_of(ada())).says("Link this phone").conceals(ada().name, agreed(ada()))
    phone.is_sound().press("Link this phone").says("This phone is yours")
    phone.open("/me").says(ada().name)
    phone.open(back_of(grace())).press("Link this phone").says("somebody else’s badge")
    phone.is_sound().open("/me").says(ada().name)


def test_both_codes_are_typed_where_there_is_no_camera(phone: Phone) -> None:
    right = agreed(ada())
    slip = ("1" if right[0] == "0" else "0") + right[1:]
    phone.open("/me/link").is_sound()
    phone.page.get_by_label("Code on the front").fill(short_form(code_of(ada())))
    phone.page.get_by_label("Code on the back").fill(slip)
    phone.press("Link with both codes").says("This does not stand on any badge").is_sound()
    phone.page.get_by_label("Code on the back").fill(short_form(right).lower())
    phone.press("Link with both codes").says("This phone is yours")
