"""`POST /api/v1/badges`: the badge of whoever was just let in, for the tablet's printer."""

from typing import Annotated

from flask import Response
from msgspec import Meta, Struct

from kiosk.judge import Venue
from kiosk.model import Reason
from kiosk.occasion import Occasion
from kiosk.paper import AtHand, at_hand
from kiosk.web import replies
from kiosk.web.api import blueprint, event_of, read_message
from kiosk.web.house import house
from kiosk.web.identity import the_device
from kiosk.web.messages import Code


class BadgeRequest(Struct):
    code: Code


class BadgeNow(Struct):
    """What stands on the badge; `code` also for who came with a ticket."""

    code: str
    url: str
    name: str
    company: str
    role: str
    pronouns: str
    ticket_type: str
    print_count: Annotated[int, Meta(ge=0, description="how often it was printed before")]


@blueprint.post("/badges", endpoint="badge_now")
def tell() -> Response:
    device, code, now = the_device(), read_message(BadgeRequest).code, house().now()
    with house().store.read() as tx:
        venue = Venue(event_of(tx, device), device, {})
        occasion = Occasion(venue, "", 0, now, now, house().settings.secret_key)
        found = at_hand(tx, occasion, code)
    if isinstance(found, Reason):
        return _refused(found)
    return replies.json(_badge(found))


def _badge(found: AtHand) -> BadgeNow:
    person = found.person
    return BadgeNow(
        code=found.code,
        url=f"{house().settings.public_url.upper()}/B/{found.code}",
        name=person.name,
        company=person.company,
        role=person.role,
        pronouns=person.pronouns,
        ticket_type=person.ticket_type,
        print_count=found.print_count,
    )


def _refused(reason: Reason) -> Response:
    if reason == Reason.NOT_CHECKED_IN:
        sentence = "Check in on this tablet first, then print within fifteen minutes."
        return replies.refusal(409, str(reason), sentence)
    return replies.refusal(404, str(reason), "This code is no badge of this event.")
