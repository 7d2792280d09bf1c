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
from kiosk.model import Attendee, Event, Introduction, Lead, Meeting, Referral, Report
from kiosk.ports import Tx
from kiosk.shown import as_asker, at_first_sight, met

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
            "badges": _badges(tx, person),
            "cases": [_case(one) for one in tx.referrals.of_attendee(person.id)],
            "phones": [asdict(phone) for phone in tx.phones.of_attendee(person.id)],
            "scans": _scans(tx, event, person),
            "connections": [
                _connection(event, person, meeting) | _promises(tx, person, meeting)
                for meeting in tx.meetings.of_attendee(person.id)
            ],
            "introductions": _introductions(tx, person),
            "sponsors": [_lead(tx, one) for one in tx.leads.of_attendee(person.id)],
            "letters": _letters(tx, person),
            "reports": [_report(one) for one in tx.reports.by_attendee(person.id)],
        },
        zone,
    )
    return held


def _badges(tx: Tx, person: Attendee) -> Sequence[Held]:
    return [
        {
            "issued_at": badge.issued_at,
            "replaced_at": badge.replaced_at,
            "reason": badge.reason,
            "agree_ended_at": badge.agree_ended_at,
        }
        for badge in tx.exports.badges_of(person.id)
    ]


def _scans(tx: Tx, event: Event, person: Attendee) -> Sequence[Held]:
    rules = {rule.id: rule.name for rule in tx.events.lists(event.id)}
    devices = {device.id: device.name for device in tx.devices.of_event(event.id)}
    return [
        {
            "kind": scan.kind,
            "list": rules.get(scan.list_id or ""),
            "device": devices.get(scan.device_id),
            "scanned_at": scan.scanned_at,
            "outcome": scan.outcome,
            "reason": scan.reason,
            "conflict": scan.conflict,
            "override": scan.override,
            "annulled_at": scan.annulled_at,
        }
        for scan in tx.exports.scans_of(person.id)
    ]


def _case(referral: Referral) -> Held:
    """A refusal that was taken to the help desk."""
    return {
        "reason": referral.reason,
        "note": referral.note,
        "referred_at": referral.referred_at,
        "settled_at": referral.settled_at,
    }


def _connection(event: Event, person: Attendee, meeting: Meeting) -> Held:
    standing = _standing(meeting, person.id)
    mine = meeting.mine
    return {
        "standing": standing,
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


def _letters(tx: Tx, person: Attendee) -> Sequence[Held]:
    return [
        {
            "kind": letter.kind,
            "state": letter.state,
            "to_name": letter.to_name,
            "to_address": letter.to_address,
            "planned_at": letter.planned_at,
            "settled_at": letter.settled_at,
            "people_count": len(letter.people),
        }
        for letter in tx.exports.letters_to(person.id)
    ]


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
