"""Mine to take: the people I met, and everything that is held about me, at any time.

Only what I may see on a page is in a file; my own notes are, nobody else's ever.
"""

import csv
import json
from collections.abc import Sequence
from io import StringIO

from flask import Response, abort

from kiosk.about import rows_about
from kiosk.card import vcard
from kiosk.cell import harmless
from kiosk.model import SHAREABLE, Event, Met
from kiosk.shown import met
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer, blueprint, phone_page, viewer
from kiosk.web.phone.words import day_and_time, field_name
from kiosk.words import _

BOM = "\ufeff"  # without it Excel reads UTF-8 as something else


@blueprint.get("/me/mine", endpoint="mine")
def show() -> Response:
    who, people = _people()
    return phone_page("mine.html", who, people_count=len(people))


@blueprint.get("/me/mine/people.vcf", endpoint="my_contacts")
def contacts() -> Response:
    who, people = _people()
    cards = "".join(vcard(one, _remark(who.event, one)) for one in people)
    return _file(cards, "text/vcard", who, "vcf")


@blueprint.get("/me/mine/people.csv", endpoint="my_table")
def table() -> Response:
    who, people = _people()
    sheet = StringIO()
    rows = csv.writer(sheet)
    headings = [field_name(field) for field in SHAREABLE]
    rows.writerow([*headings, _("Met at"), _("Place"), _("My note")])
    for one in people:
        values = [getattr(one, field) for field in SHAREABLE]
        at = day_and_time(who.event, one.at)
        rows.writerow([harmless(text) for text in (*values, at, one.place, one.note)])
    return _file(BOM + sheet.getvalue(), "text/csv", who, "csv")


@blueprint.get("/me/mine/everything.json", endpoint="my_everything")
def everything() -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        held = rows_about(tx, who.person.id) or abort(404)
    text = json.dumps(held, ensure_ascii=False, indent=2)
    return _file(text, "application/json", who, "json")


def _people() -> tuple[Viewer, Sequence[Met]]:
    """Those I met and who still share something with me, the latest first."""
    with house().store.read() as tx:
        who = viewer(tx)
        meetings = tx.meetings.of_attendee(who.person.id)
    return who, [them for one in meetings if (them := met(one))]


def _remark(event: Event, person: Met) -> str:
    place = ", ".join(filter(None, (event.name, person.place)))
    return "\n".join(filter(None, (place, person.note)))


def _file(text: str, kind: str, who: Viewer, ending: str) -> Response:
    answer = Response(text, content_type=f"{kind}; charset=utf-8")
    name = f"{who.event.slug}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
