"""Sponsors of an event, and the leads people agreed to."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Attendee, Lead, Sponsor
from kiosk.store.rows import assignments, columns, dump, insert, load
from kiosk.store.session import Session

_SPONSOR = f"select {columns(Sponsor)} from sponsors"
_LEAD = f"select {columns(Lead)} from leads"
_WIDTH = len(fields(Lead))


class Sponsors:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, sponsor_id: str) -> Sponsor | None:
        return self._session.one(Sponsor, f"{_SPONSOR} where id = :id", {"id": sponsor_id})

    def of_event(self, event_id: str) -> Sequence[Sponsor]:
        """By name."""
        return self._session.all(
            Sponsor,
            f"{_SPONSOR} where event_id = :event_id order by name",
            {"event_id": event_id},
        )

    def put(self, sponsor: Sponsor) -> None:
        """Add the sponsor, or change the one with its id; leads stay as they are."""
        self._session.run(
            f"{insert(Sponsor, 'sponsors')} on conflict (id) do update set "
            f"{assignments(Sponsor)}",
            dump(sponsor),
        )

    def remove(self, sponsor_id: str) -> None:
        """Only for a sponsor without leads and devices."""
        self._session.run("delete from sponsors where id = :id", {"id": sponsor_id})


class Leads:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, lead_id: str) -> Lead | None:
        return self._session.one(Lead, f"{_LEAD} where id = :id", {"id": lead_id})

    def standing(self, sponsor_id: str, attendee_id: str) -> Lead | None:
        """What this person has agreed to and not taken back."""
        return self._session.one(
            Lead,
            f"{_LEAD} where sponsor_id = :sponsor_id and attendee_id = :attendee_id "
            "and withdrawn_at is null",
            {"sponsor_id": sponsor_id, "attendee_id": attendee_id},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Lead]:
        """Those taken back, too; the latest first."""
        return self._session.all(
            Lead,
            f"{_LEAD} where attendee_id = :id order by agreed_at desc, id",
            {"id": attendee_id},
        )

    def of_sponsor(self, sponsor_id: str) -> Iterator[tuple[Lead, Attendee]]:
        """Standing leads and whose they are, in the order in which they were agreed.

        The rows come from an open cursor.
        """
        rows = self._session.stream(
            f"select {columns(Lead, 'l')}, {columns(Attendee, 'a')} from leads l "
            "join attendees a on a.id = l.attendee_id where l.sponsor_id = :id "
            "and l.withdrawn_at is null and a.erased_at is null "
            "order by l.agreed_at, l.id",
            {"id": sponsor_id},
        )
        for row in rows:
            yield load(Lead, row[:_WIDTH]), load(Attendee, row[_WIDTH:])

    def count(self, sponsor_id: str) -> int:
        """Of all leads, also those taken back."""
        sql = "select count(*) from leads where sponsor_id = :id"
        return int(self._session.value(sql, {"id": sponsor_id}))

    def add(self, lead: Lead) -> None:
        self._session.run(insert(Lead, "leads"), dump(lead))

    def withdraw(self, lead_id: str, at: datetime) -> bool:
        """False when there is nothing (any more) to take back."""
        return bool(
            self._session.run(
                "update leads set withdrawn_at = :at "
                "where id = :id and withdrawn_at is null",
                {"id": lead_id, "at": to_text(at)},
            )
        )
