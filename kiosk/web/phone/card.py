"""My card: who I am in my own words, as I want it read; an overview and its details."""

from flask import Response, request

from kiosk.correct import (
    LINES,
    TEXT_LENGTH,
    TEXTS,
    Correct,
    NotCorrected,
    Refusal,
    clean,
    correct,
)
from kiosk.model import Attendee
from kiosk.shown import fields_for
from kiosk.web.house import house
from kiosk.web.phone.card_words import PRESETS, TALKS
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import field_name
from kiosk.web.replies import go
from kiosk.words import _

UNPROCESSABLE = 422


@blueprint.get("/me/card", endpoint="card")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        phone_count = len(tx.phones.of_attendee(who.person.id))
        preferences = tx.preferences.get(who.person.id)
    return phone_page(
        "card.html",
        who,
        seen=fields_for(who.event, who.person, preferences, "connections"),
        preset=_(PRESETS[preferences.preset][0]),
        talk=_(TALKS[preferences.talk]) if preferences.talk else "",
        phone_count=phone_count,
    )


@blueprint.get("/me/card/details", endpoint="details")
def details() -> Response:
    with house().store.read() as tx:
        return _details(who := viewer(tx), _said_by(who.person), {})


@blueprint.post("/me/card/details", endpoint="correct")
def put_right() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    said = {name: request.form[name] for name in LINES if name in request.form}
    errors = corrected(who, said)
    if errors:
        return _details(who, _said_by(who.person) | clean(said), errors, UNPROCESSABLE)
    return go("phone.card", news="card")


def corrected(who: Viewer, said: dict[str, str]) -> dict[str, str]:
    """Keep what this person says of themselves; what hindered it, by field."""
    outcome = house().store.write(correct, Correct(who.person.id, said), house().now())
    if not isinstance(outcome, NotCorrected):
        return {}
    return {
        name: _in_words(why, name, len(clean(said)[name]))
        for name, why in outcome.reasons.items()
    }


def too_long(length: int, most: int) -> str:
    """Said before anything is cut off."""
    return _(
        "This is %(length)s characters; %(most)s is the most.", length=length, most=most
    )


def _in_words(why: Refusal, name: str, length: int) -> str:
    match why:
        case Refusal.TOO_LONG:
            return too_long(length, LINES.get(name, TEXT_LENGTH))
        case Refusal.NAMELESS:
            return _("People need a name to call you by.")


def _details(
    who: Viewer, said: dict[str, str], errors: dict[str, str], status: int = 200
) -> Response:
    return phone_page(
        "details.html",
        who,
        status,
        labels={name: field_name(name) for name in LINES},
        said=said,
        errors=errors,
        most=LINES,
    )


def _said_by(person: Attendee) -> dict[str, str]:
    return {name: getattr(person, name) for name in (*LINES, *TEXTS)}
