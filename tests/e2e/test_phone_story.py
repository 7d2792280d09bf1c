"""A day of two people with phones and one without: everything a phone can do happens once.

Ada links by the tablet's code and Grace by mail; Linus has a badge and nothing else; Vera
says yes to all who scan her. Each page on the way is looked at for what a thumb, a screen
reader or a small screen would stumble over.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import Page, expect

from kiosk.model import Attendee, Connection
from kiosk.settings import Settings
from kiosk.store import SqliteStore
from tests.builders import Clock, ada, an_attendee, an_event, code_of, linus, plant
from tests.e2e.phone import Lend, Phone
from tests.e2e.tablet import Tablet, offer_pairing
from tests.web.mailbox import Mailbox, links_of, text_of
from tests.web.phones import SECRETS, between, full_grace

pytestmark = pytest.mark.browser

GRACE, VERA = full_grace(), an_attendee("Vera Molnar", share=("name", "email"))
HERS = (SECRETS["name"], SECRETS["email"])
NOTE = "the paper on subroutines"
LANGUAGE = "ar"


@dataclass(slots=True)
class Day:
    """What stands in the hall, and the phones in people's hands."""

    store: SqliteStore
    clock: Clock
    mailbox: Mailbox
    tablet: Tablet
    lend: Lend

    def connection(self, one: Attendee, two: Attendee) -> Connection:
        return between(self.store, one, two)

    def person(self, me: Attendee, them: Attendee) -> str:
        return f"/me/people/{self.connection(me, them).id}"


@pytest.fixture
def day(
    lend: Lend, screen: Page, store: SqliteStore, settings: Settings, clock: Clock
) -> Day:
    plant(store, ada(share=("name", "company", "email")), GRACE, linus(), VERA)
    offer_pairing(store)
    mailbox = Mailbox(store, settings, clock)
    return Day(store, clock, mailbox, Tablet(screen).stand(), lend)


def test_a_day_on_the_phone(day: Day) -> None:
    adas, graces = linked_at_the_tablet(day), linked_by_mail(day)
    they_say_who_they_are(adas, graces)
    they_are_suggested_to_each_other(adas, graces)
    they_scan_each_other(day, adas, graces)
    ada_keeps_what_matters(day, adas)
    grace_sees_the_promise_and_nothing_else(day, graces)
    linus_without_a_phone_swaps_at_the_tablet(day, adas)
    veras = vera_says_yes_to_all(day, adas)
    ada_introduces(day, adas, graces, veras)
    it_is_taken_back_and_begun_again(day, adas, graces)
    vera_is_blocked_and_reported(day, adas, veras)
    the_letters_know_of_the_last_withdrawal(day, adas, graces)
    ada_takes_what_is_hers_and_leaves(day, adas, graces)


def linked_at_the_tablet(day: Day) -> Phone:
    """The tablet shows a code after check-in; the phone's camera opens what is in it."""
    day.tablet.read(code_of(ada())).says("Welcome", "Ada")
    url = shown_by(day.tablet)
    phone = day.lend().open(path_of(url)).is_sound()
    phone.press("Link this phone").says("It opens the pages of Ada Lovelace").is_sound()
    late = day.lend().open(path_of(url))
    late.press("Link this phone").says("This link is over").is_sound()
    return phone


def linked_by_mail(day: Day) -> Phone:
    """A mail scanner opens the link first, scripts and all, and uses nothing up."""
    day.tablet.read(code_of(GRACE)).says("Welcome").press("Next person")
    phone = day.lend().open("/me/link").is_sound()
    phone.page.get_by_label("E‑mail address").fill(GRACE.email)
    phone.press("Send me a link").says("Look into your mail").is_sound()
    path = path_of(day.mailbox.link_about("Your link"))
    scanner = day.lend().open(path)
    scanner.page.wait_for_load_state("networkidle")
    phone.open(path).is_sound().press("Link this phone").says("pages of Grace")
    assert len(day.mailbox.about("A phone was linked")) == 2  # Ada's and hers
    return phone


