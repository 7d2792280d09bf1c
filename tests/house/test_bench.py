"""`scripts/bench` measures what it says, however roughly."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
MEASURES = ("scan", "crowd", "flush", "search", "badges", "export", "tablet", "phone")


@pytest.mark.slow
def test_the_figures_are_measured_and_judged(tmp_path: Path) -> None:
    words = ["--quick", "--json", "--folder", str(tmp_path), "--only", *MEASURES]
    done = subprocess.run(
        [sys.executable, "-m", "scripts.figures", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = {figure["name"]: figure for figure in json.loads(done.stdout)}
    assert figures["errors at 64 clients"]["met"] is True
    assert figures["CPU of a scan, 1 client"]["measured"] > 0
    assert figures["search, right person in the first ten"]["measured"] == 100
    assert figures["phone: codes guessed"]["measured"] == 0
    tablet = [figure for name, figure in figures.items() if name.startswith("tablet")]
    assert tablet
    assert all(figure["met"] is not None for figure in tablet) == bool(CHROMIUM)
    assert list(tmp_path.iterdir()) == []
