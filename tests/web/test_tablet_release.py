"""What a tablet keeps: one release, whole, by content; another file is another release."""

import json
import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.places import folder

FOUND = re.compile(r'(?:href|src)="(/static/[^"?#]+)')


@pytest.fixture
def static(app: Flask, tmp_path: Path) -> Path:
    own = copytree(folder("static"), tmp_path / "static")
    app.static_folder = str(own)
    return own


def release_in(client: FlaskClient) -> dict[str, Any]:
    first = client.get("/kiosk/sw.js").text.partition("\n")[0]
    found: dict[str, Any] = json.loads(
        first.removeprefix("self.release = ").removesuffix(";")
    )
    return found


@pytest.mark.parametrize("page", ["/kiosk/", "/kiosk/pair"])
def test_all_that_a_page_names_is_kept(client: FlaskClient, page: str) -> None:
    kept, answer = release_in(client), client.get(page)
    named = set(FOUND.findall(answer.text))
    assert named
    assert named <= kept["files"].keys()
    assert answer.headers["Hall-Release"] == kept["name"]
    assert f'content="{kept["name"]}"' in answer.text


def test_each_page_that_is_kept_says_its_release(client: FlaskClient) -> None:
    kept = release_in(client)
    for page in kept["pages"]:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["Hall-Release"] == kept["name"]


def test_every_module_that_another_imports_is_kept(client: FlaskClient) -> None:
    files = release_in(client)["files"]
    for path in [path for path in files if path.endswith(".js") and "/js/" in path]:
        with client.get(path) as answer:
            source = answer.get_data(as_text=True)
        for asked in re.findall(r'(?:from|import) "(\.[^"]+)"', source):
            parts = [*path.split("/")[:-1], *asked.split("/")]
            while ".." in parts:
                place = parts.index("..")
                parts[place - 1 : place + 1] = []
            assert "/".join(part for part in parts if part != ".") in files, (path, asked)


def test_another_file_is_another_release(client: FlaskClient, static: Path) -> None:
    before = release_in(client)
    (static / "js" / "tablet" / "code.js").write_text("export const other = 1;")
    after = release_in(client)
    assert before["name"] != after["name"]
    changed = {
        path for path in before["files"] if before["files"][path] != after["files"][path]
    }
    assert changed == {"/static/js/tablet/code.js"}


def test_the_worker_itself_belongs_to_the_release(
    client: FlaskClient, static: Path
) -> None:
    before = release_in(client)["name"]
    with (static / "js" / "tablet" / "worker.js").open("a") as file:
        file.write("// more\n")
    assert release_in(client)["name"] != before


def test_the_app_can_be_put_on_a_home_screen(client: FlaskClient) -> None:
    answer = client.get("/kiosk/manifest.webmanifest")
    told = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert (told["start_url"], told["scope"]) == ("/kiosk/", "/kiosk/")
    assert (told["display"], told["orientation"]) == ("fullscreen", "any")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with client.get(icon["src"]) as picture:
            assert picture.status_code == 200