def they_say_who_they_are(adas: Phone, graces: Phone) -> None:
    adas.open("/me/card/talk").is_sound()
    adas.page.get_by_label("What I offer").fill("Bernoulli numbers by hand")
    adas.page.get_by_label("What I look for").fill("somebody who builds compilers")
    adas.page.get_by_label("One-to-one is welcome").check()
    adas.press("Save").says("Your card is as you want it").is_sound()
    graces.open("/me/card/talk").page.get_by_label("What I offer").fill("compilers")
    graces.press("Save")
    graces.open("/me/card/audiences").is_sound()
    graces.press("Save").says("everybody you agree with from now on")
    graces.open("/me/card/preview?audience=connections").is_sound().says(*HERS)
    graces.open("/me/card/preview?audience=anyone").conceals(*HERS)


def they_are_suggested_to_each_other(adas: Phone, graces: Phone) -> None:
    graces.open("/me/suggestions").press("Join")
    adas.open("/me/suggestions").is_sound().press("Join")
    adas.says("Grace", "They offer", "compilers").conceals(*HERS).is_sound()


def they_scan_each_other(day: Day, adas: Phone, graces: Phone) -> None:
    stranger = day.lend().scan(code_of(GRACE)).says("This is mine").is_sound()
    stranger.conceals("Grace", *SECRETS.values())
    adas.scan(code_of(GRACE)).conceals(*HERS).is_sound()
    adas.page.get_by_label("Note to yourself").fill(NOTE)
    adas.press("Ask to swap").says("You asked on").conceals(*HERS).is_sound()
    day.clock.move(minutes=14)
    graces.scan(code_of(ada())).says("Asks to swap contacts").conceals(ada().email)
    graces.is_sound().press("Swap contacts").says("You are connected", ada().email)
    adas.scan(code_of(GRACE)).says(*HERS)


def ada_keeps_what_matters(day: Day, adas: Phone) -> None:
    adas.open(day.person(ada(), GRACE)).is_sound()
    expect(adas.page.get_by_label("Note to yourself")).to_have_value(NOTE)
    expect(adas.page.get_by_label("First lines")).to_have_value(re.compile(NOTE))
    adas.press("^Star$")
    adas.page.get_by_text("Tags", exact=True).tap()
    adas.page.get_by_label("Your own words for this person").fill("seafarer, compilers")
    adas.press("Keep tags").says("Only you see them")
    adas.page.get_by_label("What will you do?").select_option("article")
    adas.page.get_by_label("In a few words").fill("Menabrea on the engine")
    adas.page.get_by_label("Day").first.fill("2026-06-03")
    adas.page.get_by_label("Hour").first.fill("09:30")
    adas.press("Promise it").says("Menabrea on the engine", "3 June").is_sound()
    step = Calendar.from_ical(taken(adas, "Add to my calendar"))
    (entry,) = step.walk("VEVENT")
    assert entry.decoded("dtstart") == datetime(2026, 6, 3, 7, 30, tzinfo=UTC)
    card = taken(adas, "Save contact").decode()
    assert card.startswith("BEGIN:VCARD\r\nVERSION:3.0")
    assert SECRETS["email"] in card
    assert SECRETS["phone"] not in card
    adas.press("Let it rest").says("You stay connected").is_sound()
    adas.press("Remind me again").says("Back among your people")
    adas.open("/me").says("1 promise to keep", SECRETS["name"]).is_sound()
    adas.open("/me/promises").is_sound().press("Done").says("you kept your word")


def grace_sees_the_promise_and_nothing_else(day: Day, graces: Phone) -> None:
    graces.open(day.person(GRACE, ada())).says("Ada promised", "Menabrea", "Done")
    graces.conceals(NOTE, "seafarer", "3 June")


def linus_without_a_phone_swaps_at_the_tablet(day: Day, adas: Phone) -> None:
    day.tablet.read(code_of(linus())).says("Welcome", "Linus").press("Next person")
    day.tablet.swap_mode().read(code_of(linus())).read(code_of(ada()))
    day.tablet.press("Swap").says("Linus", "Ada").press("Check in").shows("waiting")
    adas.open("/me").says(linus().name)


