"""Which record of a file holds the headings, and what each column means.

A heading is known by its words (vocabulary), by what stands in brackets or beside a slash,
or, for the questions of forms, by a phrase in it. What nobody recognises is left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kiosk.intake.reading import Record, UnreadableList
from kiosk.intake.vocabulary import HEADINGS, QUESTIONS, plain
from kiosk.visible import one_line

FIELDS = (
    "name", "email", "company", "role", "pronouns", "phone", "website", "linkedin",
    "language", "ticket_type", "ticket_code", "status", "approved", "blocked", "valid_from",
    "valid_until", "attention", "offers", "asks", "goal", "share", "external_id",
)  # fmt: skip
"""The attendee fields a column can be mapped to (CONTRACT §2)."""

MAPPABLE = (*FIELDS, "first_name", "last_name")
FIELD_OF = {
    "first_name": "name", "last_name": "name", "variation": "ticket_type", "rsvp": "status",
    "paid": "status", "canceled": "status", "needs_attention": "attention",
    "directory": "share", "link": "website", "buyer_email": "email",
}  # fmt: skip
IDENTITY = ("name", "first_name", "last_name", "email", "ticket_code")
WEIGHTS = dict.fromkeys(IDENTITY, 3)
WEIGHT_WHEN_MAPPED = 100
ROWS_SEARCHED = 40

_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+\s*[.):]\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_SPLITS = re.compile(r"\s*[/|／・]\s*|\s+–\s+")
_EMAIL_CELL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The heading row and, part by part, its columns.

    `of` is part → groups in order of rank; a group holds the columns that bear one and the
    same heading, so two filled, different cells in it are a contradiction.
    """

    row: int
    texts: tuple[str, ...]
    of: Mapping[str, tuple[tuple[int, ...], ...]]

    def mapping(self) -> dict[str, str]:
        """Heading → attendee field, for every column that is read."""
        used = sorted(
            (column, FIELD_OF.get(part, part))
            for part, groups in self.of.items()
            for group in groups
            for column in group
        )
        return {self.texts[column]: name for column, name in used if name in FIELDS}


def part_of(heading: str) -> tuple[str, int] | None:
    """The part of a row that `heading` names, with its rank; None when nobody knows."""
    text = _NUMBERING.sub("", heading).replace("#", " number ").strip()
    owner, colon, piece = text.rpartition(":")
    if colon and piece.strip():
        return _piece_of_a_name(owner, piece) or HEADINGS.get(plain(text))
    for variant in _variants(text):
        if (known := HEADINGS.get(plain(variant))) is not None:
            return known
    return next(((part, 1) for pattern, part in QUESTIONS if pattern.search(text)), None)


def _piece_of_a_name(owner: str, piece: str) -> tuple[str, int] | None:
    """Splits "Attendee name: Given name", each half in the event's language."""
    whose, what = HEADINGS.get(plain(owner)), HEADINGS.get(plain(piece))
    if whose is None or whose[0] != "name" or what is None:
        return None
    return ("first_name", 0) if what[0] == "name" else (what[0], 0)


def _variants(text: str) -> Iterable[str]:
    yield text
    bare = _BRACKETS.sub(" ", text)
    yield bare
    yield bare.strip().removesuffix("1")
    yield from (piece for piece in _SPLITS.split(bare) if piece.strip())


def recognised(cells: Sequence[str], wanted: Iterable[str] = ()) -> int:
    """How much `cells` look like headings; 0 when no person could be told by them."""
    if any(_EMAIL_CELL.fullmatch(cell.strip()) for cell in cells):
        return 0
    parts = {known[0] for cell in cells if cell and (known := part_of(cell))}
    present = {plain(cell) for cell in cells}
    mapped = sum(plain(column) in present for column in wanted)
    if not mapped and not parts.intersection(IDENTITY):
        return 0
    return sum(WEIGHTS.get(part, 1) for part in parts) + mapped * WEIGHT_WHEN_MAPPED


