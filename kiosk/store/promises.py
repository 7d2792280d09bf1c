"""What the two of a connection promised each other."""

from collections.abc import Sequence

from kiosk.model import Promise
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_PROMISE = f"select {columns(Promise)} from promises"
_PUT = (
    f"{insert(Promise, 'promises')} on conflict (id) do update set {assignments(Promise)}"
)
_IN_ORDER = "order by done_at is not null, due_at is null, due_at, promised_at, id"


class Promises:
    """Open ones first: those with a date by their date, then the others as they came."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, promise_id: str) -> Promise | None:
        return self._session.one(Promise, f"{_PROMISE} where id = :id", {"id": promise_id})

    def of_connection(self, connection_id: str) -> Sequence[Promise]:
        """What both sides promised."""
        return self._session.all(
            Promise,
            f"{_PROMISE} where connection_id = :id {_IN_ORDER}",
            {"id": connection_id},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Promise]:
        """What this person promised to anybody, also where nothing is shared any more."""
        return self._session.all(
            Promise, f"{_PROMISE} where attendee_id = :id {_IN_ORDER}", {"id": attendee_id}
        )

    def put(self, promise: Promise) -> None:
        self._session.run(_PUT, dump(promise))

    def remove(self, promise_id: str) -> None:
        self._session.run("delete from promises where id = :id", {"id": promise_id})
