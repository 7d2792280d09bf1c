"""What a file really is, by its first bytes: whatever its suffix says."""

from typing import Literal

from kiosk.intake.reading import UnreadableList

Kind = Literal["workbook", "objects", "delimited"]

ACCEPTED = "save the list as CSV or .xlsx and import that"
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old or password-protected Excel file: save it as .xlsx or CSV, "
        "without a password.",
    ),
    (b"%PDF", f"This is a PDF, which only looks like a list: {ACCEPTED}."),
    (b"\x1f\x8b", f"This is a compressed file (gzip): unpack it, then {ACCEPTED}."),
    (b"7z\xbc\xaf\x27\x1c", f"This is a compressed archive: unpack it, then {ACCEPTED}."),
    (b"Rar!", f"This is a compressed archive: unpack it, then {ACCEPTED}."),
    (b"\x89PNG", f"This is a picture: {ACCEPTED}."),
    (b"\xff\xd8\xff", f"This is a picture: {ACCEPTED}."),
    (b"GIF8", f"This is a picture: {ACCEPTED}."),
    (b"SQLite format 3\x00", f"This is a database: {ACCEPTED}."),
    (b"{\\rtf", f"This is a text document: {ACCEPTED}."),
    (b"BEGIN:VCARD", f"These are address cards (vCard): {ACCEPTED}."),
    (b"BEGIN:VCALENDAR", f"This is a calendar: {ACCEPTED}."),
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
WEB_PAGE = (
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<script",
    "<meta",
    "<table",
    "<form",
)


def kind_of(raw: bytes) -> Kind:
    """workbook, objects or delimited. Raises UnreadableList for what is no list at all."""
    if not raw:
        raise UnreadableList("The file is empty: export the list again.")
    for start, sentence in FOREIGN:
        if raw.startswith(start):
            raise UnreadableList(sentence)
    if raw.startswith(ZIP):
        return "workbook"
    begin = raw[:4096].decode("utf-8", "ignore").lstrip("\ufeff\x00 \t\r\n")
    _refuse_markup(begin.casefold())
    return "objects" if begin.startswith(("[{", "{", "[")) else "delimited"


def _refuse_markup(begin: str) -> None:
    while begin.startswith("<!--") and "-->" in begin:
        begin = begin.partition("-->")[2].lstrip()
    if begin.startswith(WEB_PAGE):
        raise UnreadableList(
            "This is a web page, not a list: the link probably asks to sign in. "
            "Open it in a browser, sign in, and export the list as CSV or .xlsx."
        )
    if begin.startswith("<?xml"):
        raise UnreadableList(f"This is an XML file: {ACCEPTED}.")
