"""A link by mail: the same answer to everybody who types an address, known or not."""

from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from flask import Response, request

from kiosk.ids import digest, keyed_digest, new_token
from kiosk.invite import ADDRESS_LENGTH, LIVES_FOR, WishLink, wish_link
from kiosk.web import cookies
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page
from kiosk.web.replies import go
from kiosk.words import _

UNPROCESSABLE = 422
REMEMBERED_FOR = timedelta(days=1)


@blueprint.post("/me/link/mail", endpoint="mail_link")
def wish() -> Response:
    """Put the wish on record; nothing here knows whether anybody has the address."""
    address = request.form.get("email", "").strip()
    if not is_address(address):
        error = _("This is no e-mail address. One looks like ada@example.org.")
        return phone_page(
            "link.html", None, UNPROCESSABLE, email=address, email_error=error
        )
    browser = cookies.get(cookies.ASKED) or new_token()
    command = WishLink(address, _caller(), digest(browser))
    house().store.write(wish_link, command, house().now())
    answer = go("phone.link_sent")
    cookies.put(answer, cookies.ASKED, browser, REMEMBERED_FOR)
    return answer


@blueprint.get("/me/link/sent", endpoint="link_sent")
def sent() -> Response:
    minutes = int(LIVES_FOR / timedelta(minutes=1))
    return phone_page("link_sent.html", None, minutes=minutes)


def is_address(text: str) -> bool:
    """Whether it could be somebody's address at all; no server is asked."""
    if len(text) > ADDRESS_LENGTH:
        return False
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _caller() -> str:
    return keyed_digest(house().settings.secret_key, request.remote_addr or "")
