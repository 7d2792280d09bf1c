"""The organiser's desk, one module a page; every route asks for a signed-in organiser."""

from kiosk.web.desk import events, live, sign_in
from kiosk.web.desk.room import blueprint

__all__ = ["blueprint", "events", "live", "sign_in"]
