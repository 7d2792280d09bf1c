"""Every state of the tablet, one round a role: whoever walks along may look at each.

A round yields the name of a state as soon as it is on the screen. It presses by what a
control does, not by its words, so the same round goes through every language.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from kiosk import words
from kiosk.model import Role
from kiosk.pin import hashed, set_pin
from kiosk.store import SqliteStore
from tests.builders import (
    NOW,
    a_badge,
    a_list,
    ada,
    an_attendee,
    an_event,
    code_of,
    grace,
    linus,
    plant,
)
from tests.e2e.tablet import Tablet

PIN = "482915"
HELP_DESK = "Foyer, left of the stairs"
LONG = an_attendee(
    "Hubert Wolfeschlegelsteinhausenbergerdorff",
    company="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH",
    role="Vice President of Long Titles",
)
WANG = an_attendee("王小明", company="上海科技有限公司", email="wang@wang.example")
NOOR = an_attendee(
    "محمد عبد الرحمن",
    company="شركة النور للتقنية",
    email="noor@noor.example",
    language="ar",
)
JO = an_attendee("Jo", company="", role="", email="", ticket_code="")
GUESTS = (
    ada(attention="Brings a penguin"),
    grace(),
    linus(status="pending"),
    LONG,
    WANG,
    NOOR,
    JO,
    an_attendee("Ítalo Calvino", email="i@i.example", ticket_code="T-IT"),
    an_attendee("Rosa Parks", email="r@r.example"),
)
REFUSED = {
    "canceled": an_attendee("Cancel Led", status="canceled"),
    "blocked": an_attendee("Blo Cked", blocked="Talk to Anna"),
    "unapproved": an_attendee("Una Proved", approved=False),
    "not_yet_valid": an_attendee("Early Bird", valid_from=NOW + timedelta(days=1)),
    "no_longer_valid": an_attendee("Late Bird", valid_until=NOW - timedelta(days=1)),
    "wrong_list": an_attendee("Work Shop", ticket_type="Workshop"),
    "unpaid": linus(),
}


def prepare(store: SqliteStore, languages: tuple[str, ...] = words.LANGUAGES) -> None:
    """An event that prints badges and speaks these languages, with a PIN for its staff."""
    event = an_event(label="86x54", languages=languages, help_desk=HELP_DESK)
    refused = (one for reason, one in REFUSED.items() if reason != "unpaid")
    plant(store, *GUESTS, *refused, event=event)
    rule = a_list(include_pending=True, ticket_types=("Regular",))
    store.write(lambda tx, it, _: tx.events.put_list(it), rule, NOW)
    lost = a_badge(grace(), 2)
    store.write(lambda tx, it, _: tx.badges.add(it), replace(lost, replaced_at=NOW), NOW)
    store.write(set_pin, hashed(event.id, PIN), NOW)


class Walk:
    """Hands that know what a control does, whatever is written on it."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.page: Page = tablet.page

    def read(self, *people: str) -> "Walk":
        for code in people:
            self.tablet.read(code)
        return self

    def does(self, name: str, at: str, value: str = "") -> str:
        """Press the first control that does this, and wait for that state."""
        exact = f'[data-value="{value}"]' if value else ""
        self.page.locator(f'[data-does="{name}"]{exact}:visible').first.click()
        return self.at(at)

    def at(self, state: str) -> str:
        self.tablet.shows(state)
        return state

    def mode(self, name: str) -> "Walk":
        self.page.locator(f'[data-does="mode"][data-mode="{name}"]').click()
        self.tablet.shows("waiting")
        return self

    def home(self) -> "Walk":
        """Back to where nobody is."""
        while self.page.locator("hall-kiosk").get_attribute("data-at") != "waiting":
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(50)
        self.page.locator("body").dispatch_event("pointerdown")  # the next is meant
        return self

    def opens(self, sheet: str) -> str:
        self.page.locator(f'[data-opens="{sheet}"]:visible').click()
        if self.page.locator("#pin").is_visible():
            self.page.keyboard.type(PIN)
            self.page.keyboard.press("Enter")
        expect(self.page.locator(f"#{sheet}")).to_be_visible()
        return f"sheet-{sheet}"

    def shut(self) -> "Walk":
        self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        return self


def dead(route: Route) -> None:
    route.abort()


def refuses(route: Route) -> None:
    route.fulfill(status=400, json={"error": {"code": "odd", "sentence": "No."}})


def door(tablet: Tablet) -> Iterator[str]:
    """What a visitor may see at a door that looks after itself."""
    go = Walk(tablet)
    yield "waiting"
    for reason, person in REFUSED.items():
        go.read(code_of(person))
        go.at("verdict")
        expect(go.page.locator(".desk")).to_contain_text(HELP_DESK)
        yield f"refused-{reason}"
        go.home()
    for reason, code in {
        "unknown_code": "0" * 16,
        "replaced_badge": code_of(grace(), 2),
    }.items():
        go.read(code).at("verdict")
        yield f"refused-{reason}"
        go.home()
    for person in (ada(), LONG, WANG, NOOR, JO):
        go.read(code_of(person)).at("verdict")
        yield f"welcome-{person.name.split()[0]}"
        go.home()
    go.read(code_of(ada())).at("verdict")
    yield "refused-already_in"
    go.home()
    go.read(code_of(grace())).at("verdict")
    go.does("phone", "link")
    yield "link"
    go.home()
    yield from badge(go)
    yield from unbadged(go)
    yield from crowd(go)
    go.page.route("**/api/**", dead)
    go.read("9" * 16).at("verdict")
    yield "kept"
    go.home()
    go.page.unroute("**/api/**")


