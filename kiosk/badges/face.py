"""What is printed on one badge, and the two forms of its code.

The address in the QR is upper case as a whole, so that it fits QR's alphanumeric mode (45
characters, 5.5 bits each) and a smaller, coarser, more readable symbol.
"""

from dataclasses import dataclass

from kiosk.ids import CODE_LENGTH, checked

GROUP = 4


class CannotPrint(Exception):
    """Badges cannot be made; the message is a sentence for the organiser."""


@dataclass(frozen=True, slots=True)
class Face:
    """The words and the address of one badge; empty fields are left out, not blank.

    All faces of a pile have a `back`, or none has.
    """

    attendee_id: str
    name: str
    company: str
    code: str
    url: str
    role: str = ""
    pronouns: str = ""
    event_name: str = ""
    ticket_type: str = ""
    back: "Face | None" = None


def badge_url(public_url: str, code: str) -> str:
    """The address in the QR: `HTTPS://HOST/B/CODE`."""
    return f"{public_url.rstrip('/')}/b/{code}".upper()


def short_form(code: str) -> str:
    """The code as printed beside the QR, in groups of four, to be read out or typed.

    A badge's own code gets its check symbol; that of the back has one already.
    """
    code = checked(code) if len(code) == CODE_LENGTH else code
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
