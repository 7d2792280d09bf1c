"""What a tablet may hold to judge and greet by itself: one stretch of the sealed roster.

A tablet says how far it has read and gets what changed since, at most `PEOPLE_LIMIT`
people at a time. Each person comes whole: an entry for the badge that counts, one for each
badge it replaced (which says just that) and one for each ticket code, which only says
whose badge code it stands for. Somebody who is erased comes with no entry.

A ticket code opens an entry only when it is hard to guess: with a stolen roster codes can
be tried at leisure, so one needs 64 bits beyond what all codes of the event begin with.
Shops' random codes have more; a shorter or numbered one is judged by the server alone.
What is not sealed is said of nobody: combinations of ticket, state and language, and the
doors that were passed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from math import log2
from string import ascii_lowercase, ascii_uppercase, digits

from kiosk.ids import ALPHABET, badge_code
from kiosk.model import Attendee, Event, Listed, Position, Status, Visit
from kiosk.ports import Tx

PEOPLE_LIMIT = 250
GUESSES_BITS = 64
REPLACED = b"\x03"
_TICKET_MARKS: dict[Status, bytes] = {
    "confirmed": b"\x00",
    "pending": b"\x01",
    "canceled": b"\x02",
}
_NUMERALS = str.maketrans(ALPHABET, (digits + ascii_lowercase)[: len(ALPHABET)])


@dataclass(frozen=True, slots=True)
class Standing:
    """What many people have in common, said once and in clear for all of them."""

    status: Status
    approved: bool
    blocked: bool
    language: str
    ticket_types: tuple[str, ...]
    shares: tuple[str, ...] | None
    valid_from: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Kinds of scans on a list, in order, and the device of the last entry; in clear."""

    list_name: str
    kinds: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """A place in the roster; code and content of what is locked there."""

    place: int
    entries: tuple[tuple[str, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the roster; `is_whole` when it begins anew and what was held is void."""

    until: Position
    is_last: bool
    is_whole: bool
    people: tuple[Person, ...] = ()
    standings: tuple[Standing, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Read on after `since`; `with_attention` for staff's devices alone."""

    event: Event
    since: Position | None
    with_attention: bool
    key: bytes = field(repr=False)


def read_on(tx: Tx, command: ReadOn) -> Stretch:
    """What changed next; from the beginning without a position, or with one of no use."""
    latest = tx.rosters.latest(command.event.id)
    since, is_whole = command.since, False
    if since is None or not _leads_to(since, latest):
        since, is_whole = Position(latest.epoch, 0, latest.scans), True
    until, ids, is_last = _next(tx, command.event.id, since)
    return _written(tx, command, ids, Stretch(until, is_last, is_whole))


def _leads_to(since: Position, latest: Position) -> bool:
    return (
        since.epoch == latest.epoch
        and since.people <= latest.people
        and since.scans <= latest.scans
    )


def _next(tx: Tx, event_id: str, since: Position) -> tuple[Position, Sequence[str], bool]:
    """Whom to tell of next and how far that is: first people who changed, then scans."""
    changed = tx.rosters.changed(event_id, since.people, PEOPLE_LIMIT)
    people = changed[-1][0] if changed else since.people
    ids = [attendee_id for _, attendee_id in changed]
    if len(ids) == PEOPLE_LIMIT:
        return Position(since.epoch, people, since.scans), ids, False
    scanned = tx.rosters.scanned(event_id, since.scans, PEOPLE_LIMIT)
    scans = scanned[-1][0] if scanned else since.scans
    ids += [attendee_id for _, attendee_id in scanned if attendee_id]
    until = Position(since.epoch, people, scans)
    return until, list(dict.fromkeys(ids)), len(scanned) < PEOPLE_LIMIT


def _written(tx: Tx, command: ReadOn, ids: Sequence[str], stretch: Stretch) -> Stretch:
    if not ids:
        return stretch
    pen = _Pen(tx, command)
    people = tuple(pen.person(listed) for listed in tx.rosters.listed(ids))
    return Stretch(
        stretch.until,
        stretch.is_last,
        stretch.is_whole,
        people,
        tuple(pen.standings),
        tuple(pen.passages),
    )


class _Pen:
    """Writes entries, and numbers what they have in common as it comes along."""

    def __init__(self, tx: Tx, command: ReadOn) -> None:
        self._command = command
        self._shared = _beginning(*tx.rosters.ticket_range(command.event.id))
        event_id = command.event.id
        self._lists = {rule.id: rule.name for rule in tx.events.lists(event_id)}
        self._devices = {one.id: one.name for one in tx.devices.of_event(event_id)}
        self.standings: dict[Standing, int] = {}
        self.passages: dict[Passage, int] = {}

    def person(self, listed: Listed) -> Person:
        if listed.attendee is None:
            return Person(listed.place, ())
        content = self._content(listed, listed.attendee)
        return Person(listed.place, tuple(self._entries(listed, content)))

    def _entries(self, listed: Listed, content: bytes) -> Iterator[tuple[str, bytes]]:
        home = None
        for badge_id, is_replaced in listed.badges:
            code = badge_code(self._command.key, badge_id)
            yield code, REPLACED if is_replaced else content
            home = home if is_replaced else code
        for code, _, status in listed.tickets:
            if home and is_hard_to_guess(code.removeprefix(self._shared)):
                yield code, _TICKET_MARKS[status] + packed(home)

    def _content(self, listed: Listed, person: Attendee) -> bytes:
        """Number of the standing, name, company, visits, pronouns, note to staff."""
        standing = _standing(listed, person)
        visits = (self._visit(visit) for visit in listed.visits)
        attention = person.attention if self._command.with_attention else ""
        texts = (person.name, person.company, " ".join(visits), person.pronouns, attention)
        number = self.standings.setdefault(standing, len(self.standings))
        plain = (" ".join(text.split()) for text in texts)
        return "\t".join((str(number), *plain)).rstrip("\t").encode()

    def _visit(self, visit: Visit) -> str:
        """Number of the passage and, after an entry, its minute since doors opened."""
        list_name = self._lists.get(visit.list_id, "")
        place = self._devices.get(visit.last_in_at_device or "", "")
        passage = Passage(list_name, visit.kinds, place)
        number = self.passages.setdefault(passage, len(self.passages))
        if visit.last_in_at is None:
            return str(number)
        passed = visit.last_in_at - self._command.event.opens_at
        return f"{number},{int(passed.total_seconds() // 60)}"


def is_hard_to_guess(code: str) -> bool:
    """Whether trying out codes of this length and alphabet is hopeless."""
    alphabets = (digits, ascii_lowercase, ascii_uppercase)
    size = sum(len(some) for some in alphabets if not set(some).isdisjoint(code))
    length = sum(char.isalnum() for char in code)
    return length * log2(max(size, 1)) >= GUESSES_BITS


def packed(code: str) -> bytes:
    """The 80 bits of a badge code."""
    return int(code.translate(_NUMERALS), len(ALPHABET)).to_bytes(10, "big")


def _beginning(first: str, last: str) -> str:
    """What two texts begin with: of a sorted range, what all in it begin with."""
    pairs = zip(first, last, strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _standing(listed: Listed, person: Attendee) -> Standing:
    extra = (kind for _, kind, status in listed.tickets if status != "canceled")
    return Standing(
        status=person.status,
        approved=person.approved,
        blocked=bool(person.blocked),
        language=person.language,
        ticket_types=tuple(sorted({person.ticket_type, *extra})),
        shares=person.share,
        valid_from=person.valid_from,
        valid_until=person.valid_until,
    )
