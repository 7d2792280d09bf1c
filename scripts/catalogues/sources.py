"""Every sentence a person may read on tablet, phone or in a letter, and where it is said.

Pages and Python are read by Babel; the desk and the command line are in English. The
tablet's sentences have keys: their context is `tablet.KEY`, and `KEY.one` with `KEY.other`
make one sentence with a plural.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from babel.messages.extract import extract_python
from jinja2.ext import babel_extract

from kiosk.words import TABLET

ROOT = Path(__file__).parents[2]
ENGLISH_ONLY = ("templates/desk", "templates/base_desk.html", "kiosk/web/desk", "kiosk/cli")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "n_": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PAGES = {"newstyle_gettext": "true", "silent": "false"}
LETTERS = PAGES | {"trim_blocks": "true", "lstrip_blocks": "true"}
"""As `kiosk.mail.stationery` reads them, so that line ends within sentences agree."""

ONE, OTHER = ".one", ".other"
_PAIR = re.compile(r'\s*(?:"([^"\\]+)"|(\w+)):\s*("(?:[^"\\]|\\.)*"),?')
_NO_WORDS = re.compile(r"/\*.*?\*/|^import .*?;$|^\s*\.\.\.\w+,$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in English as gettext knows it; `plural` is "" where it has none."""

    text: str
    plural: str = ""
    context: str = ""


Found = dict[Sentence, set[str]]
"""Each sentence with the files that say it."""


def sentences(root: Path = ROOT) -> Found:
    found: Found = {}
    for path, said in (*_pages(root), *_modules(root), *_tablet(root)):
        for sentence in said:
            found.setdefault(sentence, set()).add(str(path.relative_to(root)))
    return found


def keyed(source: str) -> dict[str, str]:
    """The words of one of the tablet's files; ValueError for anything else in it."""
    body = _NO_WORDS.sub("", source).strip()
    opening, closing = "export default {", "};"
    if not body.startswith(opening) or not body.endswith(closing):
        raise ValueError("a file of words is one `export default { … };`")
    body, at, words = body[len(opening) : -len(closing)].strip(), 0, {}
    while at < len(body):
        pair = _PAIR.match(body, at)
        if pair is None:
            raise ValueError(f"this is no key with a text: {body[at : at + 60]!r}")
        words[pair[1] or pair[2]] = cast("str", json.loads(pair[3]))
        at = pair.end()
    return words


def _pages(root: Path) -> Iterator[tuple[Path, Iterable[Sentence]]]:
    for path in _files(root, "templates", ".html", ".txt"):
        options = LETTERS if "email" in path.parts else PAGES
        with path.open("rb") as file:
            messages = list(babel_extract(file, list(KEYWORDS), (), options))
        yield path, [_sentence(name, said) for _, name, said, _ in messages]


def _modules(root: Path) -> Iterator[tuple[Path, Iterable[Sentence]]]:
    for path in _files(root, "kiosk", ".py"):
        with path.open("rb") as file:
            messages = list(extract_python(file, KEYWORDS, (), {}))
        literal = [(str(name), said) for _, name, said, _ in messages if _is_literal(said)]
        yield path, [_sentence(name, said) for name, said in literal]


def _tablet(root: Path) -> Iterator[tuple[Path, Iterable[Sentence]]]:
    for path in sorted((root / "static/js/tablet/words").glob("en*.js")):
        try:
            words = keyed(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path.relative_to(root)}: {error}") from error
        yield path, list(_of_keys(words))


def _of_keys(words: dict[str, str]) -> Iterator[Sentence]:
    for key, text in words.items():
        stem = key.removesuffix(ONE)
        if key.endswith(ONE) and stem + OTHER in words:
            yield Sentence(text, words[stem + OTHER], TABLET + stem)
        elif not (key.endswith(OTHER) and key.removesuffix(OTHER) + ONE in words):
            yield Sentence(text, context=TABLET + key)


def _files(root: Path, folder: str, *endings: str) -> Iterator[Path]:
    for path in sorted((root / folder).rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in endings and not name.startswith(ENGLISH_ONLY):
            yield path


def _is_literal(said: object) -> bool:
    """A call with a variable says nothing here: what it says is marked elsewhere."""
    parts = said if isinstance(said, tuple) else (said,)
    return bool(parts) and isinstance(parts[0], str) and bool(parts[0])


def _sentence(name: str | None, said: object) -> Sentence:
    parts = [part for part in (said if isinstance(said, tuple) else (said,)) if part]
    texts = [str(part) for part in parts]
    if name == "pgettext":
        return Sentence(texts[1], context=texts[0])
    if name == "npgettext":
        return Sentence(texts[1], texts[2], texts[0])
    if name in {"n_", "ngettext"}:
        return Sentence(texts[0], texts[1])
    return Sentence(texts[0])
