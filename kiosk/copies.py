"""Letters as files in our own folders: previews, and what `folder:` mail has written.

They name people as the database does, so whoever forgets somebody drops these, too. Copies
an organiser asked for elsewhere (an export, a backup, `--out`) are theirs to delete.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from kiosk.ports import Tx
from kiosk.settings import Settings


def previews(settings: Settings, slug: str) -> Path:
    """The folder of an event's previews, unless the organiser names another."""
    return settings.data / "previews" / slug


def letters_naming(tx: Tx, event_id: str, attendee_id: str) -> tuple[str, ...]:
    """Ids of the letters to or about a person, or to whom they asked, which may say so.

    To be asked before they are forgotten.
    """
    letters = tx.erasures.letters(event_id, attendee_id)
    asked = {
        connection.other(attendee_id)
        for connection in tx.connections.of_attendee(attendee_id)
        if connection.asked_by == attendee_id
    }
    return tuple(
        it.id
        for it in letters
        if attendee_id in {it.attendee_id, *it.people} or it.attendee_id in asked
    )


def all_letters(tx: Tx, event_id: str) -> tuple[str, ...]:
    """Ids of every letter of an event, for when everybody is forgotten."""
    return tuple(letter.id for letter in tx.exports.letters(event_id))


def drop(settings: Settings, slug: str, letter_ids: Iterable[str]) -> None:
    """Delete an event's previews and the files of these letters; what is gone is gone."""
    shutil.rmtree(previews(settings, slug), ignore_errors=True)
    scheme, _, path = settings.mail_url.partition(":")
    if scheme == "folder":
        for letter_id in letter_ids:
            (Path(path.removeprefix("//")) / f"{letter_id}.eml").unlink(missing_ok=True)
