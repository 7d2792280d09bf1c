"""XML read as a stream of tags, for workbooks: no tree, no entities, names without
prefixes.
"""

from collections.abc import Mapping
from typing import NoReturn, Protocol
from xml.parsers import expat

from kiosk.intake.parts import BROKEN, NO_DOCUMENT_TYPES
from kiosk.intake.reading import UnreadableList


class Listener(Protocol):
    """Told of every tag by its local name, and of the text between tags."""

    def started(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def ended(self, tag: str) -> None: ...
    def heard(self, text: str) -> None: ...


def listen(xml: bytes, listener: Listener) -> None:
    """Tells `listener` all of `xml`. Raises UnreadableList where it is broken or
    suspicious.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: listener.started(
        tag.rpartition(":")[2], attributes
    )
    parser.EndElementHandler = lambda tag: listener.ended(tag.rpartition(":")[2])
    parser.CharacterDataHandler = listener.heard
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError, OverflowError):
        raise UnreadableList(BROKEN) from None


def _refuse(*_declaration: object) -> NoReturn:
    raise UnreadableList(NO_DOCUMENT_TYPES)
