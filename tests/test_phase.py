"""Where an event stands, held to vectors the browser runs too."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.model import Closure
from kiosk.phase import phase_of, refusal_of_time
from tests.builders import EVENT_ID, an_event

VECTORS = json.loads((Path(__file__).parent / "vectors" / "phase.json").read_text())
CASES = [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]]
ENDED, LATE = (datetime.fromisoformat(VECTORS[name]) for name in ("ended_at", "late_until"))
BY_CLOCK = None
BY_HAND = Closure("closure", EVENT_ID, ENDED, ENDED, "olga", LATE)


@pytest.mark.parametrize("closure", [BY_CLOCK, BY_HAND], ids=["by the clock", "by hand"])
@pytest.mark.parametrize("case", CASES)
def test_the_clock_says_what_the_vector_expects(
    case: dict[str, str], closure: Closure | None
) -> None:
    event = an_event()
    scanned_at, now = (datetime.fromisoformat(case[name]) for name in ("scanned_at", "now"))
    assert event.opens_at == datetime.fromisoformat(VECTORS["opens_at"])
    assert phase_of(event, closure, now) == case["phase"]
    assert refusal_of_time(event, closure, scanned_at, now) == case["refusal"]
