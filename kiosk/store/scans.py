"""Scans as they were judged, the pairs they named, and what could not be kept as one."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import Quarantined, Scan
from kiosk.store.rows import columns, dump, insert
from kiosk.store.session import Session

_SCAN = f"select {columns(Scan)} from scans"
SUCCESSFUL = "outcome in ('welcomed', 'welcomed_back', 'goodbye') and annulled_at is null"
MISSING_LIMIT = 1000  # sequence numbers named in one heartbeat answer


class Scans:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._insert = insert(Scan, "scans")

    def get(self, scan_id: str) -> Scan | None:
        return self._session.one(Scan, f"{_SCAN} where id = :id", {"id": scan_id})

    def add(self, scan: Scan) -> None:
        self._session.run(self._insert, dump(scan))

    def history(self, attendee_id: str, list_id: str) -> tuple[str, ...]:
        """Kinds of the person's successful scans on a list, by `scanned_at`, then id."""
        rows = self._session.rows(
            "select kind from scans where attendee_id = :attendee_id "
            f"and list_id = :list_id and {SUCCESSFUL} order by scanned_at, id",
            {"attendee_id": attendee_id, "list_id": list_id},
        )
        return tuple(row[0] for row in rows)

    def last_entry(self, attendee_id: str, list_id: str) -> Scan | None:
        return self._session.one(
            Scan,
            f"{_SCAN} where attendee_id = :attendee_id and list_id = :list_id "
            f"and kind = 'check_in' and {SUCCESSFUL} order by scanned_at desc, id desc",
            {"attendee_id": attendee_id, "list_id": list_id},
        )

    def answers_at(self, attendee_id: str, device_id: str, since: datetime) -> set[str]:
        """What this device told the person who wanted to come in, at or after an instant
        (of our clock): the reason where there was one, else the outcome.
        """
        found = self._session.rows(
            "select distinct coalesce(reason, outcome) from scans "
            "where attendee_id = :id and kind = 'check_in' and device_id = :device_id "
            "and received_at >= :since and annulled_at is null",
            {"id": attendee_id, "device_id": device_id, "since": to_text(since)},
        )
        return {answer for (answer,) in found}

    def is_checked_in(self, attendee_id: str) -> bool:
        """Whether any list of the event has let the person in."""
        return bool(
            self._session.row(
                "select 1 from scans where attendee_id = :id and kind = 'check_in' "
                f"and {SUCCESSFUL} limit 1",
                {"id": attendee_id},
            )
        )

    def checked_in_ids(self, event_id: str) -> set[str]:
        rows = self._session.rows(
            "select distinct attendee_id from scans where event_id = :event_id "
            f"and kind = 'check_in' and {SUCCESSFUL}",
            {"event_id": event_id},
        )
        return {row[0] for row in rows}

    def successful(self, list_id: str) -> Sequence[Scan]:
        """Every successful scan of a list, person by person, in the order that counts."""
        return self._session.all(
            Scan,
            f"{_SCAN} where list_id = :list_id and {SUCCESSFUL} "
            "order by attendee_id, scanned_at, id",
            {"list_id": list_id},
        )

    def of_event(self, event_id: str) -> Iterable[Scan]:
        return self._session.all(
            Scan,
            f"{_SCAN} where event_id = :event_id order by received_at, id",
            {"event_id": event_id},
        )

    def annul(self, scan_id: str, at: datetime, by_scan: str) -> None:
        self._session.run(
            "update scans set annulled_at = :at, annulled_by = :by where id = :id",
            {"id": scan_id, "at": to_text(at), "by": by_scan},
        )

    def annulling(self, scan_id: str) -> Scan | None:
        """An annul that came before the scan it annuls."""
        return self._session.one(
            Scan, f"{_SCAN} where annuls = :id order by scanned_at, id", {"id": scan_id}
        )

    def missing_seqs(self, device_id: str, next_seq: int) -> tuple[int, ...]:
        """Numbers of this pairing below `next_seq` that never arrived, oldest first."""
        rows = self._session.rows(
            "select seq from scans where device_id = :id and seq < :next "
            "union select seq from quarantine where device_id = :id and seq < :next "
            "union select seq from acts where device_id = :id and seq < :next",
            {"id": device_id, "next": next_seq},
        )
        arrived = {row[0] for row in rows}
        first = self._session.row(
            "select first_seq from devices where id = :id", {"id": device_id}
        )
        counted = range(first[0] if first else 1, next_seq)
        missing = (seq for seq in counted if seq not in arrived)
        return tuple(seq for _, seq in zip(range(MISSING_LIMIT), missing, strict=False))

    def last_seq(self, device_id: str) -> int:
        """The highest number of a scan or act that arrived; 0 without any."""
        row = self._session.row(
            "select max(seq) from (select seq from scans where device_id = :id "
            "union all select seq from acts where device_id = :id) as arrived",
            {"id": device_id},
        )
        return row[0] or 0 if row else 0

    def add_pairs(self, scan_id: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Which pairs (`first` < `second`) a connect scan named, refused ones too."""
        self._session.run_each(
            "insert into scan_pairs (scan_id, first_id, second_id) "
            "values (:scan_id, :first, :second) "
            "on conflict (first_id, second_id, scan_id) do nothing",
            (
                {"scan_id": scan_id, "first": first, "second": second}
                for first, second in pairs
            ),
        )

    def open_pairs(self, attendee_id: str) -> Sequence[tuple[str, str]]:
        """Pairs of this person that connect scans named, each once."""
        rows = self._session.rows(
            "select first_id, second_id from scan_pairs join scans on id = scan_id "
            "where first_id = :id and annulled_at is null union all "
            "select first_id, second_id from scan_pairs join scans on id = scan_id "
            "where second_id = :id and annulled_at is null",
            {"id": attendee_id},
        )
        return list(dict.fromkeys((first, second) for first, second in rows))

    def pairing(self, first_id: str, second_id: str) -> Scan | None:
        """The earliest standing connect scan that named this pair."""
        return self._session.one(
            Scan,
            f"select {columns(Scan, 'scans')} from scan_pairs join scans on id = scan_id "
            "where first_id = :first and second_id = :second and annulled_at is null "
            "order by scanned_at, id limit 1",
            {"first": first_id, "second": second_id},
        )

    def outcomes_of_pair(self, first_id: str, second_id: str) -> set[str]:
        """What the standing connect scans that named this pair were answered."""
        rows = self._session.rows(
            "select distinct outcome from scan_pairs join scans on id = scan_id "
            "where first_id = :first and second_id = :second and annulled_at is null",
            {"first": first_id, "second": second_id},
        )
        return {row[0] for row in rows}

    def quarantine(self, row: Quarantined) -> None:
        """Keep what could not be kept as a scan, once for each device and content."""
        self._session.run(
            f"{insert(Quarantined, 'quarantine')} on conflict (id) do nothing", dump(row)
        )

    def quarantined(self, event_id: str) -> Sequence[Quarantined]:
        return self._session.all(
            Quarantined,
            f"select {columns(Quarantined)} from quarantine where event_id = :event_id "
            "order by received_at, id",
            {"event_id": event_id},
        )
