"""What a badge opens on a phone: to a stranger nothing, to a linked phone a question.

A stranger gets the same page, after the same work, whether a code exists or not: the badge
is looked up and an event named in either case. GET writes nothing; asking takes a press.
"""

import hmac
from collections.abc import Sequence
from typing import assert_never

from flask import Response, request

from kiosk import remember
from kiosk.agree import shared_fields
from kiosk.ask import Ask, ask
from kiosk.ids import canonical_badge_code, digest
from kiosk.model import Event
from kiosk.ports import Tx
from kiosk.regard import (
    Asked,
    AsksMe,
    Connected,
    Look,
    MayAsk,
    Regard,
    TurnedAway,
    Yourself,
    look,
)
from kiosk.shown import as_asker, at_first_sight, first_name
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer, viewer_if_linked
from kiosk.web.phone.words import FIELDS, REFUSALS, day_and_time
from kiosk.web.replies import go

UNPROCESSABLE = 422


@blueprint.get("/b/<code>", endpoint="badge")
@blueprint.get("/B/<code>", endpoint="badge")
def show(code: str) -> Response:
    with house().store.read() as tx:
        who = viewer_if_linked(tx)
        if who is None:
            return phone_page("stranger.html", None, event_name=_event_named(tx, code))
        regard = look(tx, Look(who.person.id, code), house().now())
    return _show(who, code, regard)


@blueprint.post("/b/<code>/ask", endpoint="ask")
def press(code: str) -> Response:
    note = remember.clean(request.form.get("note", ""))
    if len(note) > remember.NOTE_LENGTH:
        return _again(code, note)
    with house().store.read() as tx:
        who = viewer(tx)
    outcome = house().store.write(ask, Ask(who.person.id, code), house().now())
    if note and isinstance(outcome, Asked | Connected):
        command = remember.Remember(who.person.id, outcome.connection.id, note)
        house().store.write(remember.remember, command, house().now())
    if isinstance(outcome, Yourself | Connected):
        return _onward(outcome, "connected")
    if isinstance(outcome, TurnedAway):
        return _refused(who, outcome)
    return go("phone.badge", code=code)


def _show(who: Viewer, code: str, regard: Regard) -> Response:
    match regard:
        case Yourself() | Connected():
            return _onward(regard)
        case TurnedAway():
            return _refused(who, regard)
        case MayAsk():
            return _question(who, code, regard)
        case Asked():
            return _waiting(who, regard)
        case AsksMe():
            return _asked_back(who, code, regard)
        case _:
            assert_never(regard)


def _onward(regard: Yourself | Connected, news: str | None = None) -> Response:
    """To a page that is there already: my own, or that of somebody I met."""
    if isinstance(regard, Yourself):
        return go("phone.people")
    return go("phone.person", connection_id=regard.connection.id, news=news)


def _question(who: Viewer, code: str, regard: MayAsk, **again: str) -> Response:
    return phone_page(
        "ask.html",
        who,
        UNPROCESSABLE if again else 200,
        code=code,
        them=at_first_sight(who.event, regard.person),
        mine=[FIELDS[field] for field in shared_fields(who.event, who.person)],
        **again,
    )


def _waiting(who: Viewer, regard: Asked) -> Response:
    asked_at, until = regard.connection.asked_at, regard.connection.expires_at
    return phone_page(
        "waiting.html",
        who,
        them=at_first_sight(who.event, regard.person),
        connection=regard.connection,
        asked=day_and_time(who.event, asked_at) if asked_at else "",
        until=day_and_time(who.event, until) if until else "",
    )


def _asked_back(who: Viewer, code: str, regard: AsksMe) -> Response:
    them = as_asker(who.event, regard.person)
    return phone_page(
        "asks_me.html",
        who,
        code=code,
        them=them,
        their_first_name=first_name(them.name),
        connection=regard.connection,
        mine=[FIELDS[field] for field in shared_fields(who.event, who.person)],
    )


def _refused(who: Viewer, refused: TurnedAway) -> Response:
    word, meaning, advice = REFUSALS[refused.reason]
    return phone_page("refused.html", who, word=word, meaning=meaning, advice=advice)


def _again(code: str, note: str) -> Response:
    """The same question with the note still in it: it is too long, and nothing is lost."""
    with house().store.read() as tx:
        who = viewer(tx)
        regard = look(tx, Look(who.person.id, code), house().now())
    error = f"This is {len(note)} characters; {remember.NOTE_LENGTH} is the most."
    if isinstance(regard, MayAsk):
        return _question(who, code, regard, note=note, note_error=error)
    return _show(who, code, regard)


def _event_named(tx: Tx, code: str) -> str:
    """The event of this badge; for a code nobody wears, always the same one of ours."""
    events = tx.events.all()
    badge = tx.badges.by_digest(digest(canonical_badge_code(code) or code))
    stand_in = _stand_in(events, code)
    event_id = badge.event_id if badge else stand_in
    return next((event.name for event in events if event.id == event_id), "")


def _stand_in(events: Sequence[Event], code: str) -> str:
    mac = hmac.digest(house().settings.secret_key, f"stand-in:{code}".encode(), "sha256")
    return events[int.from_bytes(mac[:8], "big") % len(events)].id if events else ""
