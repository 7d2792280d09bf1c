"""Every answer carries the security headers: pages, errors, files, refused hosts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.app import create_app
from kiosk.settings import Settings, read_settings
from kiosk.store import SqliteStore
from kiosk.web.assets import asset
from tests.builders import KEY, Clock

PATHS = [
    "/",
    "/healthz",
    "/metrics",
    "/desk/",
    "/desk/sign-in",
    "/kiosk/",
    "/nowhere",
    "/api/v1/nowhere",
    "/api/v1/event",
    "/static/css/base.css",
    "/static/js/tablet/camera/decoder.js",
    "/static/js/tablet/kiosk.js",
    "/static/nowhere.css",
    "/static/../kiosk/app.py",
]
REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_dressed(client: FlaskClient, path: str, method: str) -> None:
    with client.open(path, method=method) as answer:
        assert answer.status_code < 500
    for name, value in REQUIRED.items():
        assert answer.headers.get(name) == value, name
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe-inline" not in policy
    is_tablet = path.startswith("/kiosk/") or path.endswith("/decoder.js")
    assert ("wasm-unsafe-eval" in policy) == is_tablet
    camera = "camera=(self)" if is_tablet else "camera=()"
    assert answer.headers["Permissions-Policy"].startswith(camera)


def test_a_foreign_host_name_is_refused_and_dressed(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9000", "127.0.0.1"])
def test_this_machine_is_answered_by_default(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_file_named_by_its_content_may_be_kept_for_ever(client: FlaskClient) -> None:
    with client.get(asset("css/base.css")) as kept:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with client.get("/static/css/base.css") as plain:
        assert plain.headers["Cache-Control"] == "no-cache"
    missing = client.get("/static/nowhere.css?v=1")
    assert missing.status_code == 404
    assert missing.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/desk/sign-in", "/desk/", "/api/v1/event"])
def test_a_page_is_never_kept(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/static/nowhere", 404), ("/desk/nowhere", 404)],
)
def test_an_error_is_a_page_for_people(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "<h1>Nothing here</h1>" in answer.text


def test_an_error_of_the_api_has_one_shape(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json == {
        "error": {"code": "not_found", "sentence": "There is nothing at this address."}
    }


def test_a_wrong_method_is_405_with_those_allowed(client: FlaskClient) -> None:
    answer = client.delete("/healthz")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_request_too_large_is_413(client: FlaskClient) -> None:
    answer = client.post("/desk/sign-in", data={"email": "x" * 1_100_000})
    assert answer.status_code == 413


def test_a_fault_of_ours_is_a_page_without_a_traceback(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> str:
        raise RuntimeError("the secret of Ada")

    monkeypatch.setitem(app.view_functions, "health.alive", fails)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500
    assert "secret of Ada" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "the secret of Ada" in caplog.text


def test_a_store_that_cannot_answer_is_503(app: Flask, store: SqliteStore) -> None:
    store.path.rename(store.path.with_suffix(".gone"))
    store.path.mkdir()
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"


def test_https_promises_https(store: SqliteStore, clock: Clock, settings: Settings) -> None:
    safe = read_settings(
        {
            "KIOSK_DATA": str(settings.data),
            "KIOSK_SECRET_KEY": KEY.decode(),
            "KIOSK_PUBLIC_URL": "https://kiosk.example",
        }
    )
    client = create_app(safe, store, clock).test_client()
    answer = client.get("/desk/sign-in", base_url="https://kiosk.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-hall-form=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in cookie
    assert "Domain" not in cookie
