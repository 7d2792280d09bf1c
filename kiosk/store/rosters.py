"""What changed for the tablets' rosters, in the order in which it became true.

A change of a person, a badge or a ticket marks the person with the next number of their
event; scans have numbers of their own, so that a scan pays nothing for this.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from kiosk.clock import from_text
from kiosk.model import Attendee, Listed, Position, Visit
from kiosk.store.rows import columns, load
from kiosk.store.scans import SUCCESSFUL
from kiosk.store.session import Row, Session

_MARK = """
insert into roster_marks (attendee_id, event_id, place, number)
select id, event_id, (select coalesce(max(place), 0) + 1 from roster_marks),
    (select coalesce(max(number), 0) + 1 from roster_marks m where m.event_id = a.event_id)
from attendees a where id = :id
on conflict (attendee_id) do update set number = excluded.number
"""
_SCANNED = """
select s.number, coalesce(t.attendee_id, s.attendee_id) from scans s
left join scans t on t.id = s.annuls
where s.number > :after and s.event_id = :event_id order by s.number limit :limit
"""


def mark(session: Session, attendee_id: str) -> None:
    """Tablets must hear of this person anew."""
    session.run(_MARK, {"id": attendee_id})


_PEOPLE = (
    f"select m.place, m.attendee_id, {columns(Attendee, 'a')} from roster_marks m "
    "left join attendees a on a.id = m.attendee_id and a.erased_at is null "
    "where m.attendee_id in {asked} order by m.place"
)
_BADGES = (
    "select attendee_id, id, replaced_at is not null from badges "
    "where attendee_id in {asked} order by issued_at, id"
)
_TICKETS = (
    "select attendee_id, code, ticket_type, status from tickets "
    "where attendee_id in {asked} order by code"
)
_VISITS = (
    "select attendee_id, list_id, kind, scanned_at, device_id from scans "
    f"where attendee_id in {{asked}} and list_id is not null and {SUCCESSFUL} "
    "order by list_id, scanned_at, id"
)


class Rosters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def latest(self, event_id: str) -> Position:
        """Where the event stands now."""
        row = self._session.row(
            "select roster_epoch, (select max(number) from roster_marks "
            "where event_id = :id), (select max(number) from scans) "
            "from events where id = :id",
            {"id": event_id},
        )
        epoch, people, scans = row or ("", 0, 0)
        return Position(epoch, people or 0, scans or 0)

    def changed(self, event_id: str, after: int, limit: int) -> Sequence[tuple[int, str]]:
        """Numbers and ids of people who changed after a number, in that order."""
        rows = self._session.rows(
            "select number, attendee_id from roster_marks where event_id = :event_id "
            "and number > :after order by number limit :limit",
            {"event_id": event_id, "after": after, "limit": limit},
        )
        return [(number, attendee_id) for number, attendee_id in rows]

    def scanned(
        self, event_id: str, after: int, limit: int
    ) -> Sequence[tuple[int, str | None]]:
        """Numbers of scans after a number and whose they are; an annul's is its scan's."""
        rows = self._session.rows(
            _SCANNED, {"event_id": event_id, "after": after, "limit": limit}
        )
        return [(number, attendee_id) for number, attendee_id in rows]

    def listed(self, attendee_ids: Iterable[str]) -> Sequence[Listed]:
        """What a roster tells of these people, the erased too, by their place."""
        ids = {f"id{number}": value for number, value in enumerate(attendee_ids)}
        asked = f"({', '.join(f':{name}' for name in ids)})"
        people = self._session.rows(_PEOPLE.format(asked=asked), ids)
        badges = self._by_person(_BADGES.format(asked=asked), ids)
        tickets = self._by_person(_TICKETS.format(asked=asked), ids)
        visits = self._by_person(_VISITS.format(asked=asked), ids)
        return [
            Listed(
                place,
                load(Attendee, person) if person[0] is not None else None,
                tuple((badge_id, bool(replaced)) for badge_id, replaced in badges[of]),
                tuple((code, kind, status) for code, kind, status in tickets[of]),
                _visits(visits[of]),
            )
            for place, of, *person in people
        ]

    def ticket_range(self, event_id: str) -> tuple[str, str]:
        """The first and the last ticket code of an event in their order; "" without any."""
        row = self._session.row(
            "select (select min(code) from tickets where event_id = :id), "
            "(select max(code) from tickets where event_id = :id)",
            {"id": event_id},
        )
        first, last = row or (None, None)
        return first or "", last or ""

    def begin_anew(self, epoch: str) -> None:
        """Positions given out before mean nothing any more."""
        self._session.run("update events set roster_epoch = :epoch", {"epoch": epoch})

    def _by_person(self, sql: str, ids: dict[str, Any]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for attendee_id, *rest in self._session.rows(sql, ids):
            found[attendee_id].append(tuple(rest))
        return found


def _visits(rows: Sequence[Row]) -> tuple[Visit, ...]:
    """One person's visits, from scans that come list by list in the order that counts."""
    by_list = groupby(rows, lambda row: row[0])
    return tuple(_visit(list_id, list(scans)) for list_id, scans in by_list)


def _visit(list_id: str, scans: Sequence[Row]) -> Visit:
    entries = [scan for scan in scans if scan[1] == "check_in"]
    _, _, at, device_id = entries[-1] if entries else (None, None, None, None)
    kinds = tuple(scan[1] for scan in scans)
    return Visit(list_id, kinds, from_text(at) if at else None, device_id)
