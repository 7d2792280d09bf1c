"""Something costly that many ask for at once, made once and kept for a moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
KEYS_LIMIT = 256


class Kept(Generic[T]):
    """Whoever asks within `lives_for` of the making gets the same thing."""

    def __init__(self, lives_for: timedelta) -> None:
        self._lives_for = lives_for
        self._things: dict[str, tuple[datetime, T]] = {}
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], T], now: datetime) -> T:
        """The kept thing, or a new one; one at a time is made, the others wait for it."""
        with self._lock:
            made_at, thing = self._things.get(key, (None, None))
            if made_at is None or thing is None or now - made_at >= self._lives_for:
                thing = make()
                if len(self._things) >= KEYS_LIMIT:
                    self._things.clear()
                self._things[key] = now, thing
            return thing
