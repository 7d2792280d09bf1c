"""Every setting there is, in the order of the README; a test holds both together."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Setting:
    """One documented variable; a secret one may be given as `NAME_FILE` instead."""

    name: str
    default: str
    meaning: str
    is_secret: bool = False


SETTINGS = (
    Setting("KIOSK_DATA", "./data", "folder of the database, the key and written letters"),
    Setting(
        "KIOSK_DATABASE_URL",
        "sqlite:///KIOSK_DATA/kiosk.sqlite",
        "the database; this release has SQLite",
        is_secret=True,
    ),
    Setting(
        "KIOSK_PUBLIC_URL",
        "http://127.0.0.1:8080",
        "where phones and tablets reach the server; printed on every badge",
    ),
    Setting(
        "KIOSK_SECRET_KEY",
        "made by `kiosk init`",
        "at least 32 bytes; badge codes and sessions depend on it, so keep it",
        is_secret=True,
    ),
    Setting(
        "KIOSK_MAIL_URL",
        "folder:KIOSK_DATA/mail",
        "how letters leave: `folder:PATH`, `smtp://user:password@host:587?tls=starttls` "
        "or `smtps://…`",
        is_secret=True,
    ),
    Setting("KIOSK_MAIL_RATE", "no limit", "letters a second, or `600/m`, or `3000/h`"),
    Setting(
        "KIOSK_TRUSTED_HOSTS",
        "the public URL's host and this machine",
        "host names the server answers to, separated by commas",
    ),
    Setting("KIOSK_TRUSTED_PROXIES", "0", "reverse proxies in front of the server"),
    Setting("KIOSK_LOG", "text", "`text` for people or `json` for machines"),
)

KNOWN = {setting.name for setting in SETTINGS} | {
    f"{setting.name}_FILE" for setting in SETTINGS if setting.is_secret
}


def is_unknown(name: str) -> bool:
    return name.startswith("KIOSK_") and name not in KNOWN


def unknown(name: str) -> str:
    """The sentence that tells of a setting nobody knows, with the nearest that exists."""
    near = get_close_matches(name, KNOWN, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(KNOWN))}."
    return f"{name} is not a setting; {hint}"
