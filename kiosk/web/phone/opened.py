"""When a badge's page was shown, carried in its form, so that a press may come later.

The network at a venue dies. A press that arrives hours later, the same day, counts from the
moment its page was opened: the form holds that moment under our seal, for this badge and
this person. Who asks is still told by the phone's own cookie and nothing else, so the token
is worth nothing in another's hands; and what one person pressed before a phone was handed
on, with the note they wrote, does not go out in the name of the next.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.ids import canonical_badge_code, digest, seal, unseal
from kiosk.web.house import house
from kiosk.web.phone.room import Viewer

FIELD = "opened"
_PURPOSE = "badge page"


def token(who: Viewer, code: str) -> str:
    """The seal on: this badge, this person, this moment."""
    text = "|".join((*_whom(who, code), house().now().isoformat()))
    return seal(house().settings.secret_key, _PURPOSE, text)


def opened_at(who: Viewer, code: str, given: str) -> datetime | None:
    """The moment in a token of ours, while the venue has the same day; else None."""
    text = unseal(house().settings.secret_key, _PURPOSE, given) or ""
    *whom, moment = text.split("|")
    if tuple(whom) != _whom(who, code):
        return None
    opened, zone = datetime.fromisoformat(moment), ZoneInfo(who.event.timezone)
    is_today = opened.astimezone(zone).date() == house().now().astimezone(zone).date()
    return opened if is_today else None


def is_of_another(who: Viewer, given: str) -> bool:
    """Whether somebody else was shown this form, on a phone that is this person's now."""
    text = unseal(house().settings.secret_key, _PURPOSE, given)
    return text is not None and text.partition("|")[0] != who.person.id


def _whom(who: Viewer, code: str) -> tuple[str, str]:
    return who.person.id, digest(canonical_badge_code(code) or code)
