"""The command line as a whole: one sentence, the right status, never a traceback."""

import argparse
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

import kiosk.cli
from kiosk.cli import ROOMS
from kiosk.cli.house import House
from tests.cli.conftest import EVENT_FILE, Run

KIOSK = [sys.executable, "-m", "kiosk"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_adds_the_commands_it_is_listed_with(room: str) -> None:
    commands = argparse.ArgumentParser().add_subparsers()
    import_module(f"kiosk.cli.{room}").add_to(commands)
    assert tuple(commands.choices) == ROOMS[room]


def test_every_room_is_listed() -> None:
    modules = Path(kiosk.cli.__file__).parent.glob("*.py")
    with_commands = {path.stem for path in modules if "def add_to" in path.read_text()}
    assert with_commands == set(ROOMS)


@pytest.mark.parametrize("args", [(), ("nonsense",), ("event",), ("event", "apply")])
def test_misuse_is_exit_2_with_usage(run: Run, args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert ran.status == 2
    assert ran.err.startswith("usage: kiosk")


def test_help_is_no_failure(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    assert "attendees" in ran.out


def test_it_says_which_program_it_is(run: Run) -> None:
    assert run("--version").out.startswith("kiosk 0.")


def test_what_nobody_foresaw_is_one_sentence_with_its_place(
    kiosk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_house: House, _slug: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(House, "event", broken)
    refusal = kiosk("attendees", "list", "demo-2026").refusal
    assert "mistake of the program" in refusal
    assert "ZeroDivisionError in test_main.py line" in refusal


def test_all_wrong_settings_are_told_in_one_go(run: Run) -> None:
    refusal = run("migrate", KIOSK_LOG="xml", KIOSK_DTAA="x").refusal
    assert "KIOSK_LOG" in refusal
    assert "did you mean KIOSK_DATA?" in refusal


def test_letters_have_a_sender_even_when_the_file_forgets(run: Run, tmp_path: Path) -> None:
    run("init")
    path = tmp_path / "event.toml"
    path.write_text(EVENT_FILE)
    at = {"KIOSK_PUBLIC_URL": "https://kiosk.demo.example"}
    (note,) = run("event", "apply", path, "--json", **at).json["notes"]
    assert "letters will come from hello@kiosk.demo.example" in note
    again = run("event", "apply", path, "--json", **at).json
    assert again["changed"] == []
    path.write_text(EVENT_FILE + '[follow_up]\nsender_address = "team@demo.example"\n')
    said = run("event", "apply", path, "--json", **at).json
    assert said["notes"] == []
    assert {change["after"] for change in said["changed"]} == {"team@demo.example"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a system's /dev/full")
def test_a_full_disk_is_told_in_words(kiosk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        ran = kiosk("devices", "list")
        monkeypatch.undo()
        with suppress(OSError):
            full.close()
    assert "The disk is full" in ran.refusal


def test_a_file_of_bytes_is_no_traceback(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"\xff\xfe\x00password")
    ran = run("init", "--organiser", "a@b.example", "--password-file", tmp_path / "p")
    assert "not UTF-8 text" in ran.refusal


def test_the_event_command_says_what_it_did(kiosk: Run, tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    assert kiosk("event", "apply", path).out.startswith(
        "demo-2026 is as the file says; nothing changed.\n"
    )
    path.write_text(EVENT_FILE.replace("18:00", "17:00"))
    assert kiosk("event", "apply", path, "--json").json["changed"] == [
        {
            "field": "ends_at",
            "before": "2026-06-02T16:00:00.000000Z",
            "after": "2026-06-02T15:00:00.000000Z",
        }
    ]
    path.write_text(EVENT_FILE.replace("Europe/Berlin", "Europe/Berlni"))
    assert 'did you mean "Europe/Berlin"?' in kiosk("event", "apply", path).refusal


def test_it_works_as_a_program_from_a_path_with_a_space(tmp_path: Path) -> None:
    data = tmp_path / "a folder"
    done = subprocess.run(
        [*KIOSK, "init"], env={"KIOSK_DATA": str(data)}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    wrong = subprocess.run(
        [*KIOSK, "event", "apply", "no such file.toml"],
        env={"KIOSK_DATA": str(data)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert wrong.returncode == 1
    assert wrong.stderr == "kiosk: There is no file or folder no such file.toml.\n"


def test_a_reader_that_goes_away_is_no_traceback(
    kiosk: Run, data: Path, tmp_path: Path
) -> None:
    rows = "".join(f"Person {n},p{n}@people.example\n" for n in range(3000))
    (tmp_path / "many.csv").write_text(f"Name,E-mail\n{rows}")
    kiosk("attendees", "import", "demo-2026", tmp_path / "many.csv")
    with subprocess.Popen(
        [*KIOSK, "attendees", "list", "demo-2026"],
        env={"KIOSK_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as listing:
        assert listing.stdout
        assert listing.stderr
        listing.stdout.readline()
        listing.stdout.close()
        assert listing.stderr.read() == b""


@pytest.mark.parametrize("name", ["kiosk.sqlite", "kiosk.sqlite-wal"])
def test_a_backup_never_takes_the_place_of_the_database(
    kiosk: Run, data: Path, name: str
) -> None:
    before = (data / "kiosk.sqlite").stat().st_ino
    ran = kiosk("backup", data / name, "--force")
    assert "is the database itself" in ran.refusal
    assert (data / "kiosk.sqlite").stat().st_ino == before


def test_changes_of_an_event_are_told_as_its_file_writes_them(
    kiosk: Run, tmp_path: Path
) -> None:
    path = tmp_path / "event.toml"
    late = EVENT_FILE.replace("18:00", "17:30")
    path.write_text(late + '[follow_up]\nhold = true\nnudges = ["14d", "36h"]\n')
    told = kiosk("event", "apply", path).out
    assert "ends_at: 2026-06-02T18:00:00 → 2026-06-02T17:30:00\n" in told
    assert "follow_up.hold: false → true\n" in told
    assert "follow_up.nudges: none → 2160m, 14d\n" in told
