"""What the templates of a slip are given: plain values and one link."""

from dataclasses import dataclass
from typing import assert_never

from kiosk.mail.page import Recipient
from kiosk.mail.when import day_and_hour, hour
from kiosk.model import LetterKind
from kiosk.shown import first_name
from kiosk.slip import Slip
from kiosk.words import SOURCE, known


@dataclass(frozen=True, slots=True)
class SlipPage:
    """`link` holds its token behind a `#`, so that whoever only fetches it sends nothing.

    `token` is the same for somebody who types; `at` and `until` are times at the venue.
    """

    to: Recipient
    event: str
    sender: str
    reply_to: str
    link: str
    token: str
    browser: str
    at: str
    until: str


def slip_page(slip: Slip, public_url: str) -> SlipPage:
    """The page of one slip."""
    letter, follow_up, timezone = slip.letter, slip.event.follow_up, slip.event.timezone
    language = known(letter.language) or SOURCE
    return SlipPage(
        to=Recipient(letter.to_name, first_name(letter.to_name)),
        event=slip.event.name,
        sender=follow_up.sender_name,
        reply_to=follow_up.reply_to or follow_up.sender_address,
        link=f"{public_url}{_path(letter.kind)}#{slip.token}",
        token=_grouped(slip.token),
        browser=slip.browser,
        at=day_and_hour(slip.at, timezone, language) if slip.at else "",
        until=hour(slip.until, timezone, language) if slip.until else "",
    )


def _path(kind: LetterKind) -> str:
    match kind:
        case "link":
            return "/me/link"
        case "erase":
            return "/me/erasure/confirmation"
        case "not_you":
            return "/me/not-mine"
        case "follow_up" | "met_nobody":
            raise ValueError(f"a {kind} is no slip")
        case _:
            assert_never(kind)


def _grouped(token: str) -> str:
    """A code in fours, as people read it out; a longer token as it is."""
    fours = [token[at : at + 4] for at in range(0, len(token), 4)]
    return " ".join(fours) if len(token) <= 16 else token  # noqa: PLR2004 - four times four
