"""What I keep of one person for myself: note, star, tags, and that they may rest."""

import re

from flask import Response, abort, request

from kiosk import remember
from kiosk.remember import Refusal, Remember, Rest, Star, Tag, rest, star, tag
from kiosk.web.house import house
from kiosk.web.phone.person import UNPROCESSABLE, meeting_of, show_person
from kiosk.web.phone.room import blueprint, viewer
from kiosk.web.replies import go
from kiosk.words import _

_BETWEEN = re.compile(r"[,;\n\u060c\u061b\u3001\uff0c]")  # also Arabic and CJK commas


@blueprint.post("/me/people/<connection_id>/note", endpoint="note")
def write_note(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = meeting_of(tx, who, connection_id)
    note = request.form.get("note", "")
    command = Remember(who.person.id, connection_id, note)
    refused = house().store.write(remember.remember, command, house().now())
    if refused is Refusal.TOO_LONG:
        return show_person(
            who, meeting, UNPROCESSABLE, note=note, note_error=too_long(note)
        )
    return go("phone.person", connection_id=connection_id, news="noted")


@blueprint.post("/me/people/<connection_id>/star", endpoint="star")
def mark(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    is_starred = request.form.get("star") == "yes"
    command = Star(who.person.id, connection_id, is_starred)
    if house().store.write(star, command, house().now()):
        abort(404)
    return go("phone.person", connection_id=connection_id)


@blueprint.post("/me/people/<connection_id>/tags", endpoint="tags")
def label(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = meeting_of(tx, who, connection_id)
    words = request.form.get("tags", "")
    command = Tag(who.person.id, connection_id, tuple(_BETWEEN.split(words)))
    refused = house().store.write(tag, command, house().now())
    if refused in {Refusal.TOO_LONG, Refusal.TOO_MANY}:
        error = _tags_refused(refused)
        return show_person(who, meeting, UNPROCESSABLE, tags=words, tags_error=error)
    return go("phone.person", connection_id=connection_id, news="tagged")


@blueprint.post("/me/people/<connection_id>/rest", endpoint="rest")
def let_rest(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    is_resting = request.form.get("rest") == "yes"
    command = Rest(who.person.id, connection_id, is_resting)
    if house().store.write(rest, command, house().now()):
        abort(404)
    news = None if is_resting else "awake"  # the page itself says that they rest
    return go("phone.person", connection_id=connection_id, news=news)


def too_long(note: str) -> str:
    """How long the note is, told before anything of it is lost."""
    return _(
        "This is %(count)s characters; %(most)s is the most.",
        count=len(remember.clean(note)),
        most=remember.NOTE_LENGTH,
    )


def _tags_refused(refused: Refusal | None) -> str:
    if refused is Refusal.TOO_MANY:
        return _("%(most)s tags are the most.", most=remember.TAG_COUNT)
    return _("A tag has at most %(most)s characters.", most=remember.TAG_LENGTH)
