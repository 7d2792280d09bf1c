"""Who met whom as GraphML: people are nodes, connections are undirected edges."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kiosk.export import Cell, Sheet
from kiosk.model import Event

NODE_FIELDS = ("name", "company", "role", "ticket_type")
EDGE_FIELDS = ("met_at", "place", "how")

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, section 2.2, has no way to write."""


def write_graph(path: Path, event: Event, sheets: Iterable[Sheet]) -> None:
    """Write the people and then the connections."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_opening(event))
        for sheet in sheets:
            is_people = sheet.name == "attendees"
            for row in sheet.rows:
                named = dict(zip(sheet.columns, row, strict=True))
                file.write(_node(named) if is_people else _edge(named))
        file.write("</graph>\n</graphml>\n")


def _opening(event: Event) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, names in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name in names:
            about = f'for="{kind}" attr.name="{name}" attr.type="string"'
            yield f'<key id="{name}" {about}/>\n'
    yield f'<graph id={_attribute(event.slug)} edgedefault="undirected">\n'


def _node(person: dict[str, Cell]) -> str:
    fields = _fields(person, NODE_FIELDS)
    return f"<node id={_attribute(person['attendee_id'])}>{fields}</node>\n"


def _edge(met: dict[str, Cell]) -> str:
    ends = f"source={_attribute(met['first_id'])} target={_attribute(met['second_id'])}"
    return f"<edge {ends}>{_fields(met, EDGE_FIELDS)}</edge>\n"


def _fields(named: dict[str, Cell], names: tuple[str, ...]) -> str:
    return "".join(
        f'<data key="{name}">{escape(_text(named[name]))}</data>'
        for name in names
        if named[name]
    )


def _attribute(value: Cell) -> str:
    return quoteattr(_text(value))


def _text(value: Cell) -> str:
    return _UNWRITABLE.sub("", str(value or ""))
