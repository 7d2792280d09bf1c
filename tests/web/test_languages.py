"""No page of the phone and no letter is left half in English.

The pages are read in a pseudo-language that marks every sentence: what stands on a page
without its mark was never given to the translators.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk import words
from kiosk.agree import Agreement, agree
from kiosk.model import How
from kiosk.store import SqliteStore
from kiosk.web import language
from kiosk.web.access import TABLE
from scripts.catalogues import catalogue
from scripts.catalogues.sources import Sentence, sentences
from tests.builders import NOW, ada, an_event, code_of, named_id
from tests.web.browser import Browser
from tests.web.phones import SECRETS, between, full_grace, open_hall, phone_of

OPEN, CLOSE = "⟦", "⟧"
SAID = re.compile(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {
    "Hallway", "LinkedIn", "Ada", "Lovelace", "Analytical", "Engines", "Linus", "Grace",
    "Hopper", "Demo", "Conference", "kiosk", "json", "csv", "vcf", "AL", "GH", "LL",
    "Juni", "und", "example", *(name for name in words.LANGUAGES),
    *(words.own_name(name) for name in words.LANGUAGES),
    *(part for secret in SECRETS.values() for part in re.findall(r"\w+", secret)),
}  # fmt: skip
"""What is the same in every language, and what Babel says in the one that is lent."""


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """German is the pseudo-language for as long as this lasts."""
    empty = catalogue.updated(catalogue.read("de", tmp_path), sentences(), "de")
    for message in empty:
        if message.id:
            said = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = tuple(f"{OPEN}{text}{CLOSE}" for text in said)
            message.string = forms if len(forms) > 1 else forms[0]
    catalogue.write(empty, "de", tmp_path)
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    words._catalogue.cache_clear()
    words._translations.cache_clear()


class Words(HTMLParser):
    """What a page says: its texts, and the attributes that are read out or shown."""

    SILENT = frozenset({"script", "style", "code", "bdi", "textarea"})
    SAYING = frozenset({"aria-label", "title", "alt", "placeholder"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT
        self.said += [value or "" for name, value in attrs if name in self.SAYING]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def unsaid(page: str) -> list[str]:
    """The words of a page that no translator has seen."""
    reader = Words()
    reader.feed(page)
    rest = "\n".join(reader.said)  # a sentence may hold a name in a tag of its own
    while SAID.search(rest):
        rest = SAID.sub(" ", rest)
    lines = (line.strip() for line in rest.splitlines())
    return [line for line in lines if set(LETTERS.findall(line)) - NAMES]


@pytest.fixture
def hall(app: Flask, store: SqliteStore) -> Flask:
    open_hall(store)
    hows: tuple[How, How] = ("two_badges", "two_badges")
    met = Agreement(an_event(), (ada(), full_grace()), hows, NOW)
    store.write(lambda tx, it, _: agree(tx, it), met, NOW)
    return app


def pages(app: Flask) -> list[str]:
    """The address of every page that anybody or a linked phone may open."""
    values = {"code": code_of(full_grace()), "token": "x", "language": "de"}
    found = set()
    for rule in app.url_map.iter_rules():
        access = TABLE.get(rule.endpoint)
        if access and access.who in {"anyone", "phone"} and "GET" in access.methods:
            if rule.endpoint.startswith(("static", "desk.")):
                continue
            given: dict[str, Any] = {
                name: values.get(name, named_id(name)) for name in rule.arguments
            }
            with app.test_request_context():
                found.add(app.url_for(rule.endpoint, **given))
    return sorted(found)


def read(client: FlaskClient, address: str) -> list[str]:
    client.set_cookie(language.COOKIE, "de")
    answer = client.get(address)
    return unsaid(answer.text) if answer.mimetype == "text/html" else []


@pytest.mark.usefixtures("marked")
def test_every_word_of_a_page_is_given_to_the_translators(
    hall: Flask, store: SqliteStore
) -> None:
    connection = between(store, ada(), full_grace()).id
    unknown = named_id("connection_id")
    addresses = [address.replace(unknown, connection) for address in pages(hall)]
    own = phone_of(hall, ada())
    left = {address: read(own.client, address) for address in addresses}
    left |= {f"stranger: {it}": read(Browser(hall).client, it) for it in addresses}
    assert len(left) > 20
    assert {address: words for address, words in left.items() if words} == {}


def test_a_word_without_its_mark_is_found() -> None:
    page = "<p title='Lost'>⟦Hello ⟦Ada⟧⟧ <b>forgotten</b> <bdi>Any Name</bdi> 10:30</p>"
    assert unsaid(page) == ["Lost", "forgotten"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_tablet_gets_every_language_and_asks_again_for_little(
    client: FlaskClient, language: str
) -> None:
    answer = client.get(f"/kiosk/words/{language}.json")
    assert answer.json
    assert answer.json["direction"] == words.direction(language)
    assert bool(answer.json["words"]) == (language != words.SOURCE)
    again = client.get(
        answer.request.path, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_forms_of_a_plural_are_keys_of_their_own(client: FlaskClient) -> None:
    answer = client.get("/kiosk/words/ar.json")
    assert answer.json
    forms = {key for key in answer.json["words"] if key.startswith("scans.")}
    assert forms == {f"scans.{form}" for form in words.FORMS[6]}


def test_a_language_we_do_not_have_is_nowhere(client: FlaskClient) -> None:
    assert client.get("/kiosk/words/tlh.json").status_code == 404


def test_what_nobody_has_translated_is_english() -> None:
    said = Sentence("A sentence that nobody has ever translated")
    with words.speaking("ar"):
        assert words._(said.text) == said.text
