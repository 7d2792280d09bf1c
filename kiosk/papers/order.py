"""What was ordered: which sheets, in which format, and the file or folder they go into."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.export import WHATS, Row, Sheet, What, leads, sheets
from kiosk.model import Event, Sponsor
from kiosk.papers.cards import write_cards
from kiosk.papers.document import write_document
from kiosk.papers.graph import write_graph
from kiosk.papers.place import CannotWrite, put
from kiosk.papers.table import write_table
from kiosk.papers.workbook import write_workbook
from kiosk.ports import Tx
from kiosk.store.tidy import write_tidy

Writer = Callable[[Path, Event, Iterable[Sheet]], None]
CannotExport = CannotWrite
"""Raised with one sentence: a place that cannot be written, or an order that cannot be."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write; `own` are the sheets a file has unless others are asked for."""

    write: Writer
    own: tuple[What, ...] = WHATS
    is_fixed: bool = False  # has no room for other sheets
    is_single: bool = False  # has room for one sheet a file


FORMATS = {
    "csv": Format(write_table, ("attendees",), is_single=True),
    "xlsx": Format(write_workbook),
    "json": Format(write_document),
    "sqlite": Format(write_tidy),
    "graphml": Format(write_graph, ("attendees", "connections"), is_fixed=True),
    "vcf": Format(write_cards, ("attendees",), is_fixed=True),
}


@dataclass(frozen=True, slots=True)
class Order:
    """No `what` means the format's own; into a folder, CSV writes a file for each sheet.

    With a `sponsor` it holds that one's leads, and then nothing else.
    """

    event: Event
    format: str
    out: Path
    what: tuple[What, ...] = ()
    is_folder: bool = False
    sponsor: Sponsor | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and how many rows of each sheet are in it."""

    path: Path
    counts: dict[str, int]


def write(tx: Tx, order: Order) -> tuple[Written, ...]:
    """Write what was ordered; CannotExport when format or place do not allow it."""
    planned = _planned(replace(order, is_folder=order.is_folder or order.out.is_dir()))
    if order.is_folder:
        _make_folder(order.out)
    return tuple(_write_file(tx, order, path, what) for path, what in planned)


def _planned(order: Order) -> list[tuple[Path, tuple[What, ...]]]:
    """Which files, and the sheets in each."""
    if (order.sponsor or "leads" in order.what) and not _is_of_a_sponsor(order):
        raise CannotExport("Leads are written for one sponsor at a time, and alone.")
    format_ = FORMATS[order.format]
    if format_.is_fixed and set(order.what) - set(format_.own):
        kinds = " and ".join(format_.own)
        raise CannotExport(f"A {order.format} file always holds {kinds}; leave out --what.")
    if format_.is_single and order.is_folder:
        names = order.what or WHATS
        return [(order.out / f"{name}.{order.format}", (name,)) for name in names]
    what = format_.own if format_.is_fixed else order.what or format_.own
    if format_.is_single and len(what) > 1:
        raise CannotExport(f"A {order.format} file holds one sheet; name a folder instead.")
    name = f"{order.event.slug}.{order.format}"
    return [(order.out / name if order.is_folder else order.out, what)]


def _is_of_a_sponsor(order: Order) -> bool:
    return order.sponsor is not None and order.what == ("leads",)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotExport(f"Cannot make the folder {folder}.") from error


def _write_file(tx: Tx, order: Order, path: Path, what: tuple[What, ...]) -> Written:
    counts: dict[str, int] = {}
    with put(path) as part:
        asked = (
            [leads(tx, order.event, order.sponsor)]
            if order.sponsor
            else sheets(tx, order.event, what)
        )
        pages = (_counted(sheet, counts) for sheet in asked)
        FORMATS[order.format].write(part, order.event, pages)
    return Written(path, counts)


def _counted(sheet: Sheet, counts: dict[str, int]) -> Sheet:
    """The same sheet; its rows are counted as they pass."""

    def rows() -> Iterator[Row]:
        counts[sheet.name] = 0
        for row in sheet.rows:
            counts[sheet.name] += 1
            yield row

    return replace(sheet, rows=rows())