def vera_says_yes_to_all(day: Day, adas: Phone) -> Phone:
    day.tablet.read(code_of(VERA)).says("Welcome", "Vera")
    veras = day.lend().open(path_of(shown_by(day.tablet)))
    veras.press("Link this phone")
    veras.open("/me/card/scans").is_sound()
    veras.page.get_by_label("Yes to anyone who scans me here").check()
    veras.press("Save").says("Yes to anyone")
    adas.scan(code_of(VERA)).press("Ask to swap").says("You are connected", VERA.email)
    return veras


def ada_introduces(day: Day, adas: Phone, graces: Phone, veras: Phone) -> None:
    adas.open(f"{day.person(ada(), GRACE)}/introduction").is_sound()
    adas.page.get_by_label("To whom?").select_option(label=VERA.name)
    adas.page.get_by_label("Why they should talk").fill("both draw with machines")
    adas.press("Offer the introduction").says("Waiting for both").is_sound()
    veras.open("/me/introductions").says("Grace", "both draw").conceals(*HERS).is_sound()
    veras.press("Yes, introduce us").says("as soon as the other one says yes")
    veras.open("/me").conceals(*HERS)
    graces.open("/me").says("1 introduction waits for you")
    graces.open("/me/introductions").press("Yes, introduce us").says("Vera", VERA.email)
    veras.open("/me").says(SECRETS["name"])


def it_is_taken_back_and_begun_again(day: Day, adas: Phone, graces: Phone) -> None:
    """Ended from the list of who has what; asked anew, and answered hours later."""
    adas.open("/me/shared").says(SECRETS["name"], "since").is_sound()
    adas.page.get_by_role("link", name=SECRETS["name"]).tap()
    adas.page.get_by_role("link", name="End this connection").tap()
    adas.says("cannot be called back").is_sound().press("End it")
    adas.says("Neither of you sees the other").conceals(*HERS)
    graces.open(day.person(GRACE, ada())).says("No longer shared").is_sound()
    graces.conceals(ada().name, ada().email)
    adas.page.go_back()
    adas.page.reload()
    adas.conceals(*HERS)
    day.clock.move(minutes=1)
    graces.scan(code_of(ada())).press("Ask to swap").says("You asked on")
    day.clock.move(hours=3)
    adas.open("/me").says("Asking you").conceals(SECRETS["email"]).is_sound()
    adas.press("Swap contacts with").says("You are connected", *HERS)


def vera_is_blocked_and_reported(day: Day, adas: Phone, veras: Phone) -> None:
    adas.open(f"{day.person(ada(), VERA)}/report").is_sound()
    adas.page.get_by_label("What happened?").fill("wrote to me at night")
    adas.press("Send the report").says("The organisers will read it")
    adas.open(f"{day.person(ada(), VERA)}/block").is_sound()
    adas.press("Block").says("Blocked", "Vera").is_sound()
    veras.open(day.person(VERA, ada())).says("No longer shared")
    veras.conceals("at night")
    day.clock.move(minutes=1)
    veras.scan(code_of(ada())).press("Ask to swap").says("You asked on")
    adas.open("/me").conceals("Asking you")


def the_letters_know_of_the_last_withdrawal(day: Day, adas: Phone, graces: Phone) -> None:
    """The event is over, no letter has left yet, and Ada ends it with Grace."""
    day.clock.now = an_event().ends_at + timedelta(minutes=5)
    day.mailbox.mails()
    adas.open(f"{day.person(ada(), GRACE)}/withdrawal").press("End it")
    graces.open(day.person(GRACE, ada())).says("No longer shared")
    day.clock.move(hours=3)
    letters = [one for one in day.mailbox.mails() if one["List-Unsubscribe"]]
    by_address = {one["To"].addresses[0].addr_spec: text_of(one) for one in letters}
    assert linus().name in by_address[ada().email]
    assert SECRETS["name"] not in by_address[ada().email]
    assert ada().name not in by_address[GRACE.email]


