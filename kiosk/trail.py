"""The trail one person left: badges, readings, what was done at tablets, letters.

Instants, outcomes and the reasons staff typed, for the person they are about; of devices
the name alone, and no code.
"""

from collections.abc import Mapping, Sequence

from kiosk.model import Attendee, Event
from kiosk.ports import Tx

Step = Mapping[str, object]


def trail(tx: Tx, event: Event, person: Attendee) -> dict[str, Sequence[Step]]:
    """By kind, the earliest first."""
    return {
        "badges": _badges(tx, person),
        "cases": _cases(tx, person),
        "scans": _scans(tx, event, person),
        "done_at_tablets": _acts(tx, event, person),
        "letters": _letters(tx, person),
    }


def _badges(tx: Tx, person: Attendee) -> Sequence[Step]:
    prints = tx.badges.printings_of(person.id)
    return [
        {
            "issued_at": badge.issued_at,
            "replaced_at": badge.replaced_at,
            "reason": badge.reason,
            "agree_ended_at": badge.agree_ended_at,
            "printed": [
                {"printed_at": one.printed_at, "reason": one.reason}
                for one in prints
                if one.badge_id == badge.id
            ],
        }
        for badge in tx.exports.badges_of(person.id)
    ]


def _cases(tx: Tx, person: Attendee) -> Sequence[Step]:
    """Refusals that were taken to the help desk."""
    return [
        {
            "reason": referral.reason,
            "note": referral.note,
            "referred_at": referral.referred_at,
            "settled_at": referral.settled_at,
        }
        for referral in tx.referrals.of_attendee(person.id)
    ]


def _scans(tx: Tx, event: Event, person: Attendee) -> Sequence[Step]:
    rules = {rule.id: rule.name for rule in tx.events.lists(event.id)}
    devices = _devices(tx, event)
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


def _acts(tx: Tx, event: Event, person: Attendee) -> Sequence[Step]:
    """What was done about them besides scans: a correction, a print, a promise."""
    devices = _devices(tx, event)
    return [
        {
            "kind": act.kind,
            "device": devices.get(act.device_id),
            "done_at": act.done_at,
            "outcome": act.outcome,
            "reason": act.reason,
        }
        for act in tx.acts.of_attendee(person.id)
    ]


def _letters(tx: Tx, person: Attendee) -> Sequence[Step]:
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


def _devices(tx: Tx, event: Event) -> dict[str, str]:
    return {device.id: device.name for device in tx.devices.of_event(event.id)}
