"""Finding a person by what staff hear at the door: forgiving, short, not for browsing.

Case, accents, the order of names and one mistyped letter do not matter. Self-service is
narrow: a whole surname and the first letters of the e-mail address, one person at most.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kiosk.find import Found, find
from kiosk.ids import words
from kiosk.model import Attendee
from kiosk.ports import Tx

ROWS_LIMIT = 20
TYPO_SCORE = 75  # rapidfuzz ratio, 0 to 100: one wrong letter in a word of four
TYPO_WORDS = 8  # spellings tried for a mistyped word
EMAIL_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Search:
    event_id: str
    text: str


def search(tx: Tx, query: Search) -> tuple[Attendee, ...]:
    """At most 20 people whose words begin like every word of the text, best first."""
    found = find(tx, query.event_id, query.text)
    if isinstance(found, Found):
        return (found.attendee,)
    terms = words(query.text)
    ids = _matching(tx, query.event_id, terms) or _with_typos(tx, query.event_id, terms)
    people = [person for person in map(tx.attendees.get, ids) if person]
    return tuple(sorted(people, key=lambda person: _rank(person, terms))[:ROWS_LIMIT])


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


def _fits(person: Attendee, surname: str, start: str) -> bool:
    ends_so = words(person.name)[-len(words(surname)) :] == words(surname)
    return ends_so and person.email.casefold().startswith(start.casefold())


def _matching(tx: Tx, event_id: str, terms: tuple[str, ...]) -> set[str]:
    found = [tx.names.beginning(event_id, term) for term in terms]
    return set.intersection(*found) if found else set()


def _with_typos(tx: Tx, event_id: str, terms: tuple[str, ...]) -> set[str]:
    """As `_matching`, but a word nobody has stands for those written almost like it."""
    spellings = tx.names.vocabulary(event_id)
    found = [_almost(tx, event_id, term, spellings) for term in terms]
    return set.intersection(*found) if found else set()


def _almost(tx: Tx, event_id: str, term: str, spellings: tuple[str, ...]) -> set[str]:
    exact = tx.names.beginning(event_id, term)
    if exact:
        return exact
    near = process.extract(
        term, spellings, scorer=fuzz.ratio, limit=TYPO_WORDS, score_cutoff=TYPO_SCORE
    )
    return set().union(*(tx.names.beginning(event_id, word) for word, _, _ in near))


def _rank(person: Attendee, terms: tuple[str, ...]) -> tuple[int, str, str]:
    """People who have the words in their name before those of a company of that name."""
    named = words(person.name)
    hits = sum(any(word.startswith(term) for word in named) for term in terms)
    return -hits, person.name.casefold(), person.id