def best_heading_row(
    records: Sequence[Record], wanted: Iterable[str] = ()
) -> tuple[int, Record | None]:
    """(score, record) of the record that looks most like headings, (0, None) without."""
    columns = tuple(wanted)
    best: tuple[int, int, Record | None] = (0, 0, None)
    for record in records[:ROWS_SEARCHED]:
        score = recognised(record.cells, columns)
        filled = sum(bool(cell.strip()) for cell in record.cells)
        if score and (score, filled) > best[:2]:
            best = (score, filled, record)
    return best[0], best[2]


def find_columns(records: Sequence[Record], mapping: Mapping[str, str]) -> Columns:
    """The columns of a file. Raises UnreadableList when no headings are found or mapped."""
    _check_fields(mapping)
    _, record = best_heading_row(records, mapping)
    if record is None:
        raise UnreadableList(_no_headings(records))
    texts = tuple(one_line(cell)[0] for cell in record.cells)
    _check_columns(texts, mapping)
    return Columns(record.row, texts, _groups(texts, mapping))


def _check_fields(mapping: Mapping[str, str]) -> None:
    for wanted in mapping.values():
        if wanted not in MAPPABLE:
            near = get_close_matches(wanted, MAPPABLE, n=1, cutoff=0)
            raise UnreadableList(
                f'There is no attendee field "{wanted}"; the nearest is "{near[0]}".'
            )


def _check_columns(texts: Sequence[str], mapping: Mapping[str, str]) -> None:
    present = {plain(text) for text in texts}
    for column in mapping:
        if plain(column) not in present:
            named = [text for text in texts if text]
            near = get_close_matches(column, named, n=1, cutoff=0)
            raise UnreadableList(
                f'There is no column "{column}"; the nearest is "{near[0]}".'
            )


def _no_headings(records: Sequence[Record]) -> str:
    first = next((record for record in records if any(map(str.strip, record.cells))), None)
    if first is None:
        return "The file holds nothing but blanks."
    shown = ", ".join(cell.strip()[:30] for cell in first.cells if cell.strip())[:80]
    return (
        f'No headings were recognised (row {first.row} reads "{shown}"): put a row such as '
        '"name, email, company" above the people, or say --map "Column=name".'
    )


def _groups(
    texts: Sequence[str], mapping: Mapping[str, str]
) -> dict[str, tuple[tuple[int, ...], ...]]:
    chosen = {plain(column): part for column, part in mapping.items()}
    found: dict[tuple[str, int, str], list[int]] = {}
    for column, text in enumerate(texts):
        key = plain(text)
        if key in chosen:
            found.setdefault((chosen[key], -1, key), []).append(column)
        elif text and (known := part_of(text)) and known[0] not in chosen.values():
            found.setdefault((*known, key), []).append(column)
    if any(part == "email" and rank == 0 for part, rank, _ in found):
        found = {_as_the_buyers(entry): columns for entry, columns in found.items()}
    groups: dict[str, list[tuple[int, ...]]] = {}
    for (part, _rank, _key), members in sorted(found.items(), key=_by_rank_then_place):
        groups.setdefault(part, []).append(tuple(members))
    return _settled({part: tuple(members) for part, members in groups.items()})


def _as_the_buyers(entry: tuple[str, int, str]) -> tuple[str, int, str]:
    """Beside the attendee's own address a plain "Email" is that of whoever bought."""
    part, rank, key = entry
    return ("buyer_email", rank, key) if (part, rank) == ("email", 1) else entry


def _by_rank_then_place(entry: tuple[tuple[str, int, str], list[int]]) -> tuple[int, int]:
    (_part, rank, _key), members = entry
    return rank, members[0]


def _settled(
    groups: dict[str, tuple[tuple[int, ...], ...]],
) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Headings that mean something else beside others, and ids that must not be mixed.

    "Nom" beside "Prénom" is the family name, "Nome" beside "Cognome" the given one; and
    where add-ons name their position, a bare "Position" is that number and nobody's role.
    """
    halves = groups.keys() & {"first_name", "last_name"}
    if len(halves) == 1 and "name" in groups:
        missing = "last_name" if "first_name" in halves else "first_name"
        groups[missing] = groups.pop("name")
    if "add_on_to" in groups and "position" not in groups and "role" in groups:
        groups["position"] = groups.pop("role")
    if len(ids := groups.get("external_id", ())) > 1:
        groups["external_id"] = ids[:1]
    return groups
