"""A whole day is searched for what nobody agreed to: every page, every letter, the log.

Grace shares some fields with Ada, asked Linus, took everything back from Vera, blocked Bob,
and has never met Nora. Mallory is at another event. What each of them may be told of Grace
is one table; whatever else is found anywhere is a leak.
"""

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from kiosk.agree import Agreement, agree
from kiosk.ask import Ask, ask
from kiosk.consent import Block, Withdraw, block, withdraw
from kiosk.model import Attendee, Device, How
from kiosk.remember import Remember, remember
from kiosk.report import Tell, report
from kiosk.settings import Settings
from kiosk.shown import first_name
from kiosk.store import SqliteStore, Tx
from kiosk.store.sqlite import connect
from kiosk.web import cookies
from kiosk.web.access import TABLE
from kiosk.web.papers import PAPERS
from tests.builders import (
    NOW,
    Clock,
    a_booth,
    a_device,
    a_sponsor,
    ada,
    an_attendee,
    an_event,
    code_of,
    enrol,
    give_phone,
    join,
    let_in,
    linus,
    mallory,
    named_id,
    phone_token_of,
    token_of,
)
from tests.web.browser import TOKEN, Browser, sit_down
from tests.web.mailbox import Mailbox
from tests.web.phones import SECRETS, full_grace, open_hall, phone_of, words_of_grace
from tests.web.test_access import VALUES

GRACE = full_grace()
VERA, BOB = an_attendee("Vera Molnar"), an_attendee("Bob Kahn")
NORA = an_attendee("Nora Noshow")
HERS = "what Grace wrote for herself"
TOLD = "what Grace told the organisers"

SHARED = {"name", "company", "role", "pronouns", "email", "linkedin"}
AT_FIRST_SIGHT = {"company"}  # with the first name, to whoever reads her badge here
MAY_KNOW: dict[str, set[str]] = {
    ada().id: SHARED,
    linus().id: {"name", "company"},  # she asked him, and says who asks
    VERA.id: AT_FIRST_SIGHT,
    BOB.id: AT_FIRST_SIGHT,
    NORA.id: set(),  # not checked in: no badge tells her anything
    mallory().id: set(),
}
OTHERS = (ada(), linus(), VERA, BOB, NORA, mallory())


@pytest.fixture
def day(app: Flask, store: SqliteStore, caplog: pytest.LogCaptureFixture) -> Flask:
    caplog.set_level(logging.DEBUG)
    open_hall(store)
    sit_down(store)
    store.write(_meet, None, NOW)
    return app


def _meet(tx: Tx, _: None, now: datetime) -> None:
    for guest in (VERA, BOB, NORA):
        join(tx, guest)
    let_in(tx, VERA, BOB)
    give_phone(tx, linus(), VERA, BOB, NORA)
    hows: tuple[How, How] = ("two_badges", "two_badges")
    met = {
        guest.id: agree(tx, Agreement(an_event(), (GRACE, guest), hows, now, "Coffee"))[0]
        for guest in (ada(), VERA, BOB)
    }
    for connection in met.values():
        remember(tx, Remember(GRACE.id, connection.id, HERS), now)
    report(tx, Tell(GRACE.id, met[ada().id].id, TOLD), now)
    later = now + timedelta(minutes=1)
    withdraw(tx, Withdraw(GRACE.id, met[VERA.id].id), later)
    block(tx, Block(GRACE.id, met[BOB.id].id), later)
    ask(tx, Ask(GRACE.id, code_of(linus())), later)


def addresses(app: Flask, store: SqliteStore) -> Iterator[tuple[str, str]]:
    """(endpoint, path) of every page, for every connection and badge there is."""
    with store.read() as tx:
        connections = [one.id for one in tx.connections.of_attendee(GRACE.id)]
    codes = [code_of(GRACE), code_of(ada())]
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "GET" not in TABLE[rule.endpoint].methods:
            continue
        for connection_id in connections if "connection_id" in rule.arguments else [""]:
            for code in codes if "code" in rule.arguments else [""]:
                values = VALUES | {"connection_id": connection_id, "code": code}
                values |= {"attendee_id": GRACE.id}
                with app.test_request_context():
                    built = rule.build({name: values[name] for name in rule.arguments})
                assert built
                yield rule.endpoint, built[1]


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.name.split()[0])
def test_no_page_tells_what_was_not_agreed_to(
    day: Flask, store: SqliteStore, who: Attendee
) -> None:
    browser = phone_of(day, who)
    leaks = {}
    for endpoint, path in addresses(day, store):
        if not endpoint.startswith(("phone.", "health.", "tablet.", "openapi.")):
            continue
        text = browser.get(path).get_data(as_text=True)
        found = words_of_grace(text) - MAY_KNOW[who.id]
        found |= {"her words"} if HERS in text or TOLD in text else set()
        if found:
            leaks[path] = found
    assert leaks == {}


def test_the_search_finds_a_leak(day: Flask, store: SqliteStore) -> None:
    """The control: Grace's own phone is full of what nobody else may read."""
    browser = phone_of(day, GRACE)
    texts = [browser.get(path).get_data(as_text=True) for _, path in addresses(day, store)]
    assert set().union(*map(words_of_grace, texts)) >= SHARED | {"phone", "website"}
    assert any(HERS in text for text in texts)


def test_a_stranger_is_told_nothing_at_all(day: Flask, store: SqliteStore) -> None:
    browser = Browser(day)
    told = {
        path: words_of_grace(browser.get(path).get_data(as_text=True))
        for _, path in addresses(day, store)
    }
    assert {path: words for path, words in told.items() if words} == {}


