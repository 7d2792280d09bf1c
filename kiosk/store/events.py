"""Events, their check-in lists and their closures."""

from collections.abc import Sequence

from kiosk.model import CheckInList, Closure, Event
from kiosk.store.kept import Kept
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_EVENT = f"select {columns(Event)} from events"
_LIST = f"select {columns(CheckInList)} from check_in_lists"
_CLOSURE = f"select {columns(Closure)} from closures"


class Events:
    """A scan asks for event, lists and closure; they are kept until one of them changes."""

    def __init__(self, session: Session, kept: Kept) -> None:
        self._session = session
        self._kept = kept

    def all(self) -> Sequence[Event]:
        return self._session.all(Event, f"{_EVENT} order by starts_at, slug")

    def get(self, event_id: str) -> Event | None:
        return self._kept.get(("event", event_id), lambda: self._get(event_id))

    def by_slug(self, slug: str) -> Event | None:
        return self._session.one(Event, f"{_EVENT} where slug = :slug", {"slug": slug})

    def add(self, event: Event) -> None:
        self._kept.drop()
        self._session.run(insert(Event, "events"), dump(event))

    def change(self, event: Event) -> None:
        self._kept.drop()
        self._session.run(
            f"update events set {assignments(Event)} where id = :id", dump(event)
        )

    def lists(self, event_id: str) -> Sequence[CheckInList]:
        return list(self._kept.get(("lists", event_id), lambda: self._lists(event_id)))

    def list_named(self, event_id: str, name: str) -> CheckInList | None:
        return self._session.one(
            CheckInList,
            f"{_LIST} where event_id = :event_id and name = :name",
            {"event_id": event_id, "name": name},
        )

    def put_list(self, check_in_list: CheckInList) -> None:
        """Add the list, or change the one with its id."""
        self._kept.drop()
        self._session.run(
            f"{insert(CheckInList, 'check_in_lists')} on conflict (id) do update set "
            f"{assignments(CheckInList)}",
            dump(check_in_list),
        )

    def remove_list(self, list_id: str) -> None:
        """Only for a list without scans."""
        self._kept.drop()
        self._session.run("delete from check_in_lists where id = :id", {"id": list_id})

    def has_scans(self, list_id: str) -> bool:
        """Whether anybody was ever read at this list."""
        sql = "select 1 from scans where list_id = :id limit 1"
        return self._session.value(sql, {"id": list_id}) is not None

    def closure(self, event_id: str) -> Closure | None:
        """The closure that stands, if the event has ended and was not reopened."""
        return self._kept.get(("closure", event_id), lambda: self._closure(event_id))

    def closures(self, event_id: str) -> Sequence[Closure]:
        return self._session.all(
            Closure,
            f"{_CLOSURE} where event_id = :event_id order by closed_at",
            {"event_id": event_id},
        )

    def add_closure(self, closure: Closure) -> bool:
        """False when another closure already stands: an event closes once."""
        self._kept.drop()
        return bool(
            self._session.run(
                f"{insert(Closure, 'closures')} "
                "on conflict (event_id) where reopened_at is null do nothing",
                dump(closure),
            )
        )

    def change_closure(self, closure: Closure) -> None:
        self._kept.drop()
        self._session.run(
            f"update closures set {assignments(Closure)} where id = :id", dump(closure)
        )

    def _get(self, event_id: str) -> Event | None:
        return self._session.one(Event, f"{_EVENT} where id = :id", {"id": event_id})

    def _lists(self, event_id: str) -> tuple[CheckInList, ...]:
        return tuple(
            self._session.all(
                CheckInList,
                f"{_LIST} where event_id = :event_id order by name",
                {"event_id": event_id},
            )
        )

    def _closure(self, event_id: str) -> Closure | None:
        return self._session.one(
            Closure,
            f"{_CLOSURE} where event_id = :event_id and reopened_at is null",
            {"event_id": event_id},
        )
