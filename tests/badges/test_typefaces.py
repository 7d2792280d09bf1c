"""The fonts of the pages, as scripts/web/build.py makes them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "static" / "vendor"


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "scripts" / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


@pytest.mark.skipif(not VENDOR.is_dir(), reason="run scripts/web/build.py first")
def test_every_font_of_the_style_sheet_is_there_with_its_licence() -> None:
    css = (VENDOR / "fonts.css").read_text(encoding="utf-8")
    files = set(re.findall(r'url\("fonts/([^?"]+)\?v=[0-9a-f]{12}"\)', css))
    assert css.count("url(") == len(files)
    assert files == {path.name for path in (VENDOR / "fonts").glob("*.woff2")}
    assert len(list((VENDOR / "fonts").glob("*-LICENSE.txt"))) == 5


@pytest.mark.skipif(not VENDOR.is_dir(), reason="run scripts/web/build.py first")
def test_the_families_are_those_that_the_tokens_name() -> None:
    css = (VENDOR / "fonts.css").read_text(encoding="utf-8")
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    families = set(re.findall(r'font-family: "([^"]+)"', css))
    assert {family for family in families if f'"{family}"' not in tokens} == set()
    assert "Noto Sans Variable" in families
