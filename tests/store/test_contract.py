"""Every question the store answers is asked in this folder, whatever the engine."""

import inspect
import re
from pathlib import Path

from kiosk.store import Tx

ASKED = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


def test_every_method_of_every_noun_is_part_of_the_contract(tx: Tx) -> None:
    silent = [
        f"tx.{noun}.{method}"
        for noun, methods in vars(tx).items()
        if not noun.startswith("_")
        for method, _ in inspect.getmembers(methods, inspect.ismethod)
        if not noun.startswith("_")
        and not method.startswith("_")
        and not re.search(rf"\.{noun}\.{method}\b", ASKED)
    ]
    assert silent == [], "these need a test in tests/store"
