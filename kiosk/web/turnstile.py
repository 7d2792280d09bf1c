"""The short way for scans: what is in order is answered before Flask looks at it.

A scan is the one request that a whole hall waits for, and a third of its CPU went into
being routed. Only what needs no second look passes here: a batch with a length, for a host
of ours, from a device that was let in before. Everything else goes the long way, to the
route `api.scans`, which does the same and says what is wrong.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec
from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from kiosk.ids import digest
from kiosk.model import Answer
from kiosk.scan import Sent, ShutOut, receive_from_token
from kiosk.web import access
from kiosk.web.house import House
from kiosk.web.identity import bearer
from kiosk.web.messages import ScanResults
from kiosk.web.scans import TooMany, read_batch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/api/v1/scans"
LONGEST = access.TABLE["api.scans"].max_bytes
LENGTH_DIGITS = len(str(LONGEST))


def install(app: Flask) -> None:
    app.wsgi_app = Turnstile(app)  # type: ignore[method-assign]


class Turnstile:
    """The application, in front of which scans that are in order are answered."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._long_way: WSGIApplication = app.wsgi_app
        self._house: House = app.extensions["house"]
        hosts = app.config["TRUSTED_HOSTS"]
        self._is_ours = lru_cache(maxsize=64)(lambda host: host_is_trusted(host, hosts))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        command = self._in_order(environ)
        if command is None:
            return self._long_way(environ, start_response)
        try:
            answers = self._house.store.write(
                receive_from_token, command, self._house.now()
            )
        except Exception as error:
            return self._fail(error, environ)(environ, start_response)
        if isinstance(answers, ShutOut):
            return self._long_way(environ, start_response)
        return _told(answers, start_response)

    def _in_order(self, environ: "WSGIEnvironment") -> Sent | None:
        """What is to be kept; of a batch that was read and is not in order, the body again.

        What is worth keeping is decided by `identity` and `scans`, as on the long way.
        """
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
            return None
        token, length = self._known_token(environ), _length(environ)
        if not (token and length and self._is_ours(environ.get("HTTP_HOST"))):
            return None
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = BytesIO(body)
        try:
            return Sent(token, read_batch(body)) if len(body) == length else None
        except (msgspec.DecodeError, TooMany):
            return None

    def _known_token(self, environ: "WSGIEnvironment") -> str | None:
        """The digest of a token of which only the writer can still say that it is over."""
        token = bearer(environ.get("HTTP_AUTHORIZATION", ""))
        known = digest(token) if token else ""
        return known if known in self._house.tokens else None

    def _fail(self, error: Exception, environ: "WSGIEnvironment") -> "WSGIApplication":
        """The answer that Flask has for what went wrong."""
        with self._app.request_context(environ):
            return self._app.make_response(self._app.handle_user_exception(error))


def _length(environ: "WSGIEnvironment") -> int:
    """Bytes of the body; 0 when it has none, does not say, or is too long."""
    said = environ.get("CONTENT_LENGTH", "")
    is_told = said.isdecimal() and "HTTP_TRANSFER_ENCODING" not in environ
    length = int(said) if is_told and len(said) <= LENGTH_DIGITS else 0
    return length if length <= LONGEST else 0


def _told(answers: Sequence[Answer], start_response: "StartResponse") -> Iterable[bytes]:
    body = msgspec.json.encode(ScanResults(answers))
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
