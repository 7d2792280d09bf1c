"""What I promised, at one person and in all; a step with a date goes into any calendar."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, request, url_for

from kiosk.diary import Appointment, ics
from kiosk.model import Meeting, Promise
from kiosk.ports import Tx
from kiosk.promise import Drop, Keep, MakePromise, Plan, Refusal, drop, keep, plan, promise
from kiosk.shown import first_name, met
from kiosk.visible import one_line
from kiosk.web.house import house
from kiosk.web.phone.person import UNPROCESSABLE, meeting_of, show_person
from kiosk.web.phone.room import Viewer, blueprint, leaf, phone_page, viewer
from kiosk.web.phone.steps import Step, step, title, why_not
from kiosk.web.phone.when import Slip, asked_for
from kiosk.web.replies import go
from kiosk.words import _

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GONE = {Refusal.NOT_CONNECTED, Refusal.NOT_YOURS, Refusal.ID_REUSED}


@dataclass(frozen=True, slots=True)
class Given:
    """A promise of mine, and the person it was given to while I may see them."""

    promise: Promise
    name: str


@blueprint.get("/me/promises", endpoint="promises")
def show() -> Response:
    now = house().now()
    with house().store.read() as tx:
        who = viewer(tx)
        given = promises_of(tx, who, tx.meetings.of_attendee(who.person.id))

    def line(one: Given) -> Step:
        return step(who.event, one.promise, now, one.name)

    is_open = [one for one in given if one.promise.done_at is None]
    return phone_page(
        "promises.html", who, steps=leaf(given, line), open_count=len(is_open)
    )


@blueprint.post("/me/people/<connection_id>/promises", endpoint="promise")
def make(connection_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        meeting = meeting_of(tx, who, connection_id)
    kind, text = (request.form.get(name, "") for name in ("kind", "text"))
    due_at = asked_for(who.event)
    if isinstance(due_at, Slip):
        return _again(who, meeting, due_at)
    command = MakePromise(who.person.id, connection_id, kind, text, _named(), due_at)
    made = house().store.write(promise, command, house().now())
    if made is Refusal.ID_REUSED:  # the form came back and says something else now
        made = house().store.write(promise, replace(command, id=None), house().now())
    if isinstance(made, Refusal):
        return _again(who, meeting, made)
    if made.due_at != due_at:
        house().store.write(plan, Plan(who.person.id, made.id, due_at), house().now())
    return _to_person(connection_id, "promised")


@blueprint.post("/me/promises/<promise_id>/plan", endpoint="plan")
def set_date(promise_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        mine, meeting = _mine(tx, who, promise_id)
    due_at = asked_for(who.event)
    outcome = (
        due_at
        if isinstance(due_at, Slip)
        else house().store.write(
            plan, Plan(who.person.id, promise_id, due_at), house().now()
        )
    )
    if isinstance(outcome, Promise):
        return _to_person(mine.connection_id, "planned" if due_at else "unplanned")
    return _replan(who, meeting, promise_id, outcome)


@blueprint.post("/me/promises/<promise_id>/done", endpoint="keep")
def tick(promise_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    is_done = request.form.get("done") == "yes"
    kept = house().store.write(
        keep, Keep(who.person.id, promise_id, is_done), house().now()
    )
    if isinstance(kept, Refusal):
        abort(404)
    news = "kept" if is_done else "open-again"
    if request.form.get("from") == "promises":
        return go("phone.promises", news=news)
    if request.form.get("from") == "people":
        return go("phone.people", news=news)
    return _to_person(kept.connection_id, news)


@blueprint.post("/me/promises/<promise_id>/drop", endpoint="drop")
def let_go(promise_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
    dropped = house().store.write(drop, Drop(who.person.id, promise_id), house().now())
    if isinstance(dropped, Refusal):
        abort(404)
    return _to_person(dropped.connection_id, "dropped")


@blueprint.get("/me/promises/<promise_id>/step.ics", endpoint="step")
def download(promise_id: str) -> Response:
    with house().store.read() as tx:
        who = viewer(tx)
        mine, meeting = _mine(tx, who, promise_id)
    them = met(meeting) or abort(404)
    if mine.due_at is None:
        abort(404)
    page = url_for("phone.person", connection_id=mine.connection_id)
    name = first_name(them.name) or _("somebody I met")
    entry = Appointment(
        id=mine.id,
        title=title(mine, name),
        text=mine.text,
        starts_at=mine.due_at,
        page=f"{house().settings.public_url}{page}",
    )
    answer = Response(
        ics(entry, house().now()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers.set("Content-Disposition", "attachment", filename="next-step.ics")
    return answer


def promises_of(tx: Tx, who: Viewer, meetings: Sequence[Meeting]) -> list[Given]:
    """What I promised to people I am connected with; the next one due comes first."""
    seen = {one.connection.id: them for one in meetings if (them := met(one))}
    return [
        Given(mine, seen[mine.connection_id].name or _("Somebody"))
        for mine in tx.promises.of_attendee(who.person.id)
        if mine.connection_id in seen
    ]


def _named() -> str | None:
    """The id that the page gave this promise, so that a press that came twice is one."""
    given = request.form.get("id", "")
    return given if _ID.fullmatch(given) else None


def _mine(tx: Tx, who: Viewer, promise_id: str) -> tuple[Promise, Meeting]:
    """My own promise and whom I gave it to, or 404 for everybody else."""
    found = tx.promises.get(promise_id)
    if found is None or found.attendee_id != who.person.id:
        abort(404)
    return found, meeting_of(tx, who, found.connection_id)


def _to_person(connection_id: str, news: str) -> Response:
    return go("phone.person", connection_id=connection_id, news=news, _anchor="promises")


def _again(who: Viewer, meeting: Meeting, refused: Refusal | Slip) -> Response:
    """The page with the form as it was filled in, and what is wrong with it."""
    if refused in _GONE:
        abort(404)
    form = {name: request.form.get(name, "") for name in ("kind", "text", "day", "hour")}
    text, _removed = one_line(form["text"])
    error = why_not(refused, text)
    at = "text" if refused is Refusal.TOO_LONG else "kind"
    if isinstance(refused, Slip) or refused is Refusal.NOT_AHEAD:
        at = "day"
    return show_person(
        who, meeting, UNPROCESSABLE, promising=form, promise_errors={at: error}
    )


def _replan(
    who: Viewer, meeting: Meeting, promise_id: str, refused: Refusal | Slip
) -> Response:
    if refused in _GONE:
        abort(404)
    form = {name: request.form.get(name, "") for name in ("day", "hour")}
    return show_person(
        who,
        meeting,
        UNPROCESSABLE,
        planning=form | {"id": promise_id, "error": why_not(refused)},
    )
