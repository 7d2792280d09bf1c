"""Lease a letter, send it, settle it: nothing is lost and nobody gets it twice.

`committing` is made durable just before the last byte leaves. A worker that dies earlier
has sent nothing, and the letter is simply tried again. One that dies later may have sent
it: the letter is *uncertain*, is sent once more under the same Message-ID, by which mail
programs tell a copy, and rests as failed when that ends without an answer, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never

from kiosk.model import Letter
from kiosk.ports import Tx

LEASE_FOR = timedelta(minutes=15)
"""Longer than the longest wait for an answer (RFC 5321 §4.5.3.2.6 asks for 10 minutes)."""

ATTEMPTS = 18  # with the pauses below: about two days
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
DOUBT_PAUSE = timedelta(minutes=15)

FUSE = 10  # failures of the relay one after another, not of single addresses
PAUSE_FOR = timedelta(minutes=15)
EXPIRED_LIMIT = 200

NO_ANSWER = "the mail server did not say whether it took the letter"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The relay took the letter; what it said."""

    answer: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now: a busy mailbox, or with `is_relay` a relay that could not be used at all."""

    reason: str
    is_relay: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: an address that is none, or (`is_relay`) a relay that wants no such mail."""

    reason: str
    is_relay: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """All bytes left and no answer came."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The letter has nothing to say any more."""

    state: Literal["cancelled", "skipped"]
    reason: str


Result = Accepted | TryLater | Refused | Unclear | Dropped


@dataclass(frozen=True, slots=True)
class Lease:
    """At most `count` letters, and of the last ones no more than a fair share.

    `hands` is how many connections take letters side by side: they should end together.
    """

    worker: str
    count: int
    hands: int = 1


def lease(tx: Tx, command: Lease, now: datetime) -> Sequence[Letter]:
    """Letters that are this worker's until their lease ends; the longest waiting first."""
    count = command.count
    if command.hands > 1:
        shares = 2 * command.hands
        due_count = tx.deliveries.due_count(now, limit=shares * count)
        count = min(count, max(due_count // shares, 1))
    return tx.deliveries.lease(command.worker, count, now + LEASE_FOR, now)


@dataclass(frozen=True, slots=True)
class Settle:
    letter: Letter
    worker: str
    result: Result


def settle(tx: Tx, command: Settle, now: datetime) -> bool:
    """Record how a delivery went; False when the letter is no longer this worker's."""
    letter = settled(command.letter, command.result, now)
    if not tx.deliveries.settle(letter, command.worker):
        return False
    if isinstance(command.result, Accepted):
        tx.outboxes.note_success(letter.event_id)
    elif isinstance(command.result, TryLater | Refused) and command.result.is_relay:
        _note_failure(tx, letter.event_id, command.result.reason, now)
    return True


@dataclass(frozen=True, slots=True)
class Commit:
    """With `before`, the letter sent before this one is settled in the same write."""

    letter_id: str
    worker: str
    before: Settle | None = None


def commit(tx: Tx, command: Commit, now: datetime) -> bool:
    """Whether the last byte may leave; False when the letter was called back meanwhile."""
    if command.before:
        settle(tx, command.before, now)
    return tx.deliveries.commit(command.letter_id, command.worker, now + LEASE_FOR)


def settled(letter: Letter, result: Result, now: datetime) -> Letter:
    """The letter after this result."""
    match result:
        case Accepted(answer):
            return replace(letter, state="sent", settled_at=now, reason=answer)
        case TryLater(reason):
            return _later(letter, reason, now)
        case Refused(reason):
            return _failed(letter, reason, now)
        case Unclear(reason):
            return _doubtful(letter, reason, now, now + DOUBT_PAUSE)
        case Dropped(state, reason):
            return replace(letter, state=state, settled_at=now, reason=reason)
        case _:
            assert_never(result)


@dataclass(frozen=True, slots=True)
class Release:
    """Leased letters whose delivery was not begun."""

    letter_ids: tuple[str, ...]
    worker: str


def release(tx: Tx, command: Release, now: datetime) -> int:
    """Give letters back at once; how many were still this worker's."""
    del now
    given = [tx.deliveries.release(id_, command.worker) for id_ in command.letter_ids]
    return sum(given)


def release_expired(tx: Tx, dead_workers: Sequence[str], now: datetime) -> int:
    """Give back what has expired or was leased by workers known to be dead; how many."""
    for worker in dead_workers:
        tx.deliveries.expire(worker, now)
    letters = tx.deliveries.expired(now, EXPIRED_LIMIT)
    for letter in letters:
        tx.deliveries.settle(_after_a_death(letter, now), letter.leased_by or "")
    return len(letters)


def _after_a_death(letter: Letter, now: datetime) -> Letter:
    if letter.state == "committing":
        return _doubtful(letter, NO_ANSWER, now, now)
    if letter.attempt_count >= ATTEMPTS:
        return _failed(letter, "its delivery never ended", now)
    return replace(letter, state="queued")


def _later(letter: Letter, reason: str, now: datetime) -> Letter:
    if letter.attempt_count >= ATTEMPTS:
        return _failed(letter, f"given up after {ATTEMPTS} attempts: {reason}", now)
    doublings = max(letter.attempt_count - 1, 0)
    pause = min(FIRST_PAUSE * 2 ** min(doublings, 16), LONGEST_PAUSE)
    return replace(letter, state="deferred", due_at=now + pause, reason=reason)


def _failed(letter: Letter, reason: str, now: datetime) -> Letter:
    return replace(letter, state="failed", settled_at=now, reason=reason)


def _doubtful(letter: Letter, reason: str, now: datetime, due_at: datetime) -> Letter:
    """Once more under the same Message-ID; a second doubt ends it."""
    doubts = letter.doubt_count + 1
    if doubts > 1:
        return replace(_failed(letter, f"twice: {reason}", now), doubt_count=doubts)
    return replace(
        letter, state="uncertain", doubt_count=doubts, due_at=due_at, reason=reason
    )


def _note_failure(tx: Tx, event_id: str, reason: str, now: datetime) -> None:
    outbox = tx.outboxes.get(event_id)
    count = outbox.failure_count + 1
    until = now + PAUSE_FOR if count >= FUSE else outbox.paused_until
    tx.outboxes.put(replace(outbox, failure_count=count, paused_until=until, reason=reason))
