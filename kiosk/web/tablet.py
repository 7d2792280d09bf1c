"""The pages of a tablet. What they show after loading comes from its own scripts.

They and all they need are kept by the tablet as one release (`worker_of`), so each answer
says which one it belongs to.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, g, request

from kiosk import words
from kiosk.web import replies
from kiosk.web.assets import asset
from kiosk.web.release import HEADER, Release, release_of, worker_of
from kiosk.web.replies import page

blueprint = Blueprint("tablet", __name__, url_prefix="/kiosk")

PAGES = (
    "/kiosk/",
    "/kiosk/pair",
    "/kiosk/manifest.webmanifest",
    *(f"/kiosk/words/{language}.json" for language in words.LANGUAGES),
)
NAME = "Hallway"
ICONS = (("app-192.png", 192), ("app-512.png", 512))
"""Drawn to the edges, with the door in the middle: any mask may cut them."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the tablet says in one language, by key; what it lacks is said in English."""

    language: str
    direction: str
    words: dict[str, str]


@blueprint.get("/")
def stand() -> Response:
    """The screen at the door and by the coffee."""
    return page("tablet/kiosk.html", languages=words.LANGUAGES, own_name=words.own_name)


@blueprint.get("/pair")
def pair() -> Response:
    """Where a tablet that belongs to no event yet gives its code."""
    return page("tablet/pair.html")


@blueprint.get("/words/<language>.json")
def sentences(language: str) -> Response:
    """The tablet's sentences in one language, to be kept for a day without a network."""
    if language not in words.LANGUAGES:
        abort(404)
    said = words.of_the_tablet(language)
    answer = replies.json(Sentences(language, words.direction(language), said))
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What makes it an app on the home screen (W3C Web Application Manifest)."""
    said = {
        "id": "/kiosk/",
        "name": f"{NAME} tablet",
        "short_name": NAME,
        "description": "Check in, and swap contacts, at the door and by the coffee.",
        "start_url": "/kiosk/",
        "scope": "/kiosk/",
        "display": "fullscreen",
        "display_override": ["fullscreen", "standalone"],
        "orientation": "any",
        "background_color": "#f7f1e6",
        "theme_color": "#0d4a54",
        "icons": [_icon(*icon, why) for icon in ICONS for why in ("any", "maskable")],
    }
    answer = replies.json(said)
    answer.mimetype = "application/manifest+json"
    return answer


@blueprint.get("/sw.js")
def worker() -> Response:
    """The script that keeps the app for the time without a network."""
    source = worker_of(current_app, _release(), PAGES)
    return Response(source, mimetype="text/javascript")


@blueprint.after_request
def say_release(response: Response) -> Response:
    response.headers[HEADER] = _release().name
    return response


@blueprint.context_processor
def name_release() -> dict[str, str]:
    return {"release": _release().name}


def _release() -> Release:
    """The same one for all of this request."""
    if "release" not in g:
        g.release = release_of(current_app)
    release: Release = g.release
    return release


def _icon(file: str, size: int, purpose: str) -> dict[str, str]:
    address = asset(f"icons/{file}")
    sizes = f"{size}x{size}"
    return {"src": address, "sizes": sizes, "type": "image/png", "purpose": purpose}
