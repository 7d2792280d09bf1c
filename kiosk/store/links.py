"""One-time links by their tokens' digests, and the wishes to be mailed one."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import to_text
from kiosk.model import LinkPurpose, LinkRequest, OneTimeLink
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session


class Links:
    def __init__(self, session: Session) -> None:
        self._session = session

    def offer(self, link: OneTimeLink) -> None:
        self._session.run(insert(OneTimeLink, "link_tokens"), dump(link))

    def get(self, digest: str) -> OneTimeLink | None:
        return self._session.one(
            OneTimeLink,
            f"select {columns(OneTimeLink)} from link_tokens where digest = :digest",
            {"digest": digest},
        )

    def use(
        self, digest: str, purpose: LinkPurpose, browser: str, now: datetime
    ) -> str | None:
        """The id of the person this link is for, once and in time.

        `browser` is the digest of the cookie that the asking browser was given, or "".
        """
        row = self._session.row(
            "update link_tokens set used_at = :now where digest = :digest "
            "and purpose = :purpose and used_at is null and (expires_at > :now "
            "or browser <> '' and browser = :browser and kept_until > :now) "
            "returning attendee_id",
            {
                "digest": digest,
                "purpose": purpose,
                "browser": browser,
                "now": to_text(now),
            },
        )
        return str(row[0]) if row else None

    def revoke(self, attendee_id: str, at: datetime) -> int:
        """Use up every link of a person that still stands; how many."""
        return self._session.run(
            "update link_tokens set used_at = :at where attendee_id = :id "
            "and used_at is null and coalesce(kept_until, expires_at) > :at",
            {"id": attendee_id, "at": to_text(at)},
        )


class LinkRequests:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, request: LinkRequest) -> None:
        self._session.run(insert(LinkRequest, "link_requests"), dump(request))

    def change(self, request: LinkRequest) -> None:
        self._session.run(
            f"update link_requests set {assignments(LinkRequest)} where id = :id",
            dump(request),
        )

    def waiting(self, limit: int) -> Sequence[LinkRequest]:
        """Those nobody has answered yet, the first one first."""
        return self._session.all(
            LinkRequest,
            f"select {columns(LinkRequest)} from link_requests "
            "where answered_at is null order by asked_at, id limit :limit",
            {"limit": limit},
        )

    def of_address(self, address_digest: str, since: datetime) -> int:
        """How often a link was wished for this address, answered or not."""
        return self._count(
            "address_digest = :key and asked_at > :since", address_digest, since
        )

    def misses_of(self, caller: str, since: datetime) -> int:
        """How many addresses that nobody has came from there."""
        return self._count(
            "caller = :key and asked_at > :since and answered_at is not null "
            "and was_known = 0",
            caller,
            since,
        )

    def drop_before(self, at: datetime) -> None:
        """Forget the answered ones that were made before this instant."""
        self._session.run(
            "delete from link_requests where answered_at is not null and asked_at <= :at",
            {"at": to_text(at)},
        )

    def _count(self, condition: str, key: str, since: datetime) -> int:
        sql = f"select count(*) from link_requests where {condition}"
        return int(self._session.value(sql, {"key": key, "since": to_text(since)}))
