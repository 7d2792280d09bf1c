"""What an erasure reads and writes: rows that go, rows that stay with nothing in them.

A row that counts something stays and is emptied (attendee, scan, letter, quarantine); a row
that exists only to know a person goes. `tests/test_erase.py` holds this file against the
schema: a new table that points to a person must be named here.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

import msgspec

from kiosk.clock import to_text
from kiosk.model import ERASED, Answer, Attendee, Erasure, Letter, Purge
from kiosk.store.names import Names
from kiosk.store.rosters import mark
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Row, Session

GOES = {
    "badge_prints": "badge_id in (select id from badges where attendee_id = :id)",
    "badges": "attendee_id = :id",
    "referrals": "attendee_id = :id",
    "name_words": "attendee_id = :id",
    "preferences": "attendee_id = :id",
    "tickets": "attendee_id = :id",
    "link_tokens": "attendee_id = :id",
    "reports": "reporter_id = :id or reported_id = :id",
    "phones": "attendee_id = :id",
    "leads": "attendee_id = :id",
    "introductions": "introducer_id = :id or first_id = :id or second_id = :id",
    "promises": (
        "connection_id in (select id from connections "
        "where first_id = :id union select id from connections where second_id = :id)"
    ),
    "sides": (
        "connection_id in (select id from connections "
        "where first_id = :id union select id from connections where second_id = :id)"
    ),
    "connections": "first_id = :id or second_id = :id",
}
"""Table and which of its rows go, in an order that leaves no row pointing at nothing."""

_BLANK = {
    name: value
    for name, value in dump(Attendee("", "", "", status="canceled", approved=False)).items()
    if name not in {"id", "event_id"}
}
_EMPTY_ATTENDEE = (
    f"update attendees set {assignments(Attendee, keep=('id', 'event_id'))}, "
    "erased_at = :at where id = :id and erased_at is null"
)
_LETTERS = (
    f"select {columns(Letter)} from letters where event_id = :event_id and attendee_id in "
    "(select :id union select second_id from connections where first_id = :id "
    "union select first_id from connections where second_id = :id)"
)
_ANSWERS = (
    "select id, answer from scans where attendee_id = :id union all "
    "select id, answer from scans where id in (select scan_id from scan_pairs "
    "where first_id = :id union select scan_id from scan_pairs where second_id = :id)"
)


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

    def put_signs(self, event_id: str, digests: Iterable[str]) -> None:
        """Keep by what a list's row of an erased person is recognised."""
        self._session.run_each(
            "insert into erased_signs (event_id, digest) values (:event_id, :digest) "
            "on conflict (event_id, digest) do nothing",
            ({"event_id": event_id, "digest": one} for one in sorted(digests)),
        )

    def signs(self, event_id: str) -> Set[str]:
        rows = self._session.rows(
            "select digest from erased_signs where event_id = :id", {"id": event_id}
        )
        return {row[0] for row in rows}

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
        Names(self._session).forget(attendee_id)
        for table, condition in GOES.items():
            self._session.run(f"delete from {table} where {condition}", {"id": attendee_id})
        self._session.run(_EMPTY_ATTENDEE, {**_BLANK, "id": attendee_id, "at": to_text(at)})
        mark(self._session, attendee_id)

    def forget_texts(self, event_id: str) -> None:
        """Empty what an event holds of people without knowing whose it is."""
        for statement in (
            "delete from suppressions where event_id = :id",
            "delete from referrals where event_id = :id",
            "update quarantine set body = '' where event_id = :id",
            "update scans set override = :erased where event_id = :id and override <> ''",
        ):
            self._session.run(statement, {"id": event_id, "erased": ERASED})

    def next_people(self, event_id: str, count: int) -> Sequence[str]:
        """Ids of people of this event who are not forgotten yet."""
        rows = self._session.rows(
            "select id from attendees where event_id = :event_id and erased_at is null "
            "order by id limit :count",
            {"event_id": event_id, "count": count},
        )
        return [row[0] for row in rows]

    def is_anybody_held_since(self, event_id: str, at: datetime) -> bool:
        """Whether somebody who is not forgotten was registered at this instant already."""
        return bool(
            self._session.value(
                "select exists (select 1 from attendees where event_id = :event_id and "
                "erased_at is null and coalesce(registered_at, :at) <= :at)",
                {"event_id": event_id, "at": to_text(at)},
            )
        )

    def answers(self, attendee_id: str) -> Sequence[tuple[str, Answer]]:
        """Scan id and stored answer of the scans that are this person's or name a pair."""
        return _decoded(self._session.rows(_ANSWERS, {"id": attendee_id}))

    def refused_swaps(
        self, event_id: str, naming: str = ""
    ) -> Sequence[tuple[str, Answer]]:
        """The same of swaps that came to nothing, which name people but no pair."""
        rows = self._session.rows(
            "select id, answer from scans where event_id = :event_id and kind = 'connect' "
            "and outcome in ('turned_away', 'rejected') and answer like :like",
            {"event_id": event_id, "like": f"%{naming}%"},
        )
        return _decoded(rows)

    def put_answer(self, scan_id: str, answer: Answer) -> None:
        """Store what is left of an answer; a reason a person typed is left out, too."""
        self._session.run(
            "update scans set answer = :answer, "
            "override = case override when '' then '' else :erased end where id = :id",
            {
                "id": scan_id,
                "answer": msgspec.json.encode(answer).decode(),
                "erased": ERASED,
            },
        )

    def letters(self, event_id: str, attendee_id: str) -> Sequence[Letter]:
        """Letters to a person or to somebody connected with them."""
        return self._session.all(
            Letter, _LETTERS, {"event_id": event_id, "id": attendee_id}
        )

    def put_letter(self, letter: Letter) -> None:
        self._session.run(
            f"update letters set {assignments(Letter)} where id = :id", dump(letter)
        )

    def drop_suppression(self, person: Attendee, address_digest: str) -> None:
        """Forget that this address wants no letters, unless it is somebody else's, too.

        And that a link was wished for it.
        """
        self._session.run(
            "delete from link_requests where address_digest = :digest",
            {"digest": address_digest},
        )
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


def _decoded(rows: Sequence[Row]) -> Sequence[tuple[str, Answer]]:
    return [(row[0], msgspec.json.decode(row[1], type=Answer)) for row in rows]
