"""Attendees, and the badge and ticket codes that find them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime

from kiosk.clock import to_text
from kiosk.ids import new_id
from kiosk.model import Attendee, Badge, Printing, Ticket
from kiosk.store.names import Names
from kiosk.store.rosters import mark
from kiosk.store.rows import assignments, columns, dump, insert, load
from kiosk.store.session import Session

_ATTENDEE = f"select {columns(Attendee)} from attendees"
_TICKET = f"select {columns(Ticket)} from tickets"
_BADGE = f"select {columns(Badge)} from badges"
_HELD = (
    f"select {columns(Badge, 'b')}, {columns(Attendee, 'a')} from badges b "
    "left join attendees a on a.id = b.attendee_id and a.erased_at is null "
    "where b.digest = :digest"
)
_BADGE_WIDTH = len(fields(Badge))
_PUT_TICKET = (
    f"{insert(Ticket, 'tickets')} on conflict (event_id, code) do update set "
    f"{assignments(Ticket, keep=('event_id', 'code'))}"
)


class Attendees:
    """Everybody but the erased, of whom an empty row is left for the counts' sake."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = Names(session)

    def get(self, attendee_id: str) -> Attendee | None:
        return self._session.one(
            Attendee,
            f"{_ATTENDEE} where id = :id and erased_at is null",
            {"id": attendee_id},
        )

    def of_event(self, event_id: str) -> Sequence[Attendee]:
        return self._session.all(
            Attendee,
            f"{_ATTENDEE} where event_id = :event_id and erased_at is null "
            "order by name, id",
            {"event_id": event_id},
        )

    def with_address(self, address: str) -> Sequence[Attendee]:
        """Everybody at any event with this e-mail address, in capitals or not."""
        return self._session.all(
            Attendee,
            f"{_ATTENDEE} where lower(email) = lower(:address) and email <> '' "
            "and erased_at is null order by id",
            {"address": address},
        )

    def count(self, event_id: str) -> int:
        sql = "select count(*) from attendees where event_id = :id and erased_at is null"
        return int(self._session.value(sql, {"id": event_id}))

    def add(self, attendee: Attendee) -> None:
        self._session.run(insert(Attendee, "attendees"), dump(attendee))
        self._names.put(attendee)
        mark(self._session, attendee.id)

    def change(self, attendee: Attendee) -> None:
        self._session.run(
            f"update attendees set {assignments(Attendee)} "
            "where id = :id and erased_at is null",
            dump(attendee),
        )
        self._names.put(attendee)
        mark(self._session, attendee.id)


class Tickets:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, event_id: str, code: str) -> Ticket | None:
        return self._session.one(
            Ticket,
            f"{_TICKET} where event_id = :event_id and code = :code",
            {"event_id": event_id, "code": code},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Ticket]:
        return self._session.all(
            Ticket, f"{_TICKET} where attendee_id = :id order by code", {"id": attendee_id}
        )

    def of_event(self, event_id: str) -> Sequence[Ticket]:
        return self._session.all(
            Ticket, f"{_TICKET} where event_id = :id order by code", {"id": event_id}
        )

    def put(self, tickets: Iterable[Ticket]) -> None:
        """Add the tickets, or change those with their codes."""
        put = list(tickets)
        self._session.run_each(_PUT_TICKET, (dump(ticket) for ticket in put))
        for attendee_id in dict.fromkeys(ticket.attendee_id for ticket in put):
            mark(self._session, attendee_id)

    def remove(self, event_id: str, code: str) -> None:
        """For a code the shop gave out again under another one."""
        row = self._session.row(
            "delete from tickets where event_id = :event_id and code = :code "
            "returning attendee_id",
            {"event_id": event_id, "code": code},
        )
        if row:
            mark(self._session, row[0])


class Badges:
    def __init__(self, session: Session) -> None:
        self._session = session

    def by_digest(self, digest: str) -> Badge | None:
        return self._session.one(
            Badge, f"{_BADGE} where digest = :digest", {"digest": digest}
        )

    def held(self, digest: str) -> tuple[Badge, Attendee | None] | None:
        """The badge with its holder, who is None once erased; in one statement."""
        row = self._session.row(_HELD, {"digest": digest})
        if row is None:
            return None
        badge, holder = row[:_BADGE_WIDTH], row[_BADGE_WIDTH:]
        return load(Badge, badge), load(Attendee, holder) if holder[0] else None

    def of_attendee(self, attendee_id: str) -> Badge | None:
        """The badge that counts now: the one that was not replaced."""
        return self._session.one(
            Badge,
            f"{_BADGE} where attendee_id = :id and replaced_at is null",
            {"id": attendee_id},
        )

    def of_event(self, event_id: str) -> Sequence[Badge]:
        """Every badge that counts now."""
        return self._session.all(
            Badge,
            f"{_BADGE} where event_id = :id and replaced_at is null order by issued_at, id",
            {"id": event_id},
        )

    def add(self, badge: Badge) -> None:
        self._session.run(insert(Badge, "badges"), dump(badge))
        mark(self._session, badge.attendee_id)

    def replace(self, badge_id: str, at: datetime, reason: str) -> None:
        row = self._session.row(
            "update badges set replaced_at = :at, reason = :reason where id = :id "
            "returning attendee_id",
            {"id": badge_id, "at": to_text(at), "reason": reason},
        )
        if row:
            mark(self._session, row[0])

    def end_agree_code(self, attendee_id: str, at: datetime) -> None:
        """From now on the backs of this person's badges open nothing."""
        self._session.run(
            "update badges set agree_ended_at = :at "
            "where attendee_id = :id and agree_ended_at is null",
            {"id": attendee_id, "at": to_text(at)},
        )

    def printed(self, event_id: str) -> set[str]:
        """Ids of the badges that were put on paper before."""
        rows = self._session.rows(
            "select badge_id from badge_prints join badges on badges.id = badge_id "
            "where event_id = :event_id",
            {"event_id": event_id},
        )
        return {row[0] for row in rows}

    def note_printed(self, badge_ids: Iterable[str], at: datetime) -> None:
        """These were put on paper together, somewhere else than at a tablet."""
        for badge_id in badge_ids:
            self.note_printing(Printing(new_id(), badge_id, None, at))

    def note_printing(self, printing: Printing) -> None:
        self._session.run(insert(Printing, "badge_prints"), dump(printing))

    def printings_of(self, attendee_id: str) -> Sequence[Printing]:
        """How often this person's badges were put on paper, the earliest first."""
        return self._session.all(
            Printing,
            f"select {columns(Printing, 'p')} from badge_prints p "
            "join badges on badges.id = p.badge_id where attendee_id = :id "
            "order by p.printed_at, p.id",
            {"id": attendee_id},
        )
