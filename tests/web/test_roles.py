"""Every route in every role, with things that exist; the routes are those of the app.

Ada's things are hers, Vera's and Bob's are others'. Whoever is not let in is shown the way
or turned away, and changes nothing; an id of somebody else's is answered like one that
nobody has; looking changes nothing in any role.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.agree import Agreement, agree
from kiosk.ask import Ask, answer_token, ask
from kiosk.introduce import Introduce, introduce
from kiosk.link import Offered, OfferLink, offer_link
from kiosk.model import Attendee, Connection, How, Introduction, Lead, Promise, Report
from kiosk.promise import MakePromise, promise
from kiosk.refer import Refer, refer
from kiosk.regard import Asked
from kiosk.report import Tell, report
from kiosk.store import SqliteStore, Tx
from kiosk.store.sqlite import connect
from kiosk.suppress import unsubscribe_token
from kiosk.web import cookies
from kiosk.web.access import TABLE
from kiosk.web.uploads import Upload
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    a_booth,
    a_device,
    a_sponsor,
    ada,
    an_attendee,
    an_event,
    code_of,
    enrol,
    give_phone,
    grace,
    join,
    let_in,
    linus,
    mallory,
    named_id,
    phone_token_of,
    token_of,
)
from tests.web.browser import Browser, an_organiser
from tests.web.phones import open_hall
from tests.web.test_access import VALUES

VERA, BOB = an_attendee("Vera Molnar"), an_attendee("Bob Kahn")
KIOSK, GATE, HELP = a_device(), a_device("Gate", role="gate"), a_device("Help", role="desk")
REVOKED = a_device("Lost")
BOOTH = a_booth()
DEVICES = {"kiosk": KIOSK, "gate": GATE, "help desk": HELP, "sponsor": BOOTH}
BOTH: tuple[How, How] = ("two_badges", "two_badges")

Values = dict[str, object]
Address = tuple[str, str, str]  # endpoint, path, method


@dataclass(frozen=True, slots=True)
class Things:
    """What stands in the addresses of one person's own things."""

    connection: str
    ask: str
    promise: str
    offered: str
    offered_to_me: str
    phone: str
    lead: str

    def values(self, endpoint: str) -> Values:
        """For this route: the ask for its answer, my own offer for taking it back."""
        is_answer = endpoint == "phone.answer"
        is_end = endpoint == "phone.take_back_offer"
        return {
            "connection_id": self.ask if is_answer else self.connection,
            "promise_id": self.promise,
            "introduction_id": self.offered if is_end else self.offered_to_me,
            "phone_id": self.phone,
            "lead_id": self.lead,
        }


NOBODYS = Things(*(named_id(f"nobody's {number}") for number in range(7)))
FORMS: dict[str, dict[str, str]] = {
    "phone.answer": {"answer": "yes"},
    "phone.answer_offer": {"answer": "yes"},
    "phone.plan": {"day": "2026-06-09", "hour": "09:30"},
    "phone.promise": {"kind": "send", "text": "the paper"},
    "phone.report": {"reason": "stood too close"},
    "phone.correct": {"name": "Ada King"},
    "phone.keep": {"done": "yes"},
    "phone.star": {"star": "yes"},
}
"""What a form must hold to be taken; every other one is taken empty."""

MAY_BE_REFUSED = {
    "phone.unblock": 404,  # nobody is blocked
    "phone.recognise": 404,  # it is the very phone that asks
    "phone.erase_now": 303,
}
NEWS_OF_A_REFUSAL = ("news=over", "news=offer-over")
STAFF_TABLETS_ONLY = {
    "api.referrals": {"help desk"},
    "api.namesakes": {"help desk", "gate"},
}


@dataclass(frozen=True, slots=True)
class Day:
    mine: Things
    others: Things
    real: Values


@pytest.fixture
def day(app: Flask, store: SqliteStore) -> Day:
    open_hall(store)
    day = store.write(_meet, None, NOW)
    olga = Upload(EVENT_ID, an_organiser().id, "list.csv", b"name\nZuse", NOW)
    day.real["upload_id"] = app.extensions["house"].uploads.keep(olga)
    return day


