"""A tablet joins: with a one-time code from the desk, or by showing one of its own.

A tablet that shows a code asks again and again whether somebody has approved it. What it
hears tells nothing of any event until then, and a wrong secret hears what an old one does.
"""

from datetime import datetime, timedelta

from flask import Response, request

from kiosk.booth import sponsor_of
from kiosk.ids import digest, new_short_code, new_token
from kiosk.model import Device
from kiosk.pair import AskIn, Enrol, TooManyAsk, ask_in, asking, enrol
from kiosk.web import messages as say
from kiosk.web import replies
from kiosk.web.api import blueprint, event_of, read_message
from kiosk.web.event_messages import event_message
from kiosk.web.house import house
from kiosk.web.identity import bearer_digest, bearer_token
from kiosk.web.limits import Misses
from kiosk.web.sponsor_messages import sponsor_message
from kiosk.web.staff_messages import AskedIn, Asking, Enrolled, Pairing

misses = Misses(timedelta(minutes=10))
MISSES_LIMIT = 30
asked = Misses(timedelta(minutes=10))
ASKED_LIMIT = 100  # tablets of one venue, which is one address, each a few times


@blueprint.post("/devices")
def pair() -> Response:
    """Enrol a tablet with a one-time code: 404 for a used, wrong or old one alike."""
    now, caller = house().now(), request.remote_addr or ""
    if wait := misses.wait(caller, MISSES_LIMIT, now):
        return replies.refusal(429, Retry_After=str(wait))
    token = new_token()
    command = Enrol(read_message(Pairing).pairing_code, digest(token))
    device = house().store.write(enrol, command, now)
    if device is None:
        misses.note(caller, now)
        return replies.refusal(404, "no_such_code", "This pairing code does not work.")
    return replies.json(_enrolled(device, token), 201)


@blueprint.post("/pairings")
def ask_to_pair() -> Response:
    """A code for the screen of a tablet that belongs to no event, good for ten minutes."""
    now = house().now()
    if wait := asked.attempt(request.remote_addr or "", ASKED_LIMIT, now):
        return replies.refusal(429, Retry_After=str(wait))
    code, secret = new_short_code(), new_token()
    request_ = house().store.write(ask_in, AskIn(digest(code), digest(secret)), now)
    if isinstance(request_, TooManyAsk):
        return replies.refusal(429, Retry_After="60")
    url = f"{house().settings.public_url}/desk/pair?code={code}"
    return replies.json(AskedIn(code, secret, url, request_.expires_at), 201)


@blueprint.get("/pairings/mine")
def asked_to_pair() -> Response:
    """How it stands with the tablet that holds this secret; 404 when it is over."""
    found = _standing(bearer_digest(), house().now())
    if found is None:
        return replies.refusal(404, "no_such_request", "Ask for a new code to show.")
    return replies.json(found)


def _standing(secret: str | None, now: datetime) -> Asking | None:
    with house().store.read() as tx:
        found = asking(tx, secret, now) if secret else None
    if found is None:
        return None
    if isinstance(found, Device):
        return Asking("approved", enrolled=_enrolled(found, bearer_token() or ""))
    return Asking("waiting", found.expires_at)


def _enrolled(device: Device, token: str) -> Enrolled:
    with house().store.read() as tx:
        event = event_of(tx, device)
        return Enrolled(
            device_id=device.id,
            token=token,
            role=device.role,
            event=event_message(event),
            lists=[say.list_message(rule) for rule in tx.events.lists(event.id)],
            sponsor=sponsor_message(sponsor_of(tx, device)),
        )
