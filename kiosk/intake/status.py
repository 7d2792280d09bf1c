"""What the status columns of a row say together: the gravest word counts.

"Canceled" means that there was a ticket, so the person is kept and the door can say so;
"declined" means that there never was a place, or that it was given up: no new person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.intake.values import meaning_of
from kiosk.model import Status

YES_AND_NO = {
    "status": ("confirmed", "declined"),
    "rsvp": ("confirmed", "declined"),
    "paid": ("confirmed", "pending"),
}
GRAVEST_FIRST = ("declined", "canceled", "unapproved", "pending", "confirmed")
OUR_WORD = "canceled"
"""The value of the attendee field itself: who writes it wants the person kept."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with the event, as far as the list says; empty: it does not."""

    status: Status | Literal[""] = ""
    approved: Literal["yes", "no", ""] = ""
    is_declined: bool = False


def standing_of(cells: Mapping[str, str], *, has_code: bool) -> Standing:
    """The standing told by the cells of status, rsvp, paid, canceled and approved."""
    said = {_meaning(part, cells.get(part, "")) for part in YES_AND_NO}
    if _is_canceled(cells.get("canceled", "")):
        said.add("canceled")
    gravest = next((meaning for meaning in GRAVEST_FIRST if meaning in said), "")
    if gravest == "canceled" and not has_code and cells.get("status", "") != OUR_WORD:
        gravest = "declined"
    return _standing(gravest, _approval(cells.get("approved", "")))


def _meaning(part: str, cell: str) -> str:
    meaning = meaning_of(cell)
    if meaning in {"yes", "no"}:
        return YES_AND_NO[part][meaning == "no"]
    return meaning


def _is_canceled(cell: str) -> bool:
    """A yes or the day it happened; not a no, and not "not void"."""
    return bool(cell) and meaning_of(cell) not in {"no", "confirmed", "pending"}


def _approval(cell: str) -> Literal["yes", "no", ""]:
    match meaning_of(cell):
        case "yes" | "confirmed":
            return "yes"
        case "no" | "pending" | "unapproved" | "declined":
            return "no"
        case _:
            return ""


def _standing(gravest: str, approval: Literal["yes", "no", ""]) -> Standing:
    match gravest:
        case "declined":
            return Standing("canceled", approval, is_declined=True)
        case "canceled":
            return Standing("canceled", approval)
        case "unapproved":
            return Standing("pending", approval or "no")
        case "pending":
            return Standing("pending", approval)
        case "confirmed":
            return Standing("confirmed", approval or "yes")
        case _:
            return Standing("", approval)
