"""Who sees what of me: a field a row, an audience a column; and how it looks to them."""

from flask import Response, request

from kiosk.consent import ALWAYS_SHARED, Share, share
from kiosk.model import SHAREABLE, Preferences
from kiosk.prefer import Prefer, prefer
from kiosk.shown import AUDIENCES, at_first_sight, covered, fields_for
from kiosk.web.house import house
from kiosk.web.phone import card_words
from kiosk.web.phone.card_words import SIGHTS, TALKS
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import field_name
from kiosk.web.replies import go
from kiosk.words import _, own_name


@blueprint.get("/me/card/audiences", endpoint="audiences")
def matrix() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        preferences = tx.preferences.get(who.person.id)
    return phone_page(
        "audiences.html",
        who,
        audiences=[(name, *map(_, said)) for name, said in card_words.AUDIENCES.items()],
        fields=[
            (field, field_name(field), getattr(who.person, field)) for field in SHAREABLE
        ],
        covered={
            name: covered(who.event, who.person, preferences, name) for name in AUDIENCES
        },
        always=ALWAYS_SHARED,
    )


@blueprint.post("/me/card/audiences", endpoint="choose_audiences")
def choose() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    chosen = {name: tuple(request.form.getlist(name)) for name in AUDIENCES}
    now = house().now()
    house().store.write(share, Share(who.person.id, chosen["connections"]), now)
    wish = Prefer(
        who.person.id,
        sponsor_fields=chosen["sponsors"],
        introduction_fields=chosen["introductions"],
    )
    house().store.write(prefer, wish, now)
    return go("phone.card", news="audiences")


@blueprint.get("/me/card/preview", endpoint="preview")
def preview() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        preferences = tx.preferences.get(who.person.id)
    asked = request.args.get("audience", "")
    sight = asked if asked in SIGHTS else "connections"
    return phone_page(
        "preview.html",
        who,
        sights=[(key, _(word)) for key, (word, _means) in SIGHTS.items()],
        sight=sight,
        means=_(SIGHTS[sight][1]),
        seen=_seen(who, preferences, sight),
        manner=_(TALKS[preferences.talk]) if preferences.talk else "",
        speaks=[own_name(code) for code in preferences.speaks],
    )


def _seen(who: Viewer, preferences: Preferences, sight: str) -> dict[str, str]:
    """The fields as those eyes see them, the name first."""
    for audience in AUDIENCES:
        if audience == sight:
            return fields_for(who.event, who.person, preferences, audience)
    first = at_first_sight(who.event, who.person)
    return {"name": first.name, "company": first.company}
