"""The tablet's modules by themselves in a browser, held to the rules of the Python side."""

import re
from typing import Any

import pytest
import qrcode
from flask.testing import FlaskClient
from playwright.sync_api import Page
from qrcode.constants import ERROR_CORRECT_L
from qrcode.util import MODE_8BIT_BYTE, QRData

from kiosk.badges.face import short_form
from kiosk.ids import canonical_badge_code
from kiosk.model import SHAREABLE, Reason
from kiosk.web.act_messages import ActMessage
from tests.builders import ada, code_of, grace, linus, mallory

pytestmark = pytest.mark.browser

CALL = """async ([path, name, given]) =>
  (await import(`/static/js/${path}`))[name](...given)"""
WALK = """async (events) => {
  const { step, waiting } = await import("/static/js/tablet/machine.js");
  const walked = [];
  let state = waiting("check_in");
  for (const event of events) {
    const [next, effects] = step(state, event);
    state = next;
    walked.push([state.at, effects.map((effect) => effect.do)]);
  }
  return walked;
}"""


ASTRAY = """async () => {
  const { step, waiting } = await import("/static/js/tablet/machine.js");
  const [{ at, mode }] = step(waiting("swap"), { type: "elapsed", mode: "check_in" });
  return [at, mode];
}"""


def call(page: Page, path: str, name: str, *given: Any) -> Any:
    return page.evaluate(CALL, [path, name, list(given)])


def test_a_tablet_that_was_left_in_another_mode_goes_home(modules: Page) -> None:
    assert modules.evaluate(ASTRAY) == ["waiting", "check_in"]


@pytest.mark.parametrize(
    "text",
    [
        "https://h.example/me/link#ABCD",
        "http://127.0.0.1:8000/me/link#0123456789ABCDEF",
        "https://hallway.conference.example/me/link#0123456789ABCDEF",
        "a",
        "z" * 106,
        "Ω" * 30,
    ],
)
def test_a_qr_code_is_drawn_as_the_qrcode_package_draws_it(
    modules: Page, text: str
) -> None:
    drawn = call(modules, "lib/qr.js", "qr", text)
    version = (drawn["size"] - 17) // 4
    expected = qrcode.QRCode(version, ERROR_CORRECT_L, border=0, mask_pattern=0)
    expected.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
    expected.make(fit=False)
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", drawn["path"])}
    rows = enumerate(expected.modules)
    assert dark == {(x, y) for y, row in rows for x, is_dark in enumerate(row) if is_dark}


def test_a_qr_code_that_would_not_fit_is_refused(modules: Page) -> None:
    assert call(modules, "lib/qr.js", "qr", "q" * 107) is None


@pytest.mark.parametrize(
    "text",
    [
        "0123456789ABCDEF",
        " o123-4567 89ab-cdef ",
        "iL23456789ABCDEF",
        "HTTPS://HALLWAY.EXAMPLE/B/0123456789ABCDEF",
        "https://h.example/b/0123456789abcdef/?utm=1",
        "https://h.example/me/0123456789ABCDEF",
        "HTTPS://H.EXAMPLE/ME/LINK#0123456789ABCDEFGHJKMNPQR",
        "https://h.example/me/link#o123-4567-89ab-cdef ghjk-mnpq-r",
        "https://h.example/me/link#0123456789ABCDEF",
        "0123-4567-89ab-cdef-8",
        "o123 4567 89AB CDEF 8",
        "0123-4567-89AB-CDEF-9",
        "0123-4567-89BA-CDEF-8",
        "https://h.example/b/0123456789ABCDEF8",
        "0123456789ABCDE",
        "0123456789ABCDEU",
        "TICKET-ADA",
        "",
    ],
)
def test_browser_and_server_agree_on_what_a_badge_code_is(modules: Page, text: str) -> None:
    assert call(modules, "tablet/code.js", "canonical", text) == canonical_badge_code(text)


