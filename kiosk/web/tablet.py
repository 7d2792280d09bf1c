"""The pages of a tablet. Everything it shows after loading comes from its own scripts."""

from flask import Blueprint, Response

from kiosk.web.replies import page

blueprint = Blueprint("tablet", __name__, url_prefix="/kiosk")


@blueprint.get("/")
def start() -> Response:
    return page("tablet/index.html")
