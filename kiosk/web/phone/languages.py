"""The reader's choice of language, from the menu at the foot of every phone page.

It is kept in a cookie and nowhere else. Back goes to the page it was chosen on: the
address comes from the browser's own word, and only a page of ours is gone to.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, abort, current_app, request, url_for

from kiosk import words
from kiosk.web import cookies, csrf
from kiosk.web.language import COOKIE
from kiosk.web.phone.room import blueprint
from kiosk.web.replies import see_other

LIVES_FOR = timedelta(days=365)


@blueprint.post("/language", endpoint="language")
def choose() -> Response:
    if csrf.is_of_another_site():
        abort(403)
    answer = see_other(_back())
    chosen = request.form.get("language", "")
    if chosen in words.LANGUAGES:
        cookies.put(answer, COOKIE, chosen, LIVES_FOR)
    return answer


@blueprint.app_template_global("tongues")
def tongues() -> list[tuple[str, str]]:
    """Code and own name of each language we have."""
    return [(code, words.own_name(code)) for code in words.LANGUAGES]


def _back() -> str:
    """The page the menu was on, if it is one of ours that can be looked at again."""
    try:
        came = urlsplit(request.referrer or "")
    except ValueError:  # no address at all, such as http://[
        return url_for("phone.people")
    adapter = current_app.create_url_adapter(request)
    is_ours = came.netloc == request.host and not came.path.startswith("//")
    if adapter is None or not is_ours or not adapter.test(came.path, "GET"):
        return url_for("phone.people")
    return f"{came.path}?{came.query}" if came.query else came.path
