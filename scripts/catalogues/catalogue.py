"""One language's `.po` file: read, brought up to date, written the same way every time.

No times, no line numbers, sentences in their own order: the file changes only where a
sentence or its translation did.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from kiosk import words
from scripts.catalogues.sources import Found, Sentence

FOLDER = Path(words.__file__).parent
TRANSLATED = tuple(language for language in words.LANGUAGES if language != words.SOURCE)
WIDTH = 92
RULES = {
    "ar": (
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
    )
}
"""Plural rules in the order of `kiosk.words.FORMS`; Babel's own swaps the last two."""
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={forms}; plural={rule};\\n"

"""


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The catalogue as it is; ValueError names what cannot be read in it."""
    path = folder / f"{language}.po"
    if not path.is_file():
        return _empty(language)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except Exception as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error


def write(catalogue: Catalog, language: str, folder: Path = FOLDER) -> bool:
    """Whether the file changed."""
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=WIDTH,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    path, text = folder / f"{language}.po", _head(language) + body.getvalue()
    if path.is_file() and path.read_bytes() == text:
        return False
    path.write_bytes(text)
    return True


def updated(before: Catalog, found: Found, language: str) -> Catalog:
    """What is said today, with the translations that were there; nothing is guessed."""
    after = _empty(language)
    for sentence, files in found.items():
        kept = message(before, sentence)
        after.add(
            _id(sentence),
            _string(kept, sentence),
            locations=[(file, 0) for file in sorted(files)],
            context=sentence.context or None,
        )
    return after


def message(catalogue: Catalog, sentence: Sentence) -> Message | None:
    """The entry of exactly this sentence: another plural is another sentence."""
    found = catalogue.get(_id(sentence), sentence.context or None)
    return found if found is not None and found.id == _id(sentence) else None


def strings(entry: Message | None) -> tuple[str, ...]:
    """Each form of the translation, "" for one that is missing."""
    if entry is None:
        return ()
    said = entry.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _empty(language: str) -> Catalog:
    return read_po(BytesIO(_head(language)), locale=language)


def _head(language: str) -> bytes:
    usual = Catalog(language)
    rule = RULES.get(language, usual.plural_expr)
    return _HEADER.format(language=language, forms=usual.num_plurals, rule=rule).encode()


def _id(sentence: Sentence) -> str | tuple[str, str]:
    return (sentence.text, sentence.plural) if sentence.plural else sentence.text


def _string(kept: Message | None, sentence: Sentence) -> str | tuple[str, ...] | None:
    forms = strings(kept)
    if sentence.plural:
        return forms or None
    return forms[0] if forms else None
