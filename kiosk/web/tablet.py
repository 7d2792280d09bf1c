"""The pages of a tablet. What they show after loading comes from its own scripts."""

from flask import Blueprint, Response

from kiosk.web.replies import page

blueprint = Blueprint("tablet", __name__, url_prefix="/kiosk")


@blueprint.get("/")
def stand() -> Response:
    """The screen at the door and by the coffee."""
    return page("tablet/kiosk.html")


@blueprint.get("/pair")
def pair() -> Response:
    """Where a tablet that belongs to no event yet gives its code."""
    return page("tablet/pair.html")
