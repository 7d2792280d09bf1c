"""A tablet that outlives its browser, its network and its server: all three may die."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from wsgiref.types import WSGIApplication

from playwright.sync_api import BrowserContext, BrowserType, Error, Page, ViewportSize
from werkzeug.serving import BaseWSGIServer, make_server

from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.serving import Quiet
from tests.e2e.tablet import Tablet

SIZE: ViewportSize = {"width": 1024, "height": 768}
GONE_WITHIN = 10.0  # seconds


class Server:
    """An application at one address that can be stopped and started there again."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self._port = 0
        self._running: tuple[BaseWSGIServer, Thread] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        server = make_server(
            "127.0.0.1", self._port, self.app, threaded=True, request_handler=Quiet
        )
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self._port = server.port
        self._running = (server, thread)

    def stop(self) -> None:
        if self._running:
            server, thread = self._running
            server.shutdown()
            thread.join()
            server.server_close()
            self._running = None


class Machine:
    """The tablet as hardware: a browser with a folder of its own."""

    def __init__(self, chromium: BrowserType, folder: Path, address: str) -> None:
        self._chromium = chromium
        self._folder = folder
        self._address = address
        self._context: BrowserContext | None = None

    def switch_on(self, timezone: str = "Europe/Berlin") -> Tablet:
        self._context = self._chromium.launch_persistent_context(
            self._folder,
            executable_path=CHROMIUM,
            args=FLAGS,
            base_url=self._address,
            viewport=SIZE,
            reduced_motion="reduce",
            accept_downloads=True,
            timezone_id=timezone,
        )
        return Tablet(self.page)

    @property
    def context(self) -> BrowserContext:
        assert self._context, "it is switched off"
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def switch_off(self) -> None:
        if self._context:
            with suppress(Error):
                self._context.close()
            self._context = None

    def pull_the_plug(self) -> None:
        """SIGKILL for the browser and each of its processes, all at once."""
        killed = list(self._processes())
        assert killed
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + GONE_WITHIN
        while list(self._processes()):
            assert time.monotonic() < deadline, "the browser does not die"
            time.sleep(0.05)
        self.switch_off()

    def _processes(self) -> Iterator[int]:
        """Those that were started with our folder, and still run."""
        ours = f"--user-data-dir={self._folder}".encode()
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                is_ours = ours in (place / "cmdline").read_bytes().split(b"\0")
                if is_ours and (place / "stat").read_text().rsplit(") ", 1)[1][0] != "Z":
                    yield int(place.name)


@contextmanager
def a_machine(chromium: BrowserType, folder: Path, address: str) -> Iterator[Machine]:
    machine = Machine(chromium, folder, address)
    try:
        yield machine
    finally:
        machine.switch_off()
