"""Lists read in from the command line, as CONTRACT §3 promises it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.intake.shop import TOKEN, ReplayedShop, broken, replayed_shop

LIST = """\
Name,E-mail,Company,Ticket code,Status
Ada Lovelace,ada@ada.example,Engines,T-1,confirmed
,guest@guest.example,,T-2,
Grace Hopper,not an address,Navy,T-3,pending
Linus Torvalds,linus@linus.example,Kernel,1.23E+15,confirmed
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def names(kiosk: Run) -> set[str]:
    listed = kiosk("attendees", "list", "demo-2026", "--json").json
    return {person["name"] for person in listed}


def test_every_row_is_told_and_rejected_rows_are_exit_3(kiosk: Run, file: Path) -> None:
    ran = kiosk("attendees", "import", "demo-2026", file, "--json")
    assert ran.status == 3
    said = ran.json
    assert (said["added"], said["updated"], said["unchanged"]) == (3, 0, 0)
    assert said["rejected"] == [{"row": 5, "reason": "ruined_code"}]
    assert {note["row"] for note in said["warnings"]} == {3, 4}
    assert said["mapping"]["E-mail"] == "email"
    assert (said["encoding"], said["format"], said["skipped"]) == ("utf-8", "csv", [])
    assert names(kiosk) == {"Ada Lovelace", "Guest 1", "Grace Hopper"}


def test_the_same_file_again_changes_nothing(kiosk: Run, file: Path) -> None:
    kiosk("attendees", "import", "demo-2026", file)
    said = kiosk("attendees", "import", "demo-2026", file, "--json").json
    assert (said["added"], said["updated"], said["unchanged"]) == (0, 0, 3)


def test_the_same_file_after_an_erasure_does_not_bring_the_person_back(
    kiosk: Run, file: Path
) -> None:
    kiosk("attendees", "import", "demo-2026", file)
    listed = kiosk("attendees", "list", "demo-2026", "--json").json
    (ada,) = (person["id"] for person in listed if person["name"] == "Ada Lovelace")
    assert kiosk("erase", "demo-2026", "--attendee", ada).status == 0
    again = kiosk("attendees", "import", "demo-2026", file, "--json").json
    assert (again["added"], again["unchanged"]) == (0, 2)
    assert again["skipped"] == [{"row": 2, "reason": "erased"}]
    assert names(kiosk) == {"Guest 1", "Grace Hopper"}


def test_a_dry_run_says_the_same_and_writes_nothing(kiosk: Run, file: Path) -> None:
    dry = kiosk("attendees", "import", "demo-2026", file, "--dry-run", "--json")
    assert dry.status == 3
    assert names(kiosk) == set()
    real = kiosk("attendees", "import", "demo-2026", file, "--json")
    assert dry.json | {"dry_run": False} == real.json


def test_people_read_what_machines_read(kiosk: Run, file: Path) -> None:
    out = kiosk("attendees", "import", "demo-2026", file).out
    assert "3 added, 0 updated, 0 unchanged" in out
    assert "Rejected, not imported: ruined_code, row 5" in out


def test_a_column_can_be_named(kiosk: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Who,Where = from\nAda Lovelace,Engines\n")
    given = ("--map", "Who=name", "--map", "Where = from=company", "--json")
    said = kiosk("attendees", "import", "demo-2026", path, *given).json
    assert said["mapping"] == {"Who": "name", "Where = from": "company"}
    (person,) = kiosk("attendees", "list", "demo-2026", "--json").json
    assert (person["name"], person["company"]) == ("Ada Lovelace", "Engines")


@pytest.mark.parametrize(
    "content", [b"", b"Name,E-mail\n", b"\x89PNG\r\n\x1a\n" + bytes(50)]
)
def test_an_unreadable_file_is_one_sentence_and_changes_nothing(
    kiosk: Run, people: list[dict[str, Any]], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    ran = kiosk("attendees", "import", "demo-2026", tmp_path / "odd.csv")
    assert "odd.csv was not imported: " in ran.refusal
    assert kiosk("attendees", "list", "demo-2026", "--json").json == people


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("list.csv", "--pretix", "https://pretix.example"),
        ("--pretix", "https://pretix.example"),
        ("list.csv", "--map", "Who"),
        ("list.csv", "--unknown"),
    ],
)
def test_a_misused_import_is_exit_2(kiosk: Run, args: tuple[str, ...]) -> None:
    ran = kiosk("attendees", "import", "demo-2026", *args)
    assert ran.status == 2
    assert ran.err.startswith("usage: kiosk")


