"""Something costly that many ask for at once, made once and kept for a moment.

The more it costs the longer it is kept: watching never takes more than a twentieth of the
time that belongs to the doors.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
KEYS_LIMIT = 256
SHARE = 20


@dataclass(frozen=True, slots=True)
class _Thing(Generic[T]):
    value: T
    good_until: datetime


class Kept(Generic[T]):
    """Whoever asks while the thing is good gets the same one."""

    def __init__(self, lives_for: timedelta) -> None:
        self._lives_for = lives_for
        self._things: dict[str, _Thing[T]] = {}
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], T], now: datetime) -> T:
        """The kept thing, or a new one; one at a time is made, the others wait for it."""
        with self._lock:
            thing = self._things.get(key)
            if thing is None or now >= thing.good_until:
                thing = self._make(make, now)
                if len(self._things) >= KEYS_LIMIT:
                    self._things.clear()
                self._things[key] = thing
            return thing.value

    def _make(self, make: Callable[[], T], now: datetime) -> _Thing[T]:
        started = time.perf_counter()
        value = make()
        took = timedelta(seconds=time.perf_counter() - started)
        return _Thing(value, now + max(self._lives_for, took * SHARE))
