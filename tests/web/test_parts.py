"""The small parts the pages stand on: assets, misses, kept things, charts, QR codes."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import places
from kiosk.web import assets
from kiosk.web.desk.arrivals import HEIGHT, WIDTH, chart_of
from kiosk.web.desk.times import day, days
from kiosk.web.kept import Kept
from kiosk.web.limits import KEYS_LIMIT, Misses
from kiosk.web.qr import qr_svg
from tests.builders import NOW, an_event


def test_an_edited_file_has_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PACKAGE", tmp_path)
    file = tmp_path / "static" / "a b.css"
    file.parent.mkdir()
    file.write_text("one")
    first = assets.asset("a b.css")
    file.write_text("two, longer")
    assert first.startswith("/static/a%20b.css?v=")
    assert assets.asset("a b.css") != first


def test_templates_are_found_in_a_checkout_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (places.folder("templates") / "base.html").is_file()
    (tmp_path / "kiosk" / "templates").mkdir(parents=True)
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "kiosk")
    assert places.folder("templates") == tmp_path / "kiosk" / "templates"
    assert places.folder("static") == tmp_path / "static"


def test_misses_are_forgotten_one_by_one() -> None:
    misses = Misses(timedelta(minutes=10))
    for minute in range(3):
        misses.note("k", NOW + timedelta(minutes=minute))
    later = NOW + timedelta(minutes=3)
    assert misses.wait("k", 3, later) == 7 * 60 + 1
    assert misses.wait("k", 4, later) == 0
    assert misses.wait("other", 1, later) == 0
    assert misses.wait("k", 3, NOW + timedelta(minutes=10)) == 0
    misses.forgive("k")
    assert misses.wait("k", 1, later) == 0


def test_a_flood_of_names_does_not_fill_the_memory() -> None:
    misses = Misses()
    for number in range(KEYS_LIMIT + 50):
        misses.note(str(number), NOW)
    assert misses.wait("0", 1, NOW) == 0
    assert misses.wait(str(KEYS_LIMIT + 49), 1, NOW) > 0


def test_a_thing_is_made_once_for_all_who_ask_at_once() -> None:
    kept: Kept[str] = Kept(timedelta(seconds=2))
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return f"thing {len(made)}"

    threads = [Thread(target=kept.get, args=("k", make, NOW)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert kept.get("k", make, NOW + timedelta(seconds=1)) == "thing 1"
    assert kept.get("k", make, NOW + timedelta(seconds=2)) == "thing 2"


def test_what_costs_more_is_kept_longer() -> None:
    kept: Kept[float] = Kept(timedelta(seconds=0))

    def make() -> float:
        started = time.process_time()
        while time.process_time() - started < 0.05:
            pass
        return time.perf_counter()

    first = kept.get("k", make, NOW)
    assert kept.get("k", make, NOW + timedelta(seconds=0.9)) == first
    assert kept.get("k", make, NOW + timedelta(minutes=5)) != first


@given(
    st.dictionaries(
        st.integers(0, 143).map(lambda step: NOW + timedelta(minutes=10 * step)),
        st.integers(1, 5000),
        min_size=1,
    )
)
def test_every_bar_stands_inside_the_chart(came: dict[datetime, int]) -> None:
    chart = chart_of(came.items(), an_event())
    assert chart is not None
    last_day = max(bar.starts_at for bar in chart.bars)
    assert last_day == max(came)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.01
    steps = {later - earlier for earlier, later in pairwise(chart.labels)}
    assert len(steps) == 1


def test_nobody_came_is_no_chart() -> None:
    assert chart_of([], an_event()) is None


@pytest.mark.parametrize(
    ("starts", "ends", "says"),
    [
        ((2026, 6, 1, 7), (2026, 6, 1, 16), "1 June 2026"),
        ((2026, 6, 1, 7), (2026, 6, 2, 16), "1 June – 2 June 2026"),
        ((2026, 12, 31, 7), (2027, 1, 1, 16), "31 December 2026 – 1 January 2027"),
        ((2026, 6, 1, 21), (2026, 6, 1, 23), "1 June – 2 June 2026"),  # past midnight there
    ],
)
def test_days_are_the_venues_own(
    starts: tuple[int, ...], ends: tuple[int, ...], says: str
) -> None:
    event = an_event(
        starts_at=datetime(*starts, tzinfo=UTC),  # type: ignore[arg-type, misc]
        ends_at=datetime(*ends, tzinfo=UTC),  # type: ignore[arg-type, misc]
    )
    assert days(event) == says


def test_a_day_has_its_name() -> None:
    assert day(NOW, an_event()) == "Monday 1 June 2026"


def test_a_qr_code_is_one_path_and_escapes_its_label() -> None:
    svg = qr_svg("https://kiosk.example/kiosk/pair#K7Q2-M4X9", '"><script>')
    assert svg.count("<path") == 1
    assert "<script>" not in svg
    assert 'fill="#fff"' in svg
