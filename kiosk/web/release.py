"""One release of the tablet's app: every file it needs, by its content, under one name.

A tablet keeps a release as a whole and shows no page made of two. So the name is a digest
of all that goes into it, and each answer of a tablet's page says of which release it is.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from kiosk.places import PACKAGE

DIGEST_LENGTH = 16
HEADER = "Hall-Release"
FOLDERS = ("css", "icons", "js/elements", "js/lib", "js/tablet", "vendor")
ENDINGS = {".css", ".js", ".svg", ".png", ".wasm", ".woff2"}
OTHERS = ("desk", "phone", "start.css")  # style sheets of pages that no tablet shows
SOURCES = ("base.html", "base_tablet.html", "parts", "tablet")
WORKER = "js/tablet/worker.js"


@dataclass(frozen=True, slots=True)
class Release:
    """`files` are addresses below /static/, without a version, and a digest of each."""

    name: str
    files: dict[str, str]


def release_of(app: Flask) -> Release:
    """What a tablet would be given now; files that changed since are read again."""
    static, templates = Path(app.static_folder or ""), Path(app.template_folder or "")
    files = {
        f"/static/{quote(path.relative_to(static).as_posix())}": _digest_of(path)
        for path in _assets(static)
    }
    made_of = [static / WORKER, *_sources(templates)]
    sources = [_digest_of(path) for path in made_of]
    told = json.dumps([files, sources], sort_keys=True).encode()
    return Release(sha256(told).hexdigest()[:DIGEST_LENGTH], files)


def worker_of(app: Flask, release: Release, pages: Sequence[str]) -> str:
    """The service worker's source; it begins with what it is to keep.

    Another release is another text, which is how a browser finds out that there is one.
    """
    told = {"name": release.name, "files": release.files, "pages": pages}
    source = Path(app.static_folder or "", WORKER).read_text(encoding="utf-8")
    return f"self.release = {json.dumps(told, separators=(',', ':'))};\n{source}"


def _assets(static: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((static / folder).rglob("*")):
            is_wanted = path.suffix in ENDINGS and not path.name.startswith(OTHERS)
            if is_wanted and path != static / WORKER:
                yield path


def _sources(templates: Path) -> Iterator[Path]:
    """What the pages and the word catalogues are made of."""
    for name in SOURCES:
        place = templates / name
        yield from sorted(place.rglob("*.html")) if place.is_dir() else [place]
    yield from sorted((PACKAGE / "words").glob("*.po"))


def _digest_of(path: Path) -> str:
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _digest(path: Path, changed_at: int) -> str:
    del changed_at  # part of the key: an edited file is read again
    return sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]
