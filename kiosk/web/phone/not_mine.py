"""A mail said that a phone was linked, and its reader says that it is not theirs.

The token comes in the fragment, so whoever only fetches the page sends nothing; a press
unlinks, for anybody who holds the mail, linked or not.
"""

from flask import Response, request

from kiosk.disown import Disown, disown
from kiosk.web.house import house
from kiosk.web.phone.room import blueprint, phone_page

GONE = 410


@blueprint.get("/me/not-mine", endpoint="not_mine")
def show() -> Response:
    return phone_page("not_mine.html", None)


@blueprint.post("/me/not-mine", endpoint="disown")
def press() -> Response:
    token = request.form.get("token", "").strip().rpartition("#")[2]
    command = Disown(house().settings.secret_key, token)
    phone = house().store.write(disown, command, house().now())
    if phone is None:
        return phone_page("not_mine.html", None, GONE, is_unknown=True)
    return phone_page("disowned.html", None, phone=phone)
