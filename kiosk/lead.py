"""A person says yes to a sponsor on a screen that named it, the purpose and the fields.

Only somebody who is checked in can, and only with what they let sponsors see. A lead
keeps what was agreed to: a sponsor that asks for more later has to ask again. Taken back,
it is in no export any more; a yes that arrives late does not undo a later no.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.door import person_refusal
from kiosk.find import Found, find
from kiosk.model import Attendee, Event, Lead, Reason, Sponsor
from kiosk.phase import refusal_of_time
from kiosk.ports import Tx
from kiosk.shown import covered

UNDO_WITHIN = timedelta(minutes=15)  # at the sponsor's own device
NOTHING_TO_SHARE = "nothing_to_share"


@dataclass(frozen=True, slots=True)
class Request:
    """A sponsor asks whoever has this code; `at` by the device's clock."""

    event: Event
    sponsor: Sponsor
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose badge it is, and what the sponsor would get."""

    person: Attendee
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreeLead:
    """The person pressed yes. `fields` and `purpose` are those on the screen, when it said:
    a tablet that was alone may have asked for what the sponsor asked for before.
    """

    id: str
    request: Request
    device_id: str
    fields: tuple[str, ...] | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    lead: Lead
    is_new: bool


@dataclass(frozen=True, slots=True)
class UndoLead:
    """The lead was a mistake; said at the device that took it."""

    lead_id: str
    device_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeBackLead:
    attendee_id: str
    lead_id: str


def asked(tx: Tx, request: Request, now: datetime) -> Asked | Reason:
    """What saying yes would give, or why this person cannot.

    Whom the organisers keep out is told as not checked in: why is no sponsor's business.
    """
    closure = tx.events.closure(request.event.id)
    refusal = refusal_of_time(request.event, closure, request.at, now)
    found = refusal or find(tx, request.event.id, request.code)
    if not isinstance(found, Found):
        return found
    if found.is_replaced:
        return Reason.REPLACED_BADGE
    person = found.attendee
    if person_refusal(person) or not tx.scans.is_checked_in(person.id):
        return Reason.NOT_CHECKED_IN
    return Asked(person, _open_to(tx, request, person))


def agree_lead(tx: Tx, command: AgreeLead, now: datetime) -> Agreed | str:
    """The lead that stands now: a new one, or the one this person agreed to before.

    A `Reason`, or `nothing_to_share` when they keep back all that is asked for.
    """
    would = asked(tx, command.request, now)
    if isinstance(would, Reason):
        return would
    sponsor, person = command.request.sponsor, would.person
    if standing := tx.leads.standing(sponsor.id, person.id):
        return Agreed(standing, is_new=False)
    named = would.fields if command.fields is None else command.fields
    lead = Lead(
        id=command.id,
        sponsor_id=sponsor.id,
        attendee_id=person.id,
        fields=tuple(field for field in would.fields if field in named),
        purpose=command.purpose or sponsor.purpose,
        agreed_at=command.request.at,
        device_id=command.device_id,
    )
    if not lead.fields:
        return NOTHING_TO_SHARE
    lead = replace(lead, withdrawn_at=_withdrawn_since(tx, lead))
    tx.leads.add(lead)
    return Agreed(lead, is_new=lead.withdrawn_at is None)


def undo_lead(tx: Tx, command: UndoLead) -> Reason | None:
    """None when it is undone; only what this device took, within 15 minutes.

    By the device's clock, as the yes was: another yes may follow before either is sent.
    """
    lead = tx.leads.get(command.lead_id)
    if lead is None or lead.device_id != command.device_id:
        return Reason.NOTHING_TO_ANNUL
    if command.at - lead.agreed_at > UNDO_WITHIN:
        return Reason.ANNUL_TOO_LATE
    return None if tx.leads.withdraw(lead.id, command.at) else Reason.NOTHING_TO_ANNUL


def take_back_lead(tx: Tx, command: TakeBackLead, now: datetime) -> bool:
    """Whether there was something of this person to take back."""
    lead = tx.leads.get(command.lead_id)
    if lead is None or lead.attendee_id != command.attendee_id:
        return False
    return tx.leads.withdraw(lead.id, now)


def _open_to(tx: Tx, request: Request, person: Attendee) -> tuple[str, ...]:
    preferences = tx.preferences.get(person.id)
    shown = covered(request.event, person, preferences, "sponsors")
    return tuple(field for field in shown if field in request.sponsor.fields)


def _withdrawn_since(tx: Tx, lead: Lead) -> datetime | None:
    """When this person said no to this sponsor after they said this yes."""
    endings = (
        one.withdrawn_at
        for one in tx.leads.of_attendee(lead.attendee_id)
        if one.sponsor_id == lead.sponsor_id and one.withdrawn_at
    )
    return next((at for at in endings if at > lead.agreed_at), None)
