"""A `kiosk` command as a person starts it: how long it took, and its peak of memory."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.figures.server import ROOT, family, resident_bytes

LOOK_EVERY = 0.02  # seconds
MEBI = 2**20


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall seconds, and MiB resident at the peak, helpers of the command included."""

    seconds: float
    peak_mib: float


def kiosk(environ: Mapping[str, str], *words: str) -> Spent:
    """Run it; RuntimeError with what it said when it failed."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")}
    began, peak = time.perf_counter(), 0
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk", *words],
        env={**inherited, **environ},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(resident_bytes, family(process.pid))))
            time.sleep(LOOK_EVERY)
        seconds = time.perf_counter() - began
        said = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"kiosk {words[0]} failed: {said[-500:]}")
    return Spent(seconds, peak / MEBI)