def _meet(tx: Tx, _: None, now: datetime) -> Day:
    for guest in (VERA, BOB):
        join(tx, guest)
    let_in(tx, VERA, BOB)
    give_phone(tx, VERA, linus())
    tx.sponsors.put(a_sponsor())
    for device in (GATE, HELP, BOOTH, REVOKED):
        enrol(tx, device)
    tx.devices.revoke(REVOKED.id, now)
    met = {
        (one.name, two.name): _connected(tx, one, two, now)
        for one, two in (
            (ada(), grace()), (ada(), linus()), (linus(), VERA), (VERA, grace()),
        )
    }  # fmt: skip
    hers, of_linus = met[ada().name, grace().name], met[ada().name, linus().name]
    third, fourth = met[linus().name, VERA.name], met[VERA.name, grace().name]
    mine = Things(
        hers,
        _asked(tx, BOB, ada(), now),
        _promised(tx, ada(), hers, now),
        _offered(tx, ada(), (hers, of_linus), now),
        _offered(tx, linus(), (of_linus, third), now),
        named_id(f"phone of {ada().id}"),
        _said_yes(tx, ada(), now),
    )
    others = Things(
        fourth,
        _asked(tx, BOB, VERA, now),
        _promised(tx, VERA, fourth, now),
        offer := _offered(tx, VERA, (third, fourth), now),
        offer,
        named_id(f"phone of {VERA.id}"),
        _said_yes(tx, VERA, now),
    )
    return Day(mine, others, _real(tx, hers, now))


def _real(tx: Tx, connection_id: str, now: datetime) -> Values:
    told = report(tx, Tell(ada().id, connection_id, "too close"), now)
    assert isinstance(told, Report)
    case = refer(
        tx,
        Refer(named_id("a case"), KIOSK, None, code_of(BOB), "unpaid", "", now),
        now,
    )
    link = offer_link(tx, OfferLink(KIOSK.id, ada().id), now)
    assert isinstance(link, Offered)
    return {"report_id": told.id, "case_id": UUID(case.id), "token": link.token}


def _connected(tx: Tx, one: Attendee, two: Attendee, now: datetime) -> str:
    return agree(tx, Agreement(an_event(), (one, two), BOTH, now))[0].id


def _asked(tx: Tx, who: Attendee, whom: Attendee, now: datetime) -> str:
    asked = ask(tx, Ask(who.id, code_of(whom)), now)
    assert isinstance(asked, Asked)
    return asked.connection.id


def _promised(tx: Tx, who: Attendee, connection_id: str, now: datetime) -> str:
    due_at = now + timedelta(days=3)
    made = promise(tx, MakePromise(who.id, connection_id, "send", "", due_at=due_at), now)
    assert isinstance(made, Promise)
    return made.id


def _said_yes(tx: Tx, who: Attendee, now: datetime) -> str:
    lead_id, acme = named_id(f"{who.name} says yes"), a_sponsor()
    tx.leads.add(Lead(lead_id, acme.id, who.id, acme.fields, acme.purpose, now, KIOSK.id))
    return lead_id


def _offered(tx: Tx, who: Attendee, connections: tuple[str, str], now: datetime) -> str:
    made = introduce(tx, Introduce(who.id, connections), now)
    assert isinstance(made, Introduction)
    return made.id


def addresses(app: Flask, day: Day, things: Things, *whose: str) -> list[Address]:
    """Every (endpoint, path, method) of these audiences, all of things that exist."""
    found: list[Address] = []
    for rule in app.url_map.iter_rules():
        access = TABLE[rule.endpoint]
        if rule.endpoint == "static" or (whose and access.who not in whose):
            continue
        values = VALUES | day.real | things.values(rule.endpoint)
        if rule.rule.startswith("/u/"):
            values["token"] = unsubscribe_token(KEY, ada().id)
        if rule.rule.startswith("/a/"):
            values["token"] = answer_token(KEY, ada().id, things.ask)
        with app.test_request_context():
            built = rule.build({name: values[name] for name in rule.arguments})
        assert built is not None
        methods = (rule.methods or set()) & access.methods
        found += [(rule.endpoint, built[1], method) for method in sorted(methods)]
    return found


