"""The words people are looked up by, sorted, so that a beginning is a range of them.

The different beginnings of all words, which a mistyped word is held against, are read once
and kept until the event's words change: each change renews the event's stamp.
"""

from collections.abc import Sequence

from kiosk.ids import new_id, words
from kiosk.model import Attendee
from kiosk.store.session import Session

MATCHES_LIMIT = 2000  # for one word; nobody reads further, and "a" must not fetch everybody
AFTER = "\U0010ffff"  # sorts behind every continuation of a prefix

_kept: dict[tuple[str, int], tuple[str, Sequence[str]]] = {}
"""By event and length: the stamp they were read under, and the beginnings."""


class Names:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, attendee: Attendee) -> None:
        """Index the person's name and company anew, and their e-mail up to the @: by what
        follows it one would find everybody who is with the same provider.
        """
        self.forget(attendee.id)
        of_name = _spellings(attendee.name)
        address, _, _ = attendee.email.partition("@")
        spoken = of_name.union(words(f"{attendee.company} {address}"))
        self._session.run_each(
            "insert into name_words (event_id, word, attendee_id, is_name) "
            "values (:event_id, :word, :id, :is_name)",
            (
                {
                    "event_id": attendee.event_id,
                    "word": word,
                    "id": attendee.id,
                    "is_name": int(word in of_name),
                }
                for word in sorted(spoken)
            ),
        )
        self._session.run(
            "insert into name_stamps (event_id, stamp) values (:event_id, :stamp) "
            "on conflict (event_id) do update set stamp = :stamp",
            {"event_id": attendee.event_id, "stamp": new_id()},
        )

    def forget(self, attendee_id: str) -> None:
        self._session.run(
            "update name_stamps set stamp = :stamp where event_id in "
            "(select event_id from name_words where attendee_id = :id)",
            {"id": attendee_id, "stamp": new_id()},
        )
        self._session.run(
            "delete from name_words where attendee_id = :id", {"id": attendee_id}
        )

    def beginning(self, event_id: str, prefix: str) -> set[str]:
        """Ids of the people one of whose words begins so."""
        rows = self._session.rows(
            "select distinct attendee_id from name_words where event_id = :event_id "
            "and word >= :prefix and word < :after limit :most",
            {
                "event_id": event_id,
                "prefix": prefix,
                "after": prefix + AFTER,
                "most": MATCHES_LIMIT,
            },
        )
        return {row[0] for row in rows}

    def best(self, event_id: str, prefixes: Sequence[str], limit: int) -> Sequence[str]:
        """Ids of people who have a word for each beginning, their name before the rest.

        The longest beginning is looked up; whom it finds is asked for the others.
        """
        longest, *others = sorted(prefixes, key=len, reverse=True)
        sql, parameters = "", {"event_id": event_id, "limit": limit, **_range("", longest)}
        for number, prefix in enumerate(others):
            sql += (
                "and exists (select 1 from name_words o "
                "where o.attendee_id = w.attendee_id "
                f"and o.word >= :from{number} and o.word < :to{number}) "
            )
            parameters |= _range(str(number), prefix)
        rows = self._session.rows(
            "select attendee_id from name_words w where event_id = :event_id "
            f"and word >= :from and word < :to {sql}group by attendee_id "
            "order by max(is_name) desc, min(word), attendee_id limit :limit",
            parameters,
        )
        return [row[0] for row in rows]

    def beginnings(self, event_id: str, length: int) -> Sequence[str]:
        """The different beginnings, of this length, of the event's words; shorter words
        whole, numbers not at all.
        """
        stamp = self._session.value(
            "select stamp from name_stamps where event_id = :id", {"id": event_id}
        )
        kept_under, kept = _kept.get((event_id, length), ("", ()))
        if stamp is None or kept_under == stamp:
            return kept
        rows = self._session.rows(
            "select distinct substr(word, 1, :length) from name_words "
            "where event_id = :id and word >= 'a'",
            {"id": event_id, "length": length},
        )
        found = [row[0] for row in rows]
        _kept[event_id, length] = (stamp, found)
        return found


def _spellings(name: str) -> set[str]:
    """The words of a name; what a hyphen or an apostrophe parts is one word as well."""
    whole = ("".join(words(part)) for part in name.split())
    return {*words(name), *whole} - {""}


def _range(name: str, prefix: str) -> dict[str, str]:
    return {f"from{name}": prefix, f"to{name}": prefix + AFTER}
