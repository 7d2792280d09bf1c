"""A WSGI application on a free port, for as long as a test looks at it."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from threading import Condition, Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

LEAVE_FOR = 10  # seconds a request may still take when its test is over


class Quiet(WSGIRequestHandler):
    """Answers without a line in the log for each file."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


class Attended:
    """An application that knows when nobody waits for an answer any more.

    A browser that leaves gives its requests up, but the threads that answer them go on;
    without this they would meet the store of their test closed. Each answer is taken as a
    whole: the server forgets to close the file behind one that it could not bring.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = Condition()
        self._answering = 0
        self._is_closed = False

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with self._lock:
            if self._is_closed:
                raise ConnectionAbortedError
            self._answering += 1
        try:
            with closing(ClosingIterator(self._app(environ, start))) as answer:
                return [b"".join(answer)]
        finally:
            self._answered()

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._lock.wait_for(lambda: not self._answering, LEAVE_FOR)

    def _answered(self) -> None:
        with self._lock:
            self._answering -= 1
            self._lock.notify_all()


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """The address at which the application answers."""
    attended = Attended(app)
    server = make_server("127.0.0.1", 0, attended, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        attended.close()
