"""`kiosk doctor`: is this installation fit for the day, and what to do where it is not.

Each check is one line: good, a warning, or a failure; with a failure the exit status is 1.
Nothing is changed, and no letter is sent.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Literal

from kiosk.cli import installation
from kiosk.cli.house import DONE, FAILED, Commands, House, answer, command, sentence
from kiosk.settings import Settings, SettingsError
from kiosk.store import StoreError

State = Literal["good", "warning", "failure"]
_MARKS: dict[State, str] = {"good": "✓", "warning": "!", "failure": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    state: State
    says: str


def add_to(commands: Commands) -> None:
    command(commands, "doctor", _doctor, "check settings, mail, clock, disk and the rest")


def _doctor(args: argparse.Namespace, house: House) -> int:
    findings = list(_findings(house))
    answer(
        args,
        {"checks": [asdict(finding) for finding in findings]},
        "\n".join(f"{_MARKS[it.state]} {it.check}: {it.says}" for it in findings),
    )
    return FAILED if any(it.state == "failure" for it in findings) else DONE


def _findings(house: House) -> Iterator[Finding]:
    try:
        settings = house.settings
    except SettingsError as error:
        yield from (Finding("settings", "failure", it) for it in error.mistakes)
        return
    yield Finding("settings", "good", "all are understood.")
    for name, check in CHECKS.items():
        yield _asked(name, partial(check, settings))
    yield _asked("database", lambda: installation.database(house.store, settings))
    yield _asked("clock", lambda: installation.clock(house.store, house.now))


CHECKS: dict[str, Callable[[Settings], installation.Said]] = {
    "data folder": installation.data_folder,
    "disk": installation.disk,
    "SQLite": installation.sqlite,
    "mail": installation.mail,
    "TLS": installation.tls,
    "browsers": installation.browsers,
    "pages": installation.pages,
    "badges": installation.badges,
}


def _asked(name: str, check: Callable[[], installation.Said]) -> Finding:
    """What a check says; what it could not even ask is a failure in its own words."""
    try:
        state, says = check()
    except (StoreError, OSError) as error:
        state, says = "failure", sentence(error)
    return Finding(name, state, says)
