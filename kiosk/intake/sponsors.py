"""The sponsors of an event file: who may ask people for what, and to what purpose.

The purpose is the sentence people read before they say yes, so it must be there.
"""

from kiosk.intake.page import Page
from kiosk.model import SHAREABLE, Sponsor
from kiosk.visible import one_line

NAME_LENGTH = 60
PURPOSE_LENGTH = 160
DEFAULT_FIELDS = ("name", "company", "email")


def read_sponsors(page: Page) -> tuple[Sponsor, ...]:
    """As written, without ids; mistakes go to the page's."""
    sponsors = tuple(_sponsor(part) for part in page.pages("sponsors"))
    names = [sponsor.name for sponsor in sponsors]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        page.mistake("sponsors", f"has two sponsors called {', '.join(twice)}.")
    return sponsors


def _sponsor(page: Page) -> Sponsor:
    fields = page.texts("fields", DEFAULT_FIELDS)
    page.check(
        "fields",
        set(fields) <= set(SHAREABLE) and bool(fields),
        f"holds nothing, or something else than {', '.join(SHAREABLE)}.",
    )
    sponsor = Sponsor(
        id="",
        event_id="",
        name=one_line(page.text("name", longest=NAME_LENGTH))[0],
        purpose=one_line(page.text("purpose", longest=PURPOSE_LENGTH))[0],
        fields=tuple(field for field in SHAREABLE if field in fields),
    )
    page.close()
    return sponsor
