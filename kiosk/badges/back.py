"""The other side of a badge, where the event prints one: a face with a code of its own.

It says in its person's language what showing it means. The address in its QR carries both
codes behind the `#`, which no browser sends: they leave the phone when a button is pressed.
"""

from dataclasses import replace

from kiosk.badges.face import Face
from kiosk.words import _, speaking


def with_back(face: Face, agreed: str, public_url: str, language: str) -> Face:
    """The face with its back; `agreed` is the agree code of its badge."""
    with speaking(language):
        back = Face(
            attendee_id=face.attendee_id,
            name=_("Turn me over only to say yes"),
            company="",
            code=agreed,
            url=agree_url(public_url, face.code, agreed),
            role=_(
                "Scan this with your own phone, or type both codes at %(address)s.",
                address=_spoken(public_url),
            ),
            pronouns=_("It opens your page: show it to nobody else."),
            event_name=face.event_name,
        )
    return replace(face, back=back)


def agree_url(public_url: str, code: str, agreed: str) -> str:
    """The address in the QR on the back: `HTTPS://HOST/ME/LINK#` and both codes."""
    return f"{public_url.rstrip('/')}/me/link#{code}{agreed}".upper()


def _spoken(public_url: str) -> str:
    """The address of the page as one types it."""
    return f"{public_url.rstrip('/').partition('://')[2]}/me/link"
