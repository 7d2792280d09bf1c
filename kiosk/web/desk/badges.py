"""Badges on paper: one person's, those never printed before, or all of them.

What was printed is noted, so that late registrations are a short pile and not the whole
event again. A code can only be printed under the key it was made with.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from flask import Response, request, send_file

from kiosk.ids import agree_code
from kiosk.model import Attendee, Badge, Event
from kiosk.ports import Tx
from kiosk.web.desk.room import blueprint, code_of, desk_page, event_named, person_of
from kiosk.web.house import house
from kiosk.web.prints import NotPrinted, Print

Owned = tuple[Attendee, Badge]
PRINTS_LIMIT = 2000
"""A PDF of more takes minutes of a server that people are waiting for at the door."""

OTHER_KEY = (
    "These badges were made under another secret key, so their codes cannot be printed; "
    "put the old key back."
)
TOO_MANY = (
    f"More than {PRINTS_LIMIT} badges at once would keep the doors waiting; print them "
    "with the command `kiosk badges`."
)


@blueprint.get("/events/<slug>/badges/")
def badges(slug: str) -> Response:
    return _show(slug)


@blueprint.post("/events/<slug>/badges/")
def print_badges(slug: str) -> Response:
    """The PDF as a download; the badges in it count as printed."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
        pile = _piles(tx, event)["new" if request.form.get("which") == "new" else "all"]
    if not pile:
        return _show(slug, "There is no badge to print.")
    if len(pile) > PRINTS_LIMIT:
        return _show(slug, TOO_MANY)
    answer = _printed(event, pile, f"{event.slug}-badges.pdf")
    if isinstance(answer, NotPrinted):
        return _show(slug, answer.sentence)
    badge_ids = [badge.id for _, badge in pile]
    house().store.write(
        lambda tx, ids, now: tx.badges.note_printed(ids, now), badge_ids, house().now()
    )
    return answer


@blueprint.post("/events/<slug>/people/<attendee_id>/badges/printing")
def print_badge(slug: str, attendee_id: str) -> Response:
    """One person's badge, also when it was printed before."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
        person = person_of(tx, event, attendee_id)
        badge = tx.badges.of_attendee(person.id)
    if badge is None:
        return _show(slug, "This person has no badge.")
    answer = _printed(event, [(person, badge)], f"{event.slug}-badge.pdf")
    return _show(slug, answer.sentence) if isinstance(answer, NotPrinted) else answer


def _show(slug: str, trouble: str = "") -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        piles = _piles(tx, event)
    return desk_page(
        "badges.html",
        event,
        422 if trouble else 200,
        trouble=trouble,
        count=len(piles["all"]),
        new_count=len(piles["new"]),
        layouts=[(name, title, "") for name, title in house().layouts.items()],
        layout=_layout(),
    )


def _piles(tx: Tx, event: Event) -> dict[str, list[Owned]]:
    """Everybody who may come ("all", by name), and those never printed before ("new")."""
    badges = {badge.attendee_id: badge for badge in tx.badges.of_event(event.id)}
    printed = tx.badges.printed(event.id)
    everybody = [
        (person, badges[person.id])
        for person in tx.attendees.of_event(event.id)
        if person.id in badges and person.status != "canceled"
    ]
    new = [(person, badge) for person, badge in everybody if badge.id not in printed]
    return {"all": everybody, "new": new}


def _printed(event: Event, pile: list[Owned], name: str) -> Response | NotPrinted:
    prints = [
        Print(person, code_of(badge), _agreed(event, badge)) for person, badge in pile
    ]
    if not all(one.code for one in prints):
        return NotPrinted(OTHER_KEY)
    with TemporaryDirectory(dir=house().settings.data, prefix="export-") as folder:
        path = Path(folder) / name
        trouble = house().print_badges(event, prints, path, _layout())
        if trouble:
            return trouble
        file: BinaryIO = path.open("rb")
    answer = send_file(
        file, mimetype="application/pdf", as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _agreed(event: Event, badge: Badge) -> str:
    return agree_code(house().settings.secret_key, badge.id) if event.agree_code else ""


def _layout() -> str:
    wanted = request.form.get("layout", "")
    return wanted if wanted in house().layouts else next(iter(house().layouts))
