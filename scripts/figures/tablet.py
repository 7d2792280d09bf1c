"""A badge held up to a tablet's camera in Chromium, until its verdict is on the screen.

The camera is a film of badges; a white corner of the picture says that one is in view. From
there to `badge-read` the camera, the browser and the decoder are at work, from there to
`verdict-shown` our own code is, the server's answer included.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser, Page, sync_playwright

from kiosk.clock import utc_now
from kiosk.ids import digest
from kiosk.pair import AddDevice, add_device
from kiosk.store import SqliteStore, Tx
from scripts.figures.figure import Bench, Figure, quantile
from scripts.figures.hall import EVENT_ID, Hall, build
from scripts.figures.server import product
from tests.e2e.films import Shot, badge, cinema, shoot

PAIRING_CODE = "ABCD2345"
VERDICT, OURS, START = 700, 100, 1000  # milliseconds (CONTRACT §6, issue 3)
P50, P95 = 0.5, 0.95
SLOWER = 6
PAUSE, HELD_UP = 1.5, 1.5  # seconds
STARTS = 5
SCRIPT = {"Content-Type": "text/javascript"}
PATIENCE = 30_000  # ms

WITNESS = "/static/witness.js"
SEES = """onmessage = async ({ data }) => {
  const rect = { x: 8, y: 8, width: 2, height: 2 };
  let was = false;
  for await (const frame of data) {
    const pixels = new Uint8Array(frame.allocationSize({ rect }));
    await frame.copyTo(pixels, { rect });
    frame.close();
    const is = pixels[0] > 200;
    if (is && !was) postMessage(performance.timeOrigin + performance.now());
    was = is;
  }
}"""
"""A worker looks at the same track, so that watching takes no time from the page."""
WATCH = """([address]) => {
  window.inView = [];
  const [track] = document.querySelector('[data-part="eye"]').srcObject.getVideoTracks();
  const { readable } = new MediaStreamTrackProcessor({ track: track.clone() });
  const witness = new Worker(address);
  witness.onmessage = ({ data }) => window.inView.push(data - performance.timeOrigin);
  witness.postMessage(readable, [readable]);
}"""
FILMING = """() => document.querySelector('[data-part="eye"]').srcObject"""
TIMES = """() => ({ seen: window.inView, marks: performance.getEntriesByType("mark")
  .map(({ name, startTime }) => [name, startTime]) })"""
READY = """() => performance.getEntriesByName("tablet-ready")[0]?.startTime ?? null"""


class Times(TypedDict):
    """What the page noted, in milliseconds since it was opened."""

    seen: list[float]
    marks: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds until one badge was decoded, and from there to its verdict."""

    decoding: float
    ours: float


def tablet(bench: Bench) -> Iterable[Figure]:
    """Online, without a network, and with the page six times slower."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        yield Figure("tablet: badge in view to verdict, p95", None, VERDICT, "ms")
        return
    count = bench.count(30, 3)
    hall = build(bench.folder / "data", bench.count(5_000, 50))
    film = _film(bench.folder / "badges.mjpeg", hall, count)
    with _open(hall, bench.folder, chromium, film) as page:
        yield Figure("tablet: start of the app", _start(page), START, "ms")
        _watch(page)
        yield from _figures("online", _waits(page, count))
        page.context.set_offline(True)
        yield from _figures("offline", _waits(page, count))
        page.context.set_offline(False)
        cdp = page.context.new_cdp_session(page)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield from _figures(f"CPU / {SLOWER}", _waits(page, count))


def _figures(how: str, waits: Sequence[Wait]) -> Iterator[Figure]:
    whole = [wait.decoding + wait.ours for wait in waits]
    ours = [wait.ours for wait in waits]
    decoding = quantile([wait.decoding for wait in waits], P50)
    note = f"p50 {quantile(whole, P50):.0f} ms, of which decoding {decoding:.0f} ms"
    name = f"tablet, {how}: badge in view to verdict, p95"
    yield Figure(name, quantile(whole, P95), VERDICT, "ms", note=note)
    note = f"p50 {quantile(ours, P50):.0f} ms in {len(ours)} badges"
    name = f"tablet, {how}: badge read to verdict, p95"
    yield Figure(name, quantile(ours, P95), OURS, "ms", note=note)


def _film(path: Path, hall: Hall, count: int) -> Path:
    shots: list[Shot] = []
    for number in range(count):
        shots += [Shot(PAUSE), Shot(HELD_UP, (badge(hall.code(number)),))]
    return shoot(path, *shots)


@contextmanager
def _open(hall: Hall, folder: Path, chromium: str, film: Path) -> Iterator[Page]:
    """A paired tablet that knows the event and is filming."""
    with closing(SqliteStore(hall.database)) as store:
        store.write(_offer, None, utc_now())
    with (
        product(hall.environ(), folder / "server.log") as server,
        sync_playwright() as playwright,
        cinema(playwright.chromium, chromium, film) as browser,
    ):
        yield _paired(browser, f"http://127.0.0.1:{server.port}")


def _offer(tx: Tx, _: None, now: datetime) -> None:
    command = AddDevice(EVENT_ID, "Film", "kiosk", "main", code_digest=digest(PAIRING_CODE))
    add_device(tx, command, now)


def _paired(browser: Browser, url: str) -> Page:
    page = browser.new_context(base_url=url, reduced_motion="reduce").new_page()
    page.route(f"**{WITNESS}", lambda route: route.fulfill(body=SEES, headers=SCRIPT))
    page.goto("/kiosk/pair")
    page.get_by_role("textbox", name="Pairing code").fill(PAIRING_CODE)
    page.get_by_role("button", name="Pair", exact=True).click()
    page.wait_for_selector("hall-kiosk[data-at=waiting]")
    page.wait_for_load_state("networkidle")
    return page


def _watch(page: Page) -> None:
    _await(page, lambda: page.evaluate(f"({FILMING})() && 1"))
    page.evaluate(WATCH, [WITNESS])


def _start(page: Page) -> float:
    """The median of a few starts of the app, which this tablet has by now."""
    starts: list[float] = []
    for _ in range(STARTS):
        page.reload()
        starts.append(_await(page, lambda: page.evaluate(READY)))
    return quantile(starts, P50)


def _waits(page: Page, count: int) -> list[Wait]:
    """How long each of the next `count` badges took."""
    done = len(_pairs(page.evaluate(TIMES)))
    found: list[Wait] = []
    while len(found) < count:
        page.wait_for_timeout(1_000 * (PAUSE + HELD_UP))
        found = _pairs(page.evaluate(TIMES))[done:]
    return found[:count]


def _pairs(times: Times) -> list[Wait]:
    """What became of each badge by the time the next one came into view."""
    return [_wait(times["marks"], *span) for span in pairwise(times["seen"])]


def _wait(marks: Sequence[tuple[str, float]], seen: float, until: float) -> Wait:
    """A badge without a verdict took at least as long as it could have been seen."""

    def first(name: str, after: float) -> float:
        times = (at for said, at in marks if said == name and after < at < until)
        return next(times, until)

    read = first("badge-read", seen)
    return Wait(read - seen, first("verdict-shown", read) - read)


def _await(page: Page, ask: Callable[[], float | None]) -> float:
    for _ in range(PATIENCE // 100):
        if (answer := ask()) is not None:
            return answer
        page.wait_for_timeout(100)
    raise RuntimeError("the tablet did not start")
