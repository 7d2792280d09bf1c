"""A real SMTP server that keeps what it gets: one .eml a letter in a folder."""

import socket
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Keeper:
    """Puts each accepted message in the folder, numbered as they came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.count = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.count += 1
        person = str(envelope.rcpt_tos[0]).replace("/", "_")
        path = self._folder / f"{self.count:04d} {person}.eml"
        path.write_bytes(envelope.content)
        return "250 kept"


class Mailbox:
    """Listens on a free port of this machine until `close`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._keeper = Keeper(folder)
        self.port = free_port()
        self._controller = Controller(self._keeper, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def letters(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml"))

    def longest(self) -> Path:
        """The letter with the most to say: the best one to look at."""
        return max(self.letters(), key=lambda path: path.stat().st_size)

    def close(self) -> None:
        self._controller.stop()


def subject_of(letter: Path) -> str:
    return str(message_from_bytes(letter.read_bytes())["Subject"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
