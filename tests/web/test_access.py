"""Every route is declared, and a declared route lets in only whom it says."""

from contextlib import closing
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.model import Device
from kiosk.store import SqliteStore
from kiosk.store.sqlite import connect
from kiosk.web import cookies
from kiosk.web.access import TABLE
from tests.builders import (
    NOW,
    a_badge,
    a_device,
    a_sponsor,
    ada,
    code_of,
    give_phone,
    named_id,
    phone_token_of,
    plant,
    token_of,
)
from tests.web.browser import Browser

VALUES = {
    "slug": "demo-2026",
    "attendee_id": ada().id,
    "device_id": a_device().id,
    "case_id": UUID(named_id("a case")),
    "badge_id": a_badge(ada()).id,
    "code": code_of(ada()),
    "token": "nobody-gave-this",
    "upload_id": "nothing-waits-here",
    "name": "everything.xlsx",
    "connection_id": named_id("a connection"),
    "lead_id": named_id("a lead"),
    "sponsor_id": a_sponsor().id,
    "paper_name": "leads.csv",
    "phone_id": named_id("a phone"),
    "report_id": named_id("a report"),
    "promise_id": named_id("a promise"),
    "introduction_id": named_id("an introduction"),
    "filename": "css/base.css",
    "path": "css/base.css",
    "language": "de",
}
"""What stands for each part of an address; an unknown part fails with its name."""


def bearer(device: Device) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(device)}"}


def test_every_route_is_declared_with_its_methods(app: Flask) -> None:
    routes: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        routes.setdefault(rule.endpoint, set()).update(methods)
    declared = {endpoint: set(access.methods) for endpoint, access in TABLE.items()}
    assert routes == declared


def test_an_undeclared_route_is_refused_at_run_time(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "a secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 403
    assert "a secret" not in answer.text


def test_every_act_of_the_desk_and_of_a_phone_needs_our_form() -> None:
    acts = {name for name, access in TABLE.items() if access.methods != {"GET"}}
    open_acts = {name for name in acts if not TABLE[name].needs_form}
    assert not {name for name in open_acts if TABLE[name].who in {"desk", "phone"}}


@pytest.mark.parametrize("endpoint", [n for n, a in TABLE.items() if a.who == "desk"])
def test_a_stranger_gets_nowhere_at_the_desk(
    app: Flask, store: SqliteStore, endpoint: str
) -> None:
    plant(store, ada(), devices=[a_device()])
    client = app.test_client()
    for path, method in addresses(app, endpoint):
        answer = client.open(path, method=method, headers=bearer(a_device()))
        assert answer.status_code == (303 if method == "GET" else 401), path
        if method == "GET":
            assert answer.location.startswith("/desk/sign-in?next=")


@pytest.mark.parametrize("endpoint", [n for n, a in TABLE.items() if a.who == "device"])
def test_only_a_device_is_answered_by_the_api(
    app: Flask, desk: Browser, endpoint: str
) -> None:
    for path, method in addresses(app, endpoint):
        for client in (app.test_client(), desk.client):
            answer = client.open(path, method=method)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.json is not None
            assert answer.json["error"]["code"] == "unauthorized"


def test_a_revoked_device_is_refused_on_its_next_request(
    client: FlaskClient, store: SqliteStore
) -> None:
    device = a_device()
    plant(store, devices=[device])
    assert client.get("/api/v1/event", headers=bearer(device)).status_code == 200
    store.write(lambda tx, it, now: tx.devices.revoke(it, now), device.id, NOW)
    assert client.get("/api/v1/event", headers=bearer(device)).status_code == 401


@pytest.mark.parametrize("endpoint", [n for n, a in TABLE.items() if a.who == "phone"])
def test_only_a_linked_phone_opens_the_pages_of_a_person(
    app: Flask, desk: Browser, endpoint: str
) -> None:
    for path, method in addresses(app, endpoint):
        for client in (app.test_client(), desk.client):
            answer = client.open(path, method=method, headers=bearer(a_device()))
            assert answer.status_code == (303 if method == "GET" else 401), path
            assert method != "GET" or answer.location == "/me/link"


@pytest.mark.parametrize("role", ["nobody", "device", "organiser", "phone"])
def test_looking_never_changes_the_database(
    app: Flask, store: SqliteStore, desk: Browser, role: str
) -> None:
    plant(store, ada(), devices=[a_device(role="desk")])
    client = desk.client if role == "organiser" else app.test_client()
    headers = bearer(a_device()) if role == "device" else {}
    store.write(lambda tx, it, _: give_phone(tx, it), ada(), NOW)
    if role == "phone":
        client.set_cookie(cookies.PHONE, phone_token_of(ada()))
    before = everything(store)
    for endpoint, access in TABLE.items():
        if "GET" not in access.methods:
            continue
        for path, _ in addresses(app, endpoint, only="GET"):
            for look in ("GET", "HEAD"):
                with client.open(path, method=look, headers=headers) as answer:
                    answer.get_data()
                assert answer.status_code < 500, f"{look} {path}"
    assert everything(store) == before


def everything(store: SqliteStore) -> list[str]:
    """The whole content of the database as text."""
    with closing(connect(store.path, for_reading=True)) as database:
        return list(database.conn.iterdump())


def addresses(app: Flask, endpoint: str, only: str = "") -> list[tuple[str, str]]:
    """Each (path, method) of an endpoint, with real things in the path."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules(endpoint):
            unknown = rule.arguments - VALUES.keys()
            assert not unknown, f"say in VALUES what stands for {unknown} of {rule.rule}"
            values = {name: VALUES[name] for name in rule.arguments}
            built = rule.build(values)
            assert built is not None
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            found += [(built[1], method) for method in methods if only in {"", method}]
    return found