def ada_takes_what_is_hers_and_leaves(day: Day, adas: Phone, graces: Phone) -> None:
    adas.open("/me/mine").is_sound()
    assert linus().name in taken(adas, r"\(.vcf\)").decode()
    assert linus().name in taken(adas, r"\(.csv\)").decode()
    assert NOTE in taken(adas, r"\(.json\)").decode()
    adas.open("/me/erasure").is_sound().press("Mail me the link")
    adas.says("Look into your mail")
    adas.open(path_of(day.mailbox.link_about("Erase everything"))).is_sound()
    adas.press("Erase me now").says("You are erased").is_sound()
    adas.open("/me").says("Link this phone")
    graces.open("/me/shared").conceals(ada().name)
    graces.scan(code_of(ada())).conceals(ada().name)


def shown_by(tablet: Tablet) -> str:
    """What a phone's camera reads off the tablet's screen."""
    tablet.press("Take it on your phone").says("Take your badge with you")
    with Image.open(BytesIO(tablet.page.screenshot())) as screen:
        (code,) = zxingcpp.read_barcodes(screen)
    tablet.press("Done").shows("waiting")
    return code.text


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def taken(phone: Phone, name: str) -> bytes:
    """What is in the file behind this link."""
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name=re.compile(name)).tap()
    return Path(download.value.path()).read_bytes()


def test_the_way_through_the_day_in_the_dark_in_arabic_without_scripts(day: Day) -> None:
    """Told by the forms, not by the words: nothing of it may hang on English."""
    plain = {"java_script_enabled": False, "color_scheme": "dark", "locale": LANGUAGE}
    adas, graces = (day.lend(**plain) for _ in range(2))
    for phone, person in ((adas, ada()), (graces, GRACE)):
        day.tablet.read(code_of(person)).shows("verdict")
        send(phone.open("/me/link"), "/me/link/mail", email=person.email)
        mine = [one for one in day.mailbox.mails() if person.email in str(one["To"])]
        (url, *_later) = links_of(mine)
        send(phone.open("/me/link"), "/me/link", token=url.rpartition("#")[2])
        looks(day, phone, plain)
    for phone, whom in ((adas, GRACE), (graces, ada())):
        phone.scan(code_of(whom))
        looks(day, phone, plain)
        send(phone, f"/b/{code_of(whom)}/ask")
        looks(day, phone, plain)
    path = day.person(ada(), GRACE)
    send(adas.open(path), f"{path}/note", note=NOTE)
    send(adas, f"{path}/promises", kind="coffee", day="2026-06-03", hour="09:30")
    looks(day, adas, plain)
    for more in ("/me", "/me/card", "/me/shared", "/me/promises", "/me/mine"):
        looks(day, adas.open(more), plain)
    send(adas.open(f"{path}/withdrawal"), f"{path}/withdrawal")
    graces.open(path).conceals(ada().name, ada().email)
    looks(day, graces, plain)


def send(phone: Phone, action: str, **filled: str) -> Phone:
    """Fill in the form with this address and press its first button."""
    form = phone.page.locator(f'form[action$="{action}"]').first
    fold = form.locator("xpath=ancestor::details[not(@open)]")
    if fold.count():
        fold.locator("summary").first.tap()
    for name, value in filled.items():
        field = form.locator(f'[name="{name}"]')
        tag = field.evaluate("(it) => it.localName")
        field.select_option(value) if tag == "select" else field.fill(value)
    inside = form.locator("button")
    name = form.get_attribute("id") or "nothing"
    button = inside if inside.count() else phone.page.locator(f'button[form="{name}"]')
    with phone.page.expect_navigation():
        button.first.tap()
    return phone


def looks(day: Day, phone: Phone, plain: dict[str, object]) -> None:
    """The same page in a browser that may run what looks it over."""
    kept = phone.page.context.storage_state()
    looking = day.lend(**plain | {"java_script_enabled": True, "storage_state": kept})
    looking.open(phone.page.url)
    assert looking.page.evaluate("[document.dir, document.documentElement.lang]") == [
        "rtl",
        LANGUAGE,
    ]
    looking.is_sound()
    looking.page.context.close()
