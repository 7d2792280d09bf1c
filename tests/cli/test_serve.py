"""The server as a program: it starts, refuses in words, and leaves nothing behind."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Run

START_WITHIN = 30.0  # seconds, on a machine that is busy with other tests


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(data: Path, port: int, *args: str) -> Iterator[subprocess.Popen[str]]:
    """`kiosk serve` when it answers; killed at the end if it is still there."""
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--port", str(port), *args],
        env={"KIOSK_DATA": str(data), "KIOSK_LOG": "json"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        await_answer(port, server)
        yield server
    finally:
        server.kill()
        server.wait()
        assert server.stderr
        server.stderr.close()


def await_answer(port: int, server: subprocess.Popen[str]) -> None:
    give_up_at = time.monotonic() + START_WITHIN
    while time.monotonic() < give_up_at:
        assert server.poll() is None, server.stderr and server.stderr.read()
        if answers(port):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not answer in time")


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).ok
    except requests.ConnectionError:
        return False


def test_it_serves_until_it_is_told_to_stop(kiosk: Run, data: Path) -> None:
    port = a_free_port()
    with serving(data, port) as server:
        assert "in use on this machine already" in kiosk("serve", "--port", port).refusal
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
        assert server.stderr
        assert "Traceback" not in server.stderr.read()
    assert not answers(port)


def test_a_second_server_on_the_same_folder_is_refused(
    kiosk: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.cli.only_server.PATIENCE", 0.0)
    with serving(data, a_free_port(), "--no-worker"):
        refusal = kiosk("serve", "--port", a_free_port()).refusal
    assert f"Another server uses {data} already" in refusal


def test_nothing_outlives_a_server_that_was_killed(kiosk: Run, data: Path) -> None:
    assert kiosk("migrate").status == 0
    port = a_free_port()
    with serving(data, port) as server:
        server.kill()
        server.wait()
        give_up_at = time.monotonic() + 10
        while answers(port) and time.monotonic() < give_up_at:
            time.sleep(0.02)
        assert not answers(port)
    with serving(data, port):
        assert answers(port)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--workers", "2"), "SQLite is written by one process"),
        (("--port", "80000"), "There is no port 80000"),
        (("--host", "no such host"), "has no address no such host"),
    ],
)
def test_what_cannot_be_served_is_told_before_anything_starts(
    kiosk: Run, args: tuple[str, ...], says: str
) -> None:
    assert says in kiosk("serve", *args).refusal


def test_mail_that_has_no_way_out_is_told_at_the_start(kiosk: Run) -> None:
    ran = kiosk("serve", KIOSK_MAIL_URL="postmark://token")
    assert "not supported yet" in ran.refusal


def test_a_database_of_another_version_is_told_at_the_start(run: Run, data: Path) -> None:
    run("init")
    (data / "kiosk.sqlite").unlink()
    assert "run `kiosk init`" in run("serve").refusal
