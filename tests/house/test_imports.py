"""The floors of the house hold: import-linter's contracts, and one clock."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KIOSK = ROOT / "kiosk"


def test_the_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        path.relative_to(KIOSK).as_posix()
        for path in KIOSK.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert asking == ["clock.py"]
