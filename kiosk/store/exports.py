"""What an export reads: everything of one event, row by row, never all of it at once.

The rows come from an open cursor: take them inside the `store.read()` that asked.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from kiosk.model import Attendee, Badge, Connection, Letter, Scan
from kiosk.store.meetings import mutual
from kiosk.store.rows import columns, load
from kiosk.store.scans import SUCCESSFUL
from kiosk.store.session import Session

T = TypeVar("T")


class Exports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def attendees(self, event_id: str) -> Iterator[Attendee]:
        """By name, then id."""
        return self._each(
            Attendee,
            f"select {columns(Attendee)} from attendees where event_id = :id "
            "and erased_at is null order by name, id",
            id=event_id,
        )

    def successful(self, list_id: str) -> Iterator[Scan]:
        """Every successful scan of a list, person by person, in the order that counts."""
        return self._each(
            Scan,
            f"select {columns(Scan)} from scans where list_id = :id and {SUCCESSFUL} "
            "order by attendee_id, scanned_at, id",
            id=list_id,
        )

    def scans(self, event_id: str) -> Iterator[Scan]:
        """In the order in which they arrived."""
        return self._each(
            Scan,
            f"select {columns(Scan)} from scans where event_id = :id "
            "order by received_at, id",
            id=event_id,
        )

    def meetings(self, event_id: str) -> Iterator[tuple[Connection, str, str]]:
        """Mutual connections by the time they were agreed, and how either side agreed.

        A side is joined for its `how` alone: notes, stars and fields stay where they are.
        """
        rows = self._session.stream(
            f"select {columns(Connection, 'c')}, f.how, s.how from connections c "
            "left join sides f on f.connection_id = c.id and f.attendee_id = c.first_id "
            "left join sides s on s.connection_id = c.id and s.attendee_id = c.second_id "
            f"where c.event_id = :id and {mutual('c')} order by c.agreed_at, c.id",
            {"id": event_id},
        )
        for row in rows:
            yield load(Connection, row[:-2]), row[-2] or "", row[-1] or ""

    def letters(self, event_id: str) -> Iterator[Letter]:
        return self._each(
            Letter,
            f"select {columns(Letter)} from letters where event_id = :id "
            "order by planned_at, id",
            id=event_id,
        )

    def scans_of(self, attendee_id: str) -> Sequence[Scan]:
        """Every scan of one person at a door, refused ones too."""
        return self._session.all(
            Scan,
            f"select {columns(Scan)} from scans where attendee_id = :id "
            "order by scanned_at, id",
            {"id": attendee_id},
        )

    def badges_of(self, attendee_id: str) -> Sequence[Badge]:
        """Every badge a person ever had, the first one first."""
        return self._session.all(
            Badge,
            f"select {columns(Badge)} from badges where attendee_id = :id "
            "order by issued_at, id",
            {"id": attendee_id},
        )

    def letters_to(self, attendee_id: str) -> Sequence[Letter]:
        return self._session.all(
            Letter,
            f"select {columns(Letter)} from letters where attendee_id = :id "
            "order by planned_at, id",
            {"id": attendee_id},
        )

    def _each(self, noun: type[T], sql: str, **parameters: Any) -> Iterator[T]:
        return (load(noun, row) for row in self._session.stream(sql, parameters))
