"""What a restored backup takes over from the database it replaces.

Going back in time must not send a letter twice, write to somebody who unsubscribed since,
show a person to somebody they have withdrawn from since, or let a phone in again that was
unlinked since.
"""

from kiosk.model import UNSENT, Letter
from kiosk.store.rows import assignments, columns, dump, insert
from kiosk.store.session import Session

_UNSENT = ", ".join(f"'{state}'" for state in UNSENT)
_ONE_LETTER = ("event_id", "attendee_id", "kind", "generation")
_PUT_LETTER = (
    f"{insert(Letter, 'letters')} on conflict ({', '.join(_ONE_LETTER)}) do update set "
    f"{assignments(Letter, keep=('id', *_ONE_LETTER))} where letters.state in ({_UNSENT})"
)
_SUPPRESSION = "address_digest, event_id, reason, suppressed_at"
_ENDED_AT = "withdrawn_at", "first_blocked_at", "second_blocked_at"
_ENDINGS = *_ENDED_AT, "withdrawn_by"


def carry_over(old: Session, new: Session) -> int:
    """How many rows of the restored database were changed by what the old one knew."""
    carried = _letters(old, new) + _suppressions(old, new) + _endings(old, new)
    _erased_signs(old, new)  # of whom is told as "forgotten again", not twice
    carried += _unlinked(old, new) + _void_backs(old, new)
    return carried + _leads_taken_back(old, new)


def _letters(old: Session, new: Session) -> int:
    """Letters that are no longer waiting: what was sent stays sent."""
    people = {row[0] for row in new.rows("select id from attendees")}
    settled = old.all(
        Letter, f"select {columns(Letter)} from letters where state not in ({_UNSENT})"
    )
    return new.run_each(
        _PUT_LETTER, (dump(letter) for letter in settled if letter.attendee_id in people)
    )


def _suppressions(old: Session, new: Session) -> int:
    return new.run_each(
        f"insert into suppressions ({_SUPPRESSION}) values (:digest, :event, :reason, :at) "
        "on conflict (address_digest, event_id) do nothing",
        (
            {"digest": digest, "event": event_id, "reason": reason, "at": at}
            for digest, event_id, reason, at in old.rows(
                f"select {_SUPPRESSION} from suppressions"
            )
        ),
    )


def _erased_signs(old: Session, new: Session) -> None:
    """No list brings back who was erased since, not even who joined since as well."""
    events = {row[0] for row in new.rows("select id from events")}
    new.run_each(
        "insert into erased_signs (event_id, digest) values (:event_id, :digest) "
        "on conflict (event_id, digest) do nothing",
        (
            {"event_id": event_id, "digest": digest}
            for event_id, digest in old.rows("select event_id, digest from erased_signs")
            if event_id in events
        ),
    )


def _endings(old: Session, new: Session) -> int:
    """Withdrawals and blocks of connections that the backup still has."""
    ended = old.rows(
        f"select id, {', '.join(_ENDINGS)} from connections "
        f"where {' or '.join(f'{at} is not null' for at in _ENDED_AT)}"
    )
    keep = ", ".join(f"{name} = coalesce({name}, :{name})" for name in _ENDINGS)
    is_news = " or ".join(f"({at} is null and :{at} is not null)" for at in _ENDED_AT)
    return new.run_each(
        f"update connections set {keep} where id = :id and ({is_news})",
        (dict(zip(("id", *_ENDINGS), row, strict=True)) for row in ended),
    )


def _leads_taken_back(old: Session, new: Session) -> int:
    """No sponsor gets again what somebody has taken back."""
    gone = old.rows("select id, withdrawn_at from leads where withdrawn_at is not null")
    return new.run_each(
        "update leads set withdrawn_at = :at where id = :id and withdrawn_at is null",
        ({"id": lead_id, "at": at} for lead_id, at in gone),
    )


def _unlinked(old: Session, new: Session) -> int:
    """Phones that were lost or shut out since the backup stay shut out."""
    gone = old.rows("select id, unlinked_at from phones where unlinked_at is not null")
    return new.run_each(
        "update phones set unlinked_at = :at where id = :id and unlinked_at is null",
        ({"id": phone_id, "at": at} for phone_id, at in gone),
    )


def _void_backs(old: Session, new: Session) -> int:
    """A badge's back that somebody misused since the backup opens nothing again."""
    gone = old.rows(
        "select id, agree_ended_at from badges where agree_ended_at is not null"
    )
    return new.run_each(
        "update badges set agree_ended_at = :at where id = :id and agree_ended_at is null",
        ({"id": badge_id, "at": at} for badge_id, at in gone),
    )
