"""A server in a process of its own, and the CPU it and its children have used."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

STARTS_WITHIN = 60.0
STOPS_WITHIN = 20.0
ROOT = Path(__file__).parents[2]
PARENT = 1  # field of /proc/PID/stat behind the name
NANO = 1e-9


class Server:
    def __init__(self, pid: int, port: int) -> None:
        self._pid = pid
        self.port = port

    def cpu_seconds(self) -> float:
        """User and system time of the process and all its descendants so far."""
        return sum(map(_thread_seconds, family(self._pid)))


@contextlib.contextmanager
def product(environ: Mapping[str, str], log: Path) -> Iterator[Server]:
    """`kiosk serve` as anybody starts it, without the worker."""
    command = [sys.executable, "-m", "kiosk", "serve", "--no-worker"]
    with running(command, environ, log) as server:
        yield server


@contextlib.contextmanager
def bare(folder: Path, threads: int) -> Iterator[Server]:
    """The bare handler under the same server with as many threads."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "scripts.figures.bare", str(folder), str(threads)]
    with running(command, {}, folder / "server.log") as server:
        yield server


@contextlib.contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """A process that is told its port and is ended with the block."""
    port = free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**inherited, **environ},
            cwd=ROOT,
            stdout=file,
            stderr=file,
        )
    try:
        _await(process, port, log)
        yield Server(process.pid, port)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; a server that missed the signal, as happens, is ended."""
    process.terminate()
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        for pid in family(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up_at = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < give_up_at:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError(f"a server did not start: {log.read_text()[-500:]}")


def family(pid: int) -> set[int]:
    """The process and its descendants that still run."""
    found = {pid}
    for child, parent in sorted(_parents()):
        if parent in found:
            found.add(child)
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            text = entry.read_text()
            behind_name = text.rpartition(") ")[2].split()
            yield int(text.partition(" ")[0]), int(behind_name[PARENT])


def _thread_seconds(pid: int) -> float:
    """Time on a processor, to the nanosecond, of the threads that still run."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) * NANO


def resident_bytes(pid: int) -> int:
    """What a process holds in memory now; 0 when it has ended."""
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
