"""What the desk needs of the room that writes exports, without knowing that room."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.model import Event
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that can be taken out: one sheet, or with `what` empty all there are.

    With a `sponsor_id` it is for that sponsor and holds its leads.
    """

    name: str
    format: str
    what: str = ""
    sponsor_id: str = ""


PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("everything.xlsx", "xlsx"),
        Paper("attendees.csv", "csv", "attendees"),
        Paper("check-ins.csv", "csv", "check-ins"),
        Paper("connections.csv", "csv", "connections"),
        Paper("scans.csv", "csv", "scans"),
        Paper("letters.csv", "csv", "letters"),
        Paper("everything.json", "json"),
        Paper("everything.sqlite", "sqlite"),
        Paper("network.graphml", "graphml"),
        Paper("contacts.vcf", "vcf"),
    )
}


def for_sponsor(name: str, sponsor_id: str) -> Paper | None:
    """One of the files that a sponsor can be handed."""
    format_ = LEADS.get(name)
    return Paper(name, format_, "leads", sponsor_id) if format_ else None


LEADS = {"leads.csv": "csv", "leads.xlsx": "xlsx", "leads.json": "json"}


class WritePaper(Protocol):
    """Writes the paper to the file `out`, row by row."""

    def __call__(self, tx: Tx, event: Event, paper: Paper, out: Path) -> None: ...
