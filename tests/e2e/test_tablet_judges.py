"""The tablet's own judgement in a browser: the vectors of the Python side, and the seal."""

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from kiosk.ids import canonical_badge_code, ticket_codes
from kiosk.seal import Opened, seal_all
from kiosk.store import SqliteStore
from tests.builders import (
    NOW,
    a_badge,
    a_device,
    ada,
    code_of,
    grace,
    let_in,
    plant,
    token_of,
)
from tests.e2e.test_tablet_modules import call

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[1] / "vectors"
DOOR = json.loads((FOLDER / "door.json").read_text())["cases"]
PHASE = json.loads((FOLDER / "phase.json").read_text())
TICKETS = {"canceled_ticket": "canceled", "pending_ticket": "pending"}
TICKET, OTHER = "4f9k2m7x8q1z5w3v", "b7c1d9e2f4a8h6j3"
UNLOCK = """async ([code, salt, nonce, entry]) => {
  const { keysOf, parted, unlock } = await import("/static/js/tablet/seal.js");
  const { index, key } = await keysOf(code, salt);
  const [at, locked] = parted(Uint8Array.from(atob(entry), (char) => char.charCodeAt(0)));
  const bytes = await unlock(key, nonce, locked);
  return [at === index, bytes && new TextDecoder().decode(bytes)];
}"""
FIND = """async ([pages, codes]) => {
  const { Roster } = await import("/static/js/tablet/roster.js");
  const body = () => pages.shift();
  const api = { get: async () => ({ kind: "ok", body: body() }) };
  const roster = new Roster(api, () => new Date());
  while (pages.length) await roster.refresh();
  const again = new Roster(api, () => new Date());
  await again.load();
  const found = [];
  for (const code of codes) found.push(await again.find(code));
  return found;
}"""


def a_case(vector: dict[str, Any]) -> dict[str, Any]:
    rule = {
        "ticket_types": [], "allow_multiple_entries": False,
        "allow_entry_after_exit": True, "include_pending": False,
    }  # fmt: skip
    person = {
        "status": "confirmed", "approved": True, "blocked": "", "valid_from": None,
        "valid_until": None, "ticket_types": ["Regular"],
    }  # fmt: skip
    return {
        "person": person | vector["person"],
        "rule": rule | vector["list"],
        "kind": vector["kind"],
        "at": "2026-06-01T08:00:00Z",
        "phase": vector["phase"],
        "history": vector["history"],
        "isReplaced": vector["code"] == "replaced",
        "ticket": TICKETS.get(vector["code"]),
        "mayOverride": vector["override"],
    }


def test_the_door_s_table_gives_what_every_vector_expects(modules: Page) -> None:
    for vector in DOOR:
        said = call(modules, "tablet/door.js", "judge", a_case(vector))
        assert said == vector["expect"], vector["name"]


def test_the_clock_says_what_every_vector_expects(modules: Page) -> None:
    span = {name: PHASE[name] for name in ("opens_at", "ended_at", "late_until")}
    for case in PHASE["cases"]:
        times = case["scanned_at"], case["now"]
        refusal = call(modules, "tablet/phase.js", "refusalOfTime", span, *times)
        phase = call(modules, "tablet/phase.js", "phaseOf", span, case["now"])
        assert (refusal, phase) == (case["refusal"], case["phase"]), case["name"]


@pytest.mark.parametrize(
    "text",
    [
        "0123456789ABCDEF",
        " o123-4567 89ab-cdef ",
        "HTTPS://HALLWAY.EXAMPLE/B/0123456789ABCDEF",
        "https://luma.com/check-in/evt-1?pk=g-0471C37BEC6981",
        "https://luma.com/check-in/evt-1?a=b&pk=g%2D04",
        "TICKET-ADA",
        "https://",
        "",
    ],
)
def test_browser_and_server_look_a_reading_up_alike(modules: Page, text: str) -> None:
    looked_up = [canonical_badge_code(text), *ticket_codes(text)]
    expected = [code for code in looked_up if code]
    assert call(modules, "tablet/code.js", "candidates", text) == expected


def test_the_browser_opens_what_the_server_sealed(modules: Page) -> None:
    batch = seal_all([Opened("Ä code", "Zoë".encode()), Opened("B", b"")], b"salt", b"key")
    nonce = b64encode(batch.nonce).decode()
    first, second = (b64encode(entry).decode() for entry in batch.entries)
    assert modules.evaluate(UNLOCK, ["Ä code", "salt", nonce, first]) == [True, "Zoë"]
    assert modules.evaluate(UNLOCK, ["B", "salt", nonce, second]) == [True, ""]
    assert modules.evaluate(UNLOCK, ["B", "salt", nonce, first]) == [False, None]
    assert modules.evaluate(UNLOCK, ["Ä code", "pepper", nonce, first]) == [False, None]


def page_of(client: FlaskClient, since: str = "") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token_of(a_device())}"}
    answer = client.get(f"/api/v1/roster?since={since}", headers=headers)
    assert answer.json is not None
    return dict(answer.json)


def test_a_roster_is_kept_and_opened_by_badge_and_by_ticket(
    modules: Page, client: FlaskClient, store: SqliteStore
) -> None:
    people = (
        ada(ticket_code=TICKET, status="pending", pronouns="she/her", language="de"),
        grace(ticket_code=OTHER),
    )
    plant(store, *people, devices=[a_device()])
    first = page_of(client)
    store.write(lambda tx, who, _: let_in(tx, who), ada(), NOW + timedelta(seconds=30))
    store.write(
        lambda tx, badge, now: tx.badges.replace(badge.id, now, ""), a_badge(grace()), NOW
    )
    second = page_of(client, first["cursor"])
    codes = [code_of(ada()), TICKET, code_of(grace()), "0000000000000000", OTHER]
    badge, ticket, replaced, unknown, stranded = modules.evaluate(
        FIND, [[first, second], codes]
    )
    assert badge["name"] == "Ada Lovelace"
    assert badge["code"] == code_of(ada())
    assert (badge["status"], badge["language"]) == ("pending", "de")
    assert badge["pronouns"] == "she/her"
    assert badge["visits"] == [
        {
            "list": "main",
            "kinds": ["check_in"],
            "at": "2026-06-01T08:00:00.000Z",
            "place": "Door",
        }
    ]
    assert ticket == badge | {"ticket": "pending"}
    assert replaced["isReplaced"]
    assert replaced["name"] == ""
    assert (unknown, stranded) == (None, None)


def test_an_erased_person_opens_nothing_any_more(
    modules: Page, client: FlaskClient, store: SqliteStore
) -> None:
    plant(store, ada(), grace(), devices=[a_device()])
    first = page_of(client)
    store.write(lambda tx, who, now: tx.erasures.forget(who.id, now), grace(), NOW)
    pages = [first, page_of(client, first["cursor"])]
    found = modules.evaluate(FIND, [pages, [code_of(ada()), code_of(grace())]])
    assert found[0]["name"] == "Ada Lovelace"
    assert found[1] is None