def everything(store: SqliteStore) -> list[str]:
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())


def caller(app: Flask, store: SqliteStore, role: str) -> tuple[Browser, dict[str, str]]:
    """A browser in this role, and what it says of itself."""
    browser = Browser(app)
    if role == "organiser":
        browser.sign_in(store)
    if role == "phone":
        browser.client.set_cookie(cookies.PHONE, phone_token_of(ada()))
    device = {**DEVICES, "revoked device": REVOKED}.get(role)
    return browser, {"Authorization": f"Bearer {token_of(device)}"} if device else {}


ROLES = ("anyone", *DEVICES, "revoked device", "phone", "organiser")
LET_IN = {
    "desk": {"organiser"},
    "phone": {"phone"},
    "device": set(DEVICES),
    "token": set(DEVICES),
    "anyone": set(ROLES),
}


def test_every_address_is_of_something_that_exists(app: Flask, day: Day) -> None:
    """What is nobody's is nowhere in the matrix, or it would prove nothing."""
    met = {endpoint for endpoint, _, _ in addresses(app, day, day.mine)}
    assert met == TABLE.keys() - {"static"}
    for _endpoint, path, _method in addresses(app, day, day.mine):
        parts = set(path.split("/"))
        assert not parts & {"nobody-gave-this", "nothing-waits-here"}, path
        assert not parts & {named_id(f"a {it}") for it in ("connection", "phone")}, path


@pytest.mark.parametrize("role", ROLES)
def test_who_is_not_let_in_is_turned_away_and_changes_nothing(
    app: Flask, store: SqliteStore, day: Day, role: str
) -> None:
    browser, headers = caller(app, store, role)
    proof = browser.form_token()
    before = everything(store)
    for endpoint, path, method in addresses(app, day, day.mine):
        who = TABLE[endpoint].who
        if role in LET_IN[who]:
            continue
        answer = browser.client.open(
            path, method=method, headers=headers, data={"form_token": proof}
        )
        is_page = who in {"phone", "desk"} and method == "GET"
        assert answer.status_code == (303 if is_page else 401), f"{method} {path}"
        entrance = "/me/link" if who == "phone" else "/desk/sign-in"
        assert not is_page or answer.location.startswith(entrance), path
    assert everything(store) == before


@pytest.mark.parametrize("role", ROLES)
def test_looking_changes_nothing_in_any_role(
    app: Flask, store: SqliteStore, day: Day, role: str
) -> None:
    browser, headers = caller(app, store, role)
    before = everything(store)
    for things in (day.mine, day.others):
        for endpoint, path, method in addresses(app, day, things):
            if method != "GET":
                continue
            for look in ("GET", "HEAD"):
                with browser.client.open(path, method=look, headers=headers) as answer:
                    answer.get_data()
                assert answer.status_code < 500, f"{look} {endpoint} {path}"
    assert everything(store) == before


@pytest.mark.parametrize("role", DEVICES)
def test_a_tablet_is_let_in_by_its_role(
    app: Flask, store: SqliteStore, day: Day, role: str
) -> None:
    browser, headers = caller(app, store, role)
    for endpoint, path, method in addresses(app, day, day.mine, "device", "token"):
        answer = browser.client.open(path, method=method, headers=headers, json={})
        is_closed = role not in STAFF_TABLETS_ONLY.get(endpoint, {role})
        if role == "sponsor" and TABLE[endpoint].who == "device":
            is_closed = not TABLE[endpoint].for_sponsors
        assert answer.status_code != 401, path
        assert (answer.status_code == 403) == is_closed, path
        assert answer.status_code < 500, path


def test_an_organiser_opens_every_page_of_the_desk(
    app: Flask, store: SqliteStore, day: Day
) -> None:
    browser, _ = caller(app, store, "organiser")
    for endpoint, path, method in addresses(app, day, day.mine, "desk"):
        if method == "GET":
            with browser.get(path) as answer:
                answer.get_data()
            assert answer.status_code in {200, 303}, f"{endpoint} {path}"


