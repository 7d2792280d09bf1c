"""Which row of a list is which person that is known already.

Rows and people are paired by the surest sign first: external id, ticket code, e-mail and
name, name and company, name alone. Where several are alike, the n-th row is the n-th person
when both sides have an id, a code or an address and these differ.
"""

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from kiosk.model import Attendee, Registration

LOOK_AT_MOST = 32  # alike but contradicting people to look at before a row counts as new
_PLACEHOLDER = re.compile(r"Guest (\d+)")
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def placeholder_number(name: str) -> int:
    """The n of "Guest n", the name of a person whose list gave none; else 0."""
    found = _PLACEHOLDER.fullmatch(name)
    return int(found[1]) if found else 0


def folded(text: str) -> str:
    """A name as it is compared: width, capitals and blanks mean nothing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def match(
    rows: Sequence[Registration],
    people: Iterable[Attendee],
    codes: Mapping[str, Iterable[str]],
) -> list[Attendee | None]:
    """For each row the person it speaks of, or None for somebody new; nobody twice.

    `codes` are the ticket codes of the people, by attendee id.
    """
    known = sorted(
        people, key=lambda person: (person.registered_at or _EARLIEST, person.id)
    )
    left, right = _without_shared_ids(
        [_who_registers(row) for row in rows],
        [_who_attends(person, codes.get(person.id, ())) for person in known],
    )
    found: list[Attendee | None] = [None] * len(rows)
    taken: set[int] = set()
    for signs, agrees in _LEVELS:
        shelves = _shelve(right, signs, taken)
        for place, row in enumerate(left):
            if found[place] is None:
                person = _first(row, signs(row), shelves, _Fit(agrees, right, taken))
                found[place] = None if person is None else known[person]
    return found


def once_each(
    rows: Iterable[Registration],
) -> tuple[list[Registration], tuple[tuple[int, str], ...]]:
    """The rows without those whose ticket code stood in an earlier row."""
    kept: list[Registration] = []
    skipped: list[tuple[int, str]] = []
    codes: set[str] = set()
    for row in rows:
        if row.ticket_code and row.ticket_code in codes:
            skipped.append((row.row, "duplicate_code"))
        else:
            codes.add(row.ticket_code)
            kept.append(row)
    return kept, tuple(skipped)


@dataclass(frozen=True, slots=True)
class _Who:
    """The signs by which a row or a person can be told; all in their comparable form."""

    external_id: str
    codes: tuple[str, ...]
    email: str
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class _Fit:
    """What makes a pair: free, and in agreement."""

    agrees: Callable[[_Who, _Who], bool]
    people: Sequence[_Who]
    taken: set[int]


Signs = Callable[[_Who], Iterable[Hashable]]


def _who_registers(row: Registration) -> _Who:
    codes = [row.ticket_code, *(code for code, _, _ in row.tickets)]
    return _Who(
        row.external_id,
        tuple(code for code in codes if code),
        folded(row.email),
        folded(row.name),
        folded(row.company),
    )


def _who_attends(person: Attendee, codes: Iterable[str]) -> _Who:
    listed = person.as_listed
    name = "" if placeholder_number(listed.name) else listed.name
    return _Who(
        person.external_id,
        tuple(codes),
        folded(person.email),
        folded(name),
        folded(listed.company),
    )


def _without_shared_ids(
    rows: list[_Who], people: list[_Who]
) -> tuple[list[_Who], list[_Who]]:
    """An id that several have, an order's number perhaps, tells nobody apart: drop it."""
    shared = {
        external_id
        for side in (rows, people)
        for external_id, count in Counter(who.external_id for who in side).items()
        if count > 1
    }
    return _dropping(rows, shared), _dropping(people, shared)


def _dropping(side: list[_Who], shared: set[str]) -> list[_Who]:
    return [
        replace(who, external_id="") if who.external_id in shared else who for who in side
    ]


def _shelve(
    people: Sequence[_Who], signs: Signs, taken: set[int]
) -> dict[Hashable, deque[int]]:
    shelves: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, person in enumerate(people):
        if place not in taken:
            for sign in signs(person):
                shelves[sign].append(place)
    return shelves


def _first(
    row: _Who,
    signs: Iterable[Hashable],
    shelves: Mapping[Hashable, deque[int]],
    fit: _Fit,
) -> int | None:
    """Take the first free person on the row's shelves with whom it agrees."""
    for sign in signs:
        shelf = shelves.get(sign, deque())
        while shelf and shelf[0] in fit.taken:
            shelf.popleft()
        for place in islice(shelf, LOOK_AT_MOST):
            if place not in fit.taken and fit.agrees(row, fit.people[place]):
                fit.taken.add(place)
                return place
    return None


def _always(_row: _Who, _person: _Who) -> bool:
    return True


def _no_contradiction(row: _Who, person: _Who) -> bool:
    return (
        _may_be_same(row.external_id, person.external_id)
        and _may_be_same(row.email, person.email)
        and (
            not row.codes or not person.codes or not set(row.codes).isdisjoint(person.codes)
        )
    )


def _one_is_nameless(row: _Who, person: _Who) -> bool:
    return not (row.name and person.name) and _no_contradiction(row, person)


def _may_be_same(one: str, other: str) -> bool:
    return not one or not other or one == other


def _whole(*signs: str) -> tuple[Hashable, ...]:
    return (signs,) if all(signs) else ()


_LEVELS: tuple[tuple[Signs, Callable[[_Who, _Who], bool]], ...] = (
    (lambda who: _whole(who.external_id), _always),
    (lambda who: who.codes, _always),
    (lambda who: _whole(who.email, who.name), _no_contradiction),
    (lambda who: _whole(who.name, who.company), _no_contradiction),
    (lambda who: _whole(who.name), _no_contradiction),
    (lambda who: _whole(who.email), _one_is_nameless),
    (lambda who: () if who.name or who.email else ((who.company,),), _no_contradiction),
)
