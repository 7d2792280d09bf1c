"""A workbook's parts out of its ZIP, with every limit checked before anything parses them.

What is handed on is what was checked: the parts are written into a fresh, plain ZIP without
foreign names, so that no second reader can see other sizes, names or entities. Nothing is
ever written to disk. The limits: members, bytes really unpacked, bytes against the packed
size.
"""

import io
import re
import zipfile
import zlib

from kiosk.intake.reading import UnreadableList

MOST_MEMBERS = 2_000
LARGEST_CONTENTS = 128 * 1024 * 1024
LARGEST_RATIO = 100
UNSUSPICIOUS = 4 * 1024 * 1024
"""Bytes that may unpack from anything: a small sheet of equal rows packs very well."""
CHUNK = 1024 * 1024
_PARTS = re.compile(
    r"(\[Content_Types\]\.xml|_rels/[\w.]+|xl/[\w./-]+\.(xml|rels))", re.IGNORECASE
)
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)

BROKEN = "The workbook is damaged or was cut off on the way: save or upload it again."
TOO_LARGE = (
    "The workbook unpacks to far more than a list of people needs, so it was not opened: "
    "save the one sheet with the people as CSV."
)


def checked_workbook(raw: bytes) -> bytes:
    """`raw` as a small clean workbook. Raises UnreadableList for anything suspicious."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_kind(archive)
            return _repacked(archive, len(raw))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise UnreadableList(BROKEN) from None


def _check_kind(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {_name(member) for member in members}
    if len(members) > MOST_MEMBERS:
        raise UnreadableList(TOO_LARGE)
    if "mimetype" in names:
        raise UnreadableList("This is an OpenDocument file: save it as .xlsx or CSV.")
    if "xl/workbook.xml" not in names:
        inside = ", ".join(sorted(names)[:3])[:80]
        raise UnreadableList(
            f"This is a ZIP archive ({inside}), not a list: "
            "unpack it and import the list inside."
        )
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableList(
            "The workbook is protected by a password: save it without one."
        )


def _repacked(archive: zipfile.ZipFile, packed_size: int) -> bytes:
    allowed = min(LARGEST_CONTENTS, UNSUSPICIOUS + packed_size * LARGEST_RATIO)
    if sum(member.file_size for member in archive.infolist()) > allowed:
        raise UnreadableList(TOO_LARGE)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as target:
        for member in archive.infolist():
            name = _name(member)
            if _PARTS.fullmatch(name) and ".." not in name:
                content = _content(archive, member, allowed)
                allowed -= len(content)
                target.writestr(name, content)
    return clean.getvalue()


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/")


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowed: int) -> bytes:
    """One part, counted while it is read: the size in the directory can lie."""
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            allowed -= len(piece)
            if allowed < 0:
                raise UnreadableList(TOO_LARGE)
            pieces.append(piece)
    content = b"".join(pieces)
    if any(word in content for word in _DECLARATIONS):
        raise UnreadableList(
            "The workbook declares a document type of its own, which no spreadsheet does, "
            "so it was not opened: save the sheet as CSV."
        )
    return content
