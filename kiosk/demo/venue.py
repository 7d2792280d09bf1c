"""The installation a demo plays in: its folder, its commands, its server."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

MARKER = ".hallway-demo"  # only a folder with it is ever emptied
SERVER_STARTS_WITHIN = 60.0  # seconds, on a slow and busy machine
STOPS_WITHIN = 20.0


class DemoFailedError(Exception):
    """The day could not be played; the message says which step failed and why."""


class Venue:
    """A fresh data folder, settings of its own, and the commands run in it."""

    def __init__(self, folder: Path, port: int, mail_port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
        self._environ = inherited | {
            "KIOSK_DATA": str(folder / "data"),
            "KIOSK_PUBLIC_URL": self.url,
            "KIOSK_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, *words: str, may_reject: bool = False) -> str:
        """What `kiosk WORDS…` printed; DemoFailedError with its sentence when it failed."""
        done = subprocess.run(  # noqa: S603  our own command, no shell
            self._command(*words),
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in ({0, 3} if may_reject else {0}):
            raise DemoFailedError(
                f"`kiosk {' '.join(words)}` failed: {done.stderr.strip()}"
            )
        return done.stdout

    def ask(self, *words: str, may_reject: bool = False) -> Any:
        """The JSON that `kiosk WORDS… --json` printed."""
        return json.loads(self.run(*words, "--json", may_reject=may_reject))

    @contextlib.contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """The server and its worker, until the block ends."""
        log_path = self.folder / "server.log"
        with log_path.open("wb") as log:
            words = ("serve", "--host", "127.0.0.1", "--port", str(self._port))
            server = subprocess.Popen(  # noqa: S603
                self._command(*words), env=self._environ, stdout=log, stderr=log
            )
            try:
                self._await(server, log_path)
                yield server
            finally:
                _stop(server)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "kiosk", *words]

    def _await(self, server: subprocess.Popen[bytes], log_path: Path) -> None:
        give_up_at = time.monotonic() + SERVER_STARTS_WITHIN
        while time.monotonic() < give_up_at:
            if server.poll() is not None:
                raise DemoFailedError(f"The server stopped: {log_path.read_text()[-500:]}")
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.url}/readyz", timeout=2).ok:
                    return
            time.sleep(0.1)
        raise DemoFailedError(f"The server did not answer; see {log_path}.")


def fresh(folder: Path) -> None:
    """An empty folder for a demo; a folder that is not a demo's own is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise DemoFailedError(
                f"{folder} holds something else; give an empty folder with --data."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
