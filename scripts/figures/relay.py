"""A mail server that keeps nothing: `python -m scripts.figures.relay PORT [SECONDS]`.

Without SECONDS it is a real one, aiosmtpd. With them it thinks that long about every
command, as a relay across the world does, and costs next to nothing itself.
"""

import asyncio
import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator

from aiosmtpd.smtp import SMTP

ENDS = {True: b"\r\n.\r\n", False: b"\r\n"}


class Forgetful:
    """What aiosmtpd asks: every letter is taken and forgotten."""


class Slow(asyncio.Protocol):
    """As much of RFC 5321 as a sender needs, each answer after a pause."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._heard = b""
        self._takes_words = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say(b"220 relay.example")

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while ENDS[self._takes_words] in self._heard:
            line, _, self._heard = self._heard.partition(ENDS[self._takes_words])
            self._answer(line[:4].upper())

    def _answer(self, command: bytes) -> None:
        if self._takes_words or command != b"DATA":
            self._takes_words = False
            self._say(b"221 bye" if command == b"QUIT" else b"250 OK")
        else:
            self._takes_words = True
            self._say(b"354 go on")

    def _say(self, answer: bytes) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(self._pause, self._transport.write, answer + b"\r\n")


async def _serve(port: int, pause: float) -> None:
    def answering() -> asyncio.Protocol:
        return Slow(pause) if pause else SMTP(Forgetful(), hostname="relay.example")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(answering, "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


@contextlib.contextmanager
def relay(pause: float = 0.0) -> Iterator[int]:
    """The port of such a server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    words = [sys.executable, "-m", "scripts.figures.relay", str(port), str(pause)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            yield port
        finally:
            server.terminate()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
