"""Scans against a bare handler: CPU, latency and throughput, one client or many."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from kiosk.cli.serve import THREADS
from scripts.figures.figure import Bench, Figure, quantile, ratio, spread
from scripts.figures.hall import build
from scripts.figures.readings import Cost, Tablet, cost
from scripts.figures.server import Server, bare, product

P50, P99 = 0.50, 0.99
WARM_UP = 50  # requests before anything counts
MILLI, MICRO = 1e3, 1e6
Requests = Callable[[int], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Rivals:
    """Both servers, and a tablet whose requests either may be sent."""

    ours: Server
    theirs: Server
    tablet: Tablet

    def compare(
        self, make: Requests, request_count: int, pair_count: int, clients: int = 1
    ) -> tuple[list[Cost], list[Cost]]:
        """Costs of alternating runs with requests that nobody has seen."""
        ours, theirs = [], []
        for _ in range(pair_count):
            ours.append(cost(self.ours, make(request_count), clients))
            theirs.append(cost(self.theirs, self.tablet.arrivals(request_count), clients))
        return ours, theirs


@contextlib.contextmanager
def rivals(bench: Bench, name: str, people_count: int) -> Iterator[Rivals]:
    folder = bench.folder / name
    hall = build(folder / "data", people_count)
    with (
        product(hall.environ(), folder / "server.log") as ours,
        bare(folder / "bare", THREADS) as theirs,
    ):
        both = Rivals(ours, theirs, Tablet(hall))
        cost(ours, both.tablet.arrivals(WARM_UP))
        cost(theirs, both.tablet.arrivals(WARM_UP))
        yield both


def scan_cpu(bench: Bench) -> Iterable[Figure]:
    """The CPU of a scan, for one client that waits for each answer and for sixteen."""
    request_count, pair_count = bench.count(300, 60), bench.count(11, 2)
    with rivals(bench, "scan-cpu", bench.count(15_000, 1_200)) as both:
        for clients in (1, 16):
            costs = both.compare(both.tablet.arrivals, request_count, pair_count, clients)
            yield _cpu_figure(f"CPU of a scan, {_clients(clients)}", costs, 1.5)


def connect_cpu(bench: Bench) -> Iterable[Figure]:
    """The CPU of a connection of two people, who all came before."""
    request_count, pair_count = bench.count(300, 60), bench.count(9, 2)
    people_count = bench.count(8_000, 1_200)
    with rivals(bench, "connect", people_count) as both:
        left = people_count // 2 - 2 * WARM_UP
        for start in range(0, left, 500):
            cost(both.ours, [both.tablet.queue(min(500, left - start))])
        costs = both.compare(both.tablet.swaps, request_count, pair_count)
        yield _cpu_figure("CPU of a connect of two", costs, 2.0)


def latency(bench: Bench) -> Iterable[Figure]:
    """How long sixteen clients wait."""
    request_count, pair_count = bench.count(600, 160), bench.count(9, 2)
    with rivals(bench, "latency", bench.count(15_000, 1_200)) as both:
        runs = both.compare(both.tablet.arrivals, request_count, pair_count, 16)
    p50, p99 = (
        [quantile(one.met.latencies, share) for one in runs[0]] for share in (P50, P99)
    )
    bare_p99 = [quantile(one.met.latencies, P99) for one in runs[1]]
    note = f"{median(p99) * MILLI:.1f} against {median(bare_p99) * MILLI:.1f} ms"
    yield Figure("p99 at 16 clients", ratio(p99, bare_p99), 2.5, note=note)
    note = f"p50 {median(p50) * MILLI:.1f} ms"
    yield Figure("p99 against own p50, 16 clients", ratio(p99, p50), 4.0, note=note)


def crowd(bench: Bench) -> Iterable[Figure]:
    """Whether sixty-four clients are all answered, and how fast."""
    request_count, pair_count = bench.count(600, 160), bench.count(9, 2)
    with rivals(bench, "crowd", bench.count(15_000, 1_200)) as both:
        ours, theirs = both.compare(both.tablet.arrivals, request_count, pair_count, 64)
    errors = sum(one.met.error_count for one in ours)
    yield Figure("errors at 64 clients", errors, 0, unit="")
    speeds = [[request_count / one.met.seconds for one in side] for side in (ours, theirs)]
    note = f"{median(speeds[0]):.0f} against {median(speeds[1]):.0f} requests/s"
    measured = ratio(*speeds)
    yield Figure("requests/s at 64 clients", measured, 0.6, at_least=True, note=note)


def flush(bench: Bench) -> Iterable[Figure]:
    """A tablet that was alone: its queue in one post, against one post a scan."""
    batch, pair_count = bench.count(500, 100), bench.count(7, 2)
    with rivals(bench, "flush", bench.count(8_000, 1_200)) as both:
        queued, single = [], []
        for _ in range(pair_count):
            whole = cost(both.ours, [both.tablet.queue(batch)])
            parts = cost(both.ours, both.tablet.arrivals(batch))
            queued.append(whole.met.seconds)
            single.append(parts.met.seconds)
    note = f"{median(queued) * MILLI:.0f} against {median(single) * MILLI:.0f} ms"
    name = f"{batch} queued scans at once, faster by"
    yield Figure(name, ratio(single, queued), 5.0, at_least=True, note=note)


def size(bench: Bench) -> Iterable[Figure]:
    """The CPU of a scan by the number of people who are registered."""
    sizes = (200, 400, 800) if bench.is_quick else (1_000, 20_000, 200_000)
    request_count, pair_count = bench.count(70, 20), bench.count(11, 2)
    with contextlib.ExitStack() as open_halls:
        halls = [_lone(bench, people, open_halls) for people in sizes]
        costs: list[list[float]] = [[] for _ in sizes]
        for _ in range(pair_count):
            for (server, tablet), found in zip(halls, costs, strict=True):
                found.append(cost(server, tablet.arrivals(request_count)).cpu)
    for people, found in zip(sizes[1:], costs[1:], strict=True):
        name = f"CPU of a scan, {people:,} people against {sizes[0]:,}"
        yield Figure(name, ratio(found, costs[0]), 1.2, note=spread(found, costs[0]))


def _lone(
    bench: Bench, people: int, open_halls: contextlib.ExitStack
) -> tuple[Server, Tablet]:
    folder = bench.folder / f"size-{people}"
    hall = build(folder / "data", people)
    server = open_halls.enter_context(product(hall.environ(), folder / "server.log"))
    tablet = Tablet(hall)
    cost(server, tablet.arrivals(WARM_UP))
    return server, tablet


def _cpu_figure(name: str, costs: tuple[list[Cost], list[Cost]], must: float) -> Figure:
    ours, theirs = ([one.cpu for one in side] for side in costs)
    note = f"{median(ours) * MICRO:.0f} against {median(theirs) * MICRO:.0f} µs; "
    return Figure(name, ratio(ours, theirs), must, note=note + spread(ours, theirs))


def _waits(runs: Sequence[Cost], share: float) -> list[float]:
    return [quantile(run.met.latencies, share) for run in runs]


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"
