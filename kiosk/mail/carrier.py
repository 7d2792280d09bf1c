"""One connection's worth of delivery: lease letters, send each, settle each.

What a letter says is read just before it leaves. The last byte leaves only after
`committing` is durable; whatever happens then, the letter ends in one state. A letter that
cannot be composed is put off first, so that it never stands in the way of the others.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.ask import waiting_asks
from kiosk.compose import NothingToSay, compose
from kiosk.deliver import (
    Accepted,
    Commit,
    Dropped,
    Lease,
    Refused,
    Release,
    Result,
    Settle,
    TryLater,
    commit,
    lease,
    release,
    settle,
)
from kiosk.mail.headers import NoAddress
from kiosk.mail.message import Parcel, Sender, parcel, slip_parcel
from kiosk.mail.pace import Pace
from kiosk.mail.transports import Transport
from kiosk.model import AT_ONCE, Letter
from kiosk.ports import Store
from kiosk.slip import NoSlip, read_slip

log = logging.getLogger(__name__)

BATCH = 10  # letters leased at once by one connection, at most
QUICK = 0.05
"""Seconds. While a letter takes a relay less, the fact that it was taken is made durable
with the next letter's commit, one write for both: a death in between costs one copy."""

UNWRITABLE = "the letter could not be composed; the log says why"


@dataclass(frozen=True, slots=True)
class Shift:
    """What all carriers of a delivery share; there are `hands` of them."""

    store: Store
    sender: Sender
    worker: str
    pace: Pace
    hands: int
    now: Callable[[], datetime]
    stop: threading.Event


class Carrier:
    """Delivers until nothing is due, the relay fails, or the shift is stopped."""

    def __init__(self, shift: Shift, transport: Transport) -> None:
        self._shift = shift
        self._transport = transport
        self._leased: deque[Letter] = deque()
        self._riding: Settle | None = None
        self._settled_count = 0
        self._goes_on = True

    def run(self) -> int:
        """How many letters were settled; leased ones that were not begun are given back."""
        try:
            while self._goes_on and self._lease():
                self._deliver_leased()
        finally:
            self._settle_riding()
            self._release()
            self._transport.close()
        return self._settled_count

    def _lease(self) -> bool:
        if self._shift.stop.is_set():
            return False
        wanted = Lease(self._shift.worker, BATCH, self._shift.hands)
        self._leased.extend(self._shift.store.write(lease, wanted, self._shift.now()))
        return bool(self._leased)

    def _deliver_leased(self) -> None:
        while self._leased and self._goes_on and not self._shift.stop.is_set():
            self._deliver(self._leased.popleft())

    def _deliver(self, letter: Letter) -> None:
        content = self._compose(letter)
        if not isinstance(content, Parcel):
            self._settle(letter, content)
            return
        if self._shift.pace.is_limited:
            self._settle_riding()
            self._shift.pace.wait(self._shift.stop)
        began = time.monotonic()
        result = self._transport.send(content, lambda: self._commit(letter))
        if result is None:
            return
        is_quick = time.monotonic() - began < QUICK
        self._settle(letter, result, may_ride=is_quick and bool(self._leased))
        self._goes_on = not (isinstance(result, TryLater) and result.is_relay)

    def _compose(self, letter: Letter) -> Parcel | Result:
        try:
            return (_slip if letter.kind in AT_ONCE else _follow_up)(self._shift, letter)
        except NoAddress as error:
            return Refused(str(error))
        except Exception:
            log.exception("letter put off", extra={"fields": {"letter": letter.id}})
            return TryLater(UNWRITABLE)

    def _commit(self, letter: Letter) -> bool:
        command = Commit(letter.id, self._shift.worker, before=self._riding)
        may_leave = self._shift.store.write(commit, command, self._shift.now())
        self._riding = None
        return may_leave

    def _settle(self, letter: Letter, result: Result, *, may_ride: bool = False) -> None:
        """Settle at once, or let an accepted letter ride with the commit of the next."""
        self._settle_riding()
        self._riding = Settle(letter, self._shift.worker, result)
        self._settled_count += 1
        if not (may_ride and isinstance(result, Accepted)):
            self._settle_riding()

    def _settle_riding(self) -> None:
        if self._riding:
            self._shift.store.write(settle, self._riding, self._shift.now())
            self._riding = None

    def _release(self) -> None:
        if self._leased:
            ids = tuple(letter.id for letter in self._leased)
            self._leased.clear()
            given = Release(ids, self._shift.worker)
            self._shift.store.write(release, given, self._shift.now())


def _follow_up(shift: Shift, letter: Letter) -> Parcel | Dropped:
    with shift.store.read() as tx:
        composed = compose(tx, letter)
        asks = waiting_asks(tx, letter.attendee_id, shift.now())
    if isinstance(composed, NothingToSay):
        return Dropped(composed.state, composed.reason)
    return parcel(composed, shift.sender, shift.now(), asks)


def _slip(shift: Shift, letter: Letter) -> Parcel | Dropped:
    with shift.store.read() as tx:
        slip = read_slip(tx, letter, shift.sender.key, shift.now())
    if isinstance(slip, NoSlip):
        return Dropped("cancelled", slip.reason)
    return slip_parcel(slip, shift.sender, shift.now())
