"""What is taken out of an event: one file a press.

The file is written to disk beside the database, where there is room for it, and is gone
from there before the first byte of it is sent.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from flask import Response, abort, send_file

from kiosk.model import Event
from kiosk.ports import Tx
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.house import house
from kiosk.web.papers import LEADS, PAPERS, Paper, for_sponsor

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "graphml": "application/graphml+xml",
    "vcf": "text/vcard",
}


@blueprint.get("/events/<slug>/exports/")
def exports(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        sponsors = tx.sponsors.of_event(event.id)
        return desk_page("exports.html", event, sponsors=sponsors, lead_papers=LEADS)


@blueprint.get("/events/<slug>/exports/<name>")
def export(slug: str, name: str) -> Response:
    """The file, as a download."""
    paper = PAPERS.get(name) or abort(404)
    with house().store.read() as tx:
        event = event_named(tx, slug)
        file = _written(tx, event, paper)
    return _handed(file, paper, f"{event.slug}-{paper.name}")


@blueprint.get("/events/<slug>/sponsors/<sponsor_id>/<paper_name>")
def export_leads(slug: str, sponsor_id: str, paper_name: str) -> Response:
    """What one sponsor is handed: its standing leads and nothing else."""
    paper = for_sponsor(paper_name, sponsor_id) or abort(404)
    with house().store.read() as tx:
        event = event_named(tx, slug)
        sponsor = tx.sponsors.get(sponsor_id)
        if sponsor is None or sponsor.event_id != event.id:
            abort(404)
        file = _written(tx, event, paper)
    return _handed(file, paper, f"{event.slug}-{sponsor.name}-{paper.name}")


def _handed(file: BinaryIO, paper: Paper, name: str) -> Response:
    answer = send_file(
        file, mimetype=TYPES[paper.format], as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(tx: Tx, event: Event, paper: Paper) -> BinaryIO:
    """The file, open and already without a name on the disk."""
    data = house().settings.data
    with TemporaryDirectory(dir=data, prefix="export-") as folder:
        path = Path(folder) / paper.name
        house().write_paper(tx, event, paper, path)
        return path.open("rb")
