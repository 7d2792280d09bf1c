"""How letters leave, chosen by the address in `KIOSK_MAIL_URL`.

A transport is a class beside its scheme in `TRANSPORTS`; everything else only knows `send`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

from kiosk.deliver import Result
from kiosk.mail.dialogue import Relay
from kiosk.mail.folder import Folder
from kiosk.mail.message import Parcel
from kiosk.mail.smtp import Smtp, relay

CONNECTIONS = 4
MOST_CONNECTIONS = 64
COMING = ("postmark", "resend", "brevo", "mailgun")


class Transport(Protocol):
    """One way out, used by one thread at a time."""

    def send(self, parcel: Parcel, commit: Callable[[], bool]) -> Result | None:
        """Hand the parcel over, asking `commit` just before it cannot be called back.

        None when `commit` said no and nothing was sent. Trouble is a result, not raised.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Outlet:
    """A way out and how many connections may use it side by side."""

    open: Callable[[], Transport]
    connections: int


class NoWayOut(ValueError):
    """The address names no transport we have; the message is one sentence."""


def outlet(url: str, name: str = "") -> Outlet:
    """The way out an address names; `name` is the host we greet a relay with."""
    scheme = url.partition(":")[0]
    if scheme in COMING:
        raise NoWayOut(
            f"Letters through {scheme} are not supported yet; use the SMTP address it "
            "gives, as in smtp://user:password@host:587?tls=starttls."
        )
    make = TRANSPORTS.get(scheme)
    if make is None:
        raise NoWayOut(f"Letters can leave through {', '.join(TRANSPORTS)} only.")
    return make(url, name)


def _folder(url: str, name: str) -> Outlet:
    del name
    path = url.partition(":")[2].removeprefix("//")
    return Outlet(lambda: Folder(path), connections=1)


def _smtp(url: str, name: str) -> Outlet:
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    count = options.pop("connections", str(CONNECTIONS))
    if not (count.isascii() and count.isdigit() and 1 <= int(count) <= MOST_CONNECTIONS):
        raise NoWayOut(f"connections in the mail URL is a number up to {MOST_CONNECTIONS}.")
    where = _relay(parts, options, name)
    return Outlet(lambda: Smtp(where), int(count))


def _relay(parts: SplitResult, options: Mapping[str, str], name: str) -> Relay:
    try:
        return relay(parts, options, name)
    except ValueError as error:
        raise NoWayOut(f"The mail URL is not usable: {error}.") from error


TRANSPORTS: dict[str, Callable[[str, str], Outlet]] = {
    "folder": _folder,
    "smtp": _smtp,
    "smtps": _smtp,
}
