"""The cells of a row as one person. Asking a cell may leave a reason behind (cells)."""

from collections.abc import Callable
from datetime import datetime

from kiosk.intake import values
from kiosk.intake.cells import LONGEST_NAME, Cells
from kiosk.intake.status import Standing
from kiosk.intake.text import has_line_breaks, has_lost_letters, is_mojibake
from kiosk.intake.vocabulary import plain
from kiosk.model import Registration

SALUTATIONS = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "divers", "m", "mme",
    "mlle", "sr", "sra", "srta", "sig", "sigra", "dhr", "mevr", "pan", "pani",
})  # fmt: skip


def person_of(cells: Cells, code: str, standing: Standing) -> Registration:
    """The person a row tells of; reasons come in the order name, address, the rest."""
    name, email = _name(cells), _email(cells)
    website, linkedin = _links(cells)
    return Registration(
        row=cells.row,
        name=name,
        email=email,
        company=_company(cells),
        role=_role(cells),
        pronouns=cells.line("pronouns"),
        phone=cells.line("phone"),
        website=website,
        linkedin=linkedin,
        language=values.language_of(cells.line("language")),
        ticket_type=_ticket_type(cells),
        ticket_code=code,
        status=standing.status,
        approved=standing.approved,
        blocked=_blocked(cells),
        valid_from=_instant(cells, "valid_from"),
        valid_until=_instant(cells, "valid_until"),
        attention=_attention(cells),
        offers=cells.text("offers"),
        asks=cells.text("asks"),
        goal=cells.text("goal"),
        share=_share(cells),
        external_id=cells.line("external_id"),
    )


def _name(cells: Cells) -> str:
    halves = (cells.line(part, LONGEST_NAME) for part in ("first_name", "last_name"))
    name = cells.line("name", LONGEST_NAME) or " ".join(filter(None, halves))
    if not name:
        cells.warn("no_name")
    if has_line_breaks(cells.raw("name")):
        cells.warn("control_characters_removed")
    if has_lost_letters(name):
        cells.warn("lossy_name")
    if is_mojibake(name):
        cells.warn("mojibake")
    return name


def _email(cells: Cells) -> str:
    written = cells.raw("email")
    if values.is_no_address(written):
        written = cells.raw("buyer_email")
    if values.is_no_address(written):
        cells.warn("no_email")
        return ""
    address, reason = values.email_of(written)
    cells.warn(reason)
    return address


def _company(cells: Cells) -> str:
    company = cells.line("company")
    if is_mojibake(company):
        cells.warn("mojibake")
    return company


def _role(cells: Cells) -> str:
    """A column "Title" holds roles in one list and salutations in the next."""
    role = cells.line("role")
    return "" if plain(role) in SALUTATIONS else role


def _links(cells: Cells) -> tuple[str, str]:
    """(website, LinkedIn); one column for either is told apart by what it holds."""
    website, linkedin, either = (
        cells.line(part) for part in ("website", "linkedin", "link")
    )
    if "linkedin." in either.casefold():
        linkedin = linkedin or either
    else:
        website = website or either
    return _link(cells, website, values.link_of), _link(cells, linkedin, values.linkedin_of)


def _link(cells: Cells, written: str, reader: Callable[[str], str]) -> str:
    if values.is_no_address(written):
        return ""
    if not (link := reader(written)):
        cells.warn("bad_link")
    return link


def _ticket_type(cells: Cells) -> str:
    """The lists of pretix write a product with its variation in this way, too."""
    return " – ".join(filter(None, (cells.line("ticket_type"), cells.line("variation"))))


def _blocked(cells: Cells) -> str:
    reason = cells.line("blocked")
    match values.meaning_of(reason):
        case "no":
            return ""
        case "yes":
            return "blocked"
        case _:
            return reason


def _instant(cells: Cells, part: str) -> datetime | None:
    written = cells.line(part)
    if not written:
        return None
    ends = part == "valid_until"
    instant = values.instant_of(written, cells.habits.timezone, ends=ends)
    if instant is None:
        cells.warn("bad_date")
    return instant


def _attention(cells: Cells) -> str:
    note = cells.text("attention")
    is_asked = values.meaning_of(cells.raw("needs_attention")) == "yes"
    return note or ("needs special attention" if is_asked else "")


def _share(cells: Cells) -> tuple[str, ...] | None:
    """A no to being found by others shares nothing by default; a yes names no fields."""
    if written := cells.raw("share"):
        return values.share_of(written)
    return () if values.meaning_of(cells.raw("directory")) == "no" else None
