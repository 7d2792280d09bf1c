"""What a badge opens on a phone: to a stranger nothing, to a linked phone a question.

A stranger gets the same page, after the same work, whether a code exists or not: the badge
is looked up and an event named in either case. GET writes nothing; asking takes a press,
and a press may come hours after its page (`opened`).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from flask import Response, abort, request

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
    Refusal,
    Regard,
    TurnedAway,
    Yourself,
    look,
)
from kiosk.shown import as_asker, at_first_sight, first_name
from kiosk.web.house import house
from kiosk.web.phone import opened
from kiosk.web.phone.card import too_long
from kiosk.web.phone.card_words import TALKS
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer, viewer_if_linked
from kiosk.web.phone.words import REFUSALS, day_and_time, field_name
from kiosk.web.replies import go
from kiosk.words import _, own_name

UNPROCESSABLE, TOO_MANY = 422, 429
AFTER_AN_ADDRESS = ".,;:!?)]}>'\"”’»…\u200b\u2060\ufeff"
"""What a message or a mail program leaves hanging on an address."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody likes to be talked to, in the reader's words; empty: not said."""

    talk: str = ""
    speaks: tuple[str, ...] = ()


@blueprint.get("/b/<code>", endpoint="badge")
@blueprint.get("/B/<code>", endpoint="badge")
def show(code: str) -> Response:
    if code != (alone := code.rstrip(AFTER_AN_ADDRESS)) and canonical_badge_code(alone):
        return go("phone.badge", code=alone)
    with house().store.read() as tx:
        who = viewer_if_linked(tx)
        if who is None:
            return phone_page("stranger.html", None, event_name=_event_named(tx, code))
        regard = look(tx, Look(who.person.id, code), house().now())
        manner = _manner(tx, regard)
    return _show(who, code, regard, manner)


@blueprint.post("/b/<code>/ask", endpoint="ask")
def press(code: str) -> Response:
    note = remember.clean(request.form.get("note", ""))
    if len(note) > remember.NOTE_LENGTH:
        error = too_long(len(note), remember.NOTE_LENGTH)
        return _again(code, UNPROCESSABLE, note=note, note_error=error)
    with house().store.read() as tx:
        who = viewer(tx)
        regard = look(tx, Look(who.person.id, code), house().now())
    token = request.form.get(opened.FIELD, "")
    if opened.is_of_another(who, token):
        abort(403)
    opened_at = opened.opened_at(who, code, token)
    outcome = house().store.write(ask, Ask(who.person.id, code, opened_at), house().now())
    if note and isinstance(outcome, Asked | Connected):
        is_new = isinstance(regard, MayAsk | AsksMe)
        _note(who, outcome.connection.id, note, is_new)
    return _answered(who, code, note, outcome)


def _answered(
    who: Viewer, code: str, note: str, outcome: Asked | Connected | Yourself | TurnedAway
) -> Response:
    match outcome:
        case Yourself() | Connected():
            return _onward(outcome, "connected")
        case Asked():
            return go("phone.badge", code=code)
        case TurnedAway(Refusal.TOO_FAST | Refusal.TOO_MANY_TODAY as reason):
            word, *sentences = map(_, REFUSALS[reason])
            news = ("warning", word, " ".join(sentences))
            return _again(code, TOO_MANY, note=note, news=news)
        case TurnedAway():
            return _refused(who, outcome)
        case _:
            assert_never(outcome)


def _note(who: Viewer, connection_id: str, note: str, is_new: bool) -> None:
    """Keep the note of a press, of a new one below what I noted of them before.

    One that came twice overwrites no later words and adds none.
    """
    with house().store.read() as tx:
        side = tx.sides.get(connection_id, who.person.id)
    if side and (is_new or not side.note) and note not in side.note:
        both = "\n".join(filter(None, (side.note, note)))
        command = remember.Remember(who.person.id, connection_id, both)
        house().store.write(remember.remember, command, house().now())


def _manner(tx: Tx, regard: Regard) -> Manner:
    """How the other person likes to talk, while there is something to ask."""
    if not isinstance(regard, MayAsk | Asked | AsksMe):
        return Manner()
    preferences = tx.preferences.get(regard.person.id)
    speaks = tuple(map(own_name, preferences.speaks))
    return Manner(_(TALKS[preferences.talk]) if preferences.talk else "", speaks)


def _show(who: Viewer, code: str, regard: Regard, manner: Manner) -> Response:
    match regard:
        case Yourself() | Connected():
            return _onward(regard)
        case TurnedAway():
            return _refused(who, regard)
        case MayAsk():
            return _question(who, code, regard, manner)
        case Asked():
            return _waiting(who, regard, manner)
        case AsksMe():
            return _asked_back(who, code, regard, manner)
        case _:
            assert_never(regard)


def _onward(regard: Yourself | Connected, news: str | None = None) -> Response:
    """To a page that is there already: my own, or that of somebody I met."""
    if isinstance(regard, Yourself):
        return go("phone.people")
    return go("phone.person", connection_id=regard.connection.id, news=news)


def _question(
    who: Viewer, code: str, regard: MayAsk, manner: Manner, status: int = 200, **again: Any
) -> Response:
    return phone_page(
        "ask.html",
        who,
        status,
        code=code,
        them=at_first_sight(who.event, regard.person),
        manner=manner,
        mine=list(map(field_name, shared_fields(who.event, who.person))),
        most=remember.NOTE_LENGTH,
        **({"opened": opened.token(who, code)} | again),
    )


def _waiting(who: Viewer, regard: Asked, manner: Manner) -> Response:
    asked_at, until = regard.connection.asked_at, regard.connection.expires_at
    return phone_page(
        "waiting.html",
        who,
        them=at_first_sight(who.event, regard.person),
        manner=manner,
        connection=regard.connection,
        asked=day_and_time(who.event, asked_at) if asked_at else "",
        until=day_and_time(who.event, until) if until else "",
    )


def _asked_back(who: Viewer, code: str, regard: AsksMe, manner: Manner) -> Response:
    them = as_asker(who.event, regard.person)
    return phone_page(
        "asks_me.html",
        who,
        code=code,
        them=them,
        their_first_name=first_name(them.name),
        manner=manner,
        opened=opened.token(who, code),
        connection=regard.connection,
        mine=list(map(field_name, shared_fields(who.event, who.person))),
    )


def _refused(who: Viewer, refused: TurnedAway) -> Response:
    word, meaning, advice = REFUSALS[refused.reason]
    return phone_page(
        "refused.html", who, word=_(word), meaning=_(meaning), advice=_(advice)
    )


def _again(code: str, status: int, **again: Any) -> Response:
    """The same question with the note still in it, and what hindered the press."""
    with house().store.read() as tx:
        who = viewer(tx)
        regard = look(tx, Look(who.person.id, code), house().now())
        manner = _manner(tx, regard)
    if not isinstance(regard, MayAsk):
        return _show(who, code, regard, manner)
    again["opened"] = request.form.get(opened.FIELD, "")
    return _question(who, code, regard, manner, status, **again)


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
