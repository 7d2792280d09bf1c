"""Single cells as the values of a person: addresses, codes, dates, links, languages,
consents.

What cannot be read is dropped and named by a reason, never guessed; a person is never lost
because of one of these cells, except when the code that admits them is ruined.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from email_validator import EmailNotValidError, validate_email

from kiosk.intake.reading import Record
from kiosk.intake.text import says_nothing
from kiosk.intake.vocabulary import STATUSES, plain
from kiosk.model import SHAREABLE
from kiosk.visible import one_line

LONGEST_CODE = 2953
"""Bytes in the largest QR code (version 40, level L)."""

_ESCAPED = re.compile(r"'[=+\-@|%\t\r＝＋－＠]")
_BARE_NUMBER = re.compile(r"-?[0-9,.]+")
_RUINED_CODE = re.compile(r"[+-]?\d(?:[.,]\d+)?e\+\d{2,3}", re.IGNORECASE)
_ADDRESSES = re.compile(r"[;,\s/]+")
_NAME_AND_ADDRESS = re.compile(r"[^<>@]*<([^<>\s]+)>")
_LINK = re.compile(
    r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:in/|@)?([\w-]{3,100})/?")
_LIST = re.compile(r"[;,|\n]+|\s+(?:and|und|et)\s+")
_FORMATS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")
_DAYS = ("%d.%m.%Y", "%Y/%m/%d")
_EDGES = "\u200b\u200e\u200f\u2060\ufeff\u202a\u202c\u2066\u2068\u2069"
NO_ADDRESS = frozenset(
    {"none", "null", "nil", "no", "keine", "kein", "aucun", "ninguno", "na", "anonymous"}
)
WIDELY_WRITTEN = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro "
    "ru sk sl sr sv th tr uk vi zh"
)
END_OF_DAY = time(23, 59, 59)


def without_apostrophe(text: str) -> str:
    r"""`text` as it was before an export put an apostrophe before = + - @ | or %.

    pretix writes its CSV so (defusedcsv, which also turns | into \|), signed codes
    included.
    """
    return text[1:].replace("\\|", "|") if _ESCAPED.match(text) else text


def writes_apostrophes(records: Iterable[Record]) -> bool:
    """Whether the export adds that apostrophe: some cells show it and none begins bare."""
    shown = False
    for cell in (cell for record in records for cell in record.cells if cell):
        if cell[0] == "'":
            shown = shown or _ESCAPED.match(cell) is not None
        elif cell[0] in "=+-@" and _BARE_NUMBER.fullmatch(cell) is None:
            return False
    return shown


def code_of(text: str) -> tuple[str, str]:
    """(ticket code, "") or ("", reason). A code is text and is kept to the letter."""
    code = without_apostrophe(text.strip().strip(_EDGES))
    if _RUINED_CODE.fullmatch(code):
        return "", "ruined_code"
    if len(code.encode("utf-8", "surrogatepass")) > LONGEST_CODE:
        return "", "code_too_long"
    visible, removed = one_line(code)
    if removed or visible != code or "\ufffd" in code:
        return "", "bad_code"
    return code, ""


def email_of(text: str) -> tuple[str, str]:
    """(address, "" or reason). Of two addresses the first is kept (RFC 5321, RFC 6531)."""
    text = text.strip(_EDGES)
    if is_address(text):
        return text, ""
    if (named := _NAME_AND_ADDRESS.fullmatch(text)) and is_address(named[1]):
        return named[1], ""
    pieces = [piece for piece in _ADDRESSES.split(text) if piece]
    if len(pieces) > 1 and all("@" in piece for piece in pieces):
        return next(filter(is_address, pieces), ""), "two_emails"
    return "", "bad_email"


@lru_cache(maxsize=1024)
def is_address(text: str) -> bool:
    """Whether mail could be sent there; rare but valid forms and test domains are fine."""
    try:
        validate_email(
            text,
            check_deliverability=False,
            test_environment=True,
            allow_quoted_local=True,
            allow_domain_literal=True,
        )
    except EmailNotValidError:
        return False
    return True


def meaning_of(text: str) -> str:
    """One of confirmed, pending, unapproved, canceled, declined, yes, no; "" if unknown."""
    return STATUSES.get(plain(text), "")


def instant_of(text: str, timezone: ZoneInfo, *, ends: bool) -> datetime | None:
    """An aware UTC instant; without an offset it is local; a day alone begins or `ends`
    then.

    None for what cannot be read for certain, such as 12/03/2026.
    """
    found = _iso(text, ends=ends)
    for known in () if found else _FORMATS:
        found = found or _parsed(text, known)
    for known in () if found else _DAYS:
        day = _parsed(text, known)
        found = found or (datetime.combine(day, _clock(ends=ends)) if day else None)
    if found is None:
        return None
    local = found if found.tzinfo else found.replace(tzinfo=timezone)
    try:
        return local.astimezone(UTC)
    except OverflowError:
        return None


def _clock(*, ends: bool) -> time:
    return END_OF_DAY if ends else time.min


def _iso(text: str, *, ends: bool) -> datetime | None:
    try:
        if len(text) == len("2026-12-03"):
            return datetime.combine(date.fromisoformat(text), _clock(ends=ends))
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _parsed(text: str, known: str) -> datetime | None:
    try:
        return datetime.strptime(text, known)  # noqa: DTZ007  (its zone is put on by the caller)
    except ValueError:
        return None


def link_of(text: str) -> str:
    """A web address with its scheme, "" for anything else (javascript: never gets in)."""
    if _LINK.fullmatch(text) is None:
        return ""
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"


def linkedin_of(text: str) -> str:
    """The address of a LinkedIn profile, from an address or a bare handle; else ""."""
    if (handle := _HANDLE.fullmatch(text)) is not None:
        return f"https://www.linkedin.com/in/{handle[1]}"
    return link_of(text)


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """A language tag ("de", "pt-BR") from a tag or from the language's name; else ""."""
    if not text:
        return ""  # before the names, which take a second and a half to gather
    tag = text.split(".", maxsplit=1)[0].replace("-", "_")
    for wanted in (tag, tag.split("_")[0]):
        try:
            locale = Locale.parse(wanted)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        return (
            f"{locale.language}-{locale.territory}" if locale.territory else locale.language
        )
    return _language_names().get(plain(text), "")


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """Names of widely written languages, in English, German, French, Spanish and
    themselves.
    """
    known: dict[str, str] = {}
    for tag in WIDELY_WRITTEN.split():
        for speaker in ("en", "de", "fr", "es", tag):
            known.setdefault(plain(Locale(tag).get_display_name(speaker) or tag), tag)
    return known


def share_of(text: str) -> tuple[str, ...] | None:
    """The fields named in `text`, () for a no, None when it does not say (or says just
    yes).
    """
    meaning = meaning_of(text)
    if meaning == "no" or plain(text) in {"none", "nothing"}:
        return ()
    named = {plain(piece) for piece in _LIST.split(text)}
    fields = tuple(name for name in SHAREABLE if name in named)
    return fields or None


def count_of(text: str) -> int:
    """A whole number in a cell ("2", "2.0"), 0 for anything else."""
    match = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    return int(match[1]) if match else 0


def is_no_address(text: str) -> bool:
    """Whether somebody wrote a dash or a "none" because the form wanted an address."""
    return says_nothing(text) or plain(text) in NO_ADDRESS
