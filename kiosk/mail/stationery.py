"""The templates of letters: `templates/email/KIND/{subject.txt,body.txt,body.html}`.

They are read and compiled once for each language, with its sentences in place
(`in_place`). Mail programs ignore style sheets, so the one sheet is written into the tags
then, too, and no letter pays for it; only its rules for small and for dark screens stay a
sheet.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import get_args

from css_inline import CSSInliner
from jinja2 import DictLoader, Environment, StrictUndefined

from kiosk import words
from kiosk.ids import new_token
from kiosk.mail import in_place
from kiosk.mail.page import Page
from kiosk.mail.slip_page import SlipPage
from kiosk.model import AT_ONCE, LetterKind
from kiosk.places import folder

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_KEPT = re.compile(r"<!--\ue000(\d+)\ue001-->|\ue000(\d+)\ue001")
_INCLUDE = re.compile(r"\{% include \"([\w/.]+)\" %\}")
_BLANK_LINES = re.compile(r"(?:\r\n){3,}")
_SLOT, _FOOT = "<!-- letter -->", "<!-- foot -->"
_KINDS = get_args(LetterKind)
_PARTS = ("subject", "draft_subject", "draft")
"""Texts that stand in other texts; `draft` is what the reader may write to the first."""

_CUT = f"\f{new_token()}\f"  # parts the texts, and nobody can have it in a name


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in words, before it is a message."""

    subject: str
    text: str
    html: str


class Stationery:
    """The compiled templates of one kind of letter in one language."""

    def __init__(self, kind: LetterKind, language: str) -> None:
        texts, pages = _environments(language)
        with words.speaking(language):
            self._texts = texts.get_template(kind)
            self._html = pages.get_template(f"{kind}/body.html")

    def write(self, page: Page | SlipPage) -> Words:
        said = {field.name: getattr(page, field.name) for field in fields(page)}
        *parts, text = map(str.strip, self._texts.render(said).split(_CUT))
        html = self._html.render(said | dict(zip(_PARTS, parts, strict=True)))
        return Words(parts[0], _BLANK_LINES.sub("\r\n\r\n", text) + "\r\n", html)


def stationery(kind: LetterKind, language: str) -> Stationery:
    """That of the language a tag means; English when we have none for it."""
    return _stationery(kind, words.known(language) or words.SOURCE)


@cache
def _stationery(kind: LetterKind, language: str) -> Stationery:
    return Stationery(kind, language)


@cache
def _environments(language: str) -> tuple[Environment, Environment]:
    """One for text and one for HTML, in which everything is escaped, words of texts too."""
    root = folder("templates") / "email"
    files = {str(path.relative_to(root)): path.read_text() for path in _files(root)}
    files["frame.html"] = _turned(files["frame.html"], language)
    texts = {kind: _texts(kind, files) for kind in _KINDS}
    pages = {name: _dressed(name, files) for name in files if name.endswith("body.html")}
    environments = _environment(texts, escapes=False), _environment(pages, escapes=True)
    for environment in environments:
        in_place.install(environment, language)
    return environments


def _turned(frame: str, language: str) -> str:
    """The frame in the language and its direction, known before the style sheet is read."""
    said = {"lang": language, "dir": words.direction(language)}
    for name, value in said.items():
        frame = frame.replace(f"{{{{ {name} }}}}", value)
    return frame


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.suffix in {".txt", ".html", ".css"}]


def _environment(sources: dict[str, str], *, escapes: bool) -> Environment:
    return Environment(
        loader=DictLoader(sources),
        autoescape=escapes,  # noqa: S701 - a text is not HTML
        extensions=[in_place.InPlace],
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\r\n",  # as RFC 2045 §6.8 wants lines in base64
        undefined=StrictUndefined,
        auto_reload=False,
    )


def _texts(kind: LetterKind, files: dict[str, str]) -> str:
    """Subject, draft and body as one template, cut apart again when it is rendered."""
    parts = [name for name in _PARTS if f"{kind}/{name}.txt" in files]
    sets = (
        f"{{% set {name} %}}{_whole(f'{kind}/{name}.txt', files)}{{% endset %}}"
        for name in parts
    )
    cuts = (f"{{{{ {name} if {name} is defined else '' }}}}{_CUT}" for name in _PARTS)
    return "".join((*sets, *cuts, _whole(f"{kind}/body.txt", files)))


def _whole(name: str, files: dict[str, str]) -> str:
    """A template with those it includes written out, which saves 0.2 ms a letter."""
    source = files[name].removesuffix("\n")
    return _INCLUDE.sub(lambda include: _whole(include[1], files), source)


def _dressed(name: str, files: dict[str, str]) -> str:
    """The body in its frame with every rule of the sheet written into the tags."""
    foot = "slip_foot.html" if name.partition("/")[0] in AT_ONCE else "foot.html"
    frame = _whole("frame.html", files).replace(_FOOT, _whole(foot, files))
    whole = frame.replace(_SLOT, _whole(name, files))
    tags = _TAG.findall(whole)
    kept = iter(range(len(tags)))
    hidden = _TAG.sub(lambda tag: _mark(whole, tag.start(), next(kept)), whole)
    inliner = CSSInliner(
        extra_css=files["letter.css"],
        keep_at_rules=True,
        load_remote_stylesheets=False,
        apply_width_attributes=True,
    )
    return _KEPT.sub(lambda mark: tags[int(mark[1] or mark[2])], inliner.inline(hidden))


def _mark(whole: str, at: int, number: int) -> str:
    """What stands for a template tag while the HTML is parsed: a comment between tags.

    A comment may stand everywhere, in a table too, but neither in a tag nor in a title.
    """
    is_in_tag = whole.rfind("<", 0, at) > whole.rfind(">", 0, at)
    is_in_title = whole.rfind("<title>", 0, at) > whole.rfind("</title>", 0, at)
    mark = f"\ue000{number}\ue001"
    return mark if is_in_tag or is_in_title else f"<!--{mark}-->"
