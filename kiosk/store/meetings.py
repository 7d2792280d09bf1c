"""Connections and their sides."""

from collections.abc import Sequence

from kiosk.model import Connection, Side
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_CONNECTION = f"select {columns(Connection)} from connections"
_SIDE = f"select {columns(Side)} from sides"
_MUTUAL = "agreed_at is not null and withdrawn_at is null and blocked_at is null"
_PUT_SIDE = (
    f"{insert(Side, 'sides')} on conflict (connection_id, attendee_id) do update set "
    f"{assignments(Side, keep=('connection_id', 'attendee_id', 'note', 'starred_at'))}"
)


class Connections:
    def __init__(self, session: Session) -> None:
        self._session = session

    def between(self, first_id: str, second_id: str) -> Connection | None:
        """The connection of two people, whichever is named first."""
        return self._session.one(
            Connection,
            f"{_CONNECTION} where first_id = :first and second_id = :second",
            {"first": min(first_id, second_id), "second": max(first_id, second_id)},
        )

    def get(self, connection_id: str) -> Connection | None:
        return self._session.one(
            Connection, f"{_CONNECTION} where id = :id", {"id": connection_id}
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Connection]:
        """Every connection of a person in any state, the latest first."""
        return self._session.all(
            Connection,
            f"{_CONNECTION} where first_id = :id or second_id = :id "
            "order by coalesce(agreed_at, asked_at) desc, id",
            {"id": attendee_id},
        )

    def mutual(self, event_id: str) -> Sequence[Connection]:
        """The mutual connections of an event, the earliest first."""
        return self._session.all(
            Connection,
            f"{_CONNECTION} where event_id = :event_id and {_MUTUAL} "
            "order by agreed_at, id",
            {"event_id": event_id},
        )

    def count(self, event_id: str) -> int:
        sql = f"select count(*) from connections where event_id = :event_id and {_MUTUAL}"
        return int(self._session.value(sql, {"event_id": event_id}))

    def add(self, connection: Connection) -> None:
        self._session.run(insert(Connection, "connections"), dump(connection))

    def change(self, connection: Connection) -> None:
        self._session.run(
            f"update connections set {assignments(Connection)} where id = :id",
            dump(connection),
        )

    def remove(self, connection_id: str) -> None:
        """Only for a connection that came from an annulled scan and nothing else."""
        self._session.run(
            "delete from sides where connection_id = :id", {"id": connection_id}
        )
        self._session.run("delete from connections where id = :id", {"id": connection_id})


class Sides:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, connection_id: str, attendee_id: str) -> Side | None:
        return self._session.one(
            Side,
            f"{_SIDE} where connection_id = :connection_id and attendee_id = :attendee_id",
            {"connection_id": connection_id, "attendee_id": attendee_id},
        )

    def of_event(self, event_id: str) -> Sequence[Side]:
        return self._session.all(
            Side,
            f"select {columns(Side, 's')} from sides s "
            "join connections c on c.id = s.connection_id where c.event_id = :event_id "
            "order by s.connection_id, s.attendee_id",
            {"event_id": event_id},
        )

    def put(self, side: Side) -> None:
        """Add the side, or change what it shares and how it agreed; its note stays."""
        self._session.run(_PUT_SIDE, dump(side))
