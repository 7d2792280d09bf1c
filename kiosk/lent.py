"""What the pages borrow from rooms they stand beside, each as a plain function.

The web room names what it needs (`kiosk.web.lists`, `papers`, `preview`, `prints`) and
never imports who does it; here the two meet.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kiosk.badges import LAYOUTS, CannotPrint, Face, badge_url, with_back, write_pdf
from kiosk.compose import Composed
from kiosk.export import WHATS
from kiosk.intake import UnreadableList, read_list
from kiosk.mail.page import Links, page
from kiosk.mail.stationery import stationery
from kiosk.model import Event
from kiosk.papers import Order, write
from kiosk.ports import Tx
from kiosk.web.lists import ListReading, Unreadable
from kiosk.web.papers import Paper
from kiosk.web.preview import LetterPreview, WriteLetter
from kiosk.web.prints import NotPrinted, Print, PrintBadges

TITLES = {name: layout.title for name, layout in LAYOUTS.items()}
"""The layouts badges can be printed in, and what each is."""


def list_reading(
    raw: bytes,
    filename: str,
    *,
    encoding: str | None,
    mapping: Mapping[str, str],
    timezone: str,
) -> ListReading | Unreadable:
    try:
        return read_list(
            raw, filename, encoding=encoding, mapping=mapping, timezone=timezone
        )
    except UnreadableList as error:
        return Unreadable(str(error))


def paper_writing(tx: Tx, event: Event, paper: Paper, out: Path) -> None:
    if paper.sponsor_id:
        sponsor = tx.sponsors.get(paper.sponsor_id)
        write(tx, Order(event, paper.format, out, ("leads",), sponsor=sponsor))
        return
    what = tuple(sheet for sheet in WHATS if sheet == paper.what)
    write(tx, Order(event, paper.format, out, what))


def letter_writing(public_url: str) -> WriteLetter:
    """Previews whose links lead to real pages, but act for nobody."""
    links = Links(f"{public_url}/me", f"{public_url}/u/")

    def write_letter(composed: Composed) -> LetterPreview:
        letter = composed.letter
        words = stationery(letter.kind, letter.language).write(page(composed, links))
        return LetterPreview(words.subject, words.text)

    return write_letter


def badge_printing(public_url: str) -> PrintBadges:
    def print_badges(
        event: Event, prints: Iterable[Print], out: Path, layout: str
    ) -> NotPrinted | None:
        faces = [_badge(event, one, public_url) for one in prints]
        try:
            write_pdf(faces, out, layout)
        except CannotPrint as error:
            return NotPrinted(str(error))
        return None

    return print_badges


def _badge(event: Event, one: Print, public_url: str) -> Face:
    face = _face(event, one, badge_url(public_url, one.code))
    if not one.agree_code:
        return face
    language = one.attendee.language or next(iter(event.languages), "")
    return with_back(face, one.agree_code, public_url, language)


def _face(event: Event, one: Print, url: str) -> Face:
    person = one.attendee
    return Face(
        attendee_id=person.id,
        name=person.name,
        company=person.company,
        code=one.code,
        url=url,
        role=person.role,
        pronouns=person.pronouns,
        event_name=event.name,
        ticket_type=person.ticket_type,
    )
