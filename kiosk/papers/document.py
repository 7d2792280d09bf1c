"""Sheets as one JSON object: the event, then a list of objects for each sheet."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kiosk.export import Sheet
from kiosk.model import Event


def write_document(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """`{"event": {…}, "attendees": […], "check_ins": […], …}`, one row a line."""
    encode = msgspec.json.Encoder().encode
    about = {"slug": event.slug, "name": event.name, "timezone": event.timezone}
    with path.open("wb") as file:
        file.write(b'{\n"event": ' + encode(about))
        for sheet in sheets:
            file.write(b",\n" + encode(sheet.name.replace("-", "_")) + b": [")
            mark = b"\n"
            for row in sheet.rows:
                named = dict(zip(sheet.columns, row, strict=True))
                file.write(mark + encode(named))
                mark = b",\n"
            file.write(b"\n]")
        file.write(b"\n}\n")
