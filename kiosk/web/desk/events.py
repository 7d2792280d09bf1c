"""The events of this installation."""

from flask import Response

from kiosk.web.desk.room import blueprint, desk_page
from kiosk.web.house import house


@blueprint.get("/")
def events() -> Response:
    with house().store.read() as tx:
        return desk_page("events.html", events=tx.events.all())
