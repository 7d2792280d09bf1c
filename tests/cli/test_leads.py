"""A sponsor's device and a sponsor's file, from the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SPONSORS = """
[[sponsors]]
name = "Acme"
purpose = "Acme writes to you once about its new engines."
"""


@pytest.fixture
def fair(kiosk: Run, tmp_path: Path) -> Run:
    """The event of the other tests, with a sponsor."""
    file = next(tmp_path.rglob("*.toml"))
    file.write_text(file.read_text() + SPONSORS)
    assert kiosk("event", "apply", str(file)).status == 0
    return kiosk


def test_a_device_is_given_to_a_sponsor(fair: Run) -> None:
    words = ("--name", "Acme booth", "--sponsor", "Acme")
    assert fair("devices", "add", "demo-2026", *words).status == 0
    (device,) = fair("devices", "list", "demo-2026", "--json").json
    assert (device["name"], device["sponsor"]) == ("Acme booth", "Acme")


def test_a_sponsors_file_is_written_alone(fair: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "acme.json")
    of_acme = ("--what", "leads", "--sponsor", "Acme")
    assert fair("export", "demo-2026", "--out", out, *of_acme).status == 0
    assert json.loads(Path(out).read_text())["leads"] == []
    for wrong in (
        ("--what", "leads"),
        ("--sponsor", "Acme"),
        (*of_acme, "--what", "attendees"),
    ):
        assert "alone" in fair("export", "demo-2026", "--out", out, *wrong).refusal
    nobody = ("--what", "leads", "--sponsor", "Nobody")
    said = fair("export", "demo-2026", "--out", out, *nobody).refusal
    assert 'no sponsor "Nobody"; there are: Acme.' in said
    cards = str(tmp_path / "acme.vcf")
    assert fair("export", "demo-2026", "--out", cards, *of_acme).status == 1
