"""Wrong tries are counted and slowed down; right ones never are.

A venue is one address for everybody in it, so traffic that succeeds is not limited. The
count lives in this process: a restart forgives, which a person may need and a guesser
cannot cause.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

KEYS_LIMIT = 10_000
"""More keys than this push out the oldest: the memory of a flood is bounded."""


class Misses:
    """Wrong tries by key, each remembered `within` a time."""

    def __init__(self, within: timedelta = timedelta(minutes=10)) -> None:
        self._within = within
        self._misses: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, most: int, now: datetime) -> int:
        """Seconds until another try is heard; 0 while there are fewer than `most`."""
        with self._lock:
            return self._wait(key, most, now)

    def note(self, key: str, now: datetime) -> None:
        with self._lock:
            self._note(key, now)

    def attempt(self, key: str, most: int, now: datetime) -> int:
        """`wait`, and when that is 0 count a miss before it is known to be one.

        Many tries at the same moment then count as many; `take_back` the right ones.
        """
        with self._lock:
            seconds = self._wait(key, most, now)
            if not seconds:
                self._note(key, now)
            return seconds

    def take_back(self, key: str, at: datetime) -> None:
        """That try was right after all."""
        with self._lock:
            tries = self._misses.get(key, [])
            if at in tries:
                tries.remove(at)

    def forgive(self, key: str) -> None:
        with self._lock:
            self._misses.pop(key, None)

    def _wait(self, key: str, most: int, now: datetime) -> int:
        recent = self._recent(key, now)
        if len(recent) < most:
            return 0
        return int((recent[-most] + self._within - now).total_seconds()) + 1

    def _note(self, key: str, now: datetime) -> None:
        self._misses[key] = [*self._recent(key, now), now]
        self._misses.move_to_end(key)
        if len(self._misses) > KEYS_LIMIT:
            self._misses.popitem(last=False)

    def _recent(self, key: str, now: datetime) -> list[datetime]:
        return [at for at in self._misses.get(key, ()) if at > now - self._within]
