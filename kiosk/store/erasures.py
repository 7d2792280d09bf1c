"""What an erasure reads and writes: rows that go, rows that stay with nothing in them.

A row that counts something stays and is emptied (attendee, scan, letter, quarantine); a row
that exists only to know a person goes. `tests/test_erase.py` holds this file against the
schema: a new table that points to a person must be named here.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kiosk.clock import to_text
from kiosk.model import Answer, Attendee, Erasure, Letter, Purge
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

GOES = {
    "badge_prints": "badge_id in (select id from badges where {attendee_id})",
    "badges": "{attendee_id}",
    "name_words": "{attendee_id}",
    "tickets": "{attendee_id}",
    "link_tokens": "{attendee_id}",
    "phones": "{attendee_id}",
    "scan_pairs": "({first_id} or {second_id})",
    "sides": (
        "connection_id in (select id from connections where {first_id} or {second_id})"
    ),
    "connections": "({first_id} or {second_id})",
}
"""Table and which of its rows go, in an order that leaves no row pointing at nothing."""

_BLANK = {
    name: value
    for name, value in dump(Attendee("", "", "", status="canceled", approved=False)).items()
    if name not in {"id", "event_id"}
}
_EMPTY_ATTENDEE = (
    f"update attendees set {assignments(Attendee, keep=('id', 'event_id'))}, "
    "erased_at = :at where erased_at is null"
)
_PERSON = {column: f"{column} = :id" for column in ("attendee_id", "first_id", "second_id")}
_EVERYBODY = {
    column: f"{column} in (select id from attendees where event_id = :id)"
    for column in _PERSON
}


class Erasures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, attendee_id: str) -> Erasure | None:
        return self._session.one(
            Erasure,
            f"select {columns(Erasure)} from erasures where attendee_id = :id",
            {"id": attendee_id},
        )

    def all(self) -> Sequence[Erasure]:
        return self._session.all(
            Erasure,
            f"select {columns(Erasure)} from erasures order by erased_at, attendee_id",
        )

    def add(self, erasure: Erasure) -> None:
        self._session.run(
            f"{insert(Erasure, 'erasures')} on conflict (attendee_id) do nothing",
            dump(erasure),
        )

    def purge_of(self, event_id: str) -> Purge | None:
        return self._session.one(
            Purge,
            f"select {columns(Purge)} from purges where event_id = :id",
            {"id": event_id},
        )

    def purges(self) -> Sequence[Purge]:
        return self._session.all(
            Purge, f"select {columns(Purge)} from purges order by purged_at, event_id"
        )

    def add_purge(self, purge: Purge) -> None:
        self._session.run(
            f"{insert(Purge, 'purges')} on conflict (event_id) do nothing", dump(purge)
        )

    def forget(self, attendee_id: str, at: datetime) -> None:
        """Drop the rows that know this person, and empty their own."""
        self._drop(_PERSON, attendee_id)
        self._session.run(
            f"{_EMPTY_ATTENDEE} and id = :id",
            {**_BLANK, "id": attendee_id, "at": to_text(at)},
        )

    def forget_everybody(self, event_id: str, at: datetime) -> None:
        """The same for all people of an event, and what is known of their addresses."""
        self._drop(_EVERYBODY, event_id)
        self._session.run("delete from suppressions where event_id = :id", {"id": event_id})
        self._session.run(
            "update quarantine set body = '' where event_id = :id", {"id": event_id}
        )
        self._session.run(
            f"{_EMPTY_ATTENDEE} and event_id = :id",
            {**_BLANK, "id": event_id, "at": to_text(at)},
        )

    def answers(self, event_id: str, naming: str = "") -> Sequence[tuple[str, Answer]]:
        """Scan id and stored answer, of all scans or those with this id in the answer."""
        rows = self._session.rows(
            "select id, answer from scans where event_id = :event_id and answer like :like",
            {"event_id": event_id, "like": f"%{naming}%"},
        )
        return [(row[0], msgspec.json.decode(row[1], type=Answer)) for row in rows]

    def put_answer(self, scan_id: str, answer: Answer) -> None:
        """Store what is left of an answer; a reason a person typed is left out, too."""
        self._session.run(
            "update scans set answer = :answer, "
            "override = case override when '' then '' else 'erased' end where id = :id",
            {"id": scan_id, "answer": msgspec.json.encode(answer).decode()},
        )

    def letters(self, event_id: str, naming: str = "") -> Sequence[Letter]:
        """All letters of an event, or those to or about the person with this id."""
        return self._session.all(
            Letter,
            f"select {columns(Letter)} from letters where event_id = :event_id "
            "and (attendee_id like :like or people like :like)",
            {"event_id": event_id, "like": f"%{naming}%"},
        )

    def put_letter(self, letter: Letter) -> None:
        self._session.run(
            f"update letters set {assignments(Letter)} where id = :id", dump(letter)
        )

    def drop_suppression(self, person: Attendee, address_digest: str) -> None:
        """Forget that this address wants no letters, unless it is somebody else's, too."""
        self._session.run(
            "delete from suppressions where event_id = :event_id "
            "and address_digest = :digest and not exists (select 1 from attendees "
            "where event_id = :event_id and id <> :id and lower(email) = lower(:email))",
            {
                "event_id": person.event_id,
                "digest": address_digest,
                "id": person.id,
                "email": person.email,
            },
        )

    def empty_quarantined(self, quarantined_id: str) -> None:
        self._session.run(
            "update quarantine set body = '' where id = :id", {"id": quarantined_id}
        )

    def _drop(self, who: dict[str, str], value: str) -> None:
        for table, condition in GOES.items():
            self._session.run(
                f"delete from {table} where {condition.format_map(who)}", {"id": value}
            )
