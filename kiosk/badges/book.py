"""A PDF file written as it grows: long streams go out at once, small objects are packed.

pypdf writes neither object streams nor cross-reference streams (ISO 32000-1, 7.5.7 and
7.5.8) and keeps all pages in memory; for 10,000 pages these are a megabyte and 200 MiB.
"""

import struct
import zlib
from typing import BinaryIO

_PACK = 200
"""Small objects in one object stream."""

_CATALOG, _PAGES = 1, 2

_FREE, _UNSET = (0, 0, 65_535), (0, 0, 0)
"""The head of the list of free objects, and an object whose place is not known yet."""


class Book:
    """Pages of one size, in a file open for writing."""

    def __init__(self, file: BinaryIO, width: float, height: float) -> None:
        self._file = file
        self._media = f"[0 0 {width:.3f} {height:.3f}]"
        self._places: list[tuple[int, int, int]] = [_FREE, _UNSET, _UNSET]
        self._small: list[tuple[int, bytes]] = []
        self._pages: list[int] = []
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        """Write a stream, compressed; returns its number."""
        packed = zlib.compress(content, 9)
        number = self._next()
        self._places[number] = (1, self._file.tell(), 0)
        entries += b"/Filter/FlateDecode/Length %d" % len(packed)
        self._file.write(b"%d 0 obj\n<<%b>>stream\n" % (number, entries))
        self._file.write(packed + b"\nendstream\nendobj\n")
        return number

    def add_object(self, body: bytes) -> int:
        """Keep a small object for the next pack; returns its number."""
        number = self._next()
        self._keep(number, body)
        return number

    def add_page(self, contents: int, resources: bytes) -> None:
        """Add a page after the others."""
        page = b"<</Type/Page/Parent %d 0 R/Contents %d 0 R/Resources %b>>"
        self._pages.append(self.add_object(page % (_PAGES, contents, resources)))

    def close(self) -> None:
        """Write what makes the objects a document; the file stays open."""
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        tree = f"/Type/Pages/Count {len(self._pages)}/Kids[{kids}]/MediaBox{self._media}"
        self._keep(_PAGES, f"<<{tree}>>".encode())
        self._keep(_CATALOG, f"<</Type/Catalog/Pages {_PAGES} 0 R>>".encode())
        self._pack()
        self._write_places()

    def _write_places(self) -> None:
        start = self._file.tell()
        places = [*self._places, (1, start, 0)]
        rows = b"".join(struct.pack(">BIH", *place) for place in places)
        head = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R" % (len(places), _CATALOG)
        self.add_stream(rows, head)
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _keep(self, number: int, body: bytes) -> None:
        self._small.append((number, body))
        if len(self._small) == _PACK:
            self._pack()

    def _pack(self) -> None:
        index, bodies = b"", b""
        for number, body in self._small:
            index += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
        head = b"/Type/ObjStm/N %d/First %d" % (len(self._small), len(index))
        pack = self.add_stream(index + bodies, head)
        for place, (number, _) in enumerate(self._small):
            self._places[number] = (2, pack, place)
        self._small = []

    def _next(self) -> int:
        self._places.append(_UNSET)
        return len(self._places) - 1
