"""No more letters a second than the relay allows, over all connections together."""

import threading
import time
from collections.abc import Callable


class Pace:
    """`wait` returns when the next letter may leave. None as rate: at once."""

    def __init__(
        self, rate: float | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._step = 1 / rate if rate else 0.0
        self._clock = clock
        self._lock = threading.Lock()
        self._next = 0.0

    @property
    def is_limited(self) -> bool:
        return bool(self._step)

    def wait(self, stop: threading.Event) -> None:
        """Sleep until the turn of this letter, or until `stop` is set."""
        if not self._step:
            return
        with self._lock:
            turn = max(self._next, self._clock())
            self._next = turn + self._step
        stop.wait(max(turn - self._clock(), 0))
