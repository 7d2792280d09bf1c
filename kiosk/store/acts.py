"""Acts as they were judged."""

from collections.abc import Sequence

from kiosk.model import Act
from kiosk.store.rows import columns, dump, insert
from kiosk.store.session import Session

_ACT = f"select {columns(Act)} from acts"


class Acts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, act_id: str) -> Act | None:
        return self._session.one(Act, f"{_ACT} where id = :id", {"id": act_id})

    def add(self, act: Act) -> None:
        self._session.run(insert(Act, "acts"), dump(act))

    def of_attendee(self, attendee_id: str) -> Sequence[Act]:
        """What was done about one person, the earliest first."""
        return self._session.all(
            Act,
            f"{_ACT} where attendee_id = :id order by done_at, id",
            {"id": attendee_id},
        )
