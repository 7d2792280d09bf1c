"""What hostile strangers and unlucky people send: nothing breaks and nothing leaks."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from icalendar import Calendar

from kiosk.agree import Agreement, agree
from kiosk.consent import Block, Withdraw, block, withdraw
from kiosk.erase import Erase, erase
from kiosk.model import Attendee, Connection, How
from kiosk.promise import MakePromise, promise
from kiosk.settings import Settings
from kiosk.store import SqliteStore, Tx
from kiosk.web import cookies
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    Clock,
    ada,
    an_attendee,
    an_event,
    code_of,
    grace,
    join,
    let_in,
    mallory,
    phone_token_of,
)
from tests.web.browser import Browser
from tests.web.mailbox import Mailbox
from tests.web.phones import between, open_hall, phone_of, words_of_grace

BOTH: tuple[How, How] = ("two_badges", "two_badges")
NASTY = (
    "\x00", "a\x00b", "x" * 10_001, "\u202egnp.exe", "<script>alert(1)</script>", "{{7*7}}",
    "👩‍👩‍👧‍👦" * 300, "\u2028\u2029\x85", "%(name)s %s %", "-1", "9" * 30, "0001-01-01",
    "9999-12-31", "25:61", "a,،؛、，,;" * 40, "=cmd|' /C calc'!A0",
    "\r\nBcc: evil@x.example",
)  # fmt: skip
FIELDS = (
    "note", "star", "tags", "rest", "kind", "text", "day", "hour", "done", "from", "share",
    "name", "email", "company", "website", "linkedin", "phone", "offers", "asks", "goal",
    "talk", "speaks", "preset", "connections", "sponsors", "introductions", "to", "answer",
    "join", "reason", "opened", "token", "language",
)  # fmt: skip
ACTS = (
    "note", "star", "tags", "rest", "promises", "sharing", "introduction", "report",
)  # fmt: skip
HEADERS = {
    "Referer": ("http://[::1", "http://[", "//x", "http://localhost:99999999/", "x" * 9000),
    "Origin": ("null", "http://[::1", "://"),
    "Accept-Language": ("*", "de;q=x", ",,,;;;", "../../etc/passwd", "x" * 5000),
    "User-Agent": ("", "x" * 9000, "\x01"),
    "Host": ("evil.example", "localhost@evil.example", "[::1"),
    "X-Forwarded-Host": ("evil.example",),
    "Cookie": (
        "hall-language=../../x", 'hall-language="\\377', 'hall-phone="', "hall-form=x",
        "hall-language=" + "a-" * 400, "hall-phone=" + "x" * 4000,
    ),
}  # fmt: skip


@pytest.fixture
def hall(app: Flask, store: SqliteStore) -> Flask:
    open_hall(store)
    return app


@pytest.fixture
def met(hall: Flask, store: SqliteStore) -> Connection:
    return connected(store, grace())


def connected(store: SqliteStore, whom: Attendee) -> Connection:
    agreed = Agreement(an_event(), (ada(), whom), BOTH, NOW, "Coffee")
    return store.write(lambda tx, it, _: agree(tx, it)[0], agreed, NOW)


@pytest.mark.parametrize("many", [1, 2], ids=["once", "repeated"])
def test_no_form_however_filled_breaks_a_page(
    hall: Flask, met: Connection, many: int
) -> None:
    browser = phone_of(hall, ada())
    paths = [f"/me/people/{met.id}/{act}" for act in ACTS]
    paths += ["/me/card/details", "/me/card/talk", "/me/card/scans", "/me/card/audiences"]
    paths += ["/me/suggestions", "/language", "/me/link/mail", f"/b/{code_of(grace())}/ask"]
    proof = browser.form_token()
    for nasty in NASTY:
        filled = [(field, nasty) for field in FIELDS] * many
        body = urlencode([*filled, ("form_token", proof)])
        for path in paths:
            answer = browser.client.post(
                path, data=body, content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code < 500, (path, nasty)
            assert "<script>alert" not in answer.text
    for path in ("/me", "/me/card", f"/me/people/{met.id}", "/me/mine/everything.json"):
        assert browser.get(path).status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"note=%ED%A0%80&text=%ED%A0%80", b"x" * 1_100_000, b"&=" * 3000]
)
def test_no_body_breaks_a_page(hall: Flask, met: Connection, body: bytes) -> None:
    browser = phone_of(hall, ada())
    proof = f"form_token={browser.form_token()}&".encode()
    for act in ACTS:
        answer = browser.client.post(
            f"/me/people/{met.id}/{act}",
            data=proof + body,
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code < 500, act


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_a_page_or_leads_away(hall: Flask, name: str) -> None:
    for said in HEADERS[name]:
        for path in ("/me", "/me/link", f"/b/{code_of(grace())}"):
            answer = hall.test_client().get(path, headers={name: said})
            assert answer.status_code < 500, (path, said)
            assert "evil" not in (answer.location or "") + answer.text
        answer = hall.test_client().post(
            "/language", headers={name: said}, data={"language": "de"}
        )
        assert answer.status_code < 500, said
        assert "evil" not in (answer.location or "")


@pytest.mark.parametrize(
    "address",
    ["/me?page=-5", f"/me?page={'9' * 30}", "/me?tag=%00", "/me?news=%3Cb", "/me?only=%ff",
     "/me/card/preview?audience=%00", "/me/people/%00", "/b/%00", "/b/%ed%a0%80", "/u/%ff",
     "/me/link/%00", "/me/promises/%00/step.ics", f"/b/{'x' * 5000}", "/b/a%0d%0aX:b"],
)  # fmt: skip
def test_no_address_breaks_a_page(hall: Flask, address: str) -> None:
    browser = phone_of(hall, ada())
    for method in ("GET", "HEAD", "POST", "PUT"):
        assert browser.client.open(address, method=method).status_code < 500


@pytest.mark.parametrize(
    "website",
    ["http://[::1", "http://[", "https://℀.example", "https://x@evil.example", "//", ".",
     "https://\\evil.example", "https://a b.example"],
)  # fmt: skip
def test_what_is_no_address_is_shown_and_breaks_no_page(
    hall: Flask, store: SqliteStore, website: str
) -> None:
    eve = an_attendee("Eve", website=website, linkedin=website, share=("name", "website"))
    arrive(store, eve)
    page = phone_of(hall, ada()).get(f"/me/people/{connected(store, eve).id}")
    assert page.status_code == 200
    assert 'rel="noreferrer"' not in page.text  # it became no link


def arrive(store: SqliteStore, person: Attendee) -> None:
    def come(tx: Tx, _: None, _now: datetime) -> None:
        join(tx, person)
        let_in(tx, person)

    store.write(come, None, NOW)


def test_a_name_writes_no_lines_of_its_own_in_any_file_or_mail(
    hall: Flask, store: SqliteStore, settings: Settings, clock: Clock
) -> None:
    """As a list that nobody cleaned might have left it in the store."""
    evil = "Eve\r\nX-EVIL:1\nBCC:evil@evil.example\r\nEND:VCARD\u2028\x85\x00;,\"'\\"
    share = ("name", "company", "role", "email", "phone")
    eve = replace(an_attendee("Eve"), name=evil, company=evil, phone=evil, share=share)
    arrive(store, eve)
    one = connected(store, eve)
    made = MakePromise(ada().id, one.id, "send", evil, due_at=NOW + timedelta(days=1))
    kept: Any = store.write(promise, made, NOW)
    browser = phone_of(hall, ada())
    for path in (f"/me/people/{one.id}/contact.vcf", "/me/mine/people.vcf"):
        answer = browser.get(path)
        assert "\n" not in answer.headers["Content-Disposition"]
        starts = [re.split("[:;]", line)[0] for line in answer.text.split("\r\n")]
        assert not {"X-EVIL", "BCC"} & set(starts)
        assert starts.count("END") == 1
    diary = Calendar.from_ical(browser.get(f"/me/promises/{kept.id}/step.ics").data)
    assert [part.name for part in diary.walk()] == ["VCALENDAR", "VEVENT"]
    assert not any("EVIL" in key for part in diary.walk() for key in part)
    table = list(csv.reader(StringIO(browser.get("/me/mine/people.csv").text)))
    assert len(table) == 2
    clock.now = an_event().ends_at + timedelta(hours=3)
    for mail in Mailbox(store, settings, clock).mails():
        assert mail["X-EVIL"] is None
        assert mail["Bcc"] is None


ENDS: dict[str, Callable[[Tx, str, datetime], object]] = {
    "they withdrew": lambda tx, it, now: withdraw(tx, Withdraw(grace().id, it), now),
    "I withdrew": lambda tx, it, now: withdraw(tx, Withdraw(ada().id, it), now),
    "they blocked me": lambda tx, it, now: block(tx, Block(grace().id, it), now),
    "I blocked them": lambda tx, it, now: block(tx, Block(ada().id, it), now),
    "they are erased": lambda tx, _, now: erase(tx, Erase(EVENT_ID, grace().id, KEY), now),
}


@pytest.mark.parametrize("end", ENDS)
def test_once_it_has_ended_every_page_is_neutral(
    hall: Flask, store: SqliteStore, met: Connection, end: str
) -> None:
    """Also for a tab that was open before, and for the button Back."""
    made = MakePromise(ada().id, met.id, "send", due_at=NOW + timedelta(days=1))
    kept: Any = store.write(promise, made, NOW)
    store.write(ENDS[end], met.id, NOW)
    browser = phone_of(hall, ada())
    pages = [f"/me/people/{met.id}{more}" for more in ("", "/contact.vcf", "/introduction")]
    pages += [f"/me/people/{met.id}/withdrawal"]
    for path in (*pages, f"/me/promises/{kept.id}/step.ics"):
        answer = browser.get(path)
        assert answer.status_code in {404, 410}, path
        assert "No longer shared" in answer.text, path
        assert words_of_grace(answer.text) == set()
        assert 'href="/me"' in answer.text  # a way on
    for act in ACTS:
        form = {"text": "x", "kind": "send", "note": "x", "reason": "x", "to": met.id}
        answer = browser.post(f"/me/people/{met.id}/{act}", form, follow_redirects=True)
        assert words_of_grace(answer.text) == set(), act
        assert "Back among your people" not in answer.text
    for act in ("done", "plan", "drop"):
        assert browser.post(f"/me/promises/{kept.id}/{act}").status_code == 404
    for path in ("/me", "/me/promises", "/me/shared", "/me/introductions", "/me/mine"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert words_of_grace(answer.text) == set()


def test_a_second_press_on_an_end_says_that_it_has_ended(
    hall: Flask, met: Connection
) -> None:
    browser = phone_of(hall, ada())
    assert browser.post(f"/me/people/{met.id}/withdrawal").location == "/me?news=withdrawn"
    again = browser.post(f"/me/people/{met.id}/withdrawal")
    assert again.status_code == 410
    assert "No longer shared" in again.text


def test_double_presses_are_one(hall: Flask, store: SqliteStore) -> None:
    browser, other = phone_of(hall, ada()), phone_of(hall, grace())
    for _ in range(2):
        browser.post(f"/b/{code_of(grace())}/ask", {"note": "twice"})
    one = between(store, ada(), grace())
    assert other.post(f"/me/asks/{one.id}/answer", {"answer": "yes"}).status_code == 303
    again = other.post(f"/me/asks/{one.id}/answer", {"answer": "yes"})
    assert again.status_code == 303
    for _ in range(2):
        assert browser.post(f"/me/people/{one.id}/star", {"star": "yes"}).status_code == 303
    late = other.post(f"/me/asks/{one.id}/answer", {"answer": "no"})
    assert late.status_code == 303
    assert between(store, ada(), grace()).is_mutual  # a late no undoes no yes


def test_a_strangers_link_is_seen_to_be_a_strangers(hall: Flask) -> None:
    """Login CSRF: Mallory makes Ada press a link that opens Mallory's pages."""
    page = hall.test_client().get("/me/link/AAAABBBBCCCCDDDD").text
    assert "a code you saw at the tablet or asked for yourself" in page
    taken_in = phone_of(hall, mallory())
    after = taken_in.get("/me?news=linked").text
    assert "It opens the pages of <bdi>Mallory Adverse</bdi>" in after
    assert "Is this not you?" in after


