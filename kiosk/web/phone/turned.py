"""A badge that was turned over: both its codes, scanned from its back or typed.

Five wrong tries an hour are heard for one badge, and thirty in ten minutes from one
address; a slip that the check symbol finds is no try. Every refusal is the same page,
whether the badge exists or not.
"""

from datetime import datetime

from flask import request

from kiosk.ids import canonical_back, digest, keyed_digest
from kiosk.link import Linked, Refusal, TurnedAway, TurnOver, turn_over
from kiosk.web.house import house

TRIES_PER_BADGE = 5
TRIES_PER_ADDRESS = 30
TYPED_LENGTH = 200


def given() -> str:
    """What the form holds: the codes of both sides, or all in one field."""
    typed = request.form.get("front", "") + request.form.get("back", "")
    return (typed or request.form.get("token", ""))[:TYPED_LENGTH]


def is_back(text: str) -> bool:
    """Whether this is meant as a badge's back, right or wrong."""
    return "back" in request.form or not has_slip(text)


def has_slip(text: str) -> bool:
    """Whether the check symbol says that this stands on no badge."""
    return canonical_back(text) is None


def turned(command: TurnOver, now: datetime) -> Linked | TurnedAway | int:
    """What becomes of the try, or in how many seconds another one is heard."""
    caller, badge = _counted(command.text)
    misses, backs = house().misses, house().backs
    if wait := misses.attempt(caller, TRIES_PER_ADDRESS, now):
        return wait
    if wait := backs.attempt(badge, TRIES_PER_BADGE, now):
        return wait
    outcome = house().store.write(turn_over, command, now)
    if is_right(outcome):
        misses.take_back(caller, now)
        backs.take_back(badge, now)
    return outcome


def is_right(outcome: Linked | TurnedAway) -> bool:
    """Whether both codes were those of one badge."""
    return isinstance(outcome, Linked) or outcome.reason == Refusal.PHONE_OF_ANOTHER


def _counted(text: str) -> tuple[str, str]:
    """Whose tries these are, and of which badge; neither is kept as it is."""
    front, _ = canonical_back(text) or ("", "")
    caller = keyed_digest(house().settings.secret_key, request.remote_addr or "")
    return f"back {caller}", digest(front)
