"""Reports of attendees about each other, for the organisers of their event."""

from collections.abc import Sequence

from kiosk.model import Report
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_REPORT = f"select {columns(Report)} from reports"


class Reports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, report_id: str) -> Report | None:
        return self._session.one(Report, f"{_REPORT} where id = :id", {"id": report_id})

    def add(self, report: Report) -> None:
        self._session.run(insert(Report, "reports"), dump(report))

    def change(self, report: Report) -> None:
        self._session.run(
            f"update reports set {assignments(Report)} where id = :id", dump(report)
        )

    def of_event(self, event_id: str) -> Sequence[Report]:
        """The latest first."""
        return self._session.all(
            Report,
            f"{_REPORT} where event_id = :id order by reported_at desc, id",
            {"id": event_id},
        )

    def by_attendee(self, attendee_id: str) -> Sequence[Report]:
        """What this person has reported, the first one first."""
        return self._session.all(
            Report,
            f"{_REPORT} where reporter_id = :id order by reported_at, id",
            {"id": attendee_id},
        )
