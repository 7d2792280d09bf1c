"""What sponsors have of me: since when, which fields and why; and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, request

from kiosk.lead import TakeBackLead, take_back_lead
from kiosk.model import Lead
from kiosk.ports import Tx
from kiosk.shown import given
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import day_and_time, in_sentence, listed
from kiosk.web.replies import go


@dataclass(frozen=True, slots=True)
class Given:
    """A sponsor I said yes to, in words."""

    id: str
    sponsor: str
    purpose: str
    fields: str
    since: str


def given_to_sponsors(tx: Tx, who: Viewer) -> Sequence[Given]:
    """What stands, the latest first."""
    leads = tx.leads.of_attendee(who.person.id)
    return [_given(tx, who, lead) for lead in leads if lead.withdrawn_at is None]


@blueprint.route("/me/sponsors/<lead_id>", methods=["GET", "POST"], endpoint="sponsor")
def sponsor(lead_id: str) -> Response:
    """One yes and all that goes with it; the form takes it back."""
    with house().store.read() as tx:
        who = viewer(tx)
        lead = tx.leads.get(lead_id)
        if lead is None or lead.attendee_id != who.person.id:
            abort(404)
        shown = _given(tx, who, lead)
    if request.method == "POST":
        command = TakeBackLead(who.person.id, lead_id)
        house().store.write(take_back_lead, command, house().now())
        return go("phone.shared", news="yes-taken-back")
    return phone_page("sponsor.html", who, one=shown, is_over=bool(lead.withdrawn_at))


def _given(tx: Tx, who: Viewer, lead: Lead) -> Given:
    asker = tx.sponsors.get(lead.sponsor_id)
    fields = given(who.event, who.person, tx.preferences.get(who.person.id), lead)
    return Given(
        lead.id,
        asker.name if asker else "",
        lead.purpose,
        listed([in_sentence(field) for field in fields]),
        day_and_time(who.event, lead.agreed_at),
    )
