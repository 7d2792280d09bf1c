"""Connections and their sides."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import msgspec

from kiosk.clock import to_text
from kiosk.model import Attendee, Connection, Encounter, Meeting, Side
from kiosk.store.rows import assignments, columns, dump, insert, load
from kiosk.store.session import Row, Session

_CONNECTION = f"select {columns(Connection)} from connections"
_SIDE = f"select {columns(Side)} from sides"


def mutual(connection: str = "connections") -> str:
    """What is true of a connection that stands, by the name it has in a statement."""
    ends = ("withdrawn_at", "first_blocked_at", "second_blocked_at")
    stands = " and ".join(f"{connection}.{end} is null" for end in ends)
    return f"{connection}.agreed_at is not null and {stands}"


_PRIVATE = ("note", "starred_at", "tags", "rested_at")
_PUT_SIDE = (
    f"{insert(Side, 'sides')} on conflict (connection_id, attendee_id) do update set "
    f"{assignments(Side, keep=('connection_id', 'attendee_id', *_PRIVATE))}"
)

_MEETING = (
    f"select {columns(Connection, 'c')}, {columns(Attendee, 'a')}, {columns(Side, 'm')}, "
    f"{columns(Side, 't')} from connections c join attendees a "
    "on a.id = case when c.first_id = :id then c.second_id else c.first_id end "
    "and a.erased_at is null "
    "left join sides m on m.connection_id = c.id and m.attendee_id = :id "
    "left join sides t on t.connection_id = c.id and t.attendee_id = a.id "
    "where (c.first_id = :id or c.second_id = :id)"
)
_ENCOUNTERS = (
    "select a.id, a.name, a.company, a.role, a.pronouns, a.email, a.phone, a.website, "
    "a.linkedin, t.fields, c.agreed_at, c.place, coalesce(m.note, ''), m.starred_at, "
    "m.rested_at, (select p.kind from promises p where p.connection_id = c.id "
    "and p.attendee_id = :id and p.done_at is null "
    "order by p.due_at is null, p.due_at, p.promised_at, p.id limit 1) "
    "from connections c "
    "join attendees a on a.id = "
    "case when c.first_id = :id then c.second_id else c.first_id end "
    "and a.erased_at is null "
    "left join sides m on m.connection_id = c.id and m.attendee_id = :id "
    "join sides t on t.connection_id = c.id and t.attendee_id = a.id "
    f"where (c.first_id = :id or c.second_id = :id) and {mutual('c')}"
)
_CUTS = tuple(len(fields(noun)) for noun in (Connection, Attendee, Side, Side))


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
            f"{_CONNECTION} where event_id = :event_id and {mutual()} "
            "order by agreed_at, id",
            {"event_id": event_id},
        )

    def count(self, event_id: str) -> int:
        sql = f"select count(*) from connections where event_id = :event_id and {mutual()}"
        return int(self._session.value(sql, {"event_id": event_id}))

    def asked_count(self, attendee_id: str, since: datetime, until: datetime) -> int:
        """How many people this person asked after one instant and until another."""
        return int(
            self._session.value(
                "select count(*) from connections where asked_by = :id "
                "and asked_at > :since and asked_at <= :until",
                {"id": attendee_id, "since": to_text(since), "until": to_text(until)},
            )
        )

    def add(self, connection: Connection) -> None:
        self._session.run(insert(Connection, "connections"), dump(connection))

    def change(self, connection: Connection) -> None:
        self._session.run(
            f"update connections set {assignments(Connection)} where id = :id",
            dump(connection),
        )

    def remove(self, connection_id: str) -> None:
        """Only for a connection that came from an annulled scan and nothing else."""
        for table in ("promises", "sides"):
            self._session.run(
                f"delete from {table} where connection_id = :id", {"id": connection_id}
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
        """Add the side, or change what it shares and how it agreed; the rest stays."""
        self._session.run(_PUT_SIDE, dump(side))

    def write_note(self, connection_id: str, attendee_id: str, note: str) -> bool:
        """False when this person has no side of that connection."""
        return self._write("note", connection_id, attendee_id, note)

    def star(self, connection_id: str, attendee_id: str, at: datetime | None) -> bool:
        """None takes the star away. False as in `write_note`."""
        return self._write("starred_at", connection_id, attendee_id, _text(at))

    def rest(self, connection_id: str, attendee_id: str, at: datetime | None) -> bool:
        """None ends the rest. False as in `write_note`."""
        return self._write("rested_at", connection_id, attendee_id, _text(at))

    def tag(self, connection_id: str, attendee_id: str, tags: tuple[str, ...]) -> bool:
        """These in place of the tags before. False as in `write_note`."""
        text = msgspec.json.encode(tags).decode()
        return self._write("tags", connection_id, attendee_id, text)

    def _write(
        self, column: str, connection_id: str, attendee_id: str, value: str | None
    ) -> bool:
        return bool(
            self._session.run(
                f"update sides set {column} = :value where connection_id = :connection_id "
                "and attendee_id = :attendee_id",
                {
                    "connection_id": connection_id,
                    "attendee_id": attendee_id,
                    "value": value,
                },
            )
        )


class Meetings:
    """Connections as one person holds them, read in one statement."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_attendee(self, attendee_id: str) -> Sequence[Meeting]:
        """Every meeting of a person in any state, the latest first."""
        rows = self._session.rows(
            f"{_MEETING} order by coalesce(c.agreed_at, c.asked_at) desc, c.id",
            {"id": attendee_id},
        )
        return [_meeting(row) for row in rows]

    def asking(self, attendee_id: str) -> Sequence[Meeting]:
        """Of asks to this person those that were not turned down, the latest first."""
        rows = self._session.rows(
            f"{_MEETING} and c.asked_by <> :id and c.declined_at is null "
            "order by c.asked_at desc, c.id",
            {"id": attendee_id},
        )
        return [_meeting(row) for row in rows]

    def get(self, connection_id: str, attendee_id: str) -> Meeting | None:
        """This connection if the person is one of its two, in any state."""
        row = self._session.row(
            f"{_MEETING} and c.id = :connection_id",
            {"id": attendee_id, "connection_id": connection_id},
        )
        return _meeting(row) if row else None

    def encounters(self, attendee_id: str) -> Sequence[Encounter]:
        """The mutual ones, only with what a letter needs: 0.2 ms for 14 people."""
        return self._session.all(Encounter, _ENCOUNTERS, {"id": attendee_id})


def _text(at: datetime | None) -> str | None:
    return to_text(at) if at else None


def _meeting(row: Row) -> Meeting:
    connection, person, mine, theirs = _cut(row)
    return Meeting(
        load(Connection, connection),
        load(Attendee, person),
        load(Side, mine) if mine[0] else None,
        load(Side, theirs) if theirs[0] else None,
    )


def _cut(row: Row) -> list[Row]:
    """The row's columns noun by noun."""
    ends = [sum(_CUTS[: place + 1]) for place in range(len(_CUTS))]
    return [row[end - size : end] for end, size in zip(ends, _CUTS, strict=True)]
