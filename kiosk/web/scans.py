"""Scans over HTTP: read one by one, so that a malformed one does not stop the others."""

import json
from collections.abc import Sequence

import msgspec

from kiosk.aside import Malformed
from kiosk.judge import Reading
from kiosk.web.messages import BATCH_LIMIT, RawBatch, ScanMessage

_batch = msgspec.json.Decoder(RawBatch)
_scan = msgspec.json.Decoder(ScanMessage)

SEQ_LIMIT = 2**31
SEQ_DIGITS = 10


class TooMany(Exception):
    """More scans than one batch may have."""


def read_batch(body: bytes) -> tuple[Reading | Malformed, ...]:
    """The readings of a request, in order; msgspec.DecodeError when it is no batch."""
    try:
        scans: Sequence[bytes | msgspec.Raw] = _batch.decode(body).scans
    except (msgspec.DecodeError, RecursionError) as error:
        scans = _loosely(body, error)
    if len(scans) > BATCH_LIMIT:
        raise TooMany
    return tuple(read_scan(bytes(scan)) for scan in scans)


def _loosely(body: bytes, error: Exception) -> Sequence[bytes]:
    """The scans of a body in which one holds what JSON.stringify or Python write and strict
    JSON has not (half of a surrogate pair, NaN): that one is malformed, not its neighbours.
    """
    match _told(body):
        case {"scans": list(scans)}:
            return [json.dumps(scan).encode() for scan in scans]
        case _:
            raise msgspec.DecodeError(str(error)) from error


def read_scan(raw: bytes) -> Reading | Malformed:
    """One scan of a batch."""
    try:
        return _scan.decode(raw).reading()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return malformed(raw)


def malformed(raw: bytes) -> Malformed:
    """What can still be told of it: its id and its number, so that no gap is reported."""
    match _told(raw):
        case dict(said):
            scan_id, seq = said.get("id"), said.get("seq")
        case _:
            scan_id = seq = None
    return Malformed(
        id=scan_id if isinstance(scan_id, str) and scan_id.isascii() else None,
        seq=seq if type(seq) is int and 0 <= seq < SEQ_LIMIT else None,
        body=raw.decode(errors="replace").replace("\0", ""),
    )


def _told(raw: bytes) -> object:
    """What a forgiving reader makes of the bytes; None where it gives up, too."""
    try:
        return json.loads(raw.decode(errors="replace"), parse_int=_small)
    except (ValueError, RecursionError):
        return None


def _small(digits: str) -> int | None:
    """The number, unless it is long: one of a million digits takes minutes to read."""
    return int(digits) if len(digits) <= SEQ_DIGITS else None
