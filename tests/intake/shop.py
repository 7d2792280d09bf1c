"""A pretix server that answers byte for byte what a real one did, with faults on demand.

Its `next` addresses name the host it was recorded on, which does not exist: whoever follows
them gets nowhere, and would carry the token there.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

RECORDED = Path(__file__).with_name("pretix")
ROOT = "/api/v1/organizers/demo/events/netconf"
TOKEN = "a-token-that-opens-nothing-but-this-test"
GENERATED_AT = "2026-11-22T05:03:10.732679+01:00"
GENERATED_LATER = "2026-11-22T05:03:14.534921+01:00"

Fault = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ReplayedShop:
    """What the server was asked, and the faults it will answer with before it behaves."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)

    def fail(self, page: str, *faults: Fault) -> None:
        """Answer the next requests whose address contains `page` in these ways."""
        self.faults.setdefault(page, []).extend(faults)


def busy(seconds: str) -> Fault:
    return lambda handler: answer(
        handler, 429, b'{"detail":"Too many requests."}', {"Retry-After": seconds}
    )


def broken(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 500, b"<h1>Internal Server Error</h1>", {"Content-Type": "text/html"})


def not_json(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 200, b"<!DOCTYPE html><title>Maintenance</title>", {})


def dropped(handler: BaseHTTPRequestHandler) -> None:
    """Promise a whole page, send a piece of it and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"count": 90, "results": [')
    handler.close_connection = True


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, 302, b"", {"Location": "http://198.51.100.7/"})


def answer(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def replayed_shop() -> Iterator[ReplayedShop]:
    """The server, on a port of this machine."""
    shop = ReplayedShop()

    class Handler(BaseHTTPRequestHandler):
        wbufsize = 1 << 16  # one packet an answer, or each waits 40 ms for an ACK

        def do_GET(self) -> None:
            shop.asked.append(self.path)
            for page, faults in shop.faults.items():
                if page in self.path and faults:
                    faults.pop(0)(self)
                    return
            answer(self, *_recorded(self))

        def log_message(self, *_: object) -> None:
            """A test prints nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _recorded(handler: BaseHTTPRequestHandler) -> tuple[int, bytes, dict[str, str]]:
    parts = urlsplit(handler.path)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if handler.headers.get("Authorization") != f"Token {TOKEN}":
        return 401, _bytes("401_unknown_token.json"), {}
    if not parts.path.startswith("/api/v1/organizers/"):
        return 404, _bytes("404_no_route.html"), {"Content-Type": "text/html"}
    if not parts.path.startswith(ROOT):
        return 403, _bytes("403_unknown_event.json"), {}
    return _page(parts.path.removeprefix(ROOT).strip("/"), query)


def _page(name: str, query: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
    page = query.get("page", "1")
    match name:
        case "items" | "questions":
            return 200, _bytes(f"{name}.json"), {}
        case "orders" if since := query.get("modified_since"):
            return _changed_since(since)
        case "orders":
            headers = {"X-Page-Generated": GENERATED_AT} if page == "1" else {}
            return 200, _bytes(f"orders.page{page}.json"), headers
        case "orderpositions" if query.get("include_canceled_positions") == "true":
            return 200, _bytes(f"orderpositions_with_canceled.page{page}.json"), {}
    return 404, _bytes("404_no_route.html"), {"Content-Type": "text/html"}


def _changed_since(since: str) -> tuple[int, bytes, dict[str, str]]:
    if since == GENERATED_AT:
        changed = _bytes("delta/orders_modified_since.page1.json")
        return 200, changed, {"X-Page-Generated": GENERATED_LATER}
    nothing = b'{"count":0,"next":null,"previous":null,"results":[]}'
    return 200, nothing, {"X-Page-Generated": GENERATED_LATER}


def _bytes(name: str) -> bytes:
    return (RECORDED / name).read_bytes()
