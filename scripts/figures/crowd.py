"""Many clients in one thread: each posts, waits for the answer and posts again.

One selector instead of a thread a client, so that the measuring takes little of the two
cores and no client waits for another's turn at the interpreter.
"""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CHUNK = 65_536
HTTP_OK = b"HTTP/1.1 200"


@dataclass(slots=True)
class Visit:
    """What a crowd met: seconds a request, errors, and the wall time of all."""

    latencies: list[float] = field(default_factory=list)
    error_count: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Client:
    socket: socket.socket
    asked_at: float = 0.0
    heard: bytes = b""


def post(path: str, body: bytes, token: str) -> bytes:
    """A request as it goes over the wire, on a connection that is kept."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def visit(port: int, requests: Iterable[bytes], client_count: int = 1) -> Visit:
    """Send all requests through so many clients, each of which has one under way."""
    left, met = iter(requests), Visit()
    selector = selectors.DefaultSelector()
    clients = [Client(_dial(port)) for _ in range(client_count)]
    began = time.perf_counter()
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
        _ask(client, left, selector)
    while selector.get_map():
        for key, _ in selector.select():
            _hear(key.data, left, selector, met)
    met.seconds = time.perf_counter() - began
    return met


def _dial(port: int) -> socket.socket:
    dialled = socket.create_connection(("127.0.0.1", port))
    dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return dialled


def _ask(client: Client, left: Iterator[bytes], selector: selectors.BaseSelector) -> None:
    request = next(left, None)
    if request is None:
        selector.unregister(client.socket)
        client.socket.close()
        return
    client.heard, client.asked_at = b"", time.perf_counter()
    client.socket.sendall(request)


def _hear(
    client: Client, left: Iterator[bytes], selector: selectors.BaseSelector, met: Visit
) -> None:
    piece = client.socket.recv(CHUNK)
    client.heard += piece
    if piece and not _is_whole(client.heard):
        return
    met.latencies.append(time.perf_counter() - client.asked_at)
    met.error_count += not client.heard.startswith(HTTP_OK)
    if not piece:
        raise ConnectionError("the server hung up")
    _ask(client, left, selector)


def _is_whole(heard: bytes) -> bool:
    head, blank, body = heard.partition(b"\r\n\r\n")
    if not blank:
        return False
    fields = dict(
        line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line
    )
    return len(body) >= int(fields[b"content-length"])
