"""The web application, put together from its rooms: the one place that knows them all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk.clock import utc_now
from kiosk.compose import Composed
from kiosk.export import WHATS
from kiosk.intake import UnreadableList, read_list
from kiosk.mail.page import Links
from kiosk.mail.page import page as mail_page
from kiosk.mail.stationery import stationery
from kiosk.model import Event
from kiosk.papers import Order, write
from kiosk.ports import Tx
from kiosk.settings import Settings
from kiosk.store import SqliteStore, StoreError
from kiosk.web import (
    access,
    api,
    assets,
    csrf,
    desk,
    headers,
    health,
    openapi,
    phone,
    replies,
    tablet,
)
from kiosk.web.house import House
from kiosk.web.lists import ListReading, Unreadable
from kiosk.web.papers import Paper
from kiosk.web.preview import LetterPreview, WriteLetter

FORM_BYTES = 500_000  # of a form's text fields, held in memory
FORM_PARTS = 200


def create_app(
    settings: Settings, store: SqliteStore, now: Callable[[], datetime] = utc_now
) -> Flask:
    """The application on an open store; `now` is where every instant comes from."""
    app = Flask(
        "kiosk",
        static_folder=assets.folder("static"),
        template_folder=assets.folder("templates"),
    )
    lent = (_read_list, _write_paper, _letter_writer(settings.public_url))
    app.extensions["house"] = House(settings, store, now, *lent)
    _configure(app, settings)
    for part in (access, csrf, headers, replies):
        part.install(app)
    app.register_error_handler(StoreError, replies.unavailable)
    for room in (health, tablet, phone, desk, api, openapi):
        app.register_blueprint(room.blueprint)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _read_list(
    raw: bytes,
    filename: str,
    *,
    encoding: str | None,
    mapping: Mapping[str, str],
    timezone: str,
) -> ListReading | Unreadable:
    try:
        return read_list(
            raw, filename, encoding=encoding, mapping=mapping, timezone=timezone
        )
    except UnreadableList as error:
        return Unreadable(str(error))


def _write_paper(tx: Tx, event: Event, paper: Paper, out: Path) -> None:
    what = tuple(sheet for sheet in WHATS if sheet == paper.what)
    write(tx, Order(event, paper.format, out, what))


def _letter_writer(public_url: str) -> WriteLetter:
    """Previews whose links lead to real pages, but act for nobody."""
    links = Links(f"{public_url}/me", f"{public_url}/u/")

    def write_letter(composed: Composed) -> LetterPreview:
        words = stationery(composed.letter.kind).write(mail_page(composed, links))
        return LetterPreview(words.subject, words.text)

    return write_letter


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
