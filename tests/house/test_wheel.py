"""What is built is what runs: the wheel, alone in a clean environment, serves its pages."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.ports import a_free_port

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 30.0  # seconds
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*words: str | Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        words, cwd="/", env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel built from this tree and installed with its dependencies."""
    folder = tmp_path_factory.mktemp("a wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("kiosk-*.whl")
    run(sys.executable, "-m", "venv", folder / "clean")
    clean = folder / "clean" / "bin" / "python"
    run(clean, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", wheel)
    return clean.with_name("kiosk")


@pytest.fixture(scope="module")
def address(kiosk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the installed server answers."""
    data, port = tmp_path_factory.mktemp("data"), a_free_port()
    url = f"http://127.0.0.1:{port}"
    clean = {name: value for name, value in os.environ.items() if name[:6] != "KIOSK_"}
    env = clean | {"KIOSK_DATA": str(data), "KIOSK_PUBLIC_URL": url}
    env.pop("PYTHONPATH", None)
    run(kiosk, "init", "--organiser", "olga@demo.example", env=env)
    server = subprocess.Popen([kiosk, "serve", "--port", str(port)], cwd="/", env=env)
    try:
        _await(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def _await(url: str) -> None:
    give_up_at = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up_at:
        try:
            if requests.get(f"{url}/readyz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the installed server did not answer")


def test_the_installed_server_gives_a_page_and_every_asset_on_it(address: str) -> None:
    for path in ("/", "/kiosk/", "/desk/sign-in"):
        page = requests.get(address + path, timeout=5)
        assert page.status_code == 200
        assets = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)
        assert assets
        for asset in assets:
            assert requests.get(address + asset, timeout=5).status_code == 200, asset


def test_the_installed_server_has_the_camera_decoder_and_its_licences(address: str) -> None:
    wasm = requests.get(f"{address}/static/vendor/zxing_reader.wasm", timeout=5)
    assert wasm.content.startswith(b"\0asm")
    assert wasm.headers["Content-Type"] == "application/wasm"
    for name in ("barcode-detector", "zxing-wasm", "zxing-cpp"):
        told = requests.get(f"{address}/static/vendor/{name}-LICENSE.txt", timeout=5)
        assert told.ok
        assert len(told.text) > 1_000
