"""Forms that only our own pages can send.

A form carries an HMAC over a random cookie and over the session it was made in (signed
double submit, OWASP), so a form made before signing in is worth nothing after. What the
browser says of the sender (Sec-Fetch-Site, Origin) is looked at as well: a page of another
site, or of a neighbour on the same domain, is refused whatever it knows.
"""

import hmac
from datetime import timedelta
from hashlib import sha256

from flask import Flask, Response, after_this_request, g, request
from markupsafe import Markup

from kiosk.ids import new_token
from kiosk.web import cookies
from kiosk.web.house import house

FIELD = "form_token"
HEADER = "X-Form-Token"
COOKIE = "hall-form"
FORM_LIVES_FOR = timedelta(days=1)
"""From the last page with a form on: a press that waited for the network is still ours."""
OWN_SENDERS = {"same-origin", "none"}


def install(app: Flask) -> None:
    app.jinja_env.globals["csrf_field"] = csrf_field


def csrf_field() -> Markup:
    """The hidden input that every form which posts must hold."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, form_token())


def form_token() -> str:
    """The proof that a form was made by us for this browser and this session."""
    if "form_seed" not in g:
        g.form_seed = cookies.get(COOKIE) or new_token()
        after_this_request(_keep_cookie)
    return _proof(g.form_seed)


def is_forged() -> bool:
    """Whether this request did not come from a form of ours."""
    if is_of_another_site():
        return True
    seed = cookies.get(COOKIE)
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    return not seed or not hmac.compare_digest(given.encode(), _proof(seed).encode())


def is_of_another_site() -> bool:
    """Whether the browser says that another site made it send this."""
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_SENDERS:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.host


def _proof(seed: str) -> str:
    sessions = "|".join(cookies.get(name) or "" for name in cookies.SESSIONS)
    message = f"form:{seed}:{sessions}".encode()
    return hmac.new(house().settings.secret_key, message, sha256).hexdigest()


def _keep_cookie(response: Response) -> Response:
    cookies.put(response, COOKIE, g.form_seed, FORM_LIVES_FOR)
    return response
