"""Links by mail and what is mine, in a real browser the size of a phone."""

import pytest

from kiosk.settings import Settings
from kiosk.store import SqliteStore
from tests.builders import Clock, ada, linus
from tests.e2e.phone import Lend, Phone
from tests.web.mailbox import Mailbox
from tests.web.phones import open_hall

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _hall(store: SqliteStore) -> None:
    open_hall(store)


@pytest.fixture
def mailbox(lend: Lend, store: SqliteStore, settings: Settings, clock: Clock) -> Mailbox:
    return Mailbox(store, settings, clock)


def path_in(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def linked_by_mail(phone: Phone, mailbox: Mailbox) -> Phone:
    phone.open("/me/link").is_sound()
    phone.page.get_by_label("E‑mail address").fill(ada().email)
    phone.press("Send me a link").says("Look into your mail").is_sound()
    phone.open(path_in(mailbox.link_about("Your link"))).is_sound()
    return phone.press("Link this phone").says("This phone is yours")


def test_a_link_by_mail_is_moved_into_the_form_and_waits_for_a_press(
    lend: Lend, mailbox: Mailbox
) -> None:
    linked_by_mail(lend(), mailbox)


def test_a_scanner_that_runs_scripts_links_nothing(
    lend: Lend, mailbox: Mailbox, store: SqliteStore
) -> None:
    asking, scanner = lend(), lend()
    asking.open("/me/link").page.get_by_label("E‑mail address").fill(ada().email)
    asking.press("Send me a link")
    url = path_in(mailbox.link_about("Your link"))
    scanner.open(url)
    scanner.page.wait_for_load_state("networkidle")
    with store.read() as tx:
        assert len(tx.phones.of_attendee(ada().id)) == 1  # the one of the hall
    asking.open(url).press("Link this phone").says("This phone is yours")


def test_without_a_script_the_code_is_typed(lend: Lend, mailbox: Mailbox) -> None:
    phone = lend(java_script_enabled=False)
    phone.open("/me/link").page.get_by_label("E‑mail address").fill(ada().email)
    phone.press("Send me a link")
    url = mailbox.link_about("Your link")
    phone.page.get_by_label("type the code").fill(url.partition("#")[2].lower())
    phone.press("Link this phone").says("This phone is yours")


def test_a_phone_that_is_not_mine_is_shut_out_with_one_press(
    lend: Lend, mailbox: Mailbox
) -> None:
    thief, owner = lend(), lend()
    linked_by_mail(thief, mailbox)
    owner.open(path_in(mailbox.link_about("A phone was linked"))).is_sound()
    owner.press("It was not me").says("Shut out").is_sound()
    thief.open("/me").says("Link this phone")


def test_erasing_from_the_list_of_what_is_mine_to_the_farewell(
    lend: Lend, mailbox: Mailbox, store: SqliteStore, clock: Clock
) -> None:
    phone = linked_by_mail(lend(), mailbox)
    clock.move(minutes=30)
    phone.open("/me/mine").says("part of your own data").is_sound()
    phone.open("/me/erasure").is_sound()
    phone.press("Mail me the link").says("Look into your mail")
    phone.open(path_in(mailbox.link_about("Erase everything"))).is_sound()
    phone.press("Erase me now").says("You are erased").is_sound()
    with store.read() as tx:
        assert tx.attendees.get(ada().id) is None
        assert tx.attendees.get(linus().id) is not None
