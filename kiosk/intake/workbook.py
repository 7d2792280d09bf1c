"""An .xlsx workbook as records: the sheet that looks like a list of people, the others
offered.

The cells come as a spreadsheet shows them: formulas as their last result, yes for true,
100200300401 without ".0".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import join, normpath

from kiosk.intake.headings import best_heading_row
from kiosk.intake.parts import BROKEN, parts_of
from kiosk.intake.reading import Record, Table, UnreadableList
from kiosk.intake.sheet import records_of, strings_of
from kiosk.intake.shown import look_of
from kiosk.intake.tags import listen


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its tab's name. Hidden ones are never chosen over one that is shown."""

    name: str
    records: tuple[Record, ...]
    is_hidden: bool


class _Contents:
    """Listens to xl/workbook.xml for the tabs, and to its relationships for their parts."""

    def __init__(self) -> None:
        self.tabs: list[tuple[str, str, bool]] = []
        self.targets: dict[str, str] = {}
        self.counts_from_1904 = False

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "sheet":
                part = next(
                    (value for key, value in attributes.items() if key.endswith(":id")), ""
                )
                is_hidden = attributes.get("state", "visible") != "visible"
                self.tabs.append((attributes.get("name", ""), part, is_hidden))
            case "workbookPr":
                self.counts_from_1904 = attributes.get("date1904") in {"1", "true"}
            case "Relationship" if attributes.get("Type", "").endswith("/worksheet"):
                target = normpath(join("xl", attributes.get("Target", "")))
                self.targets[attributes.get("Id", "")] = target.removeprefix("/")

    def ended(self, tag: str) -> None: ...
    def heard(self, text: str) -> None: ...


def read_workbook(raw: bytes, mapping: Mapping[str, str], wanted: str = "") -> Table:
    """The records of one sheet: the one `wanted`, else the one whose headings tell most."""
    sheets = tuple(_sheets(parts_of(raw)))
    chosen = _named(sheets, wanted) if wanted else _likeliest(sheets, mapping)
    others = [sheet for sheet in sheets if sheet is not chosen and len(sheet.records) > 1]
    return Table(chosen.records, format="xlsx", notes=tuple(map(_offer, others)))


def _sheets(parts: Mapping[str, bytes]) -> Iterator[Sheet]:
    contents = _Contents()
    listen(parts["xl/workbook.xml"], contents)
    listen(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), contents)
    strings = strings_of(parts.get("xl/sharedStrings.xml", b""))
    look = look_of(
        parts.get("xl/styles.xml", b""), counts_from_1904=contents.counts_from_1904
    )
    for name, part, is_hidden in contents.tabs:
        if (xml := parts.get(contents.targets.get(part, ""))) is not None:
            yield Sheet(name, records_of(xml, strings, look), is_hidden)


def _named(sheets: Sequence[Sheet], wanted: str) -> Sheet:
    found = next((sheet for sheet in sheets if sheet.name == wanted), None)
    if found is None:
        names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
        raise UnreadableList(f'There is no sheet "{wanted}"; there are {names}.')
    return found


def _likeliest(sheets: Sequence[Sheet], mapping: Mapping[str, str]) -> Sheet:
    if not sheets:
        raise UnreadableList(BROKEN)
    scores = [best_heading_row(sheet.records, mapping)[0] for sheet in sheets]
    ranked = [
        (score > 0 and not sheet.is_hidden, score)
        for sheet, score in zip(sheets, scores, strict=True)
    ]
    return sheets[ranked.index(max(ranked))]


def _offer(sheet: Sheet) -> str:
    return (
        f'The sheet "{sheet.name}" ({len(sheet.records)} rows) was not read; '
        f'to import it too, give the format "xlsx:{sheet.name}".'
    )
