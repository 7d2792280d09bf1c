"""What is taken out: whole, private where it must be, and run by no spreadsheet."""

import csv
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kiosk.about import rows_about
from kiosk.cell import harmless
from kiosk.cli import main
from kiosk.export import WHATS, sheets
from kiosk.model import Attendee
from kiosk.papers import Order, write
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    KEY,
    NOW,
    ada,
    an_attendee,
    an_event,
    grace,
    linus,
    plant,
    settle,
)
from tests.day import MARK, MINUTE, live, marked_ada
from tests.store.rows import a_connection, a_side, meet

FORMATS = ("csv", "xlsx", "json", "sqlite", "graphml", "vcf")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture
def day(store: SqliteStore) -> SqliteStore:
    live(store)
    return store


def kiosk(store: SqliteStore, *words: str) -> int:
    """Run a command on the store's folder; its exit status."""
    environ = {
        "KIOSK_DATA": str(store.path.parent),
        "KIOSK_SECRET_KEY": KEY.decode(),
    }
    return main(words, environ)


def export(store: SqliteStore, out: Path, *words: str) -> Path:
    assert kiosk(store, "export", "demo-2026", "--out", str(out), *words) == 0
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_attendees_and_a_folder_every_sheet(
    day: SqliteStore, tmp_path: Path
) -> None:
    people = table(export(day, tmp_path / "people.csv", "--format", "csv"))
    assert [row["name"] for row in people] == [
        marked_ada().name,
        grace().name,
        linus().name,
    ]
    assert people[0]["attendee_id"] == ada().id
    assert people[2]["status"] == "pending"
    kiosk(day, "export", "demo-2026", "--out", f"{tmp_path}/every/", "--format", "csv")
    assert {path.name for path in (tmp_path / "every").iterdir()} == {
        f"{what}.csv" for what in WHATS
    }


def test_check_ins_tell_first_in_last_out_and_who_is_inside(
    day: SqliteStore, tmp_path: Path
) -> None:
    rows = table(export(day, tmp_path / "in.csv", "--what", "check-ins"))
    by_name = {row["name"]: row for row in rows}
    assert set(by_name) == {marked_ada().name, grace().name}
    one, other = by_name[marked_ada().name], by_name[grace().name]
    assert (one["inside_now"], one["first_in_at"]) == ("yes", "2026-06-01T10:00:00+02:00")
    assert (other["inside_now"], other["last_out_at"]) == (
        "no",
        "2026-06-01T10:01:00+02:00",
    )
    assert (one["entry_count"], one["conflict_count"], one["list"]) == ("1", "0", "main")


def test_connections_tell_who_met_whom_when_where_and_how(
    day: SqliteStore, tmp_path: Path
) -> None:
    (met,) = table(export(day, tmp_path / "met.csv", "--what", "connections"))
    assert {met["first_name"], met["second_name"]} == {marked_ada().name, grace().name}
    assert met["met_at"] == "2026-06-01T10:01:00+02:00"
    assert (met["place"], met["how"]) == ("Desk", "two_badges")


def test_a_refused_scan_is_exported_with_its_reason(
    day: SqliteStore, tmp_path: Path
) -> None:
    rows = table(export(day, tmp_path / "scans.csv", "--what", "scans"))
    assert ("already_in", marked_ada().name) in {
        (row["reason"], row["name"]) for row in rows
    }
    assert len(rows) == 7


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_holds_a_note_an_ask_or_a_code(
    day: SqliteStore, tmp_path: Path, form: str
) -> None:
    out = export(day, tmp_path / f"all.{form}", "--format", form)
    content = text_of(out)
    assert "Grace Hopper" in content
    assert "wrote this" not in content
    assert "accepted" not in content
    assert content.count("two_badges") <= 2
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".*.part")) == []


def text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return path.read_bytes().decode(errors="replace")


def test_a_workbook_has_a_sheet_for_each_and_only_text(
    day: SqliteStore, tmp_path: Path
) -> None:
    book = CalamineWorkbook.from_path(str(export(day, tmp_path / "all.xlsx")))
    assert book.sheet_names == list(WHATS)
    rows = book.get_sheet_by_name("attendees").to_python()
    assert rows[0][:3] == ["attendee_id", "name", "email"]
    assert rows[1][1] == marked_ada().name
    one = CalamineWorkbook.from_path(
        str(export(day, tmp_path / "one.xlsx", "--what", "letters"))
    )
    assert one.sheet_names == ["letters"]


def test_json_is_one_object(day: SqliteStore, tmp_path: Path) -> None:
    taken = json.loads(export(day, tmp_path / "all.json").read_text())
    assert taken["event"]["slug"] == "demo-2026"
    assert [person["name"] for person in taken["attendees"]][1] == "Grace Hopper"
    assert taken["check_ins"][0]["entry_count"] == 1
    assert len(taken["connections"]) == 1
    assert set(taken) == {"event", *(what.replace("-", "_") for what in WHATS)}


