"""A tablet in a test: paired, read at like a scanner, looked at like a person."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from kiosk.ids import digest
from kiosk.model import Device, Role
from kiosk.pair import AddDevice, add_device
from kiosk.store import SqliteStore
from tests.builders import EVENT_ID, NOW

PAIRING_CODE = "ABCD2345"

# A busy machine may hold the page up between two keys, which ends a code: type it again.
SCANNER = """async ([text, ...ends]) => {
  const press = (key) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  for (;;) {
    let last = performance.now(), longest = 0;
    for (const key of text) {
      press(key);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    if (longest < 50) return ends.map(press);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}"""


# The roster is read in the background: until its end has been kept on this tablet's disk.
KNOWS_PEOPLE = """async () => {
  const said = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  for (let tries = 0; tries < 300; tries++) {
    const database = await said(indexedDB.open("hallway"));
    const on = (shelf) => database.transaction(shelf).objectStore(shelf);
    const mark = await said(on("self").get("roster"));
    const people = await said(on("roster").count());
    database.close();
    if (mark?.asOf) return people;
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


def offer_pairing(store: SqliteStore, role: Role = "kiosk") -> str:
    """The id of a new device that `PAIRING_CODE` enrols."""
    command = AddDevice(EVENT_ID, "Coffee", role, "main", code_digest=digest(PAIRING_CODE))
    device = store.write(add_device, command, NOW)
    assert isinstance(device, Device)
    return device.id


class Tablet:
    """What a person at the tablet does and sees."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def pair(self, code: str = PAIRING_CODE) -> "Tablet":
        self.page.goto("/kiosk/pair")
        self.page.get_by_role("textbox", name="Pairing code").fill(code)
        self.page.get_by_role("button", name="Pair").click()
        return self

    def stand(self) -> "Tablet":
        """Pair, and wait until the server's time is known."""
        with self.page.expect_response("**/api/v1/event"):
            self.pair()
        self.shows("waiting")
        return self

    def knows_people(self) -> int:
        """Wait for the roster; how many people are in it."""
        count: int = self.page.evaluate(KNOWS_PEOPLE)
        return count

    def read(self, code: str) -> "Tablet":
        """A scanner reads a code; keys go to whatever has the focus."""
        self.scan(code, "Enter")
        return self

    def scan(self, code: str, *ends: str) -> list[bool]:
        """Whether each key at the end would press the button that has the focus."""
        pressed: list[bool] = self.page.evaluate(SCANNER, [code, *ends])
        return pressed

    def press(self, name: str) -> "Tablet":
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def shows(self, state: str) -> "Tablet":
        expect(self.page.locator(f'hall-kiosk[data-at="{state}"]')).to_be_visible()
        return self

    def says(self, *words: str) -> "Tablet":
        for sentence in words:
            expect(self.page.locator("main")).to_contain_text(sentence)
        return self

    def status(self, words: str) -> "Tablet":
        expect(self.page.get_by_role("contentinfo")).to_contain_text(words)
        return self

    def until(self, is_so: Callable[[], bool]) -> "Tablet":
        """What was kept here has reached the server, within ten seconds."""
        for _ in range(100):
            if is_so():
                return self
            self.page.wait_for_timeout(100)
        raise AssertionError("the server never heard of it")

    def swap_mode(self) -> "Tablet":
        self.press("Swap contacts")
        return self.says("Met somebody?")
