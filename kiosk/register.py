"""Attendee lists in, and people who walk in; each gets a badge.

A list adds and corrects, and never empties: what a row leaves blank stays as it was, who is
not in the list stays registered, and the same list read twice changes nothing. Who was
erased is passed over; by hand they may be added. Somebody whose list gives no name is
"Guest n", never their address, which a badge would show.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.ids import new_id, ticket_codes
from kiosk.issue import Issued, issue
from kiosk.match import match, once_each, placeholder_number
from kiosk.model import ERASED, Attendee, Registration, Ticket
from kiosk.ports import Tx
from kiosk.recognise import signs_in

_TEXTS = (
    "name", "email", "company", "role", "pronouns", "phone", "website", "linkedin",
    "language", "ticket_type", "ticket_code", "status", "blocked", "valid_from",
    "valid_until", "attention", "offers", "asks", "goal", "share", "external_id",
)  # fmt: skip
_SILENT = ("", None)


@dataclass(frozen=True, slots=True)
class RegisterList:
    """Rows of a list for one event.

    `withdrawn` are people who are not coming: never added, canceled when known. A source
    that tells all about some fields names them in `complete_fields` (a blank then means
    blank) and the orders it tells whole in `complete_orders`: who has the external id
    `ORDER-n` is canceled when no row speaks of them any more.
    `dry_run` counts and writes nothing.
    """

    event_id: str
    rows: tuple[Registration, ...]
    key: bytes = field(repr=False)
    withdrawn: tuple[Registration, ...] = ()
    complete_fields: tuple[str, ...] = ()
    complete_orders: frozenset[str] = frozenset()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """How many people the list added, changed and left alone; `canceled` are among neither.

    `skipped` holds (row, reason) of rows that name nobody new: "duplicate_code", and
    "erased" for somebody this event was told to forget.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    canceled: int = 0
    skipped: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WalkIn:
    """One person who came without being on a list; `id` when a tablet has named them."""

    event_id: str
    person: Registration
    key: bytes = field(repr=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class AlreadyRegistered:
    attendee: Attendee


def register(tx: Tx, command: RegisterList, now: datetime) -> Registered:
    """Add and correct the people of a list; see the module for what it never does."""
    desk = _Desk(tx, command, now)
    rows, skipped = once_each(command.rows)
    found = match([*rows, *command.withdrawn], desk.people, desk.codes)
    coming = zip(rows, found, strict=False)
    deeds = [desk.take(row, person) for row, person in coming]
    taken = zip(rows, deeds, strict=True)
    erased = [(row.row, deed) for row, deed in taken if deed == ERASED]
    gone = [person for person in found[len(rows) :] if person]
    gone += _left_out(command.complete_orders, desk.people, found)
    return Registered(
        added=deeds.count("added"),
        updated=deeds.count("updated"),
        unchanged=deeds.count("unchanged"),
        canceled=sum(desk.cancel(person) for person in gone),
        skipped=(*skipped, *erased),
    )


def walk_in(tx: Tx, command: WalkIn, now: datetime) -> Issued | AlreadyRegistered:
    """Register one person, unless one with this code, or name and address, is there."""
    desk = _Desk(tx, RegisterList(command.event_id, (command.person,), command.key), now)
    known = match([command.person], desk.people, desk.codes)[0]
    if known and (command.person.email or command.person.ticket_code):
        return AlreadyRegistered(known)
    return desk.add(command.person, command.id)


class _Desk:
    """The people of one event, looked up once, and what a list does to them."""

    def __init__(self, tx: Tx, command: RegisterList, now: datetime) -> None:
        self._tx = tx
        self._command = command
        self._now = now
        self.people = tx.attendees.of_event(command.event_id)
        self._tickets = _by_attendee(tx.tickets.of_event(command.event_id))
        self.codes: Mapping[str, Sequence[str]] = {
            attendee_id: [ticket.code for ticket in tickets]
            for attendee_id, tickets in self._tickets.items()
        }
        numbers = (placeholder_number(person.as_listed.name) for person in self.people)
        self._guests = max(numbers, default=0)
        self._added = 0
        self._erased = tx.erasures.signs(command.event_id)

    def take(self, row: Registration, person: Attendee | None) -> str:
        """What became of one row: "added", "updated", "unchanged" or "erased"."""
        if person is None and self._is_erased(row):
            return ERASED
        if person is None:
            self.add(row)
            return "added"
        listed = replace(person.as_listed, **_said(row, self._command.complete_fields))
        said = _with_corrections(listed, person)
        if person.share_chosen_at:
            said = replace(said, share=person.share)
        has_new_tickets = self._put_tickets(row, person, said)
        if said != person and not self._command.dry_run:
            self._tx.attendees.change(said)
        return "updated" if has_new_tickets or said != person else "unchanged"

    def add(self, row: Registration, attendee_id: str = "") -> Issued:
        """A new person, a microsecond after the last: the n-th of the list stays n-th."""
        attendee = replace(
            Attendee(attendee_id or new_id(), self._command.event_id, self._name_for(row)),
            registered_at=self._now + timedelta(microseconds=self._added),
            **_said(row, ()),
        )
        self._added += 1
        if self._command.dry_run:
            return Issued(attendee, "")
        self._tx.attendees.add(attendee)
        self._put_tickets(row, attendee, attendee)
        return issue(self._tx, self._command.key, attendee, self._now)

    def cancel(self, person: Attendee) -> bool:
        """Whether that was news. Their tickets follow, so that the door says the same."""
        if person.status == "canceled":
            return False
        if not self._command.dry_run:
            self._tx.attendees.change(replace(person, status="canceled"))
            held = self._tickets.get(person.id, ())
            self._tx.tickets.put(replace(ticket, status="canceled") for ticket in held)
        return True

    def _is_erased(self, row: Registration) -> bool:
        """Whether the row speaks of somebody who was forgotten, here and for good."""
        command = self._command
        return bool(self._erased) and not self._erased.isdisjoint(
            signs_in(command.key, command.event_id, row)
        )

    def _name_for(self, row: Registration) -> str:
        if row.name:
            return row.name
        self._guests += 1
        return f"Guest {self._guests}"

    def _put_tickets(self, row: Registration, before: Attendee, after: Attendee) -> bool:
        """Write the codes that are new or different; whether there were any."""
        held = {ticket.code: ticket for ticket in self._tickets.get(after.id, ())}
        wanted = {ticket.code: ticket for ticket in _tickets(row, after)}
        if row.external_id.rpartition("-")[0] in self._command.complete_orders:
            gone = (held[code] for code in held.keys() - wanted.keys())
            wanted |= {ticket.code: replace(ticket, status="canceled") for ticket in gone}
        is_reissued = before.ticket_code != after.ticket_code and before.ticket_code in held
        news = [ticket for code, ticket in wanted.items() if held.get(code) != ticket]
        if not self._command.dry_run:
            if is_reissued:
                self._tx.tickets.remove(after.event_id, before.ticket_code)
                news = [ticket for ticket in news if ticket.code != before.ticket_code]
            self._tx.tickets.put(news)
        return bool(news) or is_reissued


def _left_out(
    orders: frozenset[str],
    people: Iterable[Attendee],
    found: Iterable[Attendee | None],
) -> list[Attendee]:
    """Who belongs to an order that was told whole, and was not in it any more."""
    told = {person.id for person in found if person}
    return [
        person
        for person in people
        if person.external_id.rpartition("-")[0] in orders and person.id not in told
    ]


def _said(row: Registration, complete_fields: tuple[str, ...]) -> dict[str, Any]:
    """What a row says of an attendee, without what it leaves blank."""
    said = {
        name: value
        for name in _TEXTS
        if (value := getattr(row, name)) not in _SILENT or name in complete_fields
    }
    if row.approved:
        said["approved"] = row.approved == "yes"
    return said


def _with_corrections(listed: Attendee, person: Attendee) -> Attendee:
    """The list's new words, under those the person has written over them."""
    own: dict[str, Any] = {name: getattr(person, name) for name, _ in person.corrected}
    under = tuple((name, getattr(listed, name)) for name, _ in person.corrected)
    return replace(listed, **own, corrected=under)


def _tickets(row: Registration, attendee: Attendee) -> list[Ticket]:
    """The codes of this person the row speaks of: their own and those of add-ons.

    A code that is a link also admits by the key in it, for whoever scans only that.
    """
    own = (attendee.ticket_code, attendee.ticket_type, attendee.status)
    spoken = [own, *row.tickets] if attendee.ticket_code else row.tickets
    return [
        Ticket(attendee.event_id, code, attendee.id, ticket_type, status)
        for whole, ticket_type, status in spoken
        for code in ticket_codes(whole)
    ]


def _by_attendee(tickets: Iterable[Ticket]) -> Mapping[str, list[Ticket]]:
    held: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        held[ticket.attendee_id].append(ticket)
    return held
