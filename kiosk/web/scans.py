"""Scans over HTTP: read one by one, so that a malformed one does not stop the others."""

import msgspec

from kiosk.judge import Reading
from kiosk.scan import Malformed
from kiosk.web.messages import BATCH_LIMIT, RawBatch, ScanMessage

_batch = msgspec.json.Decoder(RawBatch)
_scan = msgspec.json.Decoder(ScanMessage)
_lost = msgspec.json.Decoder(dict[str, object])

SEQ_LIMIT = 2**31


class TooMany(Exception):
    """More scans than one batch may have."""


def read_batch(body: bytes) -> tuple[Reading | Malformed, ...]:
    """The readings of a request, in order; msgspec.DecodeError when it is no batch."""
    scans = _batch.decode(body).scans
    if len(scans) > BATCH_LIMIT:
        raise TooMany
    return tuple(_read(bytes(scan)) for scan in scans)


def _read(raw: bytes) -> Reading | Malformed:
    try:
        return _scan.decode(raw).reading()
    except msgspec.DecodeError:
        return _malformed(raw)


def _malformed(raw: bytes) -> Malformed:
    """What can still be told of it: its id and its number, so that no gap is reported."""
    try:
        said = _lost.decode(raw)
    except msgspec.DecodeError:
        said = {}
    scan_id, seq = said.get("id"), said.get("seq")
    return Malformed(
        id=scan_id if isinstance(scan_id, str) else None,
        seq=seq if type(seq) is int and 0 <= seq < SEQ_LIMIT else None,
        body=raw.decode(errors="replace").replace("\0", ""),
    )
