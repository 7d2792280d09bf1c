"""What devices ask for: JSON under `/api/v1`, with the device's token (CONTRACT §4)."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import TypeVar

import msgspec
from flask import Blueprint, Response, abort, request

from kiosk.agree import shared_fields
from kiosk.booth import sponsor_of
from kiosk.door import person_refusal
from kiosk.envelope import public_key
from kiosk.find import Found, find
from kiosk.ids import badge_code
from kiosk.lead import Request, asked
from kiosk.link import Offered, OfferLink, offer_link
from kiosk.model import Attendee, Device, Event, Reason
from kiosk.phase import end_of, phase_of
from kiosk.ports import Tx
from kiosk.scan import Sent, ShutOut, receive_from_token
from kiosk.search import Search, search, search_narrowly
from kiosk.shown import first_name
from kiosk.web import messages as say
from kiosk.web import replies
from kiosk.web.event_messages import event_message
from kiosk.web.house import house
from kiosk.web.identity import the_device, the_token
from kiosk.web.limits import Misses
from kiosk.web.pin_messages import pin_message
from kiosk.web.scans import TooMany, read_batch
from kiosk.web.sponsor_messages import sponsor_message

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
M = TypeVar("M")

search_misses = Misses(timedelta(minutes=10))
SEARCH_MISSES_LIMIT = 20  # of one tablet in self-service: a queue of people, not a list


@blueprint.errorhandler(msgspec.DecodeError)
def on_bad_json(error: msgspec.DecodeError) -> Response:
    sentence = f"This is not the JSON that belongs here: {error}."
    return replies.refusal(400, "malformed", sentence)


@blueprint.get("/event")
def event_now() -> Response:
    now = house().now()
    with house().store.read() as tx:
        event, closure = (
            event_of(tx, the_device()),
            tx.events.closure(the_device().event_id),
        )
        end = end_of(event, closure)
        answer = say.EventNow(
            event=event_message(event),
            phase=phase_of(event, closure, now),
            lists=[say.list_message(rule) for rule in tx.events.lists(event.id)],
            server_time=now,
            ended_at=end.ended_at,
            late_until=end.late_until,
            list_name=the_device().list_name,
            pin=pin_message(tx.pins.get(event.id)),
            ticket_types=tx.figures.ticket_types(event.id),
            sponsor=sponsor_message(sponsor_of(tx, the_device())),
            seal_key=_seal_key(house().settings.secret_key),
            last_seq=tx.scans.last_seq(the_device().id),
        )
    return replies.json(answer)


@blueprint.post("/scans")
def scans() -> Response:
    """An answer for each scan, in the same order, once all of them are durable."""
    try:
        readings = read_batch(request.get_data())
    except TooMany:
        sentence = f"Send at most {say.BATCH_LIMIT} scans at a time."
        return replies.refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many", sentence)
    command, here = Sent(the_token().digest, readings), house()
    answers = here.store.write(receive_from_token, command, here.now())
    if isinstance(answers, ShutOut):
        abort(401)
    return replies.json(say.ScanResults(answers))


@blueprint.post("/links")
def links() -> Response:
    """A one-time address that makes a phone the person's own, after their check-in here."""
    device, code = the_device(), read_message(say.LinkRequest).code
    with house().store.read() as tx:
        found = find(tx, device.event_id, code)
    if not isinstance(found, Found) or found.is_replaced:
        return replies.refusal(404, "unknown_code", "This code is not of this event.")
    offer = OfferLink(device.id, found.attendee.id)
    offered = house().store.write(offer_link, offer, house().now())
    if not isinstance(offered, Offered):
        sentence = (
            "Check in on this tablet first, then link your phone within five minutes."
        )
        return replies.refusal(409, str(offered.reason), sentence)
    url = f"{house().settings.public_url}/me/link#{offered.token}"
    return replies.json(say.LinkOffer(url, offered.expires_at), 201)


