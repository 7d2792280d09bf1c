"""The single checks of `kiosk doctor`: how each thing stands and what to do about it."""

import shutil
import socket
import sqlite3
import ssl
import stat
import tempfile
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from kiosk.cli.house import counted
from kiosk.clock import utc_now
from kiosk.mail.dialogue import Lost, greet
from kiosk.mail.smtp import relay
from kiosk.mail.transports import NoWayOut, outlet
from kiosk.places import folder
from kiosk.settings import KEY_FILE, Settings
from kiosk.store import SqliteStore

Said = tuple[Literal["good", "warning", "failure"], str]

LITTLE_ROOM = 1 << 30  # bytes; a day of 20,000 people takes less than a tenth of it
NO_ROOM = 100 << 20
STRICT_TABLES_SINCE = (3, 37, 0)
WAL_RACE_UNTIL = (3, 51, 3)
TLS_PATIENCE = 5.0  # seconds
RENEW_WITHIN = timedelta(days=14)
SKEW = timedelta(minutes=2)  # as much as the scan rules forgive a tablet


def data_folder(settings: Settings) -> Said:
    """Whether the folder can be written and the key read by its owner alone."""
    with tempfile.TemporaryFile(dir=settings.data):
        pass
    key = settings.data / KEY_FILE
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return "failure", f"others can read the secret key: run chmod 600 {key}."
    if stat.S_IMODE(settings.data.stat().st_mode) & 0o077:
        return "warning", f"others can look into it: run chmod 700 {settings.data}."
    return "good", f"{settings.data} is private and can be written."


def disk(settings: Settings) -> Said:
    free = shutil.disk_usage(settings.data).free
    says = f"{free / (1 << 30):.1f} GiB are free."
    if free < NO_ROOM:
        return "failure", f"{says} Scans will be refused when it is full: make room."
    return ("warning" if free < LITTLE_ROOM else "good"), says


def sqlite(_: Settings) -> Said:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < STRICT_TABLES_SINCE:
        return "failure", f"{version} is too old; 3.37 is the oldest that works."
    if sqlite3.sqlite_version_info < WAL_RACE_UNTIL:
        return "good", f"{version}; its log race is kept out by our write lock."
    return "good", f"{version}."


def mail(settings: Settings) -> Said:
    """Whether a letter could leave: the folder can be written, the relay greets us."""
    parts = urlsplit(settings.mail_url)
    if parts.scheme == "folder":
        path = Path(settings.mail_url.partition(":")[2].removeprefix("//"))
        return "warning", f"letters are only written to {path}; nobody gets any."
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    options.pop("connections", None)
    host = urlsplit(settings.public_url).hostname or ""
    try:
        outlet(settings.mail_url, host)
        greet(relay(parts, options, host)).end()
    except NoWayOut as error:
        return "failure", str(error)
    except (Lost, ValueError) as error:
        return "failure", f"{error}."
    return "good", f"the relay {parts.hostname} takes us."


def tls(settings: Settings) -> Said:
    """Whether the public address answers with a certificate that lasts through an event."""
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if parts.scheme == "http":
        if host in {"127.0.0.1", "localhost", "::1"}:
            return "good", "not needed: only this machine reaches the server."
        return "failure", "cameras and cookies need https in KIOSK_PUBLIC_URL."
    try:
        ends_at = _certificate_ends_at(host, parts.port or 443)
    except ssl.SSLError as error:
        return "failure", f"browsers will not trust {host} ({error.reason or 'TLS'})."
    except OSError:
        return "failure", f"{host} cannot be reached from here; is the proxy running?"
    if ends_at - utc_now() < RENEW_WITHIN:
        return "warning", f"the certificate of {host} ends on {ends_at:%Y-%m-%d}."
    return "good", f"{host} has a certificate until {ends_at:%Y-%m-%d}."


def _certificate_ends_at(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), TLS_PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        certificate = secure.getpeercert() or {}
    seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return datetime.fromtimestamp(seconds, utc_now().tzinfo)


def browsers(settings: Settings) -> Said:
    """What tablets and phones will allow a page at this address (secure contexts)."""
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}:
        return "good", "camera, offline work and wake lock are allowed at this address."
    return "failure", "no camera and no offline work without https; scanners still type."


def pages(_: Settings) -> Said:
    missing = [name for name in ("templates", "static") if not folder(name).is_dir()]
    if missing:
        return "failure", f"{' and '.join(missing)} are not installed; install again."
    if not (folder("static") / "vendor").is_dir():
        return "warning", "browser libraries are not built: run scripts/web/build.py."
    return "good", "templates and browser libraries are there."


def badges(_: Settings) -> Said:
    if find_spec("typst") is None or find_spec("pypdf") is None:
        return "warning", "PDF needs typst: run `pip install 'kiosk[pdf]'`."
    return "good", "PDF, PNG and CSV can be written."


def database(store: SqliteStore, settings: Settings) -> Said:
    with store.read() as tx:
        count = len(tx.events.all())
    size = settings.database_path.stat().st_size / (1 << 20)
    return "good", f"up to date, {counted(count, 'event')}, {size:.1f} MiB."


def clock(store: SqliteStore, now: datetime) -> Said:
    """Whether the clock went back: nothing can have been received in the future."""
    with store.read() as tx:
        scans = [tx.figures.latest(event.id, limit=1) for event in tx.events.all()]
    latest = max((scan.received_at for found in scans for scan in found), default=None)
    if latest and latest - now > SKEW:
        return "failure", f"it is behind: a scan came in at {latest:%Y-%m-%d %H:%M} UTC."
    return "good", f"{now:%Y-%m-%d %H:%M} UTC; compare with your own."
