"""Everything that is held about one person, for that person (GDPR articles 15 and 20).

Of other people it tells what they agreed to show this one and nothing else. That somebody
declined, blocked or hid is not told: an ask looks as if it still stood.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from kiosk.agree import shared_fields
from kiosk.ids import address_digest
from kiosk.model import Attendee, Event, Introduction, Lead, Meeting, Report
from kiosk.ports import Tx
from kiosk.shown import as_asker, at_first_sight, met
from kiosk.trail import trail

Held = dict[str, Any]
Standing = Literal[
    "mutual", "blocked", "withdrawn", "ended", "asked", "declined", "asked_of_you"
]


def rows_about(tx: Tx, attendee_id: str) -> Held | None:
    """One JSON-able object, instants in the venue's time; None when nobody is held."""
    person = tx.attendees.get(attendee_id)
    event = tx.events.get(person.event_id) if person else None
    if person is None or event is None:
        return None
    zone = ZoneInfo(event.timezone)
    held: Held = _jsonable(
        {
            "event": {"name": event.name, "venue": event.venue, "slug": event.slug},
            "person": asdict(person),
            "shared_by_default": shared_fields(event, person),
            "preferences": asdict(tx.preferences.get(person.id)),
            "tickets": [asdict(ticket) for ticket in tx.tickets.of_attendee(person.id)],
            "phones": [asdict(phone) for phone in tx.phones.of_attendee(person.id)],
            "connections": [
                _connection(event, person, meeting) | _promises(tx, person, meeting)
                for meeting in tx.meetings.of_attendee(person.id)
            ],
            "introductions": _introductions(tx, person),
            "sponsors": [_lead(tx, one) for one in tx.leads.of_attendee(person.id)],
            **trail(tx, event, person),
            "no_more_letters": _reason_for_none(tx, person),
            "reports": [_report(one) for one in tx.reports.by_attendee(person.id)],
        },
        zone,
    )
    return held


def _connection(event: Event, person: Attendee, meeting: Meeting) -> Held:
    standing = _standing(meeting, person.id)
    mine = meeting.mine
    return {
        "standing": standing,
        "asked_at": meeting.connection.asked_at,
        "person": _other(event, meeting, standing),
        "met_at": meeting.connection.agreed_at,
        "place": meeting.connection.place,
        "you_share": mine.fields if mine else (),
        "how": mine.how if mine else None,
        "note": mine.note if mine else "",
        "starred_at": mine.starred_at if mine else None,
        "rested_at": mine.rested_at if mine else None,
        "tags": mine.tags if mine else (),
    }


def _promises(tx: Tx, person: Attendee, meeting: Meeting) -> Held:
    """What this person promised the other, and what they may see of the other's word."""
    made = tx.promises.of_connection(meeting.connection.id)
    theirs = made if meeting.connection.is_mutual else ()
    return {
        "you_promised": [asdict(one) for one in made if one.attendee_id == person.id],
        "promised_to_you": [
            {"kind": one.kind, "text": one.text, "is_done": one.done_at is not None}
            for one in theirs
            if one.attendee_id != person.id
        ],
    }


def _standing(meeting: Meeting, attendee_id: str) -> Standing:
    """How the connection looks to this person; what the other one ended is not told."""
    connection = meeting.connection
    if connection.is_mutual:
        return "mutual"
    if connection.blocked_by(attendee_id):
        return "blocked"
    if connection.withdrawn_by == attendee_id:
        return "withdrawn"
    if connection.agreed_at is not None:
        return "ended"
    if connection.asked_by == attendee_id:
        return "asked"
    return "declined" if connection.declined_at else "asked_of_you"


def _other(event: Event, meeting: Meeting, standing: Standing) -> Held:
    """What this person may see of the other one as things stand."""
    match standing:
        case "mutual":
            shown = met(meeting)
            seen = asdict(shown) if shown else {}
            return {name: seen[name] for name in seen if seen[name] and name not in _OURS}
        case "asked":
            return asdict(at_first_sight(event, meeting.person))
        case "asked_of_you":
            return asdict(as_asker(event, meeting.person))
        case "blocked" | "withdrawn" | "ended" | "declined":
            return {}


_OURS = ("attendee_id", "at", "place", "note", "promised")
"""What `met` tells of the meeting rather than of the person."""


def _introductions(tx: Tx, person: Attendee) -> Sequence[Held]:
    """What this person offered, and what they answered; nobody else's answer."""
    return [
        {
            "offered_by_you": offer.introducer_id == person.id,
            "note": offer.note,
            "offered_at": offer.offered_at,
            "you_agreed_at": _own_yes(offer, person),
            "you_declined_at": (
                offer.declined_at if offer.declined_by == person.id else None
            ),
            "introduced_at": offer.introduced_at,
        }
        for offer in tx.introductions.of_attendee(person.id)
    ]


def _own_yes(offer: Introduction, person: Attendee) -> datetime | None:
    if person.id == offer.first_id:
        return offer.first_agreed_at
    return offer.second_agreed_at if person.id == offer.second_id else None


def _lead(tx: Tx, lead: Lead) -> Held:
    """What this person agreed to give a sponsor."""
    sponsor = tx.sponsors.get(lead.sponsor_id)
    return {
        "sponsor": sponsor.name if sponsor else "",
        "purpose": lead.purpose,
        "fields": lead.fields,
        "agreed_at": lead.agreed_at,
        "withdrawn_at": lead.withdrawn_at,
    }


def _reason_for_none(tx: Tx, person: Attendee) -> str:
    """Why they get no letters any more, such as "unsubscribed"; else empty."""
    return tx.suppressions.reason(person.event_id, address_digest(person.email))


def _report(report: Report) -> Held:
    """What this person told the organisers; what others told of them is not theirs."""
    return {"reason": report.reason, "reported_at": report.reported_at}


def _jsonable(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case dict():
            return {name: _jsonable(inner, zone) for name, inner in value.items()}
        case list() | tuple():
            return [_jsonable(inner, zone) for inner in value]
        case _:
            return value
