"""The pages of a tablet. What they show after loading comes from its own scripts."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from kiosk import words
from kiosk.web import replies
from kiosk.web.replies import page

blueprint = Blueprint("tablet", __name__, url_prefix="/kiosk")


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the tablet says in one language, by key; what is not there it says in English."""

    language: str
    direction: str
    words: dict[str, str]


@blueprint.get("/")
def stand() -> Response:
    """The screen at the door and by the coffee."""
    return page("tablet/kiosk.html", languages=words.LANGUAGES)


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
