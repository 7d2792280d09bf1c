"""The headers every answer carries, errors and static files too.

The policy allows nothing but our own files: no inline script or style, no frame, no foreign
address. The tablet alone may compile WebAssembly (its decoder) and use the camera. The
decoder is a worker, and a worker obeys the policy its own file came with: hence the second
of the tablet's paths.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
TABLET_POLICY = POLICY | {
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
}
TABLET_PATHS = ("/kiosk/", "/static/js/tablet/camera/decoder.js")
REFUSED_FEATURES = (
    "accelerometer", "display-capture", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
Headers = list[tuple[str, str]]
Write = Callable[[bytes], object]
A_YEAR = 31_536_000  # seconds
TWO_YEARS = 2 * A_YEAR

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def install(app: Flask) -> None:
    app.after_request(_cache)
    app.wsgi_app = Dressed(app)  # type: ignore[method-assign]


class Dressed:
    """The application with the headers on whatever it answers, worked out beforehand.

    At this level, and not in Flask's own headers, a scan pays for no `Headers` object.
    """

    def __init__(self, app: Flask) -> None:
        self._inner: WSGIApplication = app.wsgi_app
        is_https = app.extensions["house"].settings.public_url.startswith("https:")
        self._plain = _headers(POLICY, camera="()", is_https=is_https)
        self._tablet = _headers(TABLET_POLICY, camera="(self)", is_https=is_https)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        is_tablet = environ.get("PATH_INFO", "").startswith(TABLET_PATHS)
        dress = self._tablet if is_tablet else self._plain

        def start(status: str, headers: Headers, exc_info: Any = None) -> Write:
            given = {name.lower() for name, _ in headers}
            headers += [(name, said) for low, name, said in dress if low not in given]
            return start_response(status, headers, exc_info)

        return self._inner(environ, start)


def _headers(
    policy: dict[str, str], *, camera: str, is_https: bool
) -> list[tuple[str, str, str]]:
    """Each header as its name in small letters, its name and what it says."""
    refused = ", ".join(f"{name}=()" for name in REFUSED_FEATURES)
    headers = ALWAYS | {
        "Content-Security-Policy": "; ".join(f"{name} {v}" for name, v in policy.items()),
        "Permissions-Policy": f"camera={camera}, {refused}",
        "Cache-Control": "no-store",
    }
    if is_https:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
    return [(name.lower(), name, said) for name, said in headers.items()]


def _cache(response: Response) -> Response:
    """Files named by their content may be kept; pages about people are not, by default."""
    if request.endpoint == "static":
        is_named = "v" in request.args and response.status_code in {200, 206, 304}
        keep = f"public, max-age={A_YEAR}, immutable" if is_named else "no-cache"
        response.headers["Cache-Control"] = keep
    return response
