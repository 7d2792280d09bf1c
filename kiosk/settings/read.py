"""What the environment says about this installation, read once and checked whole.

Every mistake is told at once, an unknown `KIOSK_…` is a mistake, and no message repeats the
value of a secret.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from kiosk.settings.table import is_unknown, unknown

KEY_FILE = "secret-key"
KEY_MINIMUM = 32  # bytes: as long as the digest the key is used with
MAIL_SCHEMES = ("folder", "smtp", "smtps", "postmark", "resend", "brevo", "mailgun")
MAX_PROXIES = 8
_RELAY_OPTIONS = re.compile(r"((tls=(starttls|none)|connections=\d+)(&|$))*")
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(Exception):
    """One or more settings are wrong; `mistakes` holds a sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Settings:
    """The installation, checked. `mail_rate` is letters a second, None without limit."""

    data: Path
    database_url: str
    public_url: str
    secret_key: bytes
    mail_url: str
    mail_rate: float | None
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    log: Literal["json", "text"]

    @property
    def database_path(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:///"))


def read_settings(environ: Mapping[str, str], *, needs_key: bool = True) -> Settings:
    """The settings in an environment; SettingsError names every mistake at once.

    Before `kiosk init` there is no key yet: `needs_key=False` then gives an empty one.
    """
    reader = _Reader(environ)
    data = Path(reader.text("KIOSK_DATA") or "data")
    public_url = _public_url(reader)
    settings = Settings(
        data=data,
        database_url=_database_url(reader, data),
        public_url=public_url,
        secret_key=_secret_key(reader, data, needs_key=needs_key),
        mail_url=_mail_url(reader, data),
        mail_rate=_mail_rate(reader),
        trusted_hosts=_trusted_hosts(reader, public_url),
        trusted_proxies=_trusted_proxies(reader),
        log=_log(reader),
    )
    if reader.mistakes:
        raise SettingsError(reader.mistakes)
    return settings


class _Reader:
    """Hands out values and gathers mistakes instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.mistakes = [unknown(name) for name in sorted(environ) if is_unknown(name)]

    def text(self, name: str) -> str:
        """The value without outer blanks, or the content of the file `NAME_FILE` names."""
        value = self._environ.get(name, "").strip()
        path = self._environ.get(f"{name}_FILE", "").strip()
        if not path or is_unknown(f"{name}_FILE"):
            return value
        if value:
            self.mistakes.append(f"{name} and {name}_FILE are both set; keep one.")
            return value
        return self._content(f"{name}_FILE", path)

    def _content(self, name: str, path: str) -> str:
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.mistakes.append(f"{name} names {path}, which cannot be read.")
            return ""
        if not content:  # a default in its place would be a secret nobody chose
            self.mistakes.append(f"{name} names {path}, which is empty.")
        return content


def _database_url(reader: _Reader, data: Path) -> str:
    url = reader.text("KIOSK_DATABASE_URL")
    if not url:
        return f"sqlite:///{data / 'kiosk.sqlite'}"
    if url.startswith(("postgresql:", "postgres:")):
        reader.mistakes.append(
            "KIOSK_DATABASE_URL names PostgreSQL, and this release has SQLite only; "
            "leave the setting out."
        )
    elif not re.match(r"sqlite:///[^?]", url):
        reader.mistakes.append(
            "KIOSK_DATABASE_URL is not of the form sqlite:///FILE (four slashes for a path "
            "from the root)."
        )
    return url


def _public_url(reader: _Reader) -> str:
    url = (reader.text("KIOSK_PUBLIC_URL") or "http://127.0.0.1:8080").rstrip("/")
    parts = _split(url)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        reader.mistakes.append(
            "KIOSK_PUBLIC_URL is not an address like https://kiosk.example.org."
        )
    elif url.partition("://")[2] != parts.netloc or "@" in parts.netloc:
        reader.mistakes.append(
            "KIOSK_PUBLIC_URL has more than a scheme, a host and a port; the server needs "
            "a host of its own."
        )
    return url


def _secret_key(reader: _Reader, data: Path, *, needs_key: bool) -> bytes:
    key = reader.text("KIOSK_SECRET_KEY").encode() or _key_in(reader, data / KEY_FILE)
    if not key and needs_key:
        reader.mistakes.append(_no_key(data / KEY_FILE))
    elif key and len(key) < KEY_MINIMUM:
        reader.mistakes.append(
            f"The secret key is shorter than {KEY_MINIMUM} bytes; leave KIOSK_SECRET_KEY "
            "out and `kiosk init` makes a good one."
        )
    elif key and _is_well_known(key):
        reader.mistakes.append(
            "The secret key can be guessed: it is an example or a pattern; leave "
            "KIOSK_SECRET_KEY out and `kiosk init` makes a good one."
        )
    return key


def _no_key(path: Path) -> str:
    if path.exists():
        return f"{path} is empty; put the key back from your copy, or remove the file."
    return f"There is no secret key in {path.parent} yet; run `kiosk init`."


def _key_in(reader: _Reader, path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError:
        reader.mistakes.append(f"The secret key in {path} cannot be read by this user.")
        return b""


_PHRASES = (
    b"changeme", b"change-me", b"change_me", b"insecure", b"secretkey", b"secret-key",
    b"secret_key", b"password", b"example", b"0123456789",
)  # fmt: skip
_DISTINCT_MINIMUM = 8  # 32 random hexadecimal digits show 14 of the 16 on average


def _is_well_known(key: bytes) -> bool:
    """Whether it holds a phrase of examples or fewer different bytes than chance gives."""
    is_pattern = len(set(key)) < _DISTINCT_MINIMUM
    return is_pattern or any(phrase in key.lower() for phrase in _PHRASES)


def _mail_url(reader: _Reader, data: Path) -> str:
    url = reader.text("KIOSK_MAIL_URL") or f"folder:{data / 'mail'}"
    parts = _split(url)
    if parts is None:
        reader.mistakes.append("KIOSK_MAIL_URL has a port or a host that cannot be.")
    elif parts.scheme not in MAIL_SCHEMES:
        reader.mistakes.append(
            "KIOSK_MAIL_URL begins with none of "
            f"{', '.join(f'{scheme}:' for scheme in MAIL_SCHEMES)}."
        )
    elif not (parts.path if parts.scheme == "folder" else parts.netloc):
        reader.mistakes.append("KIOSK_MAIL_URL names no folder or host after its scheme.")
    elif parts.scheme.startswith("smtp") and not _RELAY_OPTIONS.fullmatch(parts.query):
        reader.mistakes.append(
            "KIOSK_MAIL_URL ends in something else than ?tls=starttls, ?tls=none or "
            "?connections=4."
        )
    return url


def _mail_rate(reader: _Reader) -> float | None:
    text = reader.text("KIOSK_MAIL_RATE")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:/(s|m|h))?", text)
    if found and float(found[1]) > 0:
        return float(found[1]) / {"s": 1, "m": 60, "h": 3600}[found[2] or "s"]
    if text:
        reader.mistakes.append("KIOSK_MAIL_RATE is not a rate like 10, 600/m or 3000/h.")
    return None


def _trusted_hosts(reader: _Reader, public_url: str) -> tuple[str, ...]:
    parts = _split(public_url)
    public = (parts.hostname if parts else None) or ""
    given = [host.strip() for host in reader.text("KIOSK_TRUSTED_HOSTS").split(",")]
    named = [host for host in given if host]
    if any(not re.fullmatch(r"\.?[\w.:\[\]-]+", host) for host in named):
        reader.mistakes.append(
            "KIOSK_TRUSTED_HOSTS holds something that is no host name; separate plain "
            "names with commas."
        )
    return tuple(dict.fromkeys([public, *(named or LOOPBACK_HOSTS)]))


def _trusted_proxies(reader: _Reader) -> int:
    text = reader.text("KIOSK_TRUSTED_PROXIES") or "0"
    if text.isascii() and text.isdigit() and int(text) <= MAX_PROXIES:
        return int(text)
    most = f"from 0 to {MAX_PROXIES}."
    reader.mistakes.append(f"KIOSK_TRUSTED_PROXIES is not a number {most}")
    return 0


def _log(reader: _Reader) -> Literal["json", "text"]:
    text = reader.text("KIOSK_LOG") or "text"
    if text not in {"json", "text"}:
        reader.mistakes.append("KIOSK_LOG is neither json nor text.")
    return "json" if text == "json" else "text"


def _split(url: str) -> SplitResult | None:
    """The parts of an address, or None when it is none (a wrong port or bracket)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
