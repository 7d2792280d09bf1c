"""What the camera's frames mean, told as a series of frames at their times."""

import pytest
from playwright.sync_api import Page

from kiosk.ids import CODE_MAX_LENGTH

pytestmark = pytest.mark.browser

A, B = "0123456789ABCDEF", "FEDCBA9876543210"
POSTER = "https://elsewhere.example/menu"
TICKET = "TICKET-ADA"
Frames = list[tuple[int, list[str]]]

WATCH = """async ([frames, isSwap]) => {
  const { Sight } = await import("/static/js/tablet/camera/sight.js");
  const sight = new Sight();
  return frames.map(([at, texts]) => sight.read(texts, at, isSwap));
}"""
ECHO = """async (deliveries) => {
  const { Echo } = await import("/static/js/tablet/echo.js");
  const echo = new Echo();
  return deliveries.map(([at, text, patience]) => echo.repeats(text, at, patience));
}"""
BOUNDED = """async (text) =>
  (await import("/static/js/tablet/camera/sight.js")).bounded(text)"""


def every(step: int, until: int, codes: list[str], start: int = 0) -> Frames:
    return [(at, codes) for at in range(start, until, step)]


def readings(page: Page, frames: Frames, *, swap: bool = False) -> list[list[str]]:
    """The frames that were readings, each as the codes that were read."""
    told: list[list[str]] = page.evaluate(WATCH, [frames, swap])
    return [codes for codes in told if codes]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (every(33, 60_000, [A]), [[A]]),
        ([(0, [A]), (500, []), (900, [A]), (1_500, [A])], [[A]]),
        ([(0, [A]), (3_000, [A]), (4_000, [A])], [[A]]),
        ([(0, [A]), (3_000, [A]), (4_000, [A]), (5_000, [A])], [[A], [A]]),
        ([(0, [A]), (2_000, [B])], [[A], [B]]),
        ([(0, [A, B]), (33, [A, B]), (66, [A])], [[A, B]]),
        ([(0, [A, B]), (33, [A]), (1_500, [A])], [[A, B], [A]]),
        ([(0, [A]), (33, [A, B]), (66, [B])], [[A]]),
        ([(0, [A]), (33, [B]), (1_300, [B])], [[A], [B]]),
        ([(0, [A]), *every(500, 3_000, [A, B], 33)], [[A], [A, B]]),
        ([(0, [A, f"HTTPS://H.EXAMPLE/B/{A}"])], [[A]]),
        ([(0, [A, TICKET])], [[A]]),
        ([(0, [TICKET])], [[TICKET]]),
        ([(0, ["", "  "])], []),
        ([*every(500, 20_000, [POSTER]), (20_100, [POSTER, A])], [[POSTER], [A]]),
        ([*every(500, 20_000, [POSTER]), (40_000, [POSTER])], [[POSTER]]),
        ([*every(500, 20_000, [POSTER]), (20_100, [POSTER, TICKET])], [[POSTER], [TICKET]]),
    ],
    ids=[
        "it stays",
        "it flickers",
        "it comes back too soon",
        "it comes back and waits",
        "the next person",
        "two at once, told once",
        "two at once, then one alone",
        "another joins and waits",
        "another joins and is alone",
        "another joins and waits long",
        "one person, two codes",
        "a badge and a ticket",
        "a ticket",
        "nothing",
        "a badge before a poster",
        "a poster that was hidden",
        "a ticket before a poster",
    ],
)
def test_at_a_door_one_badge_is_one_reading(
    modules: Page, frames: Frames, expected: list[list[str]]
) -> None:
    assert readings(modules, frames) == expected


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (every(33, 60_000, [A, B]), [[A, B]]),
        ([(0, [A]), (33, [A, B]), (66, [A, B])], [[A], [B]]),
        ([(0, [A, POSTER]), (33, [B, POSTER])], [[A], [B]]),
    ],
    ids=["both at once", "one after the other", "before a poster"],
)
def test_in_a_swap_two_badges_belong_together(
    modules: Page, frames: Frames, expected: list[list[str]]
) -> None:
    assert readings(modules, frames, swap=True) == expected


def test_all_inputs_share_what_was_read(modules: Page) -> None:
    address = f"HTTPS://H.EXAMPLE/B/{A}"
    deliveries = [(0, A, 5_000), (300, address, 2_500), (400, B, 2_500), (9_000, A, 5_000)]
    assert modules.evaluate(ECHO, deliveries) == [False, True, False, False]


@pytest.mark.parametrize(
    "text", ["x" * 3_000, "x" * (CODE_MAX_LENGTH - 1) + "😀" * 3, "short", " A \n"]
)
def test_what_is_sent_is_bounded_and_whole(modules: Page, text: str) -> None:
    sent: str = modules.evaluate(BOUNDED, text)
    assert sent
    assert text.strip().startswith(sent)
    assert len(sent.encode("utf-16-le")) // 2 <= CODE_MAX_LENGTH
