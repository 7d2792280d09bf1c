"""A one-time link becomes this browser's own cookie, when somebody presses the button.

The token comes in the fragment, which is never sent; or in the path, for a scanner without
scripts, or typed. A page that is only visited uses nothing up. The back of a badge, where
the event prints one, leads to the same page and the same button (`turned`); its address is
all capitals, as every address on a badge.
"""

from datetime import timedelta

from flask import Response, request

from kiosk.ids import digest
from kiosk.link import Link, Linked, TurnedAway, TurnOver, canonical_link, link
from kiosk.model import Event
from kiosk.web import cookies
from kiosk.web.house import house
from kiosk.web.phone import turned
from kiosk.web.phone.room import blueprint, phone_page, viewer_if_linked
from kiosk.web.replies import go
from kiosk.words import _

GONE = 410
REFUSED, UNPROCESSABLE, TOO_MANY = 403, 422, 429
COOKIE_LIMIT = timedelta(days=400)  # browsers cut longer ones (RFC 6265bis)

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""What a browser calls itself, the telling ones first: most also say Safari."""


@blueprint.get("/ME/LINK", endpoint="link")
@blueprint.get("/me/link", endpoint="link")
@blueprint.get("/me/link/<token>", endpoint="link")
def show(token: str = "") -> Response:
    return _page(token=canonical_link(token) or "")


@blueprint.post("/me/link", endpoint="take_link")
def press() -> Response:
    text = turned.given()
    if turned.is_back(text):
        return _press_of_a_back(text)
    before = cookies.get(cookies.PHONE)
    name = phone_name(request.user_agent.string)
    asked = cookies.get(cookies.ASKED)
    browser = digest(asked) if asked else ""
    outcome = house().store.write(link, Link(text, name, before, browser), house().now())
    if isinstance(outcome, TurnedAway):
        return _page(GONE, is_over=True)
    return _welcome(outcome)


def _press_of_a_back(text: str) -> Response:
    if turned.has_slip(text):
        error = _("This does not stand on any badge. Compare both codes once more.")
        again = {side: request.form.get(side, "") for side in ("front", "back")}
        return _page(UNPROCESSABLE, back_error=error, **again)
    name, before = phone_name(request.user_agent.string), cookies.get(cookies.PHONE)
    command = TurnOver(house().settings.secret_key, text, name, before)
    outcome = turned.turned(command, house().now())
    if isinstance(outcome, Linked):
        return _welcome(outcome)
    if isinstance(outcome, int):
        page = _page(TOO_MANY, is_refused=True)
        page.headers["Retry-After"] = str(outcome)
        return page
    if turned.is_right(outcome):
        return _of_another()
    return _page(REFUSED, is_refused=True)


def _of_another() -> Response:
    with house().store.read() as tx:
        who = viewer_if_linked(tx)
    return phone_page("anothers_badge.html", who, REFUSED)


def _page(status: int = 200, **context: object) -> Response:
    with house().store.read() as tx:
        who = viewer_if_linked(tx)
        has_backs = any(event.agree_code for event in tx.events.all())
    words = {"owner": who, "has_backs": has_backs} | context
    return phone_page("link.html", None, status, **words)


def _welcome(outcome: Linked) -> Response:
    answer = go("phone.people", news="linked")
    cookies.put(
        answer, cookies.PHONE, outcome.secret, _lives_for(outcome.phone.attendee_id)
    )
    return answer


def phone_name(user_agent: str) -> str:
    """What a person would call this browser: "Firefox on Android"."""
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    return f"{browser} on {system}" if system else browser


def _lives_for(attendee_id: str) -> timedelta:
    """As long as there is something to look at: until the event's data are purged."""
    with house().store.read() as tx:
        person = tx.attendees.get(attendee_id)
        event = tx.events.get(person.event_id) if person else None
    return min(_until_purge(event), COOKIE_LIMIT) if event else COOKIE_LIMIT


def _until_purge(event: Event) -> timedelta:
    return event.ends_at + timedelta(days=event.retention_days) - house().now()