def test_a_missing_file_and_a_missing_event_are_told(kiosk: Run, file: Path) -> None:
    missing = kiosk("attendees", "import", "demo-2026", file.with_name("lst.csv"))
    assert missing.refusal.startswith("kiosk: There is no file")
    ran = kiosk("attendees", "import", "demo-2027", file)
    assert ran.refusal == 'kiosk: There is no event "demo-2027"; did you mean "demo-2026"?'


def test_a_walk_in_is_added_once(kiosk: Run) -> None:
    asked = ("attendees", "add", "demo-2026", "--name", "Zoë", "--email", "zoe@zoe.example")
    made = kiosk(*asked, "--json").json
    assert made["url"] == f"HTTP://127.0.0.1:8080/B/{made['code']}"
    assert "is registered already" in kiosk(*asked).refusal
    (person,) = kiosk("attendees", "list", "demo-2026", "--json").json
    assert (person["id"], person["checked_in"]) == (made["attendee_id"], False)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--name", "Zoë", "--email", "zoe"), '"zoe" is not an e-mail address.'),
        (("--name", "\u200b "), "needs a name"),
    ],
)
def test_a_walk_in_that_cannot_be_is_told(
    kiosk: Run, args: tuple[str, ...], says: str
) -> None:
    assert says in kiosk("attendees", "add", "demo-2026", *args).refusal


@pytest.fixture
def shop() -> Iterator[ReplayedShop]:
    with replayed_shop() as server:
        yield server


def asking(shop: ReplayedShop, tmp_path: Path) -> tuple[object, ...]:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    at = ("--pretix", shop.url, "--organizer", "demo", "--event", "netconf")
    return ("attendees", "import", "demo-2026", *at, "--token-file", tmp_path / "token")


def test_pretix_is_read_once_whole_and_then_for_changes(
    kiosk: Run, shop: ReplayedShop, tmp_path: Path
) -> None:
    first = kiosk(*asking(shop, tmp_path), "--json")
    assert first.status == 0
    assert (first.json["added"], first.json["format"]) == (101, "pretix")
    assert {"row": 68, "reason": "no_name"} in first.json["warnings"]
    second = kiosk(*asking(shop, tmp_path), "--json").json
    assert (second["added"], second["canceled"]) == (1, 1)
    third = kiosk(*asking(shop, tmp_path), "--json").json
    assert all(third[name] == 0 for name in ("added", "updated", "unchanged", "canceled"))


def test_a_dry_run_of_pretix_leaves_no_cursor(
    kiosk: Run, shop: ReplayedShop, tmp_path: Path
) -> None:
    for _ in range(2):
        dry = kiosk(*asking(shop, tmp_path), "--dry-run", "--json").json
        assert dry["added"] == 101
    assert names(kiosk) == set()


def test_a_broken_run_is_taken_up_where_it_was(
    kiosk: Run, shop: ReplayedShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.intake.pretix_client.ATTEMPTS", 1)
    shop.fail("/orders/?page=2", broken)
    refusal = kiosk(*asking(shop, tmp_path)).refusal
    assert "people were read before" in refusal
    assert TOKEN not in refusal
    shop.asked.clear()
    assert kiosk(*asking(shop, tmp_path)).status == 0
    assert len(kiosk("attendees", "list", "demo-2026", "--json").json) == 101
    assert not any(path.endswith("orders/?page=1") for path in shop.asked)


def test_full_reads_everything_again(
    kiosk: Run, shop: ReplayedShop, tmp_path: Path
) -> None:
    kiosk(*asking(shop, tmp_path))
    again = kiosk(*asking(shop, tmp_path), "--full", "--json").json
    assert (again["added"], again["unchanged"]) == (0, 101)


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "żeton"])
def test_a_token_file_holds_one_token(
    kiosk: Run, shop: ReplayedShop, tmp_path: Path, token: str
) -> None:
    asked = asking(shop, tmp_path)
    (tmp_path / "token").write_text(token)
    assert "does not hold one API token" in kiosk(*asked).refusal
    assert shop.asked == []


def test_the_list_is_json_with_whole_instants(
    kiosk: Run, people: list[dict[str, Any]]
) -> None:
    assert [person["name"] for person in people] == [
        "Ada Lovelace", "Grace Hopper", "Linus Torvalds",
    ]  # fmt: skip
    assert people[0]["registered_at"].endswith("Z")
    assert json.dumps(people[0])
    assert "ada@ada.example" in kiosk("attendees", "list", "demo-2026").out
