"""Enrolled tablets, their tokens and the one-time codes that enrol them."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Device
from kiosk.store.kept import Kept
from kiosk.store.rows import columns, dump, insert
from kiosk.store.session import Session

_DEVICE = f"select {columns(Device)} from devices"


class Devices:
    def __init__(self, session: Session, kept: Kept) -> None:
        self._session = session
        self._kept = kept

    def get(self, device_id: str) -> Device | None:
        return self._session.one(Device, f"{_DEVICE} where id = :id", {"id": device_id})

    def by_token(self, digest: str) -> Device | None:
        """The device with this token, also when it was revoked."""
        return self._kept.get(("device", digest), lambda: self._by_token(digest))

    def of_event(self, event_id: str) -> Sequence[Device]:
        return self._session.all(
            Device,
            f"{_DEVICE} where event_id = :event_id order by added_at, id",
            {"event_id": event_id},
        )

    def add(self, device: Device) -> None:
        self._kept.drop()
        self._session.run(insert(Device, "devices"), dump(device))

    def give_token(self, device_id: str, digest: str) -> None:
        self._kept.drop()
        self._session.run(
            "update devices set token_digest = :digest where id = :id",
            {"id": device_id, "digest": digest},
        )

    def revoke(self, device_id: str, at: datetime) -> bool:
        """False when there is nothing to revoke."""
        self._kept.drop()
        return bool(
            self._session.run(
                "update devices set revoked_at = :at where id = :id and revoked_at is null",
                {"id": device_id, "at": to_text(at)},
            )
        )

    def change_role(self, device_id: str, role: str) -> None:
        self._kept.drop()
        self._session.run(
            "update devices set role = :role where id = :id",
            {"id": device_id, "role": role},
        )

    def note_seen(self, device_id: str, queued_count: int, at: datetime) -> None:
        self._kept.drop()
        self._session.run(
            "update devices set seen_at = :at, queued_count = :queued where id = :id",
            {"id": device_id, "queued": queued_count, "at": to_text(at)},
        )

    def note_condition(self, device: Device) -> None:
        """How it says it is: its numbers, battery, clock, release."""
        self._kept.drop()
        self._session.run(
            "update devices set first_seq = :first_seq, battery = :battery, "
            "clock_ahead = :clock_ahead, release = :release where id = :id",
            {
                "id": device.id,
                "first_seq": device.first_seq,
                "battery": device.battery,
                "clock_ahead": device.clock_ahead,
                "release": device.release,
            },
        )

    def add_pairing(self, digest: str, device_id: str, expires_at: datetime) -> None:
        self._session.run(
            "insert into pairings (digest, device_id, expires_at) "
            "values (:digest, :device_id, :expires_at)",
            {"digest": digest, "device_id": device_id, "expires_at": to_text(expires_at)},
        )

    def use_pairing(self, digest: str, now: datetime) -> Device | None:
        """The device this code enrols, once and in time."""
        row = self._session.row(
            "update pairings set used_at = :now where digest = :digest and used_at is null "
            "and expires_at > :now returning device_id",
            {"digest": digest, "now": to_text(now)},
        )
        return self.get(row[0]) if row else None

    def _by_token(self, digest: str) -> Device | None:
        return self._session.one(
            Device, f"{_DEVICE} where token_digest = :digest", {"digest": digest}
        )
