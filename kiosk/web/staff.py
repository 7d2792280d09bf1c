"""What tablets of staff ask for: whether a PIN is right, who is called nearly like somebody
new, and who waits at the help desk.
"""

from datetime import timedelta

from flask import Response, request

from kiosk.ids import badge_code
from kiosk.model import Device, Referral
from kiosk.pair import ChangeRole, change_role
from kiosk.pin import fits
from kiosk.ports import Tx
from kiosk.search import Search, namesakes
from kiosk.web import replies
from kiosk.web.api import blueprint, person_found, read_message
from kiosk.web.house import house
from kiosk.web.identity import the_device
from kiosk.web.limits import Misses
from kiosk.web.messages import QUERY_LIMIT, PeopleFound
from kiosk.web.staff_messages import Case, Cases, PinAnswer, PinTried, RoleNow, RoleWanted

pin_misses = Misses(timedelta(minutes=5))
PIN_MISSES_LIMIT = 10


@blueprint.post("/pin")
def check_pin() -> Response:
    """For a tablet that cannot work it out itself (no https, so no `crypto.subtle`)."""
    device, now, tried = the_device(), house().now(), read_message(PinTried).pin
    if wait := pin_misses.attempt(device.id, PIN_MISSES_LIMIT, now):
        return replies.refusal(429, Retry_After=str(wait))
    with house().store.read() as tx:
        pin = tx.pins.get(device.event_id)
    is_right = pin is None or fits(pin, tried)
    if is_right:
        pin_misses.take_back(device.id, now)
    return replies.json(PinAnswer(is_right))


@blueprint.post("/role", endpoint="change_role")
def become() -> Response:
    """Make this tablet another one: only with the event's PIN, and never a sponsor's."""
    device, now, wanted = the_device(), house().now(), read_message(RoleWanted)
    if wait := pin_misses.attempt(device.id, PIN_MISSES_LIMIT, now):
        return replies.refusal(429, Retry_After=str(wait))
    with house().store.read() as tx:
        pin = tx.pins.get(device.event_id)
    if pin is None or not fits(pin, wanted.pin):
        sentence = "This takes the event's staff PIN; it is set at the desk, under Tablets."
        return replies.refusal(403, "pin", sentence)
    pin_misses.take_back(device.id, now)
    changed = house().store.write(change_role, ChangeRole(device.id, wanted.role), now)
    if not changed:
        return replies.refusal(409, "role_stays", "This tablet stays what it is.")
    return replies.json(RoleNow(wanted.role))


@blueprint.get("/namesakes", endpoint="namesakes")
def alike() -> Response:
    """Who is called nearly like somebody about to be added; not in self-service."""
    device, name = the_device(), request.args.get("name", "")[:QUERY_LIMIT]
    if device.role == "kiosk":
        return replies.refusal(403, "not_staff")
    with house().store.read() as tx:
        near = namesakes(tx, Search(device.event_id, name))
        return replies.json(PeopleFound([person_found(tx, one) for one in near]))


@blueprint.get("/referrals")
def referrals() -> Response:
    """Who waits at the help desk; for the tablets of that desk alone."""
    device = the_device()
    if device.role != "desk":
        return replies.refusal(403, "not_the_help_desk")
    with house().store.read() as tx:
        gates = {one.id: one for one in tx.devices.of_event(device.event_id)}
        waiting = tx.referrals.open(device.event_id)
        return replies.json(Cases([_case(tx, one, gates) for one in waiting]))


def _case(tx: Tx, referral: Referral, gates: dict[str, Device]) -> Case:
    whose = referral.attendee_id
    person = tx.attendees.get(whose) if whose else None
    badge = tx.badges.of_attendee(whose) if whose else None
    gate = gates.get(referral.device_id)
    return Case(
        id=referral.id,
        name=person.name if person else "",
        company=person.company if person else "",
        code=badge_code(house().settings.secret_key, badge.id) if badge else "",
        reason=referral.reason,
        note=referral.note,
        place=gate.name if gate else "",
        referred_at=referral.referred_at,
    )
