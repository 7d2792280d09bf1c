"""The people who may sign in at the desk."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Organiser, SignIn
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_ORGANISER = f"select {columns(Organiser)} from organisers"
_STANDING = "signed_out_at is null and expires_at > :now"


class Organisers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, organiser_id: str) -> Organiser | None:
        return self._session.one(
            Organiser, f"{_ORGANISER} where id = :id", {"id": organiser_id}
        )

    def by_email(self, email: str) -> Organiser | None:
        """The organiser with this address, whatever its case."""
        return self._session.one(
            Organiser,
            f"{_ORGANISER} where lower(email) = lower(:email)",
            {"email": email},
        )

    def all(self) -> Sequence[Organiser]:
        return self._session.all(Organiser, f"{_ORGANISER} order by added_at, id")

    def add(self, organiser: Organiser) -> None:
        self._session.run(insert(Organiser, "organisers"), dump(organiser))

    def change(self, organiser: Organiser) -> None:
        self._session.run(
            f"update organisers set {assignments(Organiser)} where id = :id",
            dump(organiser),
        )


class SignIns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, digest: str, now: datetime) -> SignIn | None:
        """The session with this token, unless it is over."""
        return self._session.one(
            SignIn,
            f"select {columns(SignIn)} from sign_ins "
            f"where digest = :digest and {_STANDING}",
            {"digest": digest, "now": to_text(now)},
        )

    def add(self, sign_in: SignIn) -> None:
        self._session.run(insert(SignIn, "sign_ins"), dump(sign_in))

    def end(self, digest: str, at: datetime) -> None:
        self._session.run(
            "update sign_ins set signed_out_at = :now "
            f"where digest = :digest and {_STANDING}",
            {"digest": digest, "now": to_text(at)},
        )

    def end_all(self, organiser_id: str, at: datetime) -> int:
        """Sign the organiser out everywhere; how many sessions that ended."""
        return self._session.run(
            "update sign_ins set signed_out_at = :now "
            f"where organiser_id = :organiser_id and {_STANDING}",
            {"organiser_id": organiser_id, "now": to_text(at)},
        )

    def forget_before(self, instant: datetime) -> int:
        """Drop the rows of sessions that ran out before `instant`."""
        return self._session.run(
            "delete from sign_ins where expires_at < :instant",
            {"instant": to_text(instant)},
        )
