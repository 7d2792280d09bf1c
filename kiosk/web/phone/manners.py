"""How I like to be met: what I offer and look for, how I talk, what a scan may do."""

from flask import Response, request

from kiosk.correct import TEXT_LENGTH, TEXTS, clean
from kiosk.model import Preferences
from kiosk.prefer import Prefer, prefer
from kiosk.web.house import house
from kiosk.web.phone.card import UNPROCESSABLE, corrected
from kiosk.web.phone.card_words import LANGUAGES, PRESETS, TALKS
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.replies import go
from kiosk.words import _, own_name


@blueprint.get("/me/card/talk", endpoint="talk")
def talk() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        preferences = tx.preferences.get(who.person.id)
    said = {name: getattr(who.person, name) for name in TEXTS}
    return _talk(who, preferences, said, {})


@blueprint.post("/me/card/talk", endpoint="say_talk")
def say() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    preferences = house().store.write(prefer, _wish(who), house().now())
    said = {name: request.form[name] for name in TEXTS if name in request.form}
    errors = corrected(who, said)
    if errors:
        before = {name: getattr(who.person, name) for name in TEXTS}
        return _talk(who, preferences, before | clean(said), errors, UNPROCESSABLE)
    return go("phone.card", news="card")


@blueprint.get("/me/card/scans", endpoint="scans")
def scans() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        preferences = tx.preferences.get(who.person.id)
    return phone_page(
        "scans.html",
        who,
        presets=[(key, _(word), _(means)) for key, (word, means) in PRESETS.items()],
        chosen=preferences.preset,
    )


@blueprint.post("/me/card/scans", endpoint="choose_preset")
def choose_preset() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    wish = Prefer(who.person.id, preset=request.form.get("preset"))
    house().store.write(prefer, wish, house().now())
    return go("phone.card", news="card")


def _wish(who: Viewer) -> Prefer:
    spoken = tuple(code for code in request.form.getlist("speaks") if code in LANGUAGES)
    return Prefer(who.person.id, talk=request.form.get("talk"), speaks=spoken)


def _talk(
    who: Viewer,
    preferences: Preferences,
    said: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    return phone_page(
        "talk.html",
        who,
        status,
        said=said,
        errors=errors,
        most=TEXT_LENGTH,
        talks=[(key, _(word), "") for key, word in TALKS.items()],
        languages=[(code, own_name(code)) for code in LANGUAGES],
        preferences=preferences,
    )
