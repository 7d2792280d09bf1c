"""At most three people worth looking for: their offer meets my wish, or the reverse.

Only among people who joined, who are at the event, and who have nothing with me yet, nor
with whom I let an introduction pass; each with its reason, the words that met. Words are
compared without capitals, accents, articles and endings; one that many people use weighs
less. Never a ranking of people, never a feed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Literal

from kiosk.door import person_refusal
from kiosk.model import Attendee
from kiosk.ports import Tx

AT_MOST = 3
STEM = 5  # letters that two forms of one word have in common
ENDING = 4  # letters by which they may differ
SHORTEST = 3  # letters of a word that says something; "Go" and "AI" are known below

_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
_SPELT_ALIKE = str.maketrans({"ß": "ss", "ة": "ه", "ى": "ي"})
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_SHORT_WORDS = "ai ar bi c# c++ ci cv db go hr ki ml pr qa r ui ux vr"
# As `_plain` writes them.
_EMPTY_WORDS = """
the and for with from about who can you your our are how what help looking offer need some
any have want more new people someone somebody good like know would could should will meet
talk talking just also very much many other others this that these those they them their
there here into than then when where which while been being has had his her its not all
one two lot lots learn find get give let make really love und der die das mit fur von ein
eine einen einer einem wie was wer kann ich wir mir mich uns sie ihr den dem des bei aus
auf zum zur oder auch nicht noch nur sehr gern gerne mehr ist sind bin habe haben mochte
wurde jemand jemanden jemandem leute suche suchen biete hilfe les des une pour avec dans sur
qui que est sont suis mon mes ton nos vos leur plus tres tout tous toute par aux cette
quelqu cherche offre aide voudrais personne personnes los las una con para por del unos
unas mis sus mas muy todo todos esta este estoy soy quiero alguien gente busco ofrezco ayuda
من في علي الي عن مع هذا هذه التي الذي كل او ان انا نحن اي شخص احد ابحث اقدم اريد مساعده
"""
_SHORT = frozenset(_SHORT_WORDS.split())
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Suggest:
    attendee_id: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` says whose offer it is; `words` are as the other person wrote them."""

    person: Attendee
    kind: Literal["they_offer", "they_look_for"]
    mine: str
    theirs: str
    words: tuple[str, ...]


def suggest(tx: Tx, command: Suggest, now: datetime) -> tuple[Suggestion, ...]:
    """Three at most, the best first; none for somebody who has not joined."""
    del now
    me = tx.attendees.get(command.attendee_id)
    if me is None or person_refusal(me):
        return ()
    if tx.preferences.get(me.id).suggestions_at is None:
        return ()
    people = _possible(tx, me)
    weights = _weights([me, *people])
    scored = [
        (score, found)
        for person in people
        for score, found in [_best(me, person, weights)]
        if found
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].person.id))
    return tuple(found for _, found in scored[:AT_MOST])


def _possible(tx: Tx, me: Attendee) -> Sequence[Attendee]:
    """Who joined, is in, and has neither met, asked, blocked nor refused me, nor I them."""
    inside = tx.scans.checked_in_ids(me.event_id)
    known = {one.other(me.id) for one in tx.connections.of_attendee(me.id)}
    known |= {
        offer.other(me.id)
        for offer in tx.introductions.of_attendee(me.id)
        if offer.declined_by == me.id
    }
    joined = [
        preferences.attendee_id
        for preferences in tx.preferences.of_event(me.event_id)
        if preferences.suggestions_at
    ]
    wanted = [one for one in joined if one in inside and one not in known and one != me.id]
    people = filter(None, map(tx.attendees.get, wanted))
    return [person for person in people if not person_refusal(person)]


def _best(
    me: Attendee, other: Attendee, weights: Mapping[str, float]
) -> tuple[float, Suggestion | None]:
    """The better of the two reasons, and how much it weighs."""
    offered = _common(me.asks, other.offers)
    wanted = _common(me.offers, other.asks)
    they_offer = Suggestion(other, "they_offer", me.asks, other.offers, offered)
    they_look = Suggestion(other, "they_look_for", me.offers, other.asks, wanted)
    reasons = [(_weight(one.words, weights), one) for one in (they_offer, they_look)]
    score, best = max(reasons, key=lambda pair: pair[0])
    return score, best if best.words else None


def _common(mine: str, theirs: str) -> tuple[str, ...]:
    """The words of the second text that the first has in some form, each once."""
    wanted = [_plain(word) for word in _words(mine)]
    found = {
        _plain(word)[:STEM]: word
        for word in reversed(_words(theirs))
        if any(_alike(_plain(word), one) for one in wanted)
    }
    return tuple(reversed(found.values()))


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(_plain(word)[:STEM], 1.0) for word in words)


def _weights(people: Sequence[Attendee]) -> Mapping[str, float]:
    """The fewer use a word, the more it says."""
    used: Counter[str] = Counter()
    for person in people:
        words = _words(f"{person.offers} {person.asks}")
        used.update({_plain(word)[:STEM] for word in words})
    return {word: log(1 + len(people) / count) for word, count in used.items()}


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if _says_something(_plain(word))]


def _says_something(word: str) -> bool:
    if word in _SHORT or not word.isascii():
        return word not in _EMPTY
    return len(word) >= SHORTEST and word not in _EMPTY


def _plain(word: str) -> str:
    """The word without capitals, accents and the Arabic article."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_SPELT_ALIKE))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _ARTICLE.sub("", plain)


def _alike(one: str, other: str) -> bool:
    """The same word, or one that begins alike: mentor and mentoring."""
    if one == other:
        return True
    is_near = abs(len(one) - len(other)) <= ENDING
    return is_near and len(min(one, other, key=len)) >= STEM and one[:STEM] == other[:STEM]
