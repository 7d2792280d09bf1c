"""The README's pictures: each face of the product, taken from a freshly played day."""

import shutil
import tempfile
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from kiosk.clock import utc_now
from kiosk.demo.day import EVENT, Guest
from kiosk.demo.mailbox import Mailbox, free_port
from kiosk.demo.play import (
    OPEN_HOUSE,
    ORGANISER,
    PASSWORD,
    close_and_wait,
    play_day,
    set_up,
)
from kiosk.demo.venue import Venue, fresh
from kiosk.ids import digest, new_short_code
from kiosk.model import OneTimeLink
from kiosk.store import SqliteStore, Tx

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
TABLET = ViewportSize(width=1024, height=768)
PHONE = ViewportSize(width=390, height=760)
DESK = ViewportSize(width=1280, height=900)
SCANNER = """async (code) => {
  const press = (key) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  for (let longest = 100; longest >= 50;) {
    let last = performance.now();
    longest = 0;
    for (const key of code) {
      press(key);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    if (longest >= 50) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  press("Enter");
}"""


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    fresh(folder)
    with closing(Mailbox(folder / "inbox")) as mailbox, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        venue = Venue(folder, free_port(), mailbox.port)
        listed = set_up(venue, print)
        with venue.serving():
            day = play_day(venue, listed.guests, print)
            desk(browser, venue)
            phone(browser, venue, day.present[0])
            close_and_wait(venue, mailbox, print)
            letter(browser, mailbox)
            tablet(browser, venue)
        browser.close()
    shutil.rmtree(folder)


def desk(browser: Browser, venue: Venue) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{venue.url}/desk/")
    page.get_by_label("E-mail").fill(ORGANISER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{venue.url}/desk/events/{EVENT}/")
    keep(page, "desk-event")


def phone(browser: Browser, venue: Venue, guest: Guest) -> None:
    """The person's own pages; the link a tablet would show is put in the store here."""
    token, now = new_short_code(16), utc_now()
    store = SqliteStore(venue.folder / "data" / "kiosk.sqlite")
    until = now + timedelta(hours=1)

    def offer(tx: Tx, _: None, _now: object) -> None:
        tx.links.offer(OneTimeLink(digest(token), guest.id, "link", now, until))

    with closing(store):
        store.write(offer, None, now)
    page = browser.new_page(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    page.goto(f"{venue.url}/me/link#{token}")
    page.get_by_role("button").first.click()
    page.goto(f"{venue.url}/me")
    keep(page, "phone-people")


def letter(browser: Browser, mailbox: Mailbox) -> None:
    message = message_from_bytes(mailbox.longest().read_bytes(), policy=policy.default)
    body = message.get_body(("html",))
    page = browser.new_page(viewport=ViewportSize(width=640, height=900))
    page.set_content(str(body.get_content()) if body else "")
    keep(page, "letter")


def tablet(browser: Browser, venue: Venue) -> None:
    words = ("devices", "add", OPEN_HOUSE, "--name", "Coffee bar", "--role", "kiosk")
    pairing = venue.ask(*words)
    out = venue.folder / "open-house.csv"
    venue.run("badges", OPEN_HOUSE, "--out", str(out), "--format", "csv")
    rows = out.read_text("utf-8-sig").splitlines()
    codes = [rows[number].rpartition("/")[2] for number in (12, 30)]
    page = browser.new_page(viewport=TABLET, reduced_motion="reduce")
    page.goto(pairing["url"])
    page.get_by_role("button", name="Pair").click()
    page.get_by_role("heading", name="Show your badge").wait_for()
    for code in codes:
        read(page, code)
        page.get_by_text("Welcome", exact=True).wait_for()
        if code == codes[0]:
            keep(page, "tablet-welcome")
        page.get_by_role("button", name="Next person").click()
    page.get_by_role("button", name="Swap contacts").click()
    read(page, codes[0])
    page.get_by_role("heading", name="Hello").wait_for()
    read(page, codes[1])
    page.get_by_role("button", name="Swap", exact=True).wait_for()
    keep(page, "tablet-swap")


def read(page: Page, code: str) -> None:
    """A badge under the scanner, a keyboard; again when this machine was too slow."""
    page.evaluate(SCANNER, code)


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"{name}.png")


if __name__ == "__main__":
    main()
