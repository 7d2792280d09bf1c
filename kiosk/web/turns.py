"""How many requests are worked on at once, however many are still on their way.

A phone on a weak network, or somebody who means harm, may take minutes over one upload or
one download. Such a request waits on a thread of its own, without one of the few turns: a
turn is taken for the work, given back while its body is awaited, and over before the answer
is carried to the caller.
"""

from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TURNS = 8  # more only wait for each other at the interpreter's lock


class Turns:
    """The application, entered by at most `TURNS` threads that have something to do."""

    def __init__(self, inner: "WSGIApplication", turns: int = TURNS) -> None:
        self._inner = inner
        self._gate = Gate(turns)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ["wsgi.input"] = _Awaited(environ["wsgi.input"], self._gate)
        self._gate.enter()
        try:
            return self._inner(environ, start_response)
        finally:
            self._gate.leave()


class Gate:
    """Lets so many in; who leaves hands the turn to the one who waits longest.

    A `threading.Semaphore` lets newcomers overtake: at 64 clients some waited for seconds.
    """

    def __init__(self, turns: int) -> None:
        self._free = turns
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    @property
    def waiting_count(self) -> int:
        return len(self._waiting)

    def enter(self, *, is_back: bool = False) -> None:
        """Wait for a turn; who is back with a body goes before those not begun."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            (self._waiting.appendleft if is_back else self._waiting.append)(mine)
        mine.acquire()

    def leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


class _Awaited:
    """A request's body; Werkzeug asks for it with `read` and nothing else."""

    def __init__(self, body: BinaryIO, gate: Gate) -> None:
        self._body = body
        self._gate = gate

    def read(self, size: int = -1) -> bytes:
        self._gate.leave()
        try:
            return self._body.read(size)
        finally:
            self._gate.enter(is_back=True)
