"""Callers who take for ever, against the server as a program."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Run
from tests.cli.test_serve import a_free_port, serving

SLOW_COUNT = 64
WITHIN = 5.0  # seconds; without turns this waits until the slow ones give up


@pytest.mark.parametrize(
    "begun",
    [
        b"POST /api/v1/devices HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\n{",
        b"POST /desk/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n"
        b"Cookie: hall-form=x\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na",
        b"POST /u/x HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.",
    ],
)
def test_slow_uploads_of_strangers_keep_nobody_waiting(
    kiosk: Run, data: Path, begun: bytes
) -> None:
    assert kiosk("migrate").status == 0
    port = a_free_port()
    with serving(data, port, "--no-worker"), ExitStack() as slow:
        for _ in range(SLOW_COUNT):
            caller = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
            caller.sendall(begun)
        pages = ["/readyz", "/healthz", "/desk/sign-in"]
        answers = [
            requests.get(f"http://127.0.0.1:{port}{page}", timeout=WITHIN) for page in pages
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