def test_a_label_bears_the_code_as_every_badge_does(modules: Page) -> None:
    for person in (ada(), grace(), linus(), mallory()):
        code = code_of(person)
        assert call(modules, "tablet/code.js", "printed", code) == short_form(code)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("HTTPS://H.EXAMPLE/ME/LINK#0123456789ABCDEFGHJKMNPQR", "0123456789ABCDEF"),
        ("HTTPS://H.EXAMPLE/B/0123456789ABCDEF", "HTTPS://H.EXAMPLE/B/0123456789ABCDEF"),
        ("https://h.example/me/link#TOKEN", "https://h.example/me/link#TOKEN"),
        ("TICKET#1", "TICKET#1"),
    ],
)
def test_a_badge_seen_from_behind_is_read_as_its_front(
    modules: Page, text: str, read: str
) -> None:
    assert call(modules, "tablet/code.js", "faced", text) == read


def test_there_are_words_for_every_reason_field_and_act(modules: Page) -> None:
    words = modules.evaluate(
        "async () => (await import('/static/js/tablet/words/en.js')).default"
    )
    for reason in Reason:
        parts = words[f"reason.{reason}"].split("|")
        assert len(parts) == 3
        assert all(parts)
    assert {f"field.{field}" for field in SHAREABLE} <= words.keys()
    acts = {act.__struct_config__.tag for act in ActMessage.__subclasses__()}
    assert {f"scan.{kind}" for kind in acts} <= words.keys()


def test_every_sentence_a_template_asks_for_is_in_the_catalogue(
    modules: Page, client: FlaskClient
) -> None:
    words = modules.evaluate(
        "async () => (await import('/static/js/tablet/words/en.js')).default"
    )
    source = client.get("/kiosk/").text
    asked = set(re.findall(r'data-(?:say|label)="([^"]+)"', source))
    assert asked
    assert asked <= words.keys()


WELCOME: dict[str, Any] = {
    "id": "1",
    "outcome": "welcomed",
    "reason": None,
    "at": "",
    "attendees": [],
}


def test_a_badge_read_while_another_is_answered_is_held(modules: Page) -> None:
    events = [
        {"type": "code", "code": "A", "id": "1"},
        {"type": "code", "code": "B", "id": "2"},
        {"type": "answered", "result": WELCOME},
        {"type": "elapsed"},
        {"type": "answered", "result": WELCOME | {"id": "2"}},
        {"type": "elapsed"},
    ]
    assert modules.evaluate(WALK, events) == [
        ["reading", ["scan"]],
        ["reading", []],
        ["verdict", ["sound"]],
        ["reading", ["scan"]],
        ["verdict", ["sound"]],
        ["waiting", []],
    ]


def test_a_late_answer_replaces_kept_but_never_the_next_person(modules: Page) -> None:
    read_and_kept = [{"type": "code", "code": "A", "id": "1"}, {"type": "kept", "id": "1"}]
    answer = {"type": "answered", "result": WELCOME}
    next_person = {"type": "code", "code": "B", "id": "2"}
    assert modules.evaluate(WALK, [*read_and_kept, answer])[-1] == ["verdict", ["sound"]]
    assert modules.evaluate(WALK, [*read_and_kept, next_person, answer])[-1] == [
        "reading",
        [],
    ]


@pytest.mark.parametrize(
    "event", ["swap", "undo", "phone", "cancel", "elapsed", "card", "link"]
)
def test_what_comes_out_of_order_changes_nothing(modules: Page, event: str) -> None:
    assert modules.evaluate(WALK, [{"type": event, "id": "9"}]) == [["waiting", []]]


def test_a_revoked_tablet_stays_revoked(modules: Page) -> None:
    events = [{"type": "revoked"}, {"type": "code", "code": "A"}, {"type": "cancel"}]
    assert modules.evaluate(WALK, events) == [["revoked", []]] * 3
