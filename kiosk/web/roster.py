"""The sealed roster over HTTP: what a tablet holds to go on without a network.

It is told in stretches of 250 people, so that a scan that comes meanwhile waits for no more
than one of them; measured: 16 to 25 ms.
"""

import gzip
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from itertools import islice

from flask import Response, request

from kiosk.ids import digest
from kiosk.model import Event, Position
from kiosk.roster import ReadOn, Stretch, read_on
from kiosk.seal import Batch, Opened, seal_all
from kiosk.web import replies
from kiosk.web.api import blueprint, event_of
from kiosk.web.house import house
from kiosk.web.identity import the_device
from kiosk.web.roster_messages import RosterPage

STAFF = {"desk", "gate"}
SMALL = 1000  # bytes; below it nothing is gained
_CURSOR = re.compile(r"(\d{1,15})\.(\d{1,15})\.([0-9a-f-]{0,36})")


@blueprint.get("/roster")
def roster() -> Response:
    """What changed after `since`; the whole from its beginning when that is unknown."""
    device, since = the_device(), request.args.get("since", "")
    with house().store.read() as tx:
        event, latest = event_of(tx, device), tx.rosters.latest(device.event_id)
        etag = digest(f"{device.event_id} {device.role} {since} {_cursor(latest)}")[:32]
        if request.if_none_match.contains_weak(etag):
            return _tagged(Response("", 304), etag)
        stretch = read_on(
            tx,
            ReadOn(
                event=event,
                since=_position(since),
                with_attention=device.role in STAFF,
                key=house().settings.secret_key,
            ),
        )
    return _tagged(_compressed(replies.json(_page(event, stretch))), etag)


def _page(event: Event, stretch: Stretch) -> RosterPage:
    entries = [Opened(*entry) for person in stretch.people for entry in person.entries]
    batch = seal_all(entries, event.id.encode(), house().settings.secret_key)
    return RosterPage(
        cursor=_cursor(stretch.until),
        more=not stretch.is_last,
        whole=stretch.is_whole,
        salt=event.id,
        nonce=_text(batch.nonce),
        opens_at=event.opens_at,
        standings=stretch.standings,
        passages=stretch.passages,
        people=list(_lengths(stretch, batch)),
        sealed=_text(b"".join(batch.entries)),
    )


def _lengths(stretch: Stretch, batch: Batch) -> Iterator[tuple[int, ...]]:
    lengths = map(len, batch.entries)
    for person in stretch.people:
        yield (person.place, *islice(lengths, len(person.entries)))


def _cursor(position: Position) -> str:
    return f"{position.people}.{position.scans}.{position.epoch}"


def _position(cursor: str) -> Position | None:
    """The position a cursor of ours stands for; None for any other text."""
    found = _CURSOR.fullmatch(cursor)
    return Position(found[3], int(found[1]), int(found[2])) if found else None


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _compressed(response: Response) -> Response:
    """Base64 is a third longer than what it says; that third is taken off again."""
    body = response.get_data()
    if request.accept_encodings["gzip"] and len(body) > SMALL:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