def test_a_phone_opens_every_page_of_its_own(
    app: Flask, store: SqliteStore, day: Day
) -> None:
    browser, _ = caller(app, store, "phone")
    for _endpoint, path, method in addresses(app, day, day.mine, "phone"):
        if method == "GET":
            assert browser.get(path).status_code == 200, path


PHONE_ACTS = [name for name, a in TABLE.items() if a.who == "phone" and "POST" in a.methods]


@pytest.mark.parametrize("endpoint", PHONE_ACTS)
def test_a_phone_acts_on_its_own_things(
    app: Flask, store: SqliteStore, day: Day, endpoint: str
) -> None:
    browser, _ = caller(app, store, "phone")
    form = FORMS.get(endpoint, {})
    if endpoint == "phone.introduce":
        with store.read() as tx:
            to = tx.connections.between(ada().id, linus().id)
        assert isinstance(to, Connection)
        form = {"to": to.id, "note": "two who count"}
        browser.post(f"/me/introductions/{day.mine.offered}/end")  # it is offered already
    answer = act(browser, app, day, day.mine, endpoint, form)
    assert answer.status_code == MAY_BE_REFUSED.get(endpoint, 303), answer.text
    if answer.status_code == 303:
        assert not answer.location.endswith(NEWS_OF_A_REFUSAL)


def test_an_act_without_our_form_is_refused_and_changes_nothing(
    app: Flask, store: SqliteStore, day: Day
) -> None:
    browser, _ = caller(app, store, "phone")
    before = everything(store)
    for endpoint, path, method in addresses(app, day, day.mine, "phone"):
        if method == "POST":
            form = FORMS.get(endpoint, {}) | {"form_token": "0" * 64}
            assert browser.post(path, form).status_code == 403, path
    assert everything(store) == before


def test_what_is_anothers_is_answered_like_what_nobody_has(
    app: Flask, store: SqliteStore, day: Day
) -> None:
    browser, _ = caller(app, store, "phone")
    theirs = addresses(app, day, day.others, "phone")
    nobodys = addresses(app, day, NOBODYS, "phone")
    before = everything(store)
    for (endpoint, path, method), (_, made_up, _m) in zip(theirs, nobodys, strict=True):
        if path == made_up:
            continue  # nothing in it is anybody's own
        one, other = (_opened(browser, it, method, endpoint) for it in (path, made_up))
        assert one.status_code in {303, 404}, f"{method} {path}"
        assert _told(one, path) == _told(other, made_up), f"{method} {path}"
    assert everything(store) == before


def test_a_cookie_of_another_event_opens_nothing_of_this_one(
    app: Flask, store: SqliteStore, day: Day
) -> None:
    browser = Browser(app)
    browser.client.set_cookie(cookies.PHONE, phone_token_of(mallory()))
    before = everything(store)
    nobodys = [path for _, path, _ in addresses(app, day, NOBODYS, "phone")]
    for endpoint, path, method in addresses(app, day, day.mine, "phone"):
        if path not in nobodys:
            answer = _opened(browser, path, method, endpoint)
            assert answer.status_code in {303, 404}, f"{method} {path}"
    assert everything(store) == before


def act(
    browser: Browser,
    app: Flask,
    day: Day,
    things: Things,
    endpoint: str,
    form: dict[str, str],
) -> TestResponse:
    (path,) = {
        path
        for name, path, method in addresses(app, day, things, "phone")
        if name == endpoint and method == "POST"
    }
    return browser.post(path, form)


def _opened(browser: Browser, path: str, method: str, endpoint: str) -> TestResponse:
    if method == "GET":
        return browser.get(path)
    return browser.post(path, FORMS.get(endpoint, {}))


def _told(answer: TestResponse, path: str) -> tuple[int, str, str]:
    """Status, where to, and the page without what only says which address it was."""
    return answer.status_code, answer.location or "", answer.text.replace(path, "")
