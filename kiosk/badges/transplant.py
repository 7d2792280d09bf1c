"""Typefaces taken over from a typst PDF into a book, under new numbers."""

from io import BytesIO

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from kiosk.badges.book import Book

_OURS = {"/Length", "/Filter", "/DecodeParms"}
"""What the book says itself of a stream."""


class Transplant:
    """One part's objects on their way into the book; each is taken over once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._moved: dict[int, bytes] = {}
        self._lists: dict[bytes, bytes] = {}

    def resources(self, page: PageObject, extra: bytes) -> bytes:
        """The page's resources and the extra entries, as a reference into the book."""
        own = self._text(page["/Resources"])
        body = own.removesuffix(b">>") + extra + b">>"
        if body not in self._lists:
            self._lists[body] = b"%d 0 R" % self._book.add_object(body)
        return self._lists[body]

    def _text(self, part: PdfObject) -> bytes:
        if isinstance(part, IndirectObject):
            return self._reference(part)
        if isinstance(part, DictionaryObject):
            return b"<<" + self._entries(part) + b">>"
        if isinstance(part, ArrayObject):
            return b"[" + b" ".join(self._text(item) for item in part) + b"]"
        plain = BytesIO()
        part.write_to_stream(plain)
        return plain.getvalue()

    def _entries(self, part: DictionaryObject) -> bytes:
        ours = _OURS if isinstance(part, StreamObject) else set()
        keys = [key for key in part if key not in ours]
        return b"".join(
            self._text(key) + b" " + self._text(part.raw_get(key)) for key in keys
        )

    def _reference(self, link: IndirectObject) -> bytes:
        if link.idnum not in self._moved:
            self._moved[link.idnum] = b"%d 0 R" % self._move(link)
        return self._moved[link.idnum]

    def _move(self, link: IndirectObject) -> int:
        part = link.get_object()
        if isinstance(part, StreamObject):
            return self._book.add_stream(part.get_data(), self._entries(part))
        return self._book.add_object(self._text(NullObject() if part is None else part))
