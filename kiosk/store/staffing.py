"""Cases at the help desk, tablets that ask in, and the PIN of an event's staff."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import PairingRequest, Pin, Referral
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_REFERRAL = f"select {columns(Referral)} from referrals"
_REQUEST = f"select {columns(PairingRequest)} from pairing_requests"
_PUT_PIN = (
    f"{insert(Pin, 'pins')} on conflict (event_id) do update set "
    f"{assignments(Pin, keep=('event_id',))}"
)


class Referrals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, referral_id: str) -> Referral | None:
        return self._session.one(
            Referral, f"{_REFERRAL} where id = :id", {"id": referral_id}
        )

    def open(self, event_id: str) -> Sequence[Referral]:
        """Who waits, the one who waits longest first."""
        return self._session.all(
            Referral,
            f"{_REFERRAL} where event_id = :event_id and settled_at is null "
            "order by referred_at, id",
            {"event_id": event_id},
        )

    def settled(self, event_id: str, limit: int) -> Sequence[Referral]:
        """The latest that were seen to, the last one first."""
        return self._session.all(
            Referral,
            f"{_REFERRAL} where event_id = :event_id and settled_at is not null "
            "order by settled_at desc, id limit :limit",
            {"event_id": event_id, "limit": limit},
        )

    def of_attendee(self, attendee_id: str) -> Sequence[Referral]:
        return self._session.all(
            Referral,
            f"{_REFERRAL} where attendee_id = :id order by referred_at, id",
            {"id": attendee_id},
        )

    def add(self, referral: Referral) -> None:
        self._session.run(insert(Referral, "referrals"), dump(referral))

    def settle(self, referral_id: str, at: datetime, by: str) -> bool:
        """False when it was settled before: the first one who saw to it stands."""
        return bool(
            self._session.run(
                "update referrals set settled_at = :at, settled_by = :by "
                "where id = :id and settled_at is null",
                {"id": referral_id, "at": to_text(at), "by": by},
            )
        )


class PairingRequests:
    def __init__(self, session: Session) -> None:
        self._session = session

    def by_code(self, digest: str, now: datetime) -> PairingRequest | None:
        """The request that still waits under this code."""
        return self._session.one(
            PairingRequest,
            f"{_REQUEST} where code_digest = :digest and device_id is null "
            "and expires_at > :now",
            {"digest": digest, "now": to_text(now)},
        )

    def by_secret(self, digest: str) -> PairingRequest | None:
        """The tablet's own request, also when it is approved or over."""
        return self._session.one(
            PairingRequest,
            f"{_REQUEST} where secret_digest = :digest",
            {"digest": digest},
        )

    def waiting_count(self, now: datetime) -> int:
        count: int = self._session.value(
            "select count(*) from pairing_requests "
            "where device_id is null and expires_at > :now",
            {"now": to_text(now)},
        )
        return count

    def add(self, request: PairingRequest) -> None:
        self._session.run(insert(PairingRequest, "pairing_requests"), dump(request))

    def approve(self, request: PairingRequest, device_id: str, at: datetime) -> bool:
        """False when somebody has approved it meanwhile."""
        return bool(
            self._session.run(
                "update pairing_requests set device_id = :device_id, approved_at = :at "
                "where secret_digest = :digest and device_id is null",
                {
                    "device_id": device_id,
                    "at": to_text(at),
                    "digest": request.secret_digest,
                },
            )
        )

    def forget_before(self, instant: datetime) -> int:
        """Drop requests that ended before; how many."""
        return self._session.run(
            "delete from pairing_requests where expires_at < :instant",
            {"instant": to_text(instant)},
        )


class Pins:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, event_id: str) -> Pin | None:
        return self._session.one(
            Pin, f"select {columns(Pin)} from pins where event_id = :id", {"id": event_id}
        )

    def put(self, pin: Pin) -> None:
        self._session.run(_PUT_PIN, dump(pin))

    def remove(self, event_id: str) -> bool:
        """Whether there was one."""
        return bool(
            self._session.run("delete from pins where event_id = :id", {"id": event_id})
        )
