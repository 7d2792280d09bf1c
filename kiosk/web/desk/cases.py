"""Who waits at the help desk: sent from a door where they were turned away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Response

from kiosk.model import Attendee, Reason, Referral
from kiosk.ports import Tx
from kiosk.refer import NotSettled, Settle, settle
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.desk.words import REASONS
from kiosk.web.house import house
from kiosk.web.identity import the_organiser
from kiosk.web.replies import go, refusal

SETTLED_SHOWN = 30
UNKNOWN = ("Turned away", "")


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its person, its gate and what the desk says of the reason."""

    referral: Referral
    person: Attendee | None
    place: str
    word: str
    advice: str


@blueprint.get("/events/<slug>/help/")
def help_desk(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        gates = {device.id: device.name for device in tx.devices.of_event(event.id)}
        return desk_page(
            "help.html",
            event,
            waiting=_cases(tx, tx.referrals.open(event.id), gates),
            settled=_cases(tx, tx.referrals.settled(event.id, SETTLED_SHOWN), gates),
        )


@blueprint.post("/events/<slug>/help/<uuid:case_id>/settlement")
def settle_case(slug: str, case_id: UUID) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
    command = Settle(event.id, str(case_id), the_organiser().email)
    settled = house().store.write(settle, command, house().now())
    if isinstance(settled, NotSettled):
        return refusal(404)
    return go("desk.help_desk", slug=slug)


def _cases(tx: Tx, referrals: Sequence[Referral], gates: Mapping[str, str]) -> list[Case]:
    return [_case(tx, referral, gates) for referral in referrals]


def _case(tx: Tx, referral: Referral, gates: Mapping[str, str]) -> Case:
    person = tx.attendees.get(referral.attendee_id) if referral.attendee_id else None
    known = next((reason for reason in Reason if reason == referral.reason), None)
    word, advice = REASONS[known] if known else UNKNOWN
    return Case(referral, person, gates.get(referral.device_id, ""), word, advice)
