"""How far a list that comes over the network was read, by the name of its source."""

from kiosk.store.session import Session


class Sources:
    def __init__(self, session: Session) -> None:
        self._session = session

    def cursor(self, event_id: str, source: str) -> str:
        """Where to go on; "" for a source never read."""
        found = self._session.value(
            "select cursor from list_sources "
            "where event_id = :event_id and source = :source",
            {"event_id": event_id, "source": source},
        )
        return found or ""

    def put(self, event_id: str, source: str, cursor: str) -> None:
        self._session.run(
            "insert into list_sources (event_id, source, cursor) "
            "values (:event_id, :source, :cursor) "
            "on conflict (event_id, source) do update set cursor = :cursor",
            {"event_id": event_id, "source": source, "cursor": cursor},
        )
