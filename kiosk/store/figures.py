"""What the desk counts, in one statement each: cheap enough to ask every few seconds."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import from_text, to_text
from kiosk.model import Attendee, CheckInList, Letter, Scan
from kiosk.model.figures import Asks, Door, Presence
from kiosk.store.letters import IS_FOLLOW_UP
from kiosk.store.rows import columns
from kiosk.store.scans import SUCCESSFUL
from kiosk.store.session import Session

_COMES = (
    "a.status <> 'canceled' and a.blocked = '' and a.approved = 1 and a.erased_at is null"
)
_ENTERED = (
    "exists (select 1 from scans s where s.attendee_id = a.id and s.kind = 'check_in' "
    "and s.outcome in ('welcomed', 'welcomed_back') and s.annulled_at is null)"
)
_PRESENCE = {"everybody": "1 = 1", "here": _ENTERED, "missing": f"not {_ENTERED}"}
TEN_MINUTES = len("2026-06-01T09:0")  # what instants of the same ten minutes share


class Figures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def door(self, rule: CheckInList) -> Door:
        checked_in = self._session.value(
            "select count(distinct attendee_id) from scans where list_id = :list_id "
            f"and kind = 'check_in' and {SUCCESSFUL}",
            {"list_id": rule.id},
        )
        return Door(
            rule.id, rule.name, self._expected(rule), checked_in, self._inside(rule)
        )

    def refusals(self, event_id: str) -> dict[str, int]:
        """Refused and rejected scans of an event by reason, the commonest first."""
        return self._counts(
            "select reason, count(*) from scans where event_id = :event_id "
            "and outcome in ('turned_away', 'rejected') group by reason "
            "order by count(*) desc, reason",
            event_id,
        )

    def outcomes(self, event_id: str) -> dict[str, int]:
        return self._counts(
            "select outcome, count(*) from scans where event_id = :event_id "
            "group by outcome order by outcome",
            event_id,
        )

    def letters_in(
        self, event_id: str, states: Sequence[str], limit: int
    ) -> Sequence[Letter]:
        """Letters in one of these states, the latest planned first."""
        named = {f"state{number}": state for number, state in enumerate(states)}
        marks = ", ".join(f":{name}" for name in named)
        return self._session.all(
            Letter,
            f"select {columns(Letter)} from letters where event_id = :event_id "
            f"and {IS_FOLLOW_UP} "
            f"and state in ({marks}) order by planned_at desc, id limit :limit",
            {"event_id": event_id, "limit": limit, **named},
        )

    def quarantined(self, event_id: str) -> int:
        return int(
            self._session.value(
                "select count(*) from quarantine where event_id = :event_id",
                {"event_id": event_id},
            )
        )

    def gaps(self, event_id: str) -> dict[str, int]:
        """Devices some of whose numbered readings never arrived, and how many."""
        return self._counts(
            "select device_id, max(seq) - first_seq + 1 - count(*) from ("
            "select device_id, seq from scans where event_id = :event_id "
            "union select device_id, seq from quarantine where event_id = :event_id "
            "union select device_id, seq from acts where event_id = :event_id) as heard "
            "join devices on id = device_id where seq >= first_seq "
            "group by device_id having max(seq) - first_seq + 1 > count(*)",
            event_id,
        )

    def latest(self, event_id: str, limit: int) -> Sequence[Scan]:
        """The scans that arrived last, the newest first."""
        return self._scans("event_id = :event_id", event_id, limit)

    def refused(self, event_id: str, limit: int) -> Sequence[Scan]:
        """The refused and rejected scans that arrived last, the newest first."""
        condition = "event_id = :event_id and outcome in ('turned_away', 'rejected')"
        return self._scans(condition, event_id, limit)

    def of_attendee(self, attendee_id: str) -> Sequence[Scan]:
        """The door scans of one person, the newest first."""
        return self._session.all(
            Scan,
            f"select {columns(Scan)} from scans where attendee_id = :id "
            "order by scanned_at desc, id desc",
            {"id": attendee_id},
        )

    def entered_more_than_once(self, list_id: str) -> Sequence[Scan]:
        """Successful scans of those who entered a list twice or more."""
        return self._of_those(
            list_id,
            "select attendee_id from scans where list_id = :list_id "
            f"and kind = 'check_in' and {SUCCESSFUL} group by attendee_id "
            "having count(*) > 1",
        )

    def entered_twice_running(self, list_id: str) -> Sequence[Scan]:
        """Successful scans of those with two entries to a list and no exit between."""
        return self._of_those(
            list_id,
            "select attendee_id from (select attendee_id, kind, lag(kind) over ("
            "partition by attendee_id order by scanned_at, id) as before from scans "
            f"where list_id = :list_id and {SUCCESSFUL}) as walked "
            "where kind = 'check_in' and before = 'check_in'",
        )

    def arrivals(self, event_id: str) -> Sequence[tuple[datetime, int]]:
        """First entries by ten minutes, those without any left out."""
        rows = self._session.rows(
            "select substr(scanned_at, 1, :width) as start, count(*) from scans "
            "where event_id = :event_id and outcome = 'welcomed' and annulled_at is null "
            "group by start order by start",
            {"event_id": event_id, "width": TEN_MINUTES},
        )
        return [(from_text(f"{start}0:00Z"), count) for start, count in rows]

    def people(
        self, event_id: str, presence: Presence, limit: int, offset: int = 0
    ) -> Sequence[Attendee]:
        """A page of people by name: everybody, those who came, or those who did not."""
        return self._session.all(
            Attendee,
            f"select {columns(Attendee, 'a')} from attendees a "
            f"where a.event_id = :event_id and a.erased_at is null "
            f"and {_PRESENCE[presence]} order by a.name, a.id "
            "limit :limit offset :offset",
            {"event_id": event_id, "limit": limit, "offset": offset},
        )

    def people_count(self, event_id: str, presence: Presence) -> int:
        return int(
            self._session.value(
                "select count(*) from attendees a where a.event_id = :event_id "
                f"and a.erased_at is null and {_PRESENCE[presence]}",
                {"event_id": event_id},
            )
        )

    def ticket_types(self, event_id: str) -> Sequence[str]:
        """The types that people of this event have, the commonest first."""
        rows = self._session.rows(
            "select ticket_type from attendees where event_id = :event_id "
            "and ticket_type <> '' and erased_at is null group by ticket_type "
            "order by count(*) desc, ticket_type",
            {"event_id": event_id},
        )
        return [row[0] for row in rows]

    def asks(self, event_id: str, since: datetime, least: int) -> Sequence[Asks]:
        """Who asked at least so many people; those asked after `since` count as late."""
        rows = self._session.rows(
            "select asked_by, count(*), count(agreed_at), "
            "sum(case when asked_at > :since then 1 else 0 end) from connections "
            "where event_id = :event_id and asked_by is not null group by asked_by "
            "having count(*) >= :least order by count(*) desc, asked_by",
            {"event_id": event_id, "since": to_text(since), "least": least},
        )
        return [Asks(*row) for row in rows]

    def _of_those(self, list_id: str, attendee_ids: str) -> Sequence[Scan]:
        return self._session.all(
            Scan,
            f"select {columns(Scan)} from scans where list_id = :list_id and {SUCCESSFUL} "
            f"and attendee_id in ({attendee_ids}) order by attendee_id, scanned_at, id",
            {"list_id": list_id},
        )

    def _scans(self, condition: str, event_id: str, limit: int) -> Sequence[Scan]:
        return self._session.all(
            Scan,
            f"select {columns(Scan)} from scans where {condition} "
            "order by received_at desc, id desc limit :limit",
            {"event_id": event_id, "limit": limit},
        )

    def _expected(self, rule: CheckInList) -> int:
        """Who may come through this door, by their own ticket type or an add-on's."""
        names = {f"type{number}": name for number, name in enumerate(rule.ticket_types)}
        marks = ", ".join(f":{name}" for name in names)
        fits = f"and (a.ticket_type in ({marks}) or t.ticket_type in ({marks}))"
        return int(
            self._session.value(
                "select count(distinct a.id) from attendees a "
                "left join tickets t on t.attendee_id = a.id "
                f"where a.event_id = :event_id and {_COMES} {fits if names else ''}",
                {"event_id": rule.event_id, **names},
            )
        )

    def _inside(self, rule: CheckInList) -> int:
        """Whose last successful scan on this list is an entry."""
        return int(
            self._session.value(
                "select count(*) from (select kind, row_number() over ("
                "partition by attendee_id order by scanned_at desc, id desc) as place "
                f"from scans where list_id = :list_id and {SUCCESSFUL}) as last "
                "where place = 1 and kind = 'check_in'",
                {"list_id": rule.id},
            )
        )

    def _counts(self, sql: str, event_id: str) -> dict[str, int]:
        return dict(self._session.rows(sql, {"event_id": event_id}))