def sqlite_utils(*words: str) -> list[dict[str, object]]:
    tool = Path(sys.executable).with_name("sqlite-utils")
    done = subprocess.run([tool, *words], capture_output=True, text=True, check=True)
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_the_database_opens_with_sqlite_utils_own_command(
    day: SqliteStore, tmp_path: Path
) -> None:
    out = str(export(day, tmp_path / "all.sqlite", "--format", "sqlite"))
    counts = {
        str(row["table"]): row["count"] for row in sqlite_utils("tables", out, "--counts")
    }
    assert counts["attendees"] == 3
    assert counts["connections"] == counts["event"] == 1
    assert {row["view"] for row in sqlite_utils("views", out)} == {
        "met", "arrivals", "refusals",
    }  # fmt: skip
    met = sqlite_utils("rows", out, "met")
    assert {row["name"] for row in met} == {marked_ada().name, "Grace Hopper"}
    (found,) = sqlite_utils("search", out, "attendees", "grace")
    assert found["name"] == "Grace Hopper"
    with closing(sqlite3.connect(out)) as database:
        assert database.execute("pragma foreign_key_check").fetchall() == []
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        keys = database.execute("pragma foreign_key_list(connections)").fetchall()
    assert {(key[2], key[3]) for key in keys} == {
        ("attendees", "first_id"), ("attendees", "second_id"),
    }  # fmt: skip


def test_an_empty_event_exports_in_every_format(store: SqliteStore, tmp_path: Path) -> None:
    plant(store)
    for form in FORMATS:
        assert export(store, tmp_path / f"none.{form}").exists()
    assert table(tmp_path / "none.csv") == []
    assert json.loads((tmp_path / "none.json").read_text())["attendees"] == []


def test_graphml_is_well_formed_whatever_the_names(
    store: SqliteStore, tmp_path: Path
) -> None:
    odd = an_attendee("<&>\"' \x00\x0b\ud7ff李 ]]>", company="A & B")
    plant(store, odd, grace())
    store.write(lambda tx, _, __: meet(tx, odd, grace()), None, NOW)
    root = ElementTree.parse(export(store, tmp_path / "net.graphml")).getroot()
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    names = [data.text for data in root.findall(".//g:node/g:data[@key='name']", space)]
    assert "<&>\"' \ud7ff李 ]]>" in names
    (edge,) = root.findall(".//g:edge", space)
    assert {edge.get("source"), edge.get("target")} == {odd.id, grace().id}


def test_vcards_are_of_version_3_and_one_a_person(day: SqliteStore, tmp_path: Path) -> None:
    text = export(day, tmp_path / "people.vcf").read_bytes().decode()
    assert text.count("BEGIN:VCARD\r\nVERSION:3.0\r\n") == 3
    assert "FN:Grace Hopper\r\n" in text


@pytest.mark.parametrize("sign", FORMULAS)
@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\ufeff", "\u200b "])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(
    sign: str, blank: str
) -> None:
    text = f"{blank}{sign}cmd|' /C calc'!A1"
    if not (blank and sign in "\t\r\n"):
        assert harmless(text) == f"'{text}"


@given(st.text())
def test_a_cell_is_never_changed_but_for_the_apostrophe(text: str) -> None:
    assert harmless(text) in {text, f"'{text}"}
    assert not harmless(text).lstrip().startswith(FORMULAS)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_names_that_are_formulas_are_exported_as_text(
    store: SqliteStore, tmp_path: Path, form: str
) -> None:
    plant(
        store, an_attendee("=HYPERLINK(1)", company="＝1+1", role=" @x", phone="+49 30 1")
    )
    out = export(store, tmp_path / f"people.{form}", "--what", "attendees")
    if form == "csv":
        (row,) = table(out)
    else:
        names, cells = (
            CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
        )
        row = dict(zip(map(str, names), map(str, cells), strict=True))
    assert row["name"] == "'=HYPERLINK(1)"
    assert (row["company"], row["role"], row["phone"]) == ("'＝1+1", "' @x", "'+49 30 1")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("nowhere-2026", "--out", "x.csv"), 1, 'There is no event "nowhere-2026"'),
        (
            ("demo-2026", "--out", "/no/such/place/x.csv"),
            1,
            "Cannot write /no/such/place/x",
        ),
        (("demo-2026", "--out", "x"), 1, "Name a format"),
        (("demo-2026", "--out", "x.vcf", "--what", "scans"), 1, "always holds attendees"),
        (("demo-2026", "--out", "x.docx", "--format", "docx"), 2, "invalid choice: 'docx'"),
        (
            ("demo-2026", "--out", "x.csv", "--what", "badges"),
            2,
            "invalid choice: 'badges'",
        ),
        (("demo-2026",), 2, "--out"),
        (
            ("demo-2026", "--out", "x.csv", "--what", "scans", "--what", "letters"),
            1,
            "name a folder",
        ),
    ],
)
def test_an_export_that_cannot_be_is_one_sentence(
    day: SqliteStore,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    status: int,
    sentence: str,
) -> None:
    assert kiosk(day, "export", *words) == status
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    if status == 1:
        assert told.count("\n") == 1


