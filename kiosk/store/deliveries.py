"""Letters on their way: leased by a worker, committed, settled, or called back.

Every step is one statement that names the state it comes from, so two workers never both
take it: whoever comes second changes no row.
"""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import UNSENT, Letter, LetterState
from kiosk.store.letters import CAME, IS_FOLLOW_UP
from kiosk.store.rows import columns, dump
from kiosk.store.session import Session

_UNSENT = ", ".join(f"'{state}'" for state in UNSENT)
_ENDED = (
    "exists (select 1 from closures c where c.event_id = letters.event_id "
    "and c.reopened_at is null)"
)
_IS_FREE = (
    f"{_ENDED} and not exists (select 1 from outboxes o "
    "where o.event_id = letters.event_id "
    "and (o.held_at is not null or o.paused_until > :now))"
)
_DUE = (
    "state in ('queued', 'deferred', 'uncertain') and due_at <= :now "
    f"and (not {IS_FOLLOW_UP} or {_IS_FREE})"
)
_SETTLE = (
    "update letters set state = :state, due_at = :due_at, settled_at = :settled_at, "
    "doubt_count = :doubt_count, reason = :reason, leased_by = null, leased_until = null "
    "where id = :id and (leased_by = :worker and state in ('leased', 'committing') "
    "or :state = 'sent' and state = 'uncertain')"
)


class Deliveries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def due_count(self, now: datetime, limit: int = 1000) -> int:
        """How many letters may leave now; a crowd counts as `limit`."""
        sql = f"select count(*) from (select 1 from letters where {_DUE} limit :limit) as d"
        return int(self._session.value(sql, {"now": to_text(now), "limit": limit}))

    def lease(
        self, worker: str, count: int, until: datetime, now: datetime
    ) -> Sequence[Letter]:
        """Take up to `count` letters that are due, the longest waiting first."""
        taken = self._session.all(
            Letter,
            "update letters set state = 'leased', leased_by = :worker, "
            "leased_until = :until, attempt_count = attempt_count + 1 where id in "
            f"(select id from letters where {_DUE} order by due_at, id limit :count) "
            f"returning {columns(Letter)}",
            {
                "worker": worker,
                "until": to_text(until),
                "now": to_text(now),
                "count": count,
            },
        )
        return sorted(taken, key=lambda letter: (letter.due_at, letter.id))

    def commit(self, letter_id: str, worker: str, until: datetime) -> bool:
        """False when the letter was called back meanwhile: then it must not be sent."""
        return bool(
            self._session.run(
                "update letters set state = 'committing', leased_until = :until "
                "where id = :id and state = 'leased' and leased_by = :worker",
                {"id": letter_id, "worker": worker, "until": to_text(until)},
            )
        )

    def settle(self, letter: Letter, worker: str) -> bool:
        """Put a leased letter where its delivery left it; False if it is not ours.

        A worker that was away longer than its lease may still say that a letter was sent.
        """
        row = dump(letter)
        wanted = ("id", "state", "due_at", "settled_at", "doubt_count", "reason")
        return bool(
            self._session.run(
                _SETTLE, {**{name: row[name] for name in wanted}, "worker": worker}
            )
        )

    def release(self, letter_id: str, worker: str) -> bool:
        """Give back a letter whose delivery was not begun."""
        return bool(
            self._session.run(
                "update letters set state = 'queued', leased_by = null, "
                "leased_until = null, attempt_count = attempt_count - 1 "
                "where id = :id and leased_by = :worker and state = 'leased'",
                {"id": letter_id, "worker": worker},
            )
        )

    def take_back(self, attendee_id: str) -> int:
        """End the leases of letters to a person that are not on the wire yet; how many.

        Their worker has read names in them; it finds the lease gone and reads them anew.
        """
        return self._session.run(
            "update letters set state = 'queued', leased_by = null, leased_until = null "
            "where attendee_id = :id and state = 'leased'",
            {"id": attendee_id},
        )

    def workers(self) -> Sequence[str]:
        """Who has a lease at this instant."""
        rows = self._session.rows(
            "select distinct leased_by from letters where leased_until is not null"
        )
        return [row[0] for row in rows]

    def expire(self, worker: str, now: datetime) -> None:
        """End every lease of a worker."""
        self._session.run(
            "update letters set leased_until = :now where leased_by = :worker "
            "and leased_until is not null",
            {"worker": worker, "now": to_text(now)},
        )

    def expired(self, now: datetime, limit: int) -> Sequence[Letter]:
        """Letters whose worker has not been heard of until the end of its lease."""
        return self._session.all(
            Letter,
            f"select {columns(Letter)} from letters where leased_until <= :now "
            "order by leased_until, id limit :limit",
            {"now": to_text(now), "limit": limit},
        )

    def call_back(
        self, event_id: str, to: LetterState, reason: str, now: datetime, address: str = ""
    ) -> int:
        """Move every unsent follow-up of an event, or of one address there; how many."""
        return self._session.run(
            "update letters set state = :to, reason = :reason, leased_by = null, "
            "leased_until = null, settled_at = :settled_at where event_id = :event_id "
            f"and {IS_FOLLOW_UP} and state in ({_UNSENT}) "
            "and (:address = '' or lower(to_address) = :address)",
            {
                "event_id": event_id,
                "to": to,
                "reason": reason,
                "settled_at": None if to == "planned" else to_text(now),
                "address": address,
            },
        )

    def cancel_absent(self, event_id: str, reason: str, now: datetime) -> int:
        """Cancel unsent follow-ups to people whose check-in was annulled."""
        return self._session.run(
            "update letters set state = 'cancelled', reason = :reason, leased_by = null, "
            "leased_until = null, settled_at = :now where event_id = :event_id "
            f"and {IS_FOLLOW_UP} and state in ({_UNSENT}) "
            "and not exists (select 1 from attendees a "
            f"where a.id = letters.attendee_id and {CAME})",
            {"event_id": event_id, "reason": reason, "now": to_text(now)},
        )

    def release_held(self, event_id: str, now: datetime) -> int:
        """Make every follow-up that waits for the organiser or for its hour due now."""
        return self._session.run(
            "update letters set state = 'queued', due_at = :now, reason = '' "
            f"where event_id = :event_id and {IS_FOLLOW_UP} "
            "and state in ('planned', 'queued', 'deferred')",
            {"event_id": event_id, "now": to_text(now)},
        )
