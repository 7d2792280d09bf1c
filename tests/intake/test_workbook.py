"""Workbooks are read as a spreadsheet shows them, and hostile ones cost nothing."""

import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kiosk.intake import UnreadableList, parts, read_list
from kiosk.intake.sheet import column_number

ELEVEN = dt.datetime(2026, 12, 3, 11, tzinfo=dt.UTC)
LISTS = Path(__file__).parent / "lists"
SHEET = "xl/worksheets/sheet1.xml"
RICH = (
    '<c r="B2" t="inlineStr"><is><r><t>Ada </t></r><r><t>Lovelace</t></r>'
    "<rPh><t>reading aid</t></rPh></is></c>"
)
HEADINGS = (
    '<row><c t="inlineStr"><is><t>Email</t></is></c>'
    '<c t="inlineStr"><is><t>Name</t></is></c></row>'
)
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


def rewritten(source: str, changes: Mapping[str, bytes]) -> bytes:
    """The workbook at `source` with some parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(LISTS / source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return target.getvalue()


def with_rows(rows: str) -> bytes:
    sheet = (LISTS / "hostile/54_path_traversal.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        xml = archive.read(SHEET).decode()
    return rewritten(
        "hostile/54_path_traversal.xlsx",
        {SHEET: xml.replace("</sheetData>", f"{rows}</sheetData>").encode()},
    )


def made(rows: list[list[object]], **formats: str) -> bytes:
    """A workbook by another program; the columns in `formats` carry number formats."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    styles = {
        column_number(name) - 1: book.add_format({"num_format": code})
        for name, code in formats.items()
    }
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(row, column, value, styles.get(column) if row else None)
    book.close()
    return target.getvalue()


def test_numbers_come_as_a_spreadsheet_shows_them() -> None:
    raw = made(
        [
            ["Ticket code", "Name", "Email", "Valid from", "Valid until"],
            [
                42,
                "Ada",
                "a@example.org",
                ELEVEN.replace(tzinfo=None),
                dt.date(2026, 12, 4),
            ],
            [7, True, "b@example.org", None, None],
        ],
        A="000000",
        D="dd.mm.yyyy hh:mm",
        E="d. mmmm yyyy",
    )
    ada, bo = read_list(raw, "x.xlsx").people
    assert ada.ticket_code == "000042"
    assert ada.valid_from == ELEVEN
    assert ada.valid_until == dt.datetime(2026, 12, 4, 23, 59, 59, tzinfo=dt.UTC)
    assert (bo.ticket_code, bo.name) == ("000007", "yes")


def test_a_code_a_spreadsheet_has_rounded_is_named() -> None:
    raw = made(
        [["Ticket code", "Name"], [1234567890123456789, "Ada"], [123456789012345, "Bo"]]
    )
    reading = read_list(raw, "x.xlsx")
    assert [(p.name, p.ticket_code) for p in reading.people] == [("Bo", "123456789012345")]
    assert [(note.row, note.reason) for note in reading.rejected] == [(2, "ruined_code")]


@pytest.mark.parametrize(
    "name",
    [
        "excel/excel_handmade.xlsx",
        "pretix/checkinlist_main.xlsx",
        "pretix/orderlist_all.xlsx",
    ],
)
def test_texts_agree_with_another_reader(name: str) -> None:
    other = CalamineWorkbook.from_path(str(LISTS / name))
    for person in read_list((LISTS / name).read_bytes(), name).people:
        sheets = (other.get_sheet_by_name(sheet) for sheet in other.sheet_names)
        rows = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
        assert any(
            len(sheet) >= person.row and person.email in sheet[person.row - 1]
            for sheet in rows
        )


def test_rich_text_is_joined_and_reading_aids_are_left_out() -> None:
    sheet = (
        f"<worksheet><sheetData>{HEADINGS}<row r='2'>{RICH}</row></sheetData></worksheet>"
    )
    raw = rewritten("hostile/54_path_traversal.xlsx", {SHEET: sheet.encode()})
    assert [p.name for p in read_list(raw, "x.xlsx").people] == ["Ada Lovelace"]


def test_a_far_cell_is_a_sentence_and_no_memory() -> None:
    raw = with_rows(FAR)
    tracemalloc.start()
    with pytest.raises(UnreadableList, match="far from the list"):
        read_list(raw, "x.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_a_far_cell_with_nothing_in_it_is_no_matter() -> None:
    raw = with_rows('<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert len(read_list(raw, "x.xlsx").people) == 2


@pytest.mark.parametrize("reference", ["A0", "ZZZ9", "99999999999", "1A", "A99999999999"])
def test_a_reference_that_lies_is_refused_or_harmless(reference: str) -> None:
    raw = with_rows(f'<row r="5"><c r="{reference}"><v>1</v></c></row>')
    with suppress(UnreadableList):
        assert len(read_list(raw, "x.xlsx").people) in {2, 3}


def test_a_sheet_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    raw = (LISTS / "hostile/50_zip_bomb_sheet.xlsx").read_bytes()
    tracemalloc.start()
    with pytest.raises(UnreadableList, match="unpacks to far more"):
        read_list(raw, "x.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * 1024 * 1024


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    raw = bytearray((LISTS / "hostile/50_zip_bomb_sheet.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = max(member.file_size for member in archive.infolist())
    lie = bytes(raw).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lie != raw
    tracemalloc.start()
    with pytest.raises(UnreadableList):
        read_list(lie, "x.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_part_and_encoding(encoding: str) -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding)
    for part in ("docProps/custom.xml", "xl/styles.xml"):
        with pytest.raises(UnreadableList, match="document type"):
            read_list(rewritten("excel/excel_handmade.xlsx", {part: declared}), "x.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml"])
def test_a_broken_part_is_a_sentence(part: str) -> None:
    with pytest.raises(UnreadableList, match="damaged"):
        read_list(rewritten("excel/excel_handmade.xlsx", {part: b"<a><b></a>"}), "x.xlsx")


def test_a_hidden_sheet_is_not_preferred() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    shown, hidden = book.add_worksheet("shown"), book.add_worksheet("hidden")
    shown.write_row(0, 0, ["Name"])
    shown.write_row(1, 0, ["Ada"])
    hidden.write_row(0, 0, ["Name", "Email", "Company"])
    hidden.write_row(1, 0, ["Old", "old@example.org", "X"])
    hidden.hide()
    book.close()
    assert [p.name for p in read_list(target.getvalue(), "x.xlsx").people] == ["Ada"]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"SQLite format 3\x00", "database"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"  <!-- x --><HTML><table>", "web page"),
        (b"BEGIN:VCARD\r\n", "vCard"),
    ],
)
def test_what_is_no_list_is_called_by_its_name(start: bytes, words: str) -> None:
    with pytest.raises(UnreadableList, match=words):
        read_list(start, "list.csv")


def bomb(size: int) -> bytes:
    return rewritten("excel/excel_handmade.xlsx", {"xl/media/blanks.xml": b" " * size})


def peak_of_reading(raw: bytes) -> int:
    tracemalloc.start()
    with suppress(UnreadableList):
        read_list(raw, "x.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_bomb_takes_no_memory_and_without_the_limit_it_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = bomb(40 * 1024 * 1024)
    assert peak_of_reading(raw) < 5 * 1024 * 1024
    monkeypatch.setattr(parts, "LARGEST_RATIO", 100_000)
    assert peak_of_reading(raw) > 40 * 1024 * 1024
