"""An event as its organiser wrote it down, made true: created, or changed where it differs.

Applying the same text again changes nothing. A check-in list that has scans or serves a
device is never removed, because its history would hang in the air.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from kiosk.ids import new_id
from kiosk.model import CheckInList, Event, FollowUp
from kiosk.ports import Tx


@dataclass(frozen=True, slots=True)
class ApplyEvent:
    """`event` and `lists` as written; their ids are not known yet and stay empty."""

    event: Event
    lists: tuple[CheckInList, ...]


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


def apply(tx: Tx, command: ApplyEvent, now: datetime) -> Applied | ListsInUse:
    """Create or update the event with this slug and its lists, known by name.

    A new event has no changes to tell.
    """
    known = tx.events.by_slug(command.event.slug)
    event = replace(command.event, id=known.id if known else new_id())
    before = {rule.name: rule for rule in tx.events.lists(event.id)}
    after = {rule.name: _settled(rule, event, before) for rule in command.lists}
    gone = [rule for name, rule in before.items() if name not in after]
    if used := [rule.name for rule in gone if _is_in_use(tx, rule)]:
        return ListsInUse(tuple(used))
    (tx.events.change if known else tx.events.add)(event)
    for rule in after.values():
        tx.events.put_list(rule)
    for rule in gone:
        tx.events.remove_list(rule.id)
    changes = (
        [*_event_changes(known, event), *_list_changes(before, after)] if known else []
    )
    return Applied(event, known is None, tuple(changes))


def _settled(
    rule: CheckInList, event: Event, before: dict[str, CheckInList]
) -> CheckInList:
    known = before.get(rule.name)
    return replace(rule, id=known.id if known else new_id(), event_id=event.id)


def _is_in_use(tx: Tx, rule: CheckInList) -> bool:
    serves = any(
        device.list_name == rule.name and device.revoked_at is None
        for device in tx.devices.of_event(rule.event_id)
    )
    return serves or tx.events.has_scans(rule.id)


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


def _list_changes(
    before: dict[str, CheckInList], after: dict[str, CheckInList]
) -> list[Change]:
    names = [field.name for field in fields(CheckInList)]
    changes = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old and new:
            changes += _differences(f"list {name}: ", names, old, new)
        else:
            changes.append(Change("list", old and old.name, new and new.name))
    return changes


def _differences(
    prefix: str, names: list[str], before: object, after: object
) -> list[Change]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [Change(prefix + name, old, new) for name, old, new in pairs if old != new]
