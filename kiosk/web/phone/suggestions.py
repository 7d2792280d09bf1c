"""At most three people to look out for, each with its reason; only for who has joined."""

from flask import Response, request

from kiosk.prefer import Prefer, prefer
from kiosk.shown import at_first_sight
from kiosk.suggest import Suggest, Suggestion, suggest
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.replies import go


@blueprint.get("/me/suggestions", endpoint="suggestions")
def show() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        has_joined = tx.preferences.get(who.person.id).suggestions_at is not None
        found = suggest(tx, Suggest(who.person.id), house().now())
    return phone_page(
        "suggestions.html",
        who,
        has_joined=has_joined,
        is_empty=not (who.person.offers or who.person.asks),
        suggestions=[_line(who, one) for one in found],
    )


@blueprint.post("/me/suggestions", endpoint="join_suggestions")
def choose() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    wants = request.form.get("join") == "yes"
    house().store.write(
        prefer, Prefer(who.person.id, wants_suggestions=wants), house().now()
    )
    return go("phone.suggestions", news="joined" if wants else "left")


def _line(who: Viewer, found: Suggestion) -> dict[str, object]:
    them = at_first_sight(who.event, found.person)
    return {
        "name": them.name,
        "company": them.company,
        "kind": found.kind,
        "mine": found.mine,
        "theirs": found.theirs,
    }
