"""The language of a page: what the reader chose, else their browser's, else English.

On a linked phone the language its person registered with comes before the browser's
(`as_read_by`). The desk is in English, and devices choose for themselves.
"""

from functools import lru_cache

from flask import Flask, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from kiosk import words
from kiosk.model import Attendee
from kiosk.web import cookies

COOKIE = "hall-language"
HEADER_LIMIT = 200  # characters of a browser's wishes that are read
_FOREIGN = frozenset({"api", "desk"})


def install(app: Flask) -> None:
    app.before_request(_listen)
    app.context_processor(_said)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
    )


def as_read_by(person: Attendee) -> None:
    """From here on in this request, speak this person's language unless one was chosen."""
    if person.language and not _chosen():
        words.speak(words.known(person.language) or words.spoken())


def _listen() -> None:
    if request.blueprint not in _FOREIGN:
        browser = request.headers.get("Accept-Language", "")
        words.speak(_chosen() or _heard(browser[:HEADER_LIMIT]))
    elif request.blueprint == "desk":
        words.speak(words.SOURCE)


@lru_cache(maxsize=512)
def _heard(browser: str) -> str:
    return words.best(parse_accept_header(browser, LanguageAccept).values())


def _chosen() -> str:
    return words.known(cookies.get(COOKIE) or "")


def _said() -> dict[str, str]:
    language = words.spoken()
    return {"lang": language, "dir": words.direction(language)}
