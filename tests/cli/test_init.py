"""The first command on a machine, run once and run again."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.passwords import verify_password
from kiosk.store import SqliteStore
from tests.cli.conftest import Run


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def password_hash(data: Path, email: str) -> str:
    store = SqliteStore(data / "kiosk.sqlite")
    with store.read() as tx:
        organiser = tx.organisers.by_email(email)
    store.close()
    assert organiser
    return organiser.password_hash


def test_everything_it_makes_is_private(run: Run, data: Path) -> None:
    assert run("init").status == 0
    assert mode(data) == 0o700
    assert {mode(path) for path in data.iterdir()} == {0o600}
    assert len((data / "secret-key").read_text().strip()) >= 32


def test_it_may_be_run_again_and_keeps_what_is_there(run: Run, data: Path) -> None:
    first = run("init", "--json").json
    key = (data / "secret-key").read_bytes()
    again = run("init", "--json").json
    assert (first["key"], again["key"]) == ("made", "kept")
    assert first["schema"]
    assert again["schema"] == []
    assert (data / "secret-key").read_bytes() == key


def test_the_first_organiser_gets_a_password_that_is_shown_once(
    run: Run, data: Path
) -> None:
    made = run("init", "--organiser", "Ada@ada.example", "--json").json["organiser"]
    assert made["email"] == "ada@ada.example"
    assert verify_password(password_hash(data, "ada@ada.example"), made["password"])
    again = run("init", "--organiser", "ada@ada.example", "--json").json["organiser"]
    assert again == {"email": "ada@ada.example", "account": "kept"}


def test_a_password_from_a_file_is_set_and_may_be_changed(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "password"
    ask = ("init", "--organiser", "ada@ada.example", "--password-file", path, "--json")
    for password, account in (
        ("correct horse", "added"),
        ("correct horse", "kept"),
        ("battery staple", "password changed"),
    ):
        path.write_text(f"{password}\n")
        ran = run(*ask)
        assert ran.json["organiser"] == {"email": "ada@ada.example", "account": account}
        assert password not in ran.out
        assert verify_password(password_hash(data, "ada@ada.example"), password)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--organiser", "ada"), '"ada" is not an e-mail address.'),
        (("--organiser", "a@b.example", "--password-file", "/nowhere"), "There is no file"),
    ],
)
def test_a_wrong_organiser_is_told(run: Run, args: tuple[str, ...], says: str) -> None:
    assert says in run("init", *args).refusal


def test_a_short_password_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p").write_text("hunter2")
    ran = run("init", "--organiser", "a@b.example", "--password-file", tmp_path / "p")
    assert "fewer than 10 characters" in ran.refusal
    assert "hunter2" not in ran.err


def test_a_key_from_the_environment_leaves_no_copy(run: Run, data: Path) -> None:
    key = "a-long-random-value-of-nobody-4711-qwz"
    assert run("init", KIOSK_SECRET_KEY=key).status == 0
    assert not (data / "secret-key").exists()


def test_other_commands_say_that_it_comes_first(run: Run) -> None:
    assert "run `kiosk init`" in run("attendees", "list", "demo-2026").refusal


def test_a_folder_that_cannot_be_made_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = run("init", KIOSK_DATA=str(tmp_path / "file" / "data"))
    assert "data: not a directory." in ran.refusal


def test_migrate_has_nothing_to_do_afterwards(run: Run) -> None:
    run("init")
    assert run("migrate", "--json").json == {"schema": []}


def test_a_foreign_database_is_left_alone(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "kiosk.sqlite").write_bytes(
        b"this is not a database at all, not even close\n" * 9
    )
    assert "not a database of this program" in run("init").refusal


def test_the_doctor_finds_a_fresh_installation_fit(run: Run, data: Path) -> None:
    run("init")
    ran = run("doctor", "--json")
    states = {it["check"]: it["state"] for it in ran.json["checks"]}
    assert ran.status == 0
    assert states["database"] == states["data folder"] == states["settings"] == "good"
    assert states["mail"] == "warning"
    (data / "secret-key").chmod(0o644)
    sick = run("doctor", KIOSK_MAIL_URL="smtp://127.0.0.1:9")
    assert sick.status == 1
    assert "others can read the secret key" in sick.out
    assert "mail: 127.0.0.1 cannot be used" in sick.out


def test_the_doctor_tells_every_wrong_setting(run: Run) -> None:
    run("init")
    ran = run("doctor", KIOSK_LOG="xml", KIOSK_MAIL_RATE="fast")
    assert ran.status == 1
    assert ran.out.count("✗ settings") == 2


def test_a_lost_key_is_not_replaced_while_badges_depend_on_it(
    kiosk: Run, data: Path
) -> None:
    assert kiosk("attendees", "add", "demo-2026", "--name", "Ada").status == 0
    (data / "secret-key").rename(data / "elsewhere")
    assert "need the key that was in" in kiosk("init").refusal
    assert not (data / "secret-key").exists()
    (data / "elsewhere").rename(data / "secret-key")
    assert kiosk("init").status == 0


def test_an_empty_key_file_is_told(run: Run, data: Path) -> None:
    assert run("init").status == 0
    (data / "secret-key").write_text("")
    assert "is empty; put the key back" in run("init").refusal
    assert "is empty; put the key back" in run("devices", "list").refusal


def test_several_at_once_make_one_key_and_one_organiser(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "init", "--organiser", "a@b.example"]
    environ = os.environ | {"KIOSK_DATA": str(tmp_path / "data")}

    def start(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=60, check=True
        )

    with ThreadPoolExecutor(3) as shells:
        said = [ran.stdout for ran in shells.map(start, range(3))]
    assert sum("Password, shown only now" in out for out in said) == 1
    assert len((tmp_path / "data" / "secret-key").read_text().strip()) == 64
