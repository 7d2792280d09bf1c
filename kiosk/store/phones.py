"""Phones that are somebody's own."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Phone
from kiosk.store.rows import columns, dump
from kiosk.store.session import Session

_PHONE = f"select {columns(Phone)} from phones"


class Phones:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, phone_id: str) -> Phone | None:
        """Any phone, also one that was unlinked."""
        return self._session.one(Phone, f"{_PHONE} where id = :id", {"id": phone_id})

    def by_token(self, digest: str) -> Phone | None:
        """The phone with this token, unless it was unlinked."""
        return self._session.one(
            Phone,
            f"{_PHONE} where digest = :digest and unlinked_at is null",
            {"digest": digest},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Phone]:
        """The phones that are linked now, the latest first."""
        return self._session.all(
            Phone,
            f"{_PHONE} where attendee_id = :id and unlinked_at is null "
            "order by linked_at desc, id",
            {"id": attendee_id},
        )

    def add(self, phone: Phone, digest: str) -> None:
        self._session.run(
            "insert into phones (id, attendee_id, name, digest, linked_at, unlinked_at, "
            "recognised_at) values (:id, :attendee_id, :name, :digest, :linked_at, "
            ":unlinked_at, :recognised_at)",
            dump(phone) | {"digest": digest},
        )

    def unlink(self, phone_id: str, attendee_id: str, at: datetime) -> bool:
        """False when this person has no such phone."""
        return self._mark("unlinked_at", phone_id, attendee_id, at)

    def recognise(self, phone_id: str, attendee_id: str, at: datetime) -> bool:
        """False as in `unlink`."""
        return self._mark("recognised_at", phone_id, attendee_id, at)

    def _mark(self, column: str, phone_id: str, attendee_id: str, at: datetime) -> bool:
        return bool(
            self._session.run(
                f"update phones set {column} = :at where id = :id "
                "and attendee_id = :attendee_id and unlinked_at is null",
                {"id": phone_id, "attendee_id": attendee_id, "at": to_text(at)},
            )
        )
