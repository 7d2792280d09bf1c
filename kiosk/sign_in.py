"""An organiser comes to the desk: recognised by a password, remembered by a token.

Recognising costs as much for an address nobody has as for a wrong password, so the time
tells nothing. It is done outside any transaction, one at a time (19 MiB each), and only
then is the session written. The store keeps the token's digest, never the token.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock

from kiosk.ids import digest, new_token
from kiosk.model import Organiser, SignIn
from kiosk.passwords import hash_password, verify_password
from kiosk.ports import Tx

SIGNED_IN_FOR = timedelta(hours=14)  # a long conference day, not the night after it
PASSWORD_MAX_LENGTH = 1024
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Recognised:
    """The organiser who gave the right password, and the token of the session to open."""

    organiser: Organiser
    token: str


def recognise(organiser: Organiser | None, password: str) -> Recognised | None:
    """Who this is when the password is theirs; None for nobody and for a wrong password."""
    known_hash = organiser.password_hash if organiser else _hash_of_nobody()
    with _one_at_a_time:
        is_right = verify_password(known_hash, password[:PASSWORD_MAX_LENGTH])
    return Recognised(organiser, new_token()) if organiser and is_right else None


def sign_in(tx: Tx, who: Recognised, now: datetime) -> SignIn:
    """Open the session; sessions that ended days ago are forgotten on the way."""
    tx.sign_ins.forget_before(now - SIGNED_IN_FOR)
    session = SignIn(digest(who.token), who.organiser.id, now, now + SIGNED_IN_FOR)
    tx.sign_ins.add(session)
    return session


def sign_out(tx: Tx, token: str, now: datetime) -> None:
    """End the session of this token, if it stands."""
    tx.sign_ins.end(digest(token), now)


def change_password(tx: Tx, changed: Organiser, now: datetime) -> int:
    """Keep the organiser's new hash; how many sessions ended, whoever held them."""
    tx.organisers.change(changed)
    return tx.sign_ins.end_all(changed.id, now)


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return hash_password(new_token())
