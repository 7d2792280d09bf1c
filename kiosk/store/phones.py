"""Phones that are somebody's own, and the one-time links that make them so."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Phone
from kiosk.store.rows import columns, dump
from kiosk.store.session import Session

_PHONE = f"select {columns(Phone)} from phones"


class Links:
    def __init__(self, session: Session) -> None:
        self._session = session

    def offer(
        self, digest: str, attendee_id: str, made_at: datetime, expires_at: datetime
    ) -> None:
        self._session.run(
            "insert into link_tokens (digest, attendee_id, made_at, expires_at) "
            "values (:digest, :attendee_id, :made_at, :expires_at)",
            {
                "digest": digest,
                "attendee_id": attendee_id,
                "made_at": to_text(made_at),
                "expires_at": to_text(expires_at),
            },
        )

    def use(self, digest: str, now: datetime) -> str | None:
        """The id of the person this link is for, once and in time."""
        row = self._session.row(
            "update link_tokens set used_at = :now where digest = :digest "
            "and used_at is null and expires_at > :now returning attendee_id",
            {"digest": digest, "now": to_text(now)},
        )
        return str(row[0]) if row else None


class Phones:
    def __init__(self, session: Session) -> None:
        self._session = session

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
            "insert into phones (id, attendee_id, name, digest, linked_at, unlinked_at) "
            "values (:id, :attendee_id, :name, :digest, :linked_at, :unlinked_at)",
            dump(phone) | {"digest": digest},
        )

    def unlink(self, phone_id: str, attendee_id: str, at: datetime) -> bool:
        """False when this person has no such phone."""
        return bool(
            self._session.run(
                "update phones set unlinked_at = :at where id = :id "
                "and attendee_id = :attendee_id and unlinked_at is null",
                {"id": phone_id, "attendee_id": attendee_id, "at": to_text(at)},
            )
        )
