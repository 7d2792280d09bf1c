"""Who has what of me: everybody who sees something, since when, and by which act."""

from dataclasses import dataclass

from flask import Response

from kiosk.agree import shared_fields
from kiosk.model import Meeting, Met, Side
from kiosk.shown import at_first_sight, fields_of, met
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, leaf, phone_page, viewer
from kiosk.web.phone.sponsors import given_to_sponsors
from kiosk.web.phone.words import by_which_act, day_and_time, in_sentence, listed
from kiosk.words import _

SEEN_BY_ASKED = ("name", "company")  # what `shown.as_asker` tells them


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who sees something of me: what, since when, by which act."""

    id: str
    name: str
    company: str
    fields: str
    since: str
    act: str


@blueprint.get("/me/shared", endpoint="shared")
def holders() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meetings = tx.meetings.of_attendee(who.person.id)
        sponsors = given_to_sponsors(tx, who)
    asked = [one for one in meetings if _is_asked_by(who, one)]
    pairs = [(one, met(one)) for one in meetings]
    held = [(one, one.mine, them) for one, them in pairs if them and one.mine]
    return phone_page(
        "shared.html",
        who,
        holders=leaf(held, lambda one: _holder(who, *one)),
        asked=[_asked(who, one) for one in asked],
        sponsors=sponsors,
    )


def _holder(who: Viewer, meeting: Meeting, mine: Side, them: Met) -> Holder:
    return Holder(
        meeting.connection.id,
        them.name,
        them.company,
        _in_words(who, mine.fields),
        day_and_time(who.event, them.at),
        by_which_act(meeting),
    )


def _is_asked_by(who: Viewer, meeting: Meeting) -> bool:
    is_mine = meeting.connection.asked_by == who.person.id
    return is_mine and meeting.connection.is_open_ask(house().now())


def _asked(who: Viewer, meeting: Meeting) -> Holder:
    """Somebody I asked sees who asks, so that they can answer."""
    them = at_first_sight(who.event, meeting.person)
    fields = tuple(field for field in SEEN_BY_ASKED if field in _shared(who))
    asked_at = meeting.connection.asked_at
    return Holder(
        meeting.connection.id,
        them.name,
        them.company,
        _in_words(who, fields),
        day_and_time(who.event, asked_at) if asked_at else "",
        _("until they answer"),
    )


def _shared(who: Viewer) -> tuple[str, ...]:
    return shared_fields(who.event, who.person)


def _in_words(who: Viewer, fields: tuple[str, ...]) -> str:
    """The fields that are shared and not empty: "Name, company and e-mail"."""
    return listed([in_sentence(field) for field in fields_of(who.person, fields)])
