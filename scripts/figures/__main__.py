"""`scripts/bench`: measure, print one line a figure, say what is met and what is missed."""

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from scripts.figures import mailing, papers, phone, scanning, searching, tablet
from scripts.figures.figure import Bench, Figure, Measure

MEASURES: dict[str, Measure] = {
    "scan": scanning.scan_cpu,
    "latency": scanning.latency,
    "crowd": scanning.crowd,
    "connect": scanning.connect_cpu,
    "size": scanning.size,
    "flush": scanning.flush,
    "search": searching.searching,
    "relay": mailing.connections,
    "letters": mailing.throughput,
    "badges": papers.badges,
    "export": papers.export,
    "tablet": tablet.tablet,
    "phone": phone.phone,
}
NAME_WIDTH, VALUE_WIDTH = 48, 12


def main() -> None:
    """A missed figure is said, not an error: it may be the machine."""
    args = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="hallway-bench-", dir=args.folder))
    try:
        found = _measure(args.only or list(MEASURES), Bench(folder, args.quick), args.json)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if args.json:
        print(json.dumps([_record(figure) for figure in found], indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=MEASURES, help=", ".join(MEASURES)
    )
    parser.add_argument(
        "--quick", action="store_true", help="small counts: does it run at all?"
    )
    parser.add_argument("--folder", type=Path, help="where to put files, on a real disk")
    return parser.parse_args()


def _measure(names: Sequence[str], bench: Bench, is_silent: bool) -> list[Figure]:
    found = []
    for name in names:
        for figure in MEASURES[name](bench):
            found.append(figure)
            if not is_silent:
                print(_line(figure), flush=True)
        shutil.rmtree(bench.folder, ignore_errors=True)
        bench.folder.mkdir()
    return found


def _line(figure: Figure) -> str:
    sign = "≥" if figure.at_least else "≤"
    measured = "–" if figure.measured is None else _amount(figure.measured, figure.unit)
    must = f"{sign} {_amount(figure.must, figure.unit)}"
    return (
        f"{figure.name:<{NAME_WIDTH}}{measured:>{VALUE_WIDTH}}{must:>{VALUE_WIDTH}}"
        f"  {figure.verdict:<8}  {figure.note}"
    )


def _amount(value: float, unit: str) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}".rstrip()


def _record(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "met": figure.is_met}


if __name__ == "__main__":
    main()
