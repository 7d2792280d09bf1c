"""The people and things the tests tell of, each a whole and valid noun.

`an_event()` is two days in Berlin; `NOW` is its first morning. Ada, Grace and Linus attend;
Mallory attends another event and must get nowhere. Every builder takes the fields to
change: `an_attendee("Zoë", status="pending")`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from kiosk.ids import badge_code, digest
from kiosk.model import (
    Answer,
    Attendee,
    Badge,
    CheckInList,
    Device,
    Event,
    FollowUp,
    Phone,
    Scan,
    Sponsor,
    Ticket,
)
from kiosk.store import SqliteStore, Tx

KEY = b"a key for tests, thirty-two bytes"
NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # ten in the morning at the venue


def named_id(name: str) -> str:
    """The same UUID for the same name, so that a failing test reads alike each time."""
    return str(uuid5(NAMESPACE_DNS, name))


EVENT_ID = named_id("demo-2026")
OTHER_EVENT_ID = named_id("other-2026")


class Clock:
    """A now that stands still until a test moves it: `clock.move(minutes=5)`."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def an_event(**changes: Any) -> Event:
    slug = changes.get("slug", "demo-2026")
    event = Event(
        id=named_id(slug),
        slug=slug,
        name="Demo Conference 2026",
        venue="Old Harbour Hall",
        timezone="Europe/Berlin",
        opens_at=datetime(2026, 5, 31, 22, 0, tzinfo=UTC),
        starts_at=datetime(2026, 6, 1, 7, 0, tzinfo=UTC),
        ends_at=datetime(2026, 6, 2, 16, 0, tzinfo=UTC),
        languages=("en", "de"),
        shared_fields=("name", "company", "role", "email"),
        follow_up=FollowUp("Demo Conference", "hello@demo.example", "team@demo.example"),
    )
    return replace(event, **changes)


def a_list(name: str = "main", **changes: Any) -> CheckInList:
    event_id = changes.get("event_id", EVENT_ID)
    return replace(CheckInList(named_id(f"{event_id}/{name}"), event_id, name), **changes)


def an_attendee(name: str = "Ada Lovelace", **changes: Any) -> Attendee:
    """A confirmed attendee whose id, e-mail and ticket code follow from the name."""
    word = name.split(maxsplit=1)[0].lower()
    event_id = changes.get("event_id", EVENT_ID)
    attendee = Attendee(
        id=named_id(f"{event_id}/{name}"),
        event_id=event_id,
        name=name,
        email=f"{word}@{word}.example",
        company="Analytical Engines",
        role="Engineer",
        ticket_type="Regular",
        ticket_code=f"TICKET-{word.upper()}",
        registered_at=NOW - timedelta(days=30),
    )
    return replace(attendee, **changes)


def ada(**changes: Any) -> Attendee:
    return an_attendee("Ada Lovelace", **changes)


def grace(**changes: Any) -> Attendee:
    return an_attendee("Grace Hopper", **({"company": "Navy", "role": "Admiral"} | changes))


def linus(**changes: Any) -> Attendee:
    return an_attendee("Linus Torvalds", **({"company": "Kernel"} | changes))


def mallory(**changes: Any) -> Attendee:
    """The outsider: an attendee of another event of the same organisers."""
    return an_attendee("Mallory Adverse", **({"event_id": OTHER_EVENT_ID} | changes))


def a_badge(attendee: Attendee, number: int = 1, **changes: Any) -> Badge:
    """The person's n-th badge under `KEY`; its code is `code_of(attendee, n)`."""
    badge_id = named_id(f"{attendee.id}/badge-{number}")
    badge = Badge(
        id=badge_id,
        event_id=attendee.event_id,
        attendee_id=attendee.id,
        digest=digest(badge_code(KEY, badge_id)),
        issued_at=NOW - timedelta(days=7),
    )
    return replace(badge, **changes)


def code_of(attendee: Attendee, number: int = 1) -> str:
    """The 16 characters on the badge of `a_badge(attendee, number)`."""
    return badge_code(KEY, a_badge(attendee, number).id)


