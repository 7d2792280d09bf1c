"""Cookies as we set them: HttpOnly, SameSite=Lax, for the whole host and no other.

On https their names begin with `__Host-`, so that no neighbouring subdomain and no page
that was fetched without encryption can plant one.
"""

from datetime import timedelta

from flask import Response, request

from kiosk.web.house import house

DESK = "hall-desk"
PHONE = "hall-phone"
ASKED = "hall-asked"
"""Known to the browser that asked for a link by mail: there the link lives longer."""

SESSIONS = (DESK, PHONE)


def get(name: str) -> str | None:
    return request.cookies.get(_full(name))


def put(
    response: Response, name: str, value: str, lives_for: timedelta | None = None
) -> None:
    """Set a cookie; without `lives_for` it ends with the browser."""
    response.set_cookie(
        _full(name),
        value,
        max_age=lives_for,
        secure=_is_https(),
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, name: str) -> None:
    response.delete_cookie(_full(name), secure=_is_https(), httponly=True, samesite="Lax")


def _full(name: str) -> str:
    return f"__Host-{name}" if _is_https() else name


def _is_https() -> bool:
    return house().settings.public_url.startswith("https:")
