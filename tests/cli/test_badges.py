"""Badges on paper, some of them, and another one for who lost theirs."""

import csv
from pathlib import Path
from typing import Any

import pytest

from kiosk.ids import digest
from kiosk.link import Linked, TurnOver, turn_over
from kiosk.store import SqliteStore
from tests.builders import NOW
from tests.cli.conftest import Run

People = list[dict[str, Any]]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_csv_names_everybody_with_their_code(
    kiosk: Run, people: People, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "badges.csv"
    assert kiosk("badges", "demo-2026", "--out", out, "--json").json == {
        "badges": 3, "path": str(out), "format": "csv",
    }  # fmt: skip
    rows = read_csv(out)
    assert list(rows[0]) == ["attendee_id", "name", "company", "code", "url"]
    assert {row["attendee_id"] for row in rows} == {person["id"] for person in people}
    store = SqliteStore(data / "kiosk.sqlite")
    with store.read() as tx:
        for row in rows:
            badge = tx.badges.by_digest(digest(row["code"]))
            assert badge
            assert badge.attendee_id == row["attendee_id"]
            assert row["url"] == f"HTTP://127.0.0.1:8080/B/{row['code']}"
    store.close()


@pytest.mark.usefixtures("people")
def test_an_event_with_backs_has_their_codes_in_the_list(
    kiosk: Run, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "event.toml"
    file.write_text(file.read_text() + "\n[badges]\nagree_code = true\n")
    assert "agree_code" in kiosk("event", "apply", file).out
    out = tmp_path / "badges.csv"
    kiosk("badges", "demo-2026", "--out", out)
    row, *_ = read_csv(out)
    key = (data / "secret-key").read_bytes().strip()
    link = TurnOver(key, row["agree_url"], "A phone")
    store = SqliteStore(data / "kiosk.sqlite")
    outcome = store.write(turn_over, link, NOW)
    store.close()
    assert isinstance(outcome, Linked)
    assert outcome.phone.attendee_id == row["attendee_id"]


def test_what_was_printed_is_not_new(kiosk: Run, people: People, tmp_path: Path) -> None:
    out = tmp_path / "badges.csv"
    kiosk("badges", "demo-2026", "--out", out, "--only", people[0]["id"])
    assert [row["name"] for row in read_csv(out)] == ["Ada Lovelace"]
    kiosk("badges", "demo-2026", "--out", out, "--only", "new")
    assert [row["name"] for row in read_csv(out)] == ["Grace Hopper", "Linus Torvalds"]
    ran = kiosk("badges", "demo-2026", "--out", tmp_path / "none.csv", "--only", "new")
    assert (ran.status, ran.out) == (0, "There is no badge to print.\n")
    assert not (tmp_path / "none.csv").exists()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("name", "begins"), [("badges.pdf", b"%PDF-"), ("badges.zip", b"PK")]
)
def test_the_ending_says_the_format(
    kiosk: Run, tmp_path: Path, name: str, begins: bytes
) -> None:
    out = tmp_path / name
    assert kiosk("badges", "demo-2026", "--out", out).status == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ("--out", "/nowhere/badges.csv"),
            "There is no folder /nowhere; make it first.",
        ),
        (("--out", "badges.docx"), "ends like no known format"),
        (("--out", "b.csv", "--only", "nobody"), "Nobody at demo-2026 has the id nobody"),
    ],
)
def test_a_badge_that_cannot_be_printed_is_told(
    kiosk: Run, args: tuple[str, ...], says: str
) -> None:
    assert says in kiosk("badges", "demo-2026", *args).refusal


@pytest.mark.usefixtures("people")
def test_another_key_is_noticed_before_paper_is_wasted(kiosk: Run, tmp_path: Path) -> None:
    ran = kiosk(
        "badges", "demo-2026", "--out", tmp_path / "b.csv",
        KIOSK_SECRET_KEY="another-long-random-value-4711-qwzuio",
    )  # fmt: skip
    assert "under another secret key" in ran.refusal


def test_who_canceled_gets_no_badge_unless_named(
    kiosk: Run, people: People, tmp_path: Path
) -> None:
    path = tmp_path / "canceled.csv"
    path.write_text("Name,Ticket code,Status\nAda Lovelace,T-1,canceled\n")
    kiosk("attendees", "import", "demo-2026", path)
    out = tmp_path / "badges.csv"
    kiosk("badges", "demo-2026", "--out", out)
    assert len(read_csv(out)) == 2
    kiosk("badges", "demo-2026", "--out", out, "--only", people[0]["id"])
    assert len(read_csv(out)) == 1


def test_a_reissued_badge_has_a_new_code(
    kiosk: Run, people: People, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "badges.csv"
    kiosk("badges", "demo-2026", "--out", out)
    old = read_csv(out)[0]
    asked = ("reissue", "demo-2026", old["attendee_id"], "--reason", "lost", "--json")
    made = kiosk(*asked).json
    assert made.keys() == {"attendee_id", "code", "url"}
    assert made["attendee_id"] == old["attendee_id"]
    assert made["code"] != old["code"]
    kiosk("badges", "demo-2026", "--out", out, "--only", "new")
    assert [row["code"] for row in read_csv(out)] == [made["code"]]
    store = SqliteStore(data / "kiosk.sqlite")
    with store.read() as tx:
        replaced = tx.badges.by_digest(digest(old["code"]))
    store.close()
    assert replaced
    assert replaced.reason == "lost"


def test_nobody_gets_another_badge_at_a_wrong_id(kiosk: Run) -> None:
    ran = kiosk("reissue", "demo-2026", "nobody", "--reason", "lost")
    assert "Nobody at demo-2026 has the id nobody" in ran.refusal


def test_a_folder_cannot_become_a_sheet(kiosk: Run, people: People, tmp_path: Path) -> None:
    assert people
    ran = kiosk("badges", "demo-2026", "--out", tmp_path, "--format", "pdf")
    assert "is a folder; name the file to write" in ran.refusal