def a_device(name: str = "Door", **changes: Any) -> Device:
    event_id = changes.get("event_id", EVENT_ID)
    device = Device(
        id=named_id(f"{event_id}/device {name}"),
        event_id=event_id,
        name=name,
        role="kiosk",
        list_name="main",
        added_at=NOW - timedelta(days=1),
    )
    return replace(device, **changes)


def a_sponsor(name: str = "Acme", **changes: Any) -> Sponsor:
    """It asks for name, company and e-mail, and sends its news."""
    sponsor = Sponsor(
        id=named_id(f"sponsor {name}"),
        event_id=EVENT_ID,
        name=name,
        purpose=f"{name} writes to you once about its new engines.",
        fields=("name", "company", "email"),
    )
    return replace(sponsor, **changes)


def a_booth(sponsor: Sponsor | None = None) -> Device:
    """The sponsor's own device."""
    sponsor = sponsor or a_sponsor()
    return a_device(f"{sponsor.name} booth", sponsor_id=sponsor.id)


def token_of(device: Device) -> str:
    """The bearer token that `enrol` gives this device."""
    return f"token of {device.id}"


def settle(tx: Tx, event: Event | None = None, people: Iterable[Attendee] = ()) -> Event:
    """Put an event, its list "main" and people with badges and tickets in the store."""
    event = event or an_event()
    tx.events.add(event)
    tx.events.put_list(a_list(event_id=event.id))
    for attendee in people:
        join(tx, attendee)
    return event


def join(tx: Tx, attendee: Attendee) -> Attendee:
    """Put a person with a badge and, when they have one, their ticket in the store."""
    tx.attendees.add(attendee)
    tx.badges.add(a_badge(attendee))
    if attendee.ticket_code:
        tx.tickets.put([ticket_of(attendee)])
    return attendee


def ticket_of(attendee: Attendee) -> Ticket:
    return Ticket(
        attendee.event_id,
        attendee.ticket_code,
        attendee.id,
        attendee.ticket_type,
        attendee.status,
    )


def enrol(tx: Tx, device: Device | None = None) -> Device:
    """Put a device in the store; it signs in with `token_of(device)`."""
    device = device or a_device()
    tx.devices.add(device)
    tx.devices.give_token(device.id, digest(token_of(device)))
    return device


def let_in(tx: Tx, *people: Attendee, at: datetime = NOW) -> None:
    """Check people in at the device "Door", which must be enrolled."""
    for person in people:
        scan_id = named_id(f"{person.id} comes in at {at}")
        tx.scans.add(
            Scan(
                id=scan_id,
                event_id=person.event_id,
                device_id=a_device(event_id=person.event_id).id,
                seq=1,
                kind="check_in",
                list_id=a_list(event_id=person.event_id).id,
                attendee_id=person.id,
                scanned_at=at,
                received_at=at,
                fingerprint=scan_id,
                outcome="welcomed",
                reason=None,
                conflict=None,
                answer=Answer(scan_id, "welcomed", at),
            )
        )


def phone_token_of(attendee: Attendee) -> str:
    """The cookie of the phone that `give_phone` links."""
    return f"phone-of-{attendee.id}"


def give_phone(tx: Tx, *people: Attendee) -> None:
    """Link a phone to each of these people."""
    for person in people:
        phone = Phone(
            named_id(f"phone of {person.id}"), person.id, "Firefox on Android", NOW
        )
        tx.phones.add(phone, digest(phone_token_of(person)))


def plant(
    store: SqliteStore,
    *people: Attendee,
    event: Event | None = None,
    devices: Iterable[Device] = (),
) -> Event:
    """`settle` and `enrol` in a store with a writer."""

    def put(tx: Tx, _: None, _now: datetime) -> Event:
        planted = settle(tx, event, people)
        for device in devices:
            enrol(tx, device)
        return planted

    return store.write(put, None, NOW)


def outcome_of(scan: Scan | None) -> tuple[str, str | None]:
    """The outcome and reason of a kept scan, for short assertions."""
    assert scan is not None, "the scan was not kept"
    return scan.outcome, scan.reason