def badge(go: Walk) -> Iterator[str]:
    rosa = an_attendee("Rosa Parks")
    go.read(code_of(rosa)).at("verdict")
    yield go.does("badge", "badge")
    yield go.does("badge_edit", "editing")
    go.page.locator('[name="name"]').fill(LONG.name)
    go.page.locator('.stage [type="submit"], .stage form .button--primary').click()
    go.at("badge")
    yield "badge-long"
    yield go.does("badge_print", "printed")
    yield go.does("badge_print", "reprinting")
    go.home()
    italo = an_attendee("Ítalo Calvino")
    go.read(code_of(italo)).at("verdict")
    go.page.route("**/api/v1/badges", refuses)
    yield go.does("badge", "unprinted")
    go.home()


def unbadged(go: Walk) -> Iterator[str]:
    yield go.does("no_badge", "naming")
    go.page.locator('[name="surname"]').fill("Nobody")
    go.page.locator('[name="letters"]').fill("nob")
    go.page.keyboard.press("Enter")
    go.at("unfound")
    yield "unfound-nobody"
    go.page.route("**/api/v1/people**", dead)
    go.does("again", "naming")
    go.page.locator('[name="surname"]').fill("Nobody")
    go.page.locator('[name="letters"]').fill("nob")
    go.page.keyboard.press("Enter")
    go.at("unfound")
    yield "unfound-away"
    go.home()


def crowd(go: Walk) -> Iterator[str]:
    """Two people at once at a door, as the camera tells it."""
    go.page.evaluate(
        """() => {
          const told = document.createElement("button");
          told.dataset.does = "codes";
          document.querySelector("hall-kiosk").append(told);
          told.click();
          told.remove();
        }"""
    )
    yield go.at("several")
    go.home()


def table(tablet: Tablet) -> Iterator[str]:
    """What two people, three and eight see by the coffee."""
    go = Walk(tablet)
    people = (ada(), grace(), LONG, WANG, NOOR, JO)
    for person in people:
        go.read(code_of(person)).at("verdict")
        go.home()
    go.mode("swap")
    yield "waiting-swap"
    go.read(code_of(linus()))
    go.at("verdict")
    yield "swap-refused"
    go.home()
    go.read(code_of(ada()))
    yield go.at("first")
    go.page.locator("body").dispatch_event("pointerdown")
    go.read(code_of(ada()))
    expect(go.page.locator(".meeting__slip")).to_be_visible()
    yield "first-slip"
    go.read(code_of(grace()))
    yield go.at("offer")
    yield go.does("share_open", "sharing")
    go.does("share_done", "offer")
    yield go.does("swap", "swapped")
    go.page.locator('[data-does="star"]').first.click()
    go.does("promise", "swapped")
    yield "swapped-one-step"
    yield go.does("promise", "promised")
    go.home()
    go.read(code_of(ada()), code_of(grace())).at("offer")
    yield go.does("swap", "met")
    go.home()
    go.read(code_of(LONG), code_of(NOOR)).at("offer")
    yield "offer-long"
    go.does("swap", "swapped")
    yield "swapped-long"
    yield go.does("undo", "undone")
    go.home()
    yield from group(go, [code_of(one) for one in people])


def group(go: Walk, codes: list[str]) -> Iterator[str]:
    for count, code in enumerate(codes):
        go.read(code)
        expect(go.page.locator(".hung:not(.hung--next)")).to_have_count(count + 1)
    go.at("offer")
    yield "offer-group"
    go.does("swap", "swapped")
    yield "swapped-group"
    go.does("steps_of", "swapped")
    yield "swapped-group-turn"
    go.home()


def staff(tablet: Tablet) -> Iterator[str]:
    """What the help desk sees, and the sheets of every tablet."""
    go = Walk(tablet)
    yield "waiting-desk"
    yield go.does("search", "searching")
    go.page.locator("#seek").fill("Wolfeschlegel")
    expect(go.page.locator(".found__one").first).to_be_visible()
    yield "searching-found"
    go.page.locator("#seek").fill("Qqqqq")
    expect(go.page.locator('[data-part="found-words"]')).not_to_be_empty()
    yield "searching-nobody"
    yield go.does("newcomer", "newcomer")
    go.page.locator("#new-name").fill("Ada Lovelace")
    expect(go.page.locator(".found__one").first).to_be_visible()
    go.page.locator("#new-email").fill("nonsense")
    go.page.locator("#new-email").press("Enter")
    yield "newcomer-slip"
    go.home()
    go.read(code_of(linus())).at("verdict")
    yield "refused-unpaid-desk"
    yield go.does("override", "overriding")
    go.home()
    go.read(code_of(REFUSED["canceled"])).at("verdict")
    yield go.does("refer", "referred")
    go.home()
    go.page.evaluate("void window.dispatchEvent(new Event('online'))")
    yield go.opens("cases-sheet")
    go.shut()
    go.read(code_of(ada())).at("verdict")
    go.page.locator('[data-does="note"]').click()
    yield "verdict-note"
    go.home()
    yield from sheets(go)


def sheets(go: Walk) -> Iterator[str]:
    go.page.locator('[data-opens="settings"]').click()
    expect(go.page.locator("#pin")).to_be_visible()
    yield "sheet-pin"
    go.page.keyboard.type(PIN)
    go.page.keyboard.press("Enter")
    expect(go.page.locator("#settings")).to_be_visible()
    yield "sheet-settings"
    go.shut()
    yield go.opens("health")
    go.shut()
    go.page.route("**/api/v1/scans", refuses)
    go.read(code_of(grace()))
    expect(go.page.locator('[data-opens="aside"]')).to_be_visible()
    go.home()
    yield go.opens("aside")
    go.shut()


ROUNDS = {"door": door, "table": table, "staff": staff}
ROLES: dict[str, Role] = {"door": "kiosk", "table": "kiosk", "staff": "desk"}
