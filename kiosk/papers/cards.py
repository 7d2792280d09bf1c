"""The attendees as one file of vCards, for an address book."""

from collections.abc import Iterable
from pathlib import Path

from kiosk.card import vcard
from kiosk.export import Sheet
from kiosk.model import SHAREABLE, Event, Met


def write_cards(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """One card a person, as they registered."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for sheet in sheets:
            for row in sheet.rows:
                named = {
                    column: str(cell or "")
                    for column, cell in zip(sheet.columns, row, strict=True)
                }
                shown = {field: named[field] for field in SHAREABLE}
                person = Met(named["attendee_id"], at=event.starts_at, place="", **shown)
                file.write(vcard(person))
