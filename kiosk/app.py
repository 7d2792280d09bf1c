"""The web application, put together from its rooms: the one place that knows them all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk import lent
from kiosk.clock import utc_now
from kiosk.places import folder
from kiosk.settings import Settings
from kiosk.store import SqliteStore, StoreError
from kiosk.web import (
    access,
    assets,
    calls,
    csrf,
    desk,
    headers,
    health,
    language,
    openapi,
    phone,
    replies,
    tablet,
    turnstile,
)
from kiosk.web.house import House

FORM_BYTES = 500_000  # of a form's text fields, held in memory
FORM_PARTS = 200
F = TypeVar("F", bound=Callable[..., Any])


class Application(Flask):
    """Flask, told that no view of ours is a coroutine: it asks each, on every request."""

    def ensure_sync(self, func: F) -> F:
        return func


def create_app(
    settings: Settings, store: SqliteStore, now: Callable[[], datetime] = utc_now
) -> Flask:
    """The application on an open store; `now` is where every instant comes from."""
    app = Application(
        "kiosk",
        static_folder=folder("static"),
        template_folder=folder("templates"),
    )
    app.url_map.strict_slashes = False  # "/me/" is "/me" to whoever types it
    app.extensions["house"] = House(
        settings,
        store,
        now,
        read_list=lent.list_reading,
        write_paper=lent.paper_writing,
        write_letter=lent.letter_writing(settings.public_url),
        print_badges=lent.badge_printing(settings.public_url),
        layouts=lent.TITLES,
    )
    _configure(app, settings)
    for part in (language, access, csrf, turnstile, headers, replies):
        part.install(app)
    app.register_error_handler(StoreError, replies.unavailable)
    for room in (health, tablet, phone, desk, calls, openapi):
        app.register_blueprint(room.blueprint)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    """Flask's own defaults set no limit, trust any host and send cookies anywhere."""
    app.config.update(
        MAX_CONTENT_LENGTH=access.MEGABYTE,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
    )
    app.jinja_env.globals.update(asset=assets.asset, vendor_fonts=assets.vendor_fonts())


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe the last `count` proxies about the caller's address, scheme and host."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
