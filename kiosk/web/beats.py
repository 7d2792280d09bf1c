"""A tablet's heartbeat: how it is, and which of its scans never arrived."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from flask import Response
from msgspec import Meta, Struct

from kiosk.clock import from_text
from kiosk.model import Device
from kiosk.ports import Tx
from kiosk.web import replies
from kiosk.web.api import blueprint, read_message
from kiosk.web.house import house
from kiosk.web.identity import the_device
from kiosk.web.messages import Seq

CLOCK_LIMIT = 10**9  # seconds, some thirty years: a clock as wrong as that says nothing


class Heartbeat(Struct):
    """`clock` is the tablet's own, ISO 8601; what cannot be read as such is not noted."""

    queued: Annotated[int, Meta(ge=0, lt=2**31)]
    next_seq: Seq
    clock: Annotated[str, Meta(max_length=64)] | float | None = None
    battery: Annotated[float, Meta(ge=0, le=100)] | None = None
    release: Annotated[str, Meta(max_length=64, description="of the tablet's app")] = ""
    first_seq: Annotated[
        int, Meta(ge=1, lt=2**31, description="the number of this pairing's first scan")
    ] = 1


class HeartbeatAnswer(Struct):
    missing_seqs: Sequence[int]
    server_time: datetime


@blueprint.post("/heartbeat")
def heartbeat() -> Response:
    """Note how the tablet is; tell it which of its scans never arrived."""
    device, now, beat = the_device(), house().now(), read_message(Heartbeat)
    house().store.write(_note, _as_it_is(device, beat, now), now)
    with house().store.read() as tx:
        missing = tx.scans.missing_seqs(device.id, beat.next_seq)
    return replies.json(HeartbeatAnswer(missing, now))


def _as_it_is(device: Device, beat: Heartbeat, now: datetime) -> Device:
    return replace(
        device,
        queued_count=beat.queued,
        first_seq=beat.first_seq,
        battery=beat.battery,
        clock_ahead=_seconds_ahead(beat.clock, now),
        release=beat.release,
    )


def _note(tx: Tx, device: Device, now: datetime) -> None:
    tx.devices.note_seen(device.id, device.queued_count, now)
    tx.devices.note_condition(device)


def _seconds_ahead(clock: str | float | None, now: datetime) -> int | None:
    try:
        seconds = (from_text(str(clock)) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return round(seconds) if abs(seconds) < CLOCK_LIMIT else None
