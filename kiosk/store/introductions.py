"""Offers to introduce two people."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Introduction
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_INTRODUCTION = f"select {columns(Introduction)} from introductions"


class Introductions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, introduction_id: str) -> Introduction | None:
        return self._session.one(
            Introduction, f"{_INTRODUCTION} where id = :id", {"id": introduction_id}
        )

    def between(self, introducer_id: str, ids: tuple[str, str]) -> Introduction | None:
        """What this person offered these two, in either order."""
        first, second = sorted(ids)
        return self._session.one(
            Introduction,
            f"{_INTRODUCTION} where introducer_id = :introducer and first_id = :first "
            "and second_id = :second",
            {"introducer": introducer_id, "first": first, "second": second},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Introduction]:
        """Those this person offered and those they were offered, the latest first."""
        return self._session.all(
            Introduction,
            f"{_INTRODUCTION} where :id in (introducer_id, first_id, second_id) "
            "order by offered_at desc, id",
            {"id": attendee_id},
        )

    def offered_count(self, introducer_id: str, since: datetime) -> int:
        return int(
            self._session.value(
                "select count(*) from introductions where introducer_id = :id "
                "and offered_at >= :since",
                {"id": introducer_id, "since": to_text(since)},
            )
        )

    def add(self, introduction: Introduction) -> None:
        self._session.run(insert(Introduction, "introductions"), dump(introduction))

    def change(self, introduction: Introduction) -> None:
        self._session.run(
            f"update introductions set {assignments(Introduction)} where id = :id",
            dump(introduction),
        )
