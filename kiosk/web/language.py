"""The language of a page: what the reader chose, else their browser's, else English.

The desk is in English. A linked phone whose browser says nothing we have speaks its
person's language (`as_read_by`).
"""

from flask import Flask, request

from kiosk import words
from kiosk.model import Attendee
from kiosk.web import cookies

COOKIE = "hall-language"


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
    is_desk = (request.endpoint or "").startswith("desk.")
    browser = request.accept_languages.values()
    words.speak(words.SOURCE if is_desk else _chosen() or words.best(browser))


def _chosen() -> str:
    return words.known(cookies.get(COOKIE) or "")


def _said() -> dict[str, str]:
    language = words.spoken()
    return {"lang": language, "dir": words.direction(language)}
