"""Letters as they are planned: one row for each person and generation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from kiosk.clock import from_text
from kiosk.model import AT_ONCE, Attendee, Letter, LetterKind, LetterState
from kiosk.store.meetings import mutual
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.scans import SUCCESSFUL
from kiosk.store.session import Session

_AT_ONCE = ", ".join(f"'{kind}'" for kind in AT_ONCE)
IS_FOLLOW_UP = f"kind not in ({_AT_ONCE})"
_LETTER = f"select {columns(Letter)} from letters"
_ATTENDEE = f"select {columns(Attendee, 'a')} from attendees a"
CAME = (
    f"exists (select 1 from scans where attendee_id = a.id and kind = 'check_in' "
    f"and {SUCCESSFUL})"
)


class Letters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, letter_id: str) -> Letter | None:
        return self._session.one(Letter, f"{_LETTER} where id = :id", {"id": letter_id})

    def of_attendee(self, attendee_id: str) -> Sequence[Letter]:
        """Every follow-up to a person, the first one first."""
        return self._session.all(
            Letter,
            f"{_LETTER} where attendee_id = :id and {IS_FOLLOW_UP} order by generation",
            {"id": attendee_id},
        )

    def of_kind(self, attendee_id: str, kind: LetterKind) -> Sequence[Letter]:
        """The letters of one kind to a person, the first one first."""
        return self._session.all(
            Letter,
            f"{_LETTER} where attendee_id = :id and kind = :kind order by generation",
            {"id": attendee_id, "kind": kind},
        )

    def counts(self, event_id: str) -> Mapping[LetterState, int]:
        """States that occur and how many follow-ups are in each; the sum is all planned."""
        return dict(
            self._session.rows(
                "select state, count(*) from letters where event_id = :id "
                f"and {IS_FOLLOW_UP} group by state",
                {"id": event_id},
            )
        )

    def next_due_at(self, event_id: str) -> datetime | None:
        """When the next follow-up leaves; None when none waits for its hour."""
        found = self._session.value(
            f"select min(due_at) from letters where event_id = :id and {IS_FOLLOW_UP} "
            "and state in ('queued', 'deferred', 'uncertain')",
            {"id": event_id},
        )
        return from_text(found) if found else None

    def add(self, letter: Letter) -> None:
        self._session.run(insert(Letter, "letters"), dump(letter))

    def revise(self, letter: Letter) -> None:
        """Write a letter that nobody has taken yet anew."""
        self._session.run(
            f"update letters set {assignments(Letter)} where id = :id "
            "and leased_by is null",
            dump(letter),
        )

    def recipients(self, event_id: str, after: str, count: int) -> Sequence[Attendee]:
        """The next people who were checked in, by id."""
        return self._session.all(
            Attendee,
            f"{_ATTENDEE} where a.event_id = :event_id and a.id > :after "
            f"and a.erased_at is null and {CAME} order by a.id limit :count",
            {"event_id": event_id, "after": after, "count": count},
        )

    def met(self, event_id: str, first: str, last: str) -> Mapping[str, Sequence[str]]:
        """For people with ids from `first` to `last`: the ids of those they met."""
        rows = self._session.rows(
            "select first_id, second_id from connections where first_id >= :first "
            f"and first_id <= :last and {mutual()} union all "
            "select second_id, first_id from connections where second_id >= :first "
            f"and second_id <= :last and {mutual()}",
            {"first": first, "last": last},
        )
        met: defaultdict[str, list[str]] = defaultdict(list)
        for person, other in rows:
            met[person].append(other)
        return met

    def written(self, event_id: str, first: str, last: str) -> Mapping[str, list[Letter]]:
        """For people with ids from `first` to `last`: their follow-ups, in order."""
        letters = self._session.all(
            Letter,
            f"{_LETTER} where event_id = :event_id and attendee_id >= :first "
            f"and attendee_id <= :last and {IS_FOLLOW_UP} order by generation",
            {"event_id": event_id, "first": first, "last": last},
        )
        written: defaultdict[str, list[Letter]] = defaultdict(list)
        for letter in letters:
            written[letter.attendee_id].append(letter)
        return written