@blueprint.post("/cards")
def cards() -> Response:
    """Whose badges these are and what each would share, for the swap that may follow."""
    device, codes = the_device(), read_message(say.CardsRequest).codes
    with house().store.read() as tx:
        event = event_of(tx, device)
        sponsor, now = sponsor_of(tx, device), house().now()
        if sponsor:
            asking = [Request(event, sponsor, code, now) for code in codes]
            return replies.json(say.Cards([_asked(tx, one, now) for one in asking]))
        answer = say.Cards([_card(tx, event, code) for code in codes])
    return replies.json(answer)


@blueprint.get("/people")
def people() -> Response:
    """Staff search forgivingly; a kiosk finds one person who can name themselves."""
    device, text, now = the_device(), request.args.get("q", "").strip(), house().now()
    is_desk = device.role == "desk"
    if len(text) < say.QUERY_MINIMUM or len(text) > say.QUERY_LIMIT:
        sentence = f"Give {say.QUERY_MINIMUM} to {say.QUERY_LIMIT} characters to look for."
        return replies.refusal(400, "query_length", sentence)
    wait = 0 if is_desk else search_misses.attempt(device.id, SEARCH_MISSES_LIMIT, now)
    if wait:
        return replies.refusal(429, Retry_After=str(wait))
    with house().store.read() as tx:
        query = Search(device.event_id, text)
        found = (search if is_desk else search_narrowly)(tx, query)
        answer = say.PeopleFound([person_found(tx, attendee) for attendee in found])
    if found and not is_desk:
        search_misses.take_back(device.id, now)
    return replies.json(answer)


def read_message(message: type[M]) -> M:
    """The request's body as this message; msgspec.DecodeError when it is none."""
    try:
        return msgspec.json.decode(request.get_data(), type=message)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError("it is no text, or nested too deeply") from error


def event_of(tx: Tx, device: Device) -> Event:
    event = tx.events.get(device.event_id)
    if event is None:
        raise LookupError(f"device {device.id} belongs to no event")
    return event


@cache
def _seal_key(secret: bytes) -> str:
    return urlsafe_b64encode(public_key(secret)).rstrip(b"=").decode()


def _card(tx: Tx, event: Event, code: str) -> say.Card:
    found = find(tx, event.id, code)
    if isinstance(found, Reason):
        return say.Card(code, found)
    if reason := _refusal_to_swap(tx, found):
        return say.Card(code, reason)
    person = found.attendee
    return say.Card(
        code=code,
        id=person.id,
        name=person.name,
        first_name=first_name(person.name),
        company=person.company,
        language=person.language,
        shares=shared_fields(event, person),
    )


def _asked(tx: Tx, request: Request, now: datetime) -> say.Card:
    """Before a yes a sponsor's tablet learns no more than the first name."""
    would = asked(tx, request, now)
    if isinstance(would, Reason):
        return say.Card(request.code, would)
    person = would.person
    return say.Card(
        code=request.code,
        first_name=first_name(person.name),
        language=person.language,
        shares=would.fields,
    )


def _refusal_to_swap(tx: Tx, found: Found) -> Reason | None:
    if found.is_replaced:
        return Reason.REPLACED_BADGE
    refusal = person_refusal(found.attendee)
    if refusal or tx.scans.is_checked_in(found.attendee.id):
        return refusal
    return Reason.NOT_CHECKED_IN


def person_found(tx: Tx, attendee: Attendee) -> say.PersonFound:
    badge = tx.badges.of_attendee(attendee.id)
    return say.PersonFound(
        id=attendee.id,
        name=attendee.name,
        company=attendee.company,
        email=attendee.email if the_device().role == "desk" else "",
        ticket_type=attendee.ticket_type,
        status=attendee.status,
        code=badge_code(house().settings.secret_key, badge.id) if badge else "",
        is_checked_in=tx.scans.is_checked_in(attendee.id),
    )
