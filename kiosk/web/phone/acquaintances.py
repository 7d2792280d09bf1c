"""The people I met, as my list holds them: starred first, and the shelves to look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kiosk.model import Meeting, Promise
from kiosk.shown import met
from kiosk.words import N_, _

SHELVES = {
    "starred": N_("Starred"),
    "promised": N_("Promised"),
    "resting": N_("Resting"),
}
TAGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Known:
    """One person I met, with what they share in a list and what I keep of them."""

    id: str
    name: str
    company: str
    role: str
    is_starred: bool
    is_resting: bool
    tags: tuple[str, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The part of the list that is asked for; whole when it names nothing."""

    only: str = ""
    tag: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.only or self.tag)

    @property
    def address(self) -> dict[str, str]:
        """What an address says to ask for it."""
        asked = {"only": self.only, "tag": self.tag}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link above the list."""

    text: str
    shelf: Shelf
    count: int
    is_open: bool


def known(meetings: Sequence[Meeting], promises: Sequence[Promise]) -> list[Known]:
    """Everybody I am connected with, starred ones first, else as `meetings` come."""
    open_ones: dict[str, list[Promise]] = {}
    for promise in promises:
        if promise.done_at is None:
            open_ones.setdefault(promise.connection_id, []).append(promise)
    people = [
        one
        for meeting in meetings
        if (one := _known(meeting, open_ones.get(meeting.connection.id, ())))
    ]
    return sorted(people, key=lambda one: not one.is_starred)


def shelf_of(asked: Mapping[str, str]) -> Shelf:
    """What an address asks for; an unknown shelf is the whole list."""
    only = asked.get("only", "")
    if only in SHELVES:
        return Shelf(only=only)
    return Shelf(tag=asked.get("tag", ""))


def chosen(people: Sequence[Known], shelf: Shelf) -> list[Known]:
    return [one for one in people if _is_on(one, shelf)]


def choices(people: Sequence[Known], shelf: Shelf) -> list[Choice]:
    """The shelves that hold somebody, and the one that is open; none when all is one."""
    offered = [Shelf(), Shelf("starred"), Shelf("promised")]
    offered += [Shelf(tag=word) for word in _tags(people)]
    if shelf not in offered:
        offered.append(shelf)
    counted = [(one, len(chosen(people, one))) for one in offered]
    shown = [
        Choice(_text(one), one, count, one == shelf)
        for one, count in counted
        if count or one == shelf
    ]
    return shown if len(shown) > 1 else []


def _known(meeting: Meeting, promises: Sequence[Promise]) -> Known | None:
    them, mine = met(meeting), meeting.mine
    if them is None:
        return None
    return Known(
        id=meeting.connection.id,
        name=them.name or _("Somebody"),
        company=them.company,
        role=them.role,
        is_starred=bool(mine and mine.starred_at),
        is_resting=bool(mine and mine.rested_at),
        tags=mine.tags if mine else (),
        promises=tuple(promises),
    )


def _is_on(one: Known, shelf: Shelf) -> bool:
    match shelf.only:
        case "resting":
            return one.is_resting
        case "starred":
            return one.is_starred and not one.is_resting
        case "promised":
            return bool(one.promises)
        case _:
            wears = not shelf.tag or shelf.tag in one.tags
            return wears and (bool(shelf.tag) or not one.is_resting)


def _tags(people: Sequence[Known]) -> list[str]:
    """The tags that most people wear."""
    counted = Counter(chain.from_iterable(one.tags for one in people))
    return [word for word, _count in counted.most_common(TAGS_SHOWN)]


def _text(shelf: Shelf) -> str:
    if shelf.only:
        return _(SHELVES[shelf.only])
    return f"#{shelf.tag}" if shelf.tag else _("All")
