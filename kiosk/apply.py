"""An event as its organiser wrote it down, made true: created, or changed where it differs.

Applying the same text again changes nothing. A check-in list that has scans or serves a
device is never removed, because its history would hang in the air; nor is a sponsor with
leads or a device. What people agreed to give a sponsor stays as they agreed to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Generic, TypeVar

from kiosk.ids import new_id
from kiosk.model import CheckInList, Event, FollowUp, Sponsor
from kiosk.ports import Tx

N = TypeVar("N", CheckInList, Sponsor)


@dataclass(frozen=True, slots=True)
class ApplyEvent:
    """Event, lists and sponsors as written; their ids are not known yet and stay empty."""

    event: Event
    lists: tuple[CheckInList, ...]
    sponsors: tuple[Sponsor, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `before` is None for what is new, `after` for what is gone."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Applied:
    event: Event
    is_new: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ListsInUse:
    """These lists are not in the text any more and cannot go; nothing was changed."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SponsorsInUse:
    """The same of sponsors."""

    names: tuple[str, ...]


def apply(
    tx: Tx, command: ApplyEvent, now: datetime
) -> Applied | ListsInUse | SponsorsInUse:
    """Create or update the event with this slug, its lists and sponsors, known by name.

    A new event has no changes to tell.
    """
    known = tx.events.by_slug(command.event.slug)
    event = replace(command.event, id=known.id if known else new_id())
    lists = _compared(event, tx.events.lists(event.id), command.lists)
    sponsors = _compared(event, tx.sponsors.of_event(event.id), command.sponsors)
    if used := [rule.name for rule in lists.gone if _is_in_use(tx, rule)]:
        return ListsInUse(tuple(used))
    if used := [one.name for one in sponsors.gone if _is_known(tx, one)]:
        return SponsorsInUse(tuple(used))
    (tx.events.change if known else tx.events.add)(event)
    _put(lists, tx.events.put_list, tx.events.remove_list)
    _put(sponsors, tx.sponsors.put, tx.sponsors.remove)
    if known is None:
        return Applied(event, is_new=True, changes=())
    told = [
        *_event_changes(known, event),
        *_named_changes("list", lists),
        *_named_changes("sponsor", sponsors),
    ]
    return Applied(event, is_new=False, changes=tuple(told))


@dataclass(frozen=True, slots=True)
class _Compared(Generic[N]):
    """Lists or sponsors by name, as they are and as they will be."""

    before: dict[str, N]
    after: dict[str, N]

    @property
    def gone(self) -> list[N]:
        return [one for name, one in self.before.items() if name not in self.after]


def _compared(event: Event, known: Sequence[N], wanted: Sequence[N]) -> _Compared[N]:
    before = {one.name: one for one in known}
    ids = {name: one.id for name, one in before.items()}
    after = {
        one.name: replace(one, id=ids.get(one.name) or new_id(), event_id=event.id)
        for one in wanted
    }
    return _Compared(before, after)


def _put(
    them: _Compared[N], put: Callable[[N], None], remove: Callable[[str], None]
) -> None:
    for one in them.after.values():
        put(one)
    for one in them.gone:
        remove(one.id)


def _is_in_use(tx: Tx, rule: CheckInList) -> bool:
    serves = any(
        device.list_name == rule.name and device.revoked_at is None
        for device in tx.devices.of_event(rule.event_id)
    )
    return serves or tx.events.has_scans(rule.id)


def _is_known(tx: Tx, sponsor: Sponsor) -> bool:
    """Whether anybody said yes to it, or a device was ever its own."""
    devices = tx.devices.of_event(sponsor.event_id)
    has_device = any(device.sponsor_id == sponsor.id for device in devices)
    return has_device or tx.leads.count(sponsor.id) > 0


def _event_changes(before: Event, after: Event) -> list[Change]:
    names = [field.name for field in fields(Event) if field.name != "follow_up"]
    return [
        *_differences("", names, before, after),
        *_differences(
            "follow_up.",
            [field.name for field in fields(FollowUp)],
            before.follow_up,
            after.follow_up,
        ),
    ]


def _named_changes(kind: str, them: _Compared[N]) -> list[Change]:
    changes = []
    for name in sorted(them.before.keys() | them.after.keys()):
        old, new = them.before.get(name), them.after.get(name)
        if old and new:
            names = [field.name for field in fields(old)]
            changes += _differences(f"{kind} {name}: ", names, old, new)
        else:
            changes.append(Change(kind, old and old.name, new and new.name))
    return changes


def _differences(
    prefix: str, names: list[str], before: object, after: object
) -> list[Change]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [Change(prefix + name, old, new) for name, old, new in pairs if old != new]
