"""The XML parts of a workbook, out of its ZIP, with every limit checked while they are
read.

The limits: members, bytes against the packed size, bytes that really come out (the
directory of a ZIP can lie). Nothing is written to disk, so a name with ../ in it reaches
nothing; any document type is refused, because only those can hold entities that multiply.
"""

import io
import zipfile
import zlib

from kiosk.intake.reading import UnreadableList

MOST_MEMBERS = 2_000
LARGEST_CONTENTS = 256 * 1024 * 1024
LARGEST_RATIO = 100
UNSUSPICIOUS = 4 * 1024 * 1024
"""Bytes that may unpack from anything: a small sheet of equal rows packs very well."""
CHUNK = 1024 * 1024
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
NO_DOCUMENT_TYPES = (
    "The workbook declares a document type of its own, which no spreadsheet does, "
    "so it was not opened: save the sheet as CSV."
)


def parts_of(raw: bytes) -> dict[str, bytes]:
    """Name → content of every XML part. Raises UnreadableList for no sound .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_kind(archive)
            return _read(archive, len(raw))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise UnreadableList(BROKEN) from None


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").removeprefix("/")


def _check_kind(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {_name(member) for member in members}
    if len(members) > MOST_MEMBERS:
        raise UnreadableList(TOO_LARGE)
    if "mimetype" in names:
        raise UnreadableList("This is an OpenDocument file: save it as .xlsx or CSV.")
    if "xl/workbook.bin" in names:
        raise UnreadableList("This is a binary workbook (.xlsb): save it as .xlsx or CSV.")
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


def _read(archive: zipfile.ZipFile, packed_size: int) -> dict[str, bytes]:
    left = min(LARGEST_CONTENTS, UNSUSPICIOUS + packed_size * LARGEST_RATIO)
    if sum(member.file_size for member in archive.infolist()) > left:
        raise UnreadableList(TOO_LARGE)
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        name = _name(member)
        if name.endswith((".xml", ".rels")) and name not in parts:
            parts[name] = _content(archive, member, left)
            left -= len(parts[name])
    return parts


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            left -= len(piece)
            if left < 0:
                raise UnreadableList(TOO_LARGE)
            pieces.append(piece)
    content = b"".join(pieces)
    if any(word in content for word in _DECLARATIONS):
        raise UnreadableList(NO_DOCUMENT_TYPES)
    return content
