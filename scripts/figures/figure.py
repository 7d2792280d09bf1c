"""One promise held against one measurement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """`measured` is at most `must`, or with `at_least` at least; None: not measured."""

    name: str
    measured: float | None
    must: float
    unit: str = "×"
    at_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.must if self.at_least else self.measured <= self.must

    @property
    def verdict(self) -> str:
        return {True: "met", False: "MISSED", None: "not here"}[self.is_met]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a measurement may write, and whether small counts are enough."""

    folder: Path
    is_quick: bool = False

    def count(self, usual: int, quick: int) -> int:
        return quick if self.is_quick else usual


Measure = Callable[[Bench], Iterable[Figure]]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of runs that stood side by side."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def spread(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The lowest and highest of those ratios, for judging the noise."""
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    return f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} pairs"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
