"""Scans a tablet kept, brought to the desk as a file when it can send nothing any more.

They go the way of all scans, as the device that made them, revoked or not. The tablet may
send them as well: each counts once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import msgspec
from flask import Response, request
from msgspec import Raw, Struct

from kiosk.act import Doing, ReceiveActs, receive_acts_of
from kiosk.aside import Malformed
from kiosk.judge import Reading
from kiosk.model import Device
from kiosk.ports import Tx
from kiosk.scan import Receive, receive
from kiosk.web.acts import read_act
from kiosk.web.desk.devices import show_devices
from kiosk.web.desk.room import blueprint, event_named
from kiosk.web.house import house
from kiosk.web.replies import go
from kiosk.web.scans import read_scan

CHUNK = 100  # kept in one transaction; doors wait for no more than that
FORMAT = "hallway-kept-scans"
Entry = Reading | Doing | Malformed


class Part(Struct):
    """What one device kept; a tablet may have been several."""

    device_id: str
    scans: list[Raw] = []
    acts: list[Raw] = []


class KeptFile(Struct):
    """As static/js/tablet/rescue.js writes it."""

    format: str
    devices: list[Part]


@dataclass(frozen=True, slots=True)
class Rescued:
    """Some of what a device kept, all scans or all acts, in their order."""

    device: Device
    entries: tuple[Entry, ...]
    are_acts: bool
    key: bytes


@blueprint.post("/events/<slug>/devices/kept-scans")
def take_kept_scans(slug: str) -> Response:
    """How many were new, known and refused is said on the tablets' page."""
    told = _told()
    if told is None:
        sentence = "This is not a file that a tablet has saved, or not all of one."
        return show_devices(slug, {"kept": sentence})
    parts = _of_event(slug, told)
    if not parts:
        sentence = (
            "No tablet of this event has saved it. Take it to the other event's desk."
        )
        return show_devices(slug, {"kept": sentence})
    counts = {"new": 0, "known": 0, "refused": 0}
    for device, part in parts:
        for batch in _batches(device, part):
            for word in house().store.write(_take, batch, house().now()):
                counts[word] += 1
        house().store.write(_note_brought, device, house().now())
    return go("desk.devices", slug=slug, **counts)


def _told() -> KeptFile | None:
    file = request.files.get("kept")
    try:
        told = msgspec.json.decode(file.read() if file else b"", type=KeptFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return told if told.format == FORMAT else None


def _of_event(slug: str, told: KeptFile) -> list[tuple[Device, Part]]:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        found = [(tx.devices.get(part.device_id), part) for part in told.devices]
    return [
        (device, part) for device, part in found if device and device.event_id == event.id
    ]


def _batches(device: Device, part: Part) -> Iterator[Rescued]:
    """In the order in which things happened: an act may make the badge of the next scan."""
    scans: list[tuple[Entry, bool]] = [(read_scan(bytes(one)), False) for one in part.scans]
    key = house().settings.secret_key
    acts: list[tuple[Entry, bool]] = [(read_act(bytes(it), key), True) for it in part.acts]
    ordered = sorted(scans + acts, key=lambda pair: pair[0].seq or 0)
    for are_acts, alike in groupby(ordered, key=lambda pair: pair[1]):
        entries = [entry for entry, _ in alike]
        for start in range(0, len(entries), CHUNK):
            some = tuple(entries[start : start + CHUNK])
            yield Rescued(device, some, are_acts, key)


def _take(tx: Tx, command: Rescued, now: datetime) -> tuple[str, ...]:
    """For each: "new", "known" or "refused"."""
    device, entries = command.device, command.entries
    if command.are_acts:
        acts = tuple(one for one in entries if not isinstance(one, Reading))
        done = receive_acts_of(tx, ReceiveActs(device, acts, command.key), now)
        return tuple(_word(one.outcome, is_known=one.replayed) for one in done)
    scans = tuple(one for one in entries if not isinstance(one, Doing))
    answers = receive(tx, Receive(device, scans), now)
    return tuple(_word(one.outcome, is_known=one.replayed) for one in answers)


def _note_brought(tx: Tx, device: Device, _: datetime) -> None:
    """Nothing is known to wait on it any more, although it has not been heard."""
    if device.seen_at:
        tx.devices.note_seen(device.id, 0, device.seen_at)


def _word(outcome: str, *, is_known: bool) -> str:
    if is_known:
        return "known"
    return "refused" if outcome in {"rejected", "turned_away"} else "new"
