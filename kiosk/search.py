"""Finding a person by what staff hear at the door: forgiving, short, not for browsing.

Case, accents, the order of names and one mistyped letter do not matter. Self-service is
narrow: a whole surname and the first letters of the e-mail address, one person at most.
Before somebody is added, whoever is called nearly the same is named, by whole names alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kiosk.find import Found, find
from kiosk.ids import words
from kiosk.model import Attendee
from kiosk.ports import Tx

ROWS_LIMIT = 20
TYPO_SCORE = 75.0  # rapidfuzz ratio, 0 to 100: one wrong letter in a word of four
TYPO_WORDS = 40  # spellings tried for a mistyped word
EXACT_SCORE = 100.0
SHORTEST = 4  # letters of a word that three typed ones are held against: one may be missing
EMAIL_LETTERS = 3
_AFTER_AT = re.compile(r"@\S*")  # an address is known by what stands before
NAMESAKES_LIMIT = 3
NAMESAKE_WORDS = 2  # one is a beginning, which would tell who is on the list
NAMESAKE_SCORE = 85.0  # of whole names: a slip or two, never a beginning


@dataclass(frozen=True, slots=True)
class Search:
    event_id: str
    text: str


def search(tx: Tx, query: Search) -> tuple[Attendee, ...]:
    """At most 20 people whose words begin like every word of the text, best first."""
    found = find(tx, query.event_id, query.text)
    if isinstance(found, Found):
        return (found.attendee,)
    terms = words(_AFTER_AT.sub(" ", query.text))
    if not terms:
        return ()
    ids = tx.names.best(query.event_id, terms, ROWS_LIMIT)
    if ids:
        return tuple(sorted(_people(tx, ids), key=lambda person: _rank(person, terms)))
    return tuple(_people(tx, _with_typos(tx, query.event_id, terms)[:ROWS_LIMIT]))


def search_narrowly(tx: Tx, query: Search) -> tuple[Attendee, ...]:
    """The one person with this code, or this surname and start of an e-mail address."""
    found = find(tx, query.event_id, query.text)
    if isinstance(found, Found):
        return () if found.is_replaced else (found.attendee,)
    surname, _, start = query.text.strip().rpartition(" ")
    if not surname or len(start) < EMAIL_LETTERS:
        return ()
    named = (tx.attendees.get(i) for i in _matching(tx, query.event_id, words(surname)))
    fitting = [person for person in named if person and _fits(person, surname, start)]
    return tuple(fitting) if len(fitting) == 1 else ()


def namesakes(tx: Tx, query: Search) -> tuple[Attendee, ...]:
    """At most three people whose whole name is nearly this one, the nearest first."""
    wanted = words(query.text)
    if len(wanted) < NAMESAKE_WORDS:
        return ()
    people = _people(tx, tx.names.best(query.event_id, wanted, ROWS_LIMIT))
    people += _people(tx, _with_typos(tx, query.event_id, wanted)[:ROWS_LIMIT])
    scores = {person: _likeness(wanted, person) for person in people}
    near = [person for person in scores if scores[person] >= NAMESAKE_SCORE]
    near.sort(key=lambda person: (-scores[person], person.id))
    return tuple(near[:NAMESAKES_LIMIT])


def _likeness(wanted: tuple[str, ...], person: Attendee) -> float:
    return fuzz.token_sort_ratio(" ".join(wanted), " ".join(words(person.name)))


def _fits(person: Attendee, surname: str, start: str) -> bool:
    """In "Lovelace, Ada" and "Ada Lovelace, PhD" the surname stands before the comma."""
    name = words(person.name.partition(",")[0])
    ends_so = name[-len(words(surname)) :] == words(surname)
    return ends_so and person.email.casefold().startswith(start.casefold())


def _matching(tx: Tx, event_id: str, terms: tuple[str, ...]) -> set[str]:
    found = [tx.names.beginning(event_id, term) for term in terms]
    return set.intersection(*found) if found else set()


def _people(tx: Tx, ids: Iterable[str]) -> list[Attendee]:
    return [person for person in map(tx.attendees.get, ids) if person]


def _with_typos(tx: Tx, event_id: str, terms: tuple[str, ...]) -> list[str]:
    """Ids of people who fit every word exactly or nearly, the nearest first.

    A word that somebody has is taken for a slip only when nobody fits otherwise.
    """
    exact = [
        dict.fromkeys(tx.names.beginning(event_id, term), EXACT_SCORE) for term in terms
    ]
    near = [
        whole or _near(tx, event_id, term) for whole, term in zip(exact, terms, strict=True)
    ]
    fitting = _fitting(near)
    if fitting or not any(exact):
        return fitting
    return _fitting(
        [
            {**_near(tx, event_id, term), **whole} if whole else slip
            for whole, slip, term in zip(exact, near, terms, strict=True)
        ]
    )


def _near(tx: Tx, event_id: str, term: str) -> dict[str, float]:
    """People with a word that begins almost like this, and how near it comes."""
    near = process.extract(
        term,
        tx.names.beginnings(event_id, max(len(term), SHORTEST)),
        scorer=fuzz.ratio,
        limit=TYPO_WORDS,
        score_cutoff=TYPO_SCORE,
    )
    found: dict[str, float] = {}
    for prefix, score, _ in near:  # the nearest first
        for attendee_id in tx.names.beginning(event_id, prefix):
            found.setdefault(attendee_id, score)
    return found


def _fitting(scores: Sequence[Mapping[str, float]]) -> list[str]:
    """Who is in all of them, the highest sum first."""
    common = set(scores[0]).intersection(*scores[1:])
    return sorted(common, key=lambda one: (-sum(score[one] for score in scores), one))


def _rank(person: Attendee, terms: tuple[str, ...]) -> tuple[int, str, str]:
    """People who have the words in their name before those of a company of that name."""
    named = words(person.name)
    hits = sum(any(word.startswith(term) for word in named) for term in terms)
    return -hits, person.name.casefold(), person.id