def test_a_cookie_of_a_person_of_another_event_opens_that_event_alone(
    hall: Flask, met: Connection
) -> None:
    outsider = phone_of(hall, mallory())
    assert "Other Meeting" in outsider.get("/me").text
    assert outsider.get(f"/me/people/{met.id}").status_code == 404
    both = Browser(hall)
    both.client.set_cookie(cookies.PHONE, phone_token_of(ada()) + phone_token_of(grace()))
    assert both.get("/me").status_code == 303


@pytest.mark.parametrize("days", [2, 30, 400])
def test_pages_open_as_long_as_their_person_is_kept(
    hall: Flask, met: Connection, clock: Clock, days: int
) -> None:
    browser = phone_of(hall, ada())
    clock.now = an_event().ends_at + timedelta(days=days)
    for path in ("/me", f"/me/people/{met.id}", "/me/card", "/me/mine/people.vcf"):
        assert browser.get(path).status_code == 200
    refused = browser.post(f"/b/{code_of(an_attendee('Linus Torvalds'))}/ask")
    assert "This event is over" in refused.text


def test_a_phone_of_a_purged_event_is_shown_the_way(
    hall: Flask, store: SqliteStore
) -> None:
    browser = phone_of(hall, ada())
    store.write(erase, Erase(EVENT_ID, ada().id, KEY), NOW)
    assert browser.get("/me").location == "/me/link"
    assert browser.get("/me/link").status_code == 200
    pressed = browser.post(f"/b/{quote(code_of(grace()))}/ask")
    assert pressed.status_code == 401
    assert 'href="/me/link"' in pressed.text
