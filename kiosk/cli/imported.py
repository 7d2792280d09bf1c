"""What an import says at its end: the counts and every row that needs a look.

The JSON form is CONTRACT §3's, word for word; the form for people puts rows with one reason
on one line.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from kiosk.intake import RowNote
from kiosk.register import Registered

Note = dict[str, object]
COUNTS = ("added", "updated", "unchanged", "canceled")


@dataclass
class Imported:
    """The sum of what a list, or each batch of one, did."""

    format: str
    encoding: str = "-"
    mapping: dict[str, str] = field(default_factory=dict)
    is_dry_run: bool = False
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    skipped: list[RowNote] = field(default_factory=list)
    warnings: list[RowNote] = field(default_factory=list)
    rejected: list[RowNote] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, done: Registered) -> None:
        for name in COUNTS:
            self.counts[name] += getattr(done, name)
        self.skipped += [RowNote(row, reason) for row, reason in done.skipped]

    def machine(self) -> dict[str, object]:
        return {
            **self.counts,
            "skipped": _plain(self.skipped),
            "warnings": _plain(self.warnings),
            "rejected": _plain(self.rejected),
            "mapping": self.mapping,
            "encoding": self.encoding,
            "format": self.format,
            "notes": self.notes,
            "dry_run": self.is_dry_run,
        }

    def human(self, slug: str) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        end = "; a dry run, nothing was written." if self.is_dry_run else "."
        lines = [f"{slug}, {self.format}: {counts}{end}"]
        if self.mapping:
            pairs = ", ".join(f"{head} → {name}" for head, name in self.mapping.items())
            lines.append(f"Read as: {pairs}.")
        lines += self.notes
        lines += _lines("Warning", self.warnings)
        lines += _lines("Skipped", self.skipped)
        lines += _lines("Rejected, not imported", self.rejected)
        return "\n".join(lines)


def _plain(notes: Iterable[RowNote]) -> list[Note]:
    ordered = sorted(notes, key=lambda note: note.row)
    return [{"row": note.row, "reason": note.reason} for note in ordered]


def _lines(title: str, notes: Iterable[RowNote]) -> list[str]:
    rows: dict[str, list[int]] = defaultdict(list)
    for note in notes:
        rows[note.reason].append(note.row)
    return [f"{title}: {reason}, {_ranges(found)}" for reason, found in rows.items()]


def _ranges(rows: list[int]) -> str:
    """What lies side by side is written as one: rows 3, 5–8."""
    ordered = enumerate(sorted(set(rows)))
    runs = [
        [row for _, row in run] for _, run in groupby(ordered, lambda it: it[1] - it[0])
    ]
    shown = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(shown)}"
