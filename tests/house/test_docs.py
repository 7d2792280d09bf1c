"""The documents tell the truth of today: settings, commands, pictures, links, length."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import __version__, cli
from kiosk.settings import SETTINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGE = 60  # lines of a printed page
DOCUMENTS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
)


def commands(parser: argparse.ArgumentParser, before: str = "kiosk") -> Iterator[str]:
    """Every command of the parser, with the words that lead to it."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield before
    for name, below in (pair for group in groups for pair in group.choices.items()):
        yield from commands(below, f"{before} {name}")


COMMANDS = sorted(commands(cli._parser()))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_readme_explains_every_setting(setting: object) -> None:
    name, meaning = getattr(setting, "name", ""), getattr(setting, "meaning", "")
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}`"))
    assert row.endswith(f"| {meaning} |")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert command.rsplit(maxsplit=1)[-1] in re.findall(r"[\w-]+", README)


@pytest.mark.parametrize(
    "line", [line for line in README.splitlines() if line.startswith("kiosk ")]
)
def test_a_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition("#")[0].partition("&&")[0])[1:]
    cli._parser().parse_args(words)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text()):
        assert (ROOT / target).exists(), target


def test_the_architecture_is_two_pages_and_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert len(text.splitlines()) <= 2 * PAGE
    here = {path.stem for path in (ROOT / "kiosk").glob("*.py") if path.stem[0] != "_"}
    missing = {name for name in here if not re.search(rf"\b{name}\b", text)}
    assert missing == set()


def test_the_version_is_said_once() -> None:
    said = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert said
    assert said[1] == __version__
