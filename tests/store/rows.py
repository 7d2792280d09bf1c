"""Rows that the verbs would write, made by hand for the store's own tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.model import (
    Answer,
    Attendee,
    Closure,
    Connection,
    Letter,
    Promise,
    Scan,
    Seen,
    Side,
)
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, a_device, a_list, an_event, named_id


def a_scan(name: str = "scan", person: Attendee | None = None, **changes: Any) -> Scan:
    """A welcome at the main door; its id follows from `name`."""
    scan_id = named_id(name)
    seen = (Seen(person.id, person.name, person.company),) if person else ()
    at = changes.get("scanned_at", NOW)
    scan = Scan(
        id=scan_id,
        event_id=EVENT_ID,
        device_id=a_device().id,
        seq=1,
        kind="check_in",
        list_id=a_list().id,
        attendee_id=person.id if person else None,
        scanned_at=NOW,
        received_at=at,
        fingerprint=f"print of {name}",
        outcome="welcomed",
        reason=None,
        conflict=None,
        answer=Answer(scan_id, changes.get("outcome", "welcomed"), at, attendees=seen),
    )
    return replace(scan, **changes)


def a_connection(one: Attendee, other: Attendee, **changes: Any) -> Connection:
    """A mutual connection at the coffee bar."""
    first, second = sorted((one.id, other.id))
    connection = Connection(
        id=named_id(f"{first} met {second}"),
        event_id=one.event_id,
        first_id=first,
        second_id=second,
        agreed_at=NOW,
        place="Coffee",
    )
    return replace(connection, **changes)


def a_side(connection: Connection, person: Attendee, **changes: Any) -> Side:
    side = Side(connection.id, person.id, "two_badges", NOW, ("name", "company"))
    return replace(side, **changes)


def a_promise(
    connection: Connection, person: Attendee, name: str = "promise", **changes: Any
) -> Promise:
    """This person will send the other something; its id follows from `name`."""
    promise = Promise(named_id(name), connection.id, person.id, "send", "the paper", NOW)
    return replace(promise, **changes)


def meet(tx: Tx, one: Attendee, other: Attendee, **changes: Any) -> Connection:
    """Put a connection and both its sides in the store."""
    connection = a_connection(one, other, **changes)
    tx.connections.add(connection)
    for person in (one, other):
        tx.sides.put(a_side(connection, person))
    return connection


def a_letter(person: Attendee, *people: Attendee, **changes: Any) -> Letter:
    """A queued follow-up about some people."""
    generation = changes.get("generation", 1)
    letter = Letter(
        id=named_id(f"letter {generation} to {person.id}"),
        event_id=person.event_id,
        attendee_id=person.id,
        kind="follow_up",
        generation=generation,
        to_name=person.name,
        to_address=person.email,
        language="en",
        message_id=f"<{generation}.{person.id}@demo.example>",
        people=tuple(other.id for other in people),
        state="queued",
        planned_at=NOW,
        due_at=NOW,
    )
    return replace(letter, **changes)


def a_closure(**changes: Any) -> Closure:
    ended_at = an_event().ends_at
    closure = Closure(
        id=named_id("closure"),
        event_id=EVENT_ID,
        ended_at=ended_at,
        closed_at=ended_at,
        closed_by="clock",
        late_until=ended_at + timedelta(minutes=60),
    )
    return replace(closure, **changes)
