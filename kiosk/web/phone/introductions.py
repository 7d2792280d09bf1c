"""Introductions: those I am offered, those I offered, and the form to offer one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, request

from kiosk import introduce as verb
from kiosk.model import Connection, Introduction, Met
from kiosk.ports import Tx
from kiosk.shown import at_first_sight, first_name, met
from kiosk.web.house import house
from kiosk.web.phone.person import UNPROCESSABLE, meeting_of
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import day_and_time
from kiosk.web.replies import go
from kiosk.words import N_, _

REFUSALS = {
    verb.Refusal.NOT_CONNECTED: N_("You can introduce only people you are connected with."),
    verb.Refusal.SAME_PERSON: N_("Choose somebody else to introduce them to."),
    verb.Refusal.TOO_LONG: N_("At most 500 characters; shorten it a little."),
    verb.Refusal.TOO_MANY_TODAY: N_("You have offered enough introductions for one day."),
    verb.Refusal.OFFERED_ALREADY: N_("You have offered this introduction already."),
    verb.Refusal.OFFER_OVER: N_("This offer is over."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An introduction somebody offers me: who, whom, and why."""

    id: str
    by: str
    name: str
    company: str
    note: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One that I offered; whether it waits is told, who declined is not."""

    id: str
    first: str
    second: str
    when: str
    state: str


@blueprint.get("/me/introductions", endpoint="introductions")
def show() -> Response:
    now = house().now()
    with house().store.read() as tx:
        who = viewer(tx)
        offers = [_offer(tx, who, one) for one in verb.waiting_for(tx, who.person.id, now)]
        mine = _mine(tx, who)
    return phone_page("introductions.html", who, offers=offers, mine=mine)


@blueprint.get("/me/people/<connection_id>/introduction", endpoint="introduction")
def form(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        person, others = _around(tx, who, connection_id)
    return _form(who, connection_id, person, others)


@blueprint.post("/me/people/<connection_id>/introduction", endpoint="introduce")
def offer(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        person, others = _around(tx, who, connection_id)
    to, note = request.form.get("to", ""), request.form.get("note", "")
    command = verb.Introduce(who.person.id, (connection_id, to), note)
    made = house().store.write(verb.introduce, command, house().now())
    if not isinstance(made, verb.Refusal):
        return go("phone.introductions", news="offered")
    told = {"to": to, "note": note, "error": _(REFUSALS[made])}
    return _form(who, connection_id, person, others, **told)


@blueprint.post("/me/introductions/<introduction_id>/answer", endpoint="answer_offer")
def answer(introduction_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    is_yes = request.form.get("answer") == "yes"
    command = verb.AnswerOffer(who.person.id, introduction_id, is_yes)
    outcome = house().store.write(verb.answer_offer, command, house().now())
    if isinstance(outcome, Connection):
        return go("phone.person", connection_id=outcome.id, news="connected")
    if isinstance(outcome, verb.Refusal):
        return go("phone.introductions", news="offer-over")
    return go("phone.introductions", news="agreed" if is_yes else "not-introduced")


@blueprint.post("/me/introductions/<introduction_id>/end", endpoint="take_back_offer")
def take_back(introduction_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    command = verb.TakeBack(who.person.id, introduction_id)
    house().store.write(verb.take_back_offer, command, house().now())
    return go("phone.introductions", news="offer-taken-back")


def _around(tx: Tx, who: Viewer, connection_id: str) -> tuple[Met, list[tuple[str, Met]]]:
    """The person to introduce, and everybody else I know, by connection."""
    person = met(meeting_of(tx, who, connection_id)) or abort(404)
    everybody = (
        (one.connection.id, them)
        for one in tx.meetings.of_attendee(who.person.id)
        if (them := met(one))
    )
    others = [(id_, them) for id_, them in everybody if id_ != connection_id]
    return person, sorted(others, key=lambda pair: pair[1].name.casefold())


def _form(
    who: Viewer,
    connection_id: str,
    person: Met,
    others: Sequence[tuple[str, Met]],
    **again: str,
) -> Response:
    return phone_page(
        "introduction.html",
        who,
        UNPROCESSABLE if again else 200,
        id=connection_id,
        them=first_name(person.name),
        choices=[
            (id_, ", ".join(filter(None, (one.name, one.company)))) for id_, one in others
        ],
        **again,
    )


def _offer(tx: Tx, who: Viewer, offer: Introduction) -> Offer:
    """What both see: the introducer as they know them, the other one at first sight."""
    person = tx.attendees.get(offer.other(who.person.id))
    them = at_first_sight(who.event, person) if person else None
    return Offer(
        offer.id,
        _name_i_know(tx, who, offer.introducer_id),
        them.name if them else "",
        them.company if them else "",
        offer.note,
    )


def _mine(tx: Tx, who: Viewer) -> list[Mine]:
    now = house().now()
    return [
        Mine(
            one.id,
            _name_i_know(tx, who, one.first_id),
            _name_i_know(tx, who, one.second_id),
            day_and_time(who.event, one.offered_at),
            "made" if one.introduced_at else "open" if now < one.expires_at else "over",
        )
        for one in tx.introductions.of_attendee(who.person.id)
        if one.introducer_id == who.person.id and one.taken_back_at is None
    ]


def _name_i_know(tx: Tx, who: Viewer, attendee_id: str) -> str:
    """The first name of somebody I am connected with; nothing once that has ended."""
    connection = tx.connections.between(who.person.id, attendee_id)
    meeting = tx.meetings.get(connection.id, who.person.id) if connection else None
    person = met(meeting) if meeting else None
    return first_name(person.name) if person else ""