def test_no_letter_and_no_log_tells_what_was_not_agreed_to(
    day: Flask,
    store: SqliteStore,
    settings: Settings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    browser = phone_of(day, ada())
    browser.post("/me/link/mail", {"email": GRACE.email})
    for _, path in addresses(day, store):
        browser.get(path).get_data()
    mailbox = Mailbox(store, settings, clock)
    mailbox.mails()
    clock.now = an_event().ends_at + timedelta(hours=3)
    by_address = {who.email: who for who in OTHERS}
    letters = [
        (str(mail["To"].addresses[0].addr_spec), "".join(_parts(mail)))
        for mail in mailbox.mails()
    ]
    assert len([to for to, _ in letters if to != GRACE.email]) >= 4
    for to, text in letters:
        if to != GRACE.email:
            is_told = to in {ada().email, linus().email}  # met, and asked
            may_know = MAY_KNOW[by_address[to].id] if is_told else set()
            assert words_of_grace(text) <= may_know, to
            assert HERS not in text
    assert words_of_grace(caplog.text) == set()
    assert HERS not in caplog.text


DEVICES = {
    "kiosk": (a_device("Swaps"), {"name", "company"}),
    "gate": (a_device("Gate", role="gate"), {"name", "company", "attention"}),
    "desk": (a_device("Help", role="desk"), {"name", "company", "attention", "email"}),
    "sponsor": (a_booth(), {"company"}),  # who is asked, by their first name
}


@pytest.mark.parametrize("role", DEVICES)
def test_no_device_is_told_more_than_its_work_takes(
    day: Flask, store: SqliteStore, role: str
) -> None:
    device, may_know = DEVICES[role]
    store.write(_give, device, NOW)
    client, heard = day.test_client(), ""
    headers = {"Authorization": f"Bearer {token_of(device)}"}
    for way, body in _calls():
        method = "GET" if body is None else "POST"
        answer = client.open(f"/api/v1/{way}", method=method, json=body, headers=headers)
        assert answer.status_code in {200, 201, 403}, f"{way}: {answer.text}"
        heard += answer.text
    assert words_of_grace(heard) <= may_know
    assert first_name(GRACE.name) in heard, "the control: she was spoken of"
    assert not [secret for secret in (HERS, TOLD) if secret in heard]


def _give(tx: Tx, device: Device, _now: datetime) -> None:
    tx.sponsors.put(a_sponsor())
    enrol(tx, device)


def _calls() -> Iterator[tuple[str, dict[str, object] | None]]:
    """What tablets ask about Grace in a day; each role is heard where it may ask."""
    codes, at = [code_of(GRACE), code_of(ada())], NOW.isoformat().replace("+00:00", "Z")
    told: dict[str, object] = {"list": "main", "scanned_at": at}
    kinds = [("check_in", codes[:1]), ("connect", codes), ("check_out", codes[:1])]
    scans = [
        {"id": named_id(kind), "seq": number, "kind": kind, "codes": read, **told}
        for number, (kind, read) in enumerate(kinds, start=1)
    ]
    yes = {"id": named_id("yes"), "seq": 9, "at": at, "kind": "lead", "code": codes[0]}
    yield "event", None
    yield "roster", None
    yield "people?q=Hopper", None
    yield f"people?q={codes[0]}", None
    yield "referrals", None
    yield "cards", {"codes": codes[:1]}
    yield "scans", {"scans": scans}
    yield "acts", {"acts": [yes]}
    yield "heartbeat", {"queued": 0, "next_seq": 10, "clock": at}


def test_what_people_keep_for_themselves_is_in_no_page_and_no_file_of_the_desk(
    day: Flask, store: SqliteStore
) -> None:
    desk, told = day.test_client(), []
    desk.set_cookie(cookies.DESK, TOKEN)
    files = [f"/desk/events/{an_event().slug}/exports/{name}" for name in PAPERS]
    pages = [path for name, path in addresses(day, store) if name.startswith("desk.")]
    for path in (*pages, *files):
        with desk.get(path) as answer:
            assert answer.status_code in {200, 303, 404}, path
            text = _readable(answer.get_data())
        assert HERS not in text, path
        told += [path] if TOLD in text else []
    assert told == [f"/desk/events/{an_event().slug}/reports/"]


def _readable(content: bytes) -> str:
    """The words in a file, a workbook's too."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as workbook:
        return "".join(workbook.read(name).decode() for name in workbook.namelist())


@pytest.mark.parametrize("role", ["nobody", "device", "organiser", "phone"])
def test_looking_at_real_things_changes_nothing(
    day: Flask, store: SqliteStore, role: str
) -> None:
    client = day.test_client()
    headers = (
        {"Authorization": f"Bearer {token_of(a_device())}"} if role == "device" else {}
    )
    if role == "phone":
        client.set_cookie(cookies.PHONE, phone_token_of(GRACE))
    if role == "organiser":
        client.set_cookie(cookies.DESK, TOKEN)
    before = everything(store)
    for _, path in addresses(day, store):
        for look in ("GET", "HEAD"):
            with client.open(path, method=look, headers=headers) as answer:
                answer.get_data()
            assert answer.status_code < 500, f"{look} {path}"
    assert everything(store) == before


def everything(store: SqliteStore) -> list[str]:
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())


def _parts(mail: object) -> Iterator[str]:
    for part in mail.walk():  # type: ignore[attr-defined]
        if not part.is_multipart():
            yield part.get_payload(decode=True).decode()


def test_the_words_sought_are_whole(day: Flask) -> None:
    """None of Grace's fields is empty or part of another: each search means one field."""
    secrets = list(SECRETS.values())
    assert all(secrets)
    assert not [a for a in secrets for b in secrets if a is not b and a in b]
