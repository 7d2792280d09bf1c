"""What holds an event's letters up, and the addresses that want none."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Outbox
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session


class Outboxes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, event_id: str) -> Outbox:
        """The event's outbox; one that nothing holds up when none was written."""
        found = self._session.one(
            Outbox,
            f"select {columns(Outbox)} from outboxes where event_id = :id",
            {"id": event_id},
        )
        return found or Outbox(event_id)

    def put(self, outbox: Outbox) -> None:
        self._session.run(
            f"{insert(Outbox, 'outboxes')} on conflict (event_id) do update set "
            f"{assignments(Outbox, keep=('event_id',))}",
            dump(outbox),
        )

    def note_success(self, event_id: str) -> None:
        """The relay works: forget its failures."""
        self._session.run(
            "update outboxes set failure_count = 0, paused_until = null, reason = '' "
            "where event_id = :id and failure_count > 0",
            {"id": event_id},
        )


class Suppressions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of_event(self, event_id: str) -> Mapping[str, str]:
        """Digests of addresses that get no letter about this event, and why."""
        return dict(
            self._session.rows(
                "select address_digest, reason from suppressions where event_id = :id",
                {"id": event_id},
            )
        )

    def add(self, event_id: str, address_digest: str, reason: str, now: datetime) -> bool:
        """False when the address was suppressed before."""
        return bool(
            self._session.run(
                "insert into suppressions "
                "(address_digest, event_id, reason, suppressed_at) "
                "values (:digest, :event_id, :reason, :now) "
                "on conflict (address_digest, event_id) do nothing",
                {
                    "digest": address_digest,
                    "event_id": event_id,
                    "reason": reason,
                    "now": to_text(now),
                },
            )
        )

    def reason(self, event_id: str, address_digest: str) -> str:
        """Why this address gets no letter about this event; "" when it gets them."""
        found = self._session.value(
            "select max(reason) from suppressions where address_digest = :digest "
            "and event_id = :event_id",
            {"event_id": event_id, "digest": address_digest},
        )
        return str(found or "")

    def has(self, event_id: str, address_digest: str) -> bool:
        return bool(
            self._session.row(
                "select 1 from suppressions where address_digest = :digest "
                "and event_id = :event_id",
                {"event_id": event_id, "digest": address_digest},
            )
        )

    def remove(self, event_id: str, address_digest: str) -> bool:
        """False when there was nothing to remove."""
        return bool(
            self._session.run(
                "delete from suppressions where event_id = :event_id "
                "and address_digest = :digest",
                {"event_id": event_id, "digest": address_digest},
            )
        )
