"""Asking a pretix server: with a token that goes nowhere else, and with patience.

A busy server is waited for as long as it asks (Retry-After), a broken answer or a dropped
connection is tried again, and a page that is no JSON is believed to be nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec
import requests
from msgspec import Struct

from kiosk.clock import utc_now

T = TypeVar("T")
Query = Mapping[str, str]

ATTEMPTS = 6
LONGEST_WAIT = 300.0  # seconds; a server that asks for more is told of instead
TIMEOUT = (10, 60)  # seconds to connect, and between two bytes
BUSY = {409, 429}
BROKEN = range(500, 600)
REDIRECTS = range(300, 400)


class PretixError(Exception):
    """The shop cannot be read; the message is one sentence for the organiser."""


@dataclass(frozen=True, slots=True)
class PretixShop:
    """Where the orders are. `url` is the server's address as people type it."""

    url: str
    organizer: str
    event: str
    token: str = field(repr=False)

    @property
    def source(self) -> str:
        """The name under which its cursor is kept."""
        return f"pretix {self._root} {self.organizer}/{self.event}"

    @property
    def address(self) -> str:
        parts = (quote(part, safe="") for part in (self.organizer, self.event))
        organizer, event = parts
        return f"{self._root}/api/v1/organizers/{organizer}/events/{event}"

    @property
    def _root(self) -> str:
        return self.url.rstrip("/").removesuffix("/api/v1")


class Page(Struct, Generic[T]):
    """One page of a list; `next` is an absolute address, None on the last."""

    results: list[T]
    next: str | None = None


def query_of(next_url: str | None) -> dict[str, str]:
    """The query of an absolute address; its host is not asked, so no token goes there."""
    return dict(parse_qsl(urlsplit(next_url).query)) if next_url else {}


class PretixClient:
    """Asks one shop, again where that helps."""

    def __init__(self, shop: PretixShop, wait: Callable[[float], None]) -> None:
        self._shop = shop
        self._wait = wait
        self._pause = 0.0  # seconds before the next attempt
        self._session = requests.Session()
        self._session.headers.update(
            {"Authorization": f"Token {shop.token}", "Accept": "application/json"}
        )

    def __enter__(self) -> "PretixClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def all(self, name: str, kind: type[T]) -> Iterator[T]:
        """Everything there is of one kind, over all its pages."""
        query: Query = {"page": "1"}
        while query:
            page, _ = self.page(name, kind, query)
            yield from page.results
            query = query_of(page.next)

    def page(self, name: str, kind: type[T], query: Query) -> tuple[Page[T], str]:
        """One page, and when the server made it."""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._wait(self._pause)
            self._pause = float(2**attempt)
            answer = self._get(name, query)
            if answer is None:
                continue
            if page := self._read(answer, kind):
                return page, answer.headers.get("X-Page-Generated", "")
        raise PretixError(
            f"The server {_host(self._shop)} gave no usable answer in {ATTEMPTS} attempts; "
            "what came before is in, so run the same command again later."
        )

    def _get(self, name: str, query: Query) -> requests.Response | None:
        """What the server says; None when the connection did not hold."""
        url = f"{self._shop.address}/{name}/"
        try:
            return self._session.get(
                url, params=query, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.exceptions.SSLError:
            raise PretixError(
                f"The certificate of {_host(self._shop)} cannot be trusted, so the token "
                "was not sent; check the address."
            ) from None
        except (
            requests.ConnectionError,
            requests.Timeout,
            requests.exceptions.ChunkedEncodingError,
        ):
            return None
        except (requests.RequestException, UnicodeError):
            raise PretixError(
                f"{self._shop.url} is not an address like https://pretix.example.org."
            ) from None

    def _read(self, answer: requests.Response, kind: type[T]) -> "Page[T] | None":
        """The page, None for an answer that may be better next time, or PretixError."""
        status = answer.status_code
        if status in BUSY or status in BROKEN:
            self._pause = _asked_pause(answer.headers.get("Retry-After", ""), self._pause)
            return None
        if status == requests.codes.ok:
            return _page(answer, kind)
        said = "sends us elsewhere; give the address where it ends up."
        if status not in REDIRECTS:
            said = _REFUSALS.get(status, f"refused with status {status}; try again later.")
        shown = said.format(event=f"{self._shop.organizer}/{self._shop.event}")
        raise PretixError(f"The server {_host(self._shop)} {shown}")


_REFUSALS = {
    400: "did not understand where the last import ended; add --full.",
    401: "does not know this token; make one for an API team there.",
    403: "does not let this token see the orders of {event}, or there is no such event "
    "(it answers both alike).",
    404: "has no such page; check the address and the organizer.",
}


def _page(answer: requests.Response, kind: type[T]) -> Page[T] | None:
    try:
        return msgspec.json.decode(answer.content, type=Page[kind])  # type: ignore[valid-type]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _asked_pause(retry_after: str, otherwise: float) -> float:
    """Seconds the server wants us to wait, as a number or a date (RFC 9110 10.2.3)."""
    text = retry_after.strip()
    seconds = otherwise
    if text.isascii() and text.isdigit():
        seconds = float(text)
    elif text:
        try:
            seconds = (parsedate_to_datetime(text) - utc_now()).total_seconds()
        except (ValueError, TypeError):
            return otherwise
    if seconds > LONGEST_WAIT:
        raise PretixError(
            f"The server asks for a pause of {seconds / 60:.0f} minutes; what came before "
            "is in, so run the same command again then."
        )
    return max(seconds, 0.0)


def _host(shop: PretixShop) -> str:
    return urlsplit(shop.url).hostname or shop.url
