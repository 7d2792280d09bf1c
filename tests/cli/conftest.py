"""A command line with a data folder of its own, and what it printed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main

EVENT_FILE = """\
slug = "demo-2026"
name = "Demo Conference 2026"
timezone = "Europe/Berlin"
starts_at = 2026-06-01T09:00:00
ends_at = 2026-06-02T18:00:00
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one sentence of a command that failed."""
        assert self.status == 1, self.out + self.err
        assert self.out == ""
        assert self.err.startswith("kiosk: ")
        assert self.err.count("\n") == 1
        return self.err.strip()


Run = Callable[..., Ran]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data folder"


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an installation that does not exist yet."""

    def run(*args: object, **environ: str) -> Ran:
        status = main([str(arg) for arg in args], {"KIOSK_DATA": str(data)} | environ)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def kiosk(run: Run, tmp_path: Path) -> Run:
    """Run a command where `kiosk init` was, and the event demo-2026 is."""
    (tmp_path / "event.toml").write_text(EVENT_FILE)
    assert run("init").status == 0
    assert run("event", "apply", tmp_path / "event.toml").status == 0
    return run


@pytest.fixture
def people(kiosk: Run, tmp_path: Path) -> list[dict[str, Any]]:
    """Ada, Grace and Linus in demo-2026, as `attendees list` tells of them."""
    path = tmp_path / "people.csv"
    path.write_text(
        "Name,E-mail,Company,Ticket code\n"
        "Ada Lovelace,ada@ada.example,Engines,T-1\n"
        "Grace Hopper,grace@grace.example,Navy,T-2\n"
        "Linus Torvalds,linus@linus.example,Kernel,T-3\n"
    )
    assert kiosk("attendees", "import", "demo-2026", path).status == 0
    found: list[dict[str, Any]] = kiosk("attendees", "list", "demo-2026", "--json").json
    return found