def test_an_export_that_fails_leaves_the_file_before_it(
    day: SqliteStore, tmp_path: Path
) -> None:
    """The rows come from a database that breaks while they are read."""
    out = export(day, tmp_path / "people.csv")
    before = out.read_bytes()
    with closing(sqlite3.connect(day.path)) as database:
        database.execute(
            "update attendees set valid_from = 'never' where name like 'Linus%'"
        )
        database.commit()
    with pytest.raises(ValueError, match="never"), day.read() as tx:
        write(tx, Order(an_event(), "csv", out))
    assert out.read_bytes() == before
    assert list(tmp_path.glob(".*.part")) == []


def test_a_person_reads_all_that_is_held_of_them_and_nothing_of_others(tx: Tx) -> None:
    settle(tx, people=[ada(), replace(grace(), share=("name",)), linus()])
    connection = meet(tx, ada(), grace())
    tx.sides.put(a_side(connection, grace(), fields=("name",)))
    tx.sides.write_note(connection.id, ada().id, "my own note")
    tx.sides.write_note(connection.id, grace().id, "what Grace thinks")
    held = rows_about(tx, ada().id)
    assert held
    told = json.dumps(held)
    assert held["person"]["email"] == ada().email
    assert held["tickets"][0]["code"] == ada().ticket_code
    assert held["connections"][0]["person"] == {"name": "Grace Hopper"}
    assert held["connections"][0]["note"] == "my own note"
    assert "what Grace thinks" not in told
    assert grace().email not in told
    assert rows_about(tx, "nobody") is None


ASKED = {"agreed_at": None, "asked_at": NOW, "asked_by": ada().id}
ASKED_OF_ADA = ASKED | {"asked_by": grace().id}


@pytest.mark.parametrize(
    ("changes", "blockers", "standing"),
    [
        ({}, [], "mutual"),
        ({"withdrawn_at": NOW, "withdrawn_by": ada().id}, [], "withdrawn"),
        ({"withdrawn_at": NOW, "withdrawn_by": grace().id}, [], "ended"),
        ({}, [ada()], "blocked"),
        ({}, [grace()], "ended"),
        ({}, [ada(), grace()], "blocked"),
        (ASKED, [], "asked"),
        (ASKED | {"declined_at": NOW}, [], "asked"),
        (ASKED, [grace()], "asked"),
        (ASKED_OF_ADA, [], "asked_of_you"),
        (ASKED_OF_ADA | {"declined_at": NOW}, [], "declined"),
    ],
)
def test_what_the_other_one_ended_is_not_told(
    tx: Tx, changes: dict[str, object], blockers: list[Attendee], standing: str
) -> None:
    settle(tx, people=[ada(), grace()])
    connection = a_connection(ada(), grace(), **changes)
    for blocker in blockers:
        connection = connection.with_block(blocker.id, NOW)
    tx.connections.add(connection)
    held = rows_about(tx, ada().id)
    assert held
    (row,) = held["connections"]
    assert row["standing"] == standing
    if standing not in {"asked", "asked_of_you", "mutual"}:
        assert row["person"] == {}


def test_everything_of_the_day_is_in_a_persons_own_rows(day: SqliteStore) -> None:
    with day.read() as tx:
        held = rows_about(tx, ada().id)
    assert held
    assert [scan["outcome"] for scan in held["scans"]] == ["welcomed", "turned_away"]
    assert held["phones"][0]["name"] == f"{MARK}'s phone"
    assert held["letters"][0]["state"] == "sent"
    assert "Grace wrote" not in json.dumps(held)


def test_sheets_stream_in_the_order_asked_for(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    taken = {
        sheet.name: list(sheet.rows)
        for sheet in sheets(tx, an_event(), ("letters", "attendees"))
    }
    assert list(taken) == ["letters", "attendees"]
    assert len(taken["attendees"]) == 2


def test_the_organiser_is_told_how_an_ask_was_answered(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    connection = meet(tx, ada(), grace(), agreed_at=NOW + MINUTE)
    tx.sides.put(a_side(connection, ada(), how="asked"))
    tx.sides.put(a_side(connection, grace(), how="scan_back"))
    (sheet,) = sheets(tx, an_event(), ("connections",))
    (row,) = sheet.rows
    assert row[-1] == "scan_back"
