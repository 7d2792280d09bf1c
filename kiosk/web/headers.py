"""The headers every answer carries, errors and static files too.

The policy allows nothing but our own files: no inline script or style, no frame, no foreign
address. The tablet alone may compile WebAssembly (its decoder) and use the camera.
"""

from flask import Flask, Response, request

from kiosk.web.house import house

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
REFUSED_FEATURES = (
    "accelerometer", "display-capture", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
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
    app.after_request(dress)


def dress(response: Response) -> Response:
    """Put the headers on; a view's own Cache-Control stays."""
    is_tablet = request.path.startswith("/kiosk/")
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Security-Policy"] = _policy(
        TABLET_POLICY if is_tablet else POLICY
    )
    response.headers["Permissions-Policy"] = _permissions(is_tablet)
    response.headers.pop("Server", None)
    if house().settings.public_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
    _cache(response)
    return response


def _policy(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _permissions(is_tablet: bool) -> str:
    camera = "(self)" if is_tablet else "()"
    refused = ", ".join(f"{name}=()" for name in REFUSED_FEATURES)
    return f"camera={camera}, {refused}"


def _cache(response: Response) -> None:
    """Files named by their content may be kept; a page about people may not."""
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif "v" in request.args and response.status_code in {200, 206, 304}:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
