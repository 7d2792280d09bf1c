"""The worker: what happens by itself when an event ends, and long after, in its order.

Each step does what is due and returns True when there may be more, False when it may rest.
Nothing it knows is kept in memory: a worker that is killed and started again goes on where
the store says, and two at once do no harm.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from kiosk import close, compose
from kiosk.alive import Alive
from kiosk.clock import utc_now
from kiosk.deliver import release_expired
from kiosk.invite import AnswerWishes, answer_wishes
from kiosk.mail.carrier import Carrier, Shift
from kiosk.mail.message import Sender
from kiosk.mail.pace import Pace
from kiosk.mail.transports import NoWayOut, Outlet, outlet
from kiosk.model import Closure
from kiosk.settings import Settings, SettingsError
from kiosk.upkeep import Store, Upkeep

log = logging.getLogger(__name__)

REST = 2.0  # seconds between looks when nothing was due


@dataclass(slots=True)
class Tally:
    """What a worker did since it was started."""

    closed_count: int = 0
    planned_count: int = 0
    delivered_count: int = 0
    purged_count: int = 0


class Worker:
    def __init__(
        self, store: Store, settings: Settings, now: Callable[[], datetime] = utc_now
    ) -> None:
        """SettingsError when `KIOSK_MAIL_URL` names no way out that we have."""
        self._store = store
        self._now = now
        self._outlet = _outlet(settings)
        self._sender = Sender(settings.public_url, settings.secret_key)
        self._pace = Pace(settings.mail_rate)
        self._workers = settings.data / "workers"
        self._upkeep = Upkeep(store, settings)
        self.tally = Tally()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; an error is logged and the next look tries again."""
        alive = Alive(self._workers)
        try:
            while not stop.is_set():
                try:
                    may_rest = not self._step(alive, stop)
                except Exception:
                    log.exception("the worker tries again")
                    may_rest = True
                if may_rest:
                    stop.wait(REST)
        finally:
            alive.close()

    def run_once(self, stop: threading.Event | None = None) -> Tally:
        """Do what is due until nothing is, or until `stop` is set; what that was."""
        alive, stop = Alive(self._workers), stop or threading.Event()
        try:
            while not stop.is_set() and self._step(alive, stop):
                pass
        finally:
            alive.close()
        return self.tally

    def _step(self, alive: Alive, stop: threading.Event) -> bool:
        did = (
            self._close(),
            self._plan(),
            self._answer(),
            self._release(alive),
            self._deliver(alive, stop),
            self._forget(stop),
        )
        return any(did)

    def _close(self) -> bool:
        now = self._now()
        with self._store.read() as tx:
            due = [
                event
                for event in tx.events.all()
                if close.is_due(event, tx.events.closure(event.id), now)
            ]
        for event in due:
            closed = self._store.write(
                close.close_by_clock, close.CloseByClock(event.id), now
            )
            if closed:
                self.tally.closed_count += 1
                log.info("event closed", extra={"fields": {"event": event.slug}})
        return bool(due)

    def _plan(self) -> bool:
        now = self._now()
        with self._store.read() as tx:
            closures = [tx.events.closure(event.id) for event in tx.events.all()]
        due = [one for one in closures if one and compose.is_due(one, now)]
        for closure in due:
            count = plan_letters(self._store, closure, now)
            self.tally.planned_count += count
            log.info("letters planned", extra={"fields": {"letters": count}})
        return bool(due)

    def _answer(self) -> bool:
        """Write the links that people asked for by mail."""
        with self._store.read() as tx:
            is_due = bool(tx.link_requests.waiting(1))
        wishes = AnswerWishes(self._sender.key)
        return is_due and self._store.write(answer_wishes, wishes, self._now()) > 0

    def _release(self, alive: Alive) -> bool:
        with self._store.read() as tx:
            dead = alive.dead(tx.deliveries.workers())
            is_due = bool(dead) or bool(tx.deliveries.expired(self._now(), 1))
        return is_due and self._store.write(release_expired, dead, self._now()) > 0

    def _deliver(self, alive: Alive, stop: threading.Event) -> bool:
        with self._store.read() as tx:
            due_count = tx.deliveries.due_count(self._now())
        if not due_count:
            return False
        hands = min(self._outlet.connections, due_count)
        shift = Shift(
            store=self._store,
            sender=self._sender,
            worker=alive.id,
            pace=self._pace,
            hands=hands,
            now=self._now,
            stop=stop,
        )
        count = _carry(shift, self._outlet)
        self.tally.delivered_count += count
        return count > 0

    def _forget(self, stop: threading.Event) -> bool:
        """Last, so that nothing is forgotten before its letter had its turn."""
        count = self._upkeep.run(self._now(), stop)
        self.tally.purged_count += count
        return count > 0


def plan_letters(store: Store, closure: Closure, now: datetime) -> int:
    """Plan every letter of an ended event, slice by slice; how many were new or changed."""
    count, after = 0, ""
    while True:
        command = compose.Plan(closure.event_id, closure.id, after)
        planned = store.write(compose.plan, command, now)
        count += planned.letter_count
        if planned.after is None:
            return count
        after = planned.after


def _carry(shift: Shift, way_out: Outlet) -> int:
    carriers = [Carrier(shift, way_out.open()) for _ in range(shift.hands)]
    if shift.hands == 1:
        return carriers[0].run()
    with ThreadPoolExecutor(shift.hands, thread_name_prefix="carrier") as pool:
        return sum(pool.map(Carrier.run, carriers))


def _outlet(settings: Settings) -> Outlet:
    host = urlsplit(settings.public_url).hostname or ""
    try:
        return outlet(settings.mail_url, host)
    except NoWayOut as error:
        raise SettingsError([str(error)]) from error
