"""Start `other_process.py` beside a test."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def other_process(task: str, path: Path, *rest: str) -> "subprocess.Popen[str]":
    """A real process of its own, with pipes; it dies with its standard input."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.other_process", task, str(path), *rest],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
