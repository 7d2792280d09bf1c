"""Sentences in the reader's language, from the gettext catalogues beside this file.

A sentence is written in English where it is said, inside `_()`; `N_()` marks one that is
said later. Who reads is a matter of the moment, not of the caller: `speaking("de")` holds
for what is said within it, in this thread alone. What a catalogue lacks is said in English.
The catalogues are read as they are written (`de.po`), so there is nothing to compile.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.core import Locale, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "en"
LANGUAGES = ("en", "de", "fr", "es", "ar")
TABLET = "tablet."
"""What the context of a sentence of the tablet begins with; the rest is its key there."""

FORMS = {
    1: ("other",),
    2: ("one", "other"),
    6: ("zero", "one", "two", "few", "many", "other"),
}
"""What Unicode calls the forms of a plural, in the order of a catalogue with that many."""

_FOLDER = Path(__file__).parent
_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def gettext(sentence: str) -> str:
    """The sentence in the language of the moment."""
    return _translations(_spoken.get()).ugettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the sentence that this count wants; Arabic has six."""
    return _translations(_spoken.get()).ungettext(one, many, count)


def pgettext(context: str, sentence: str) -> str:
    """A sentence that means something else elsewhere."""
    return _translations(_spoken.get()).upgettext(context, sentence)


def forms(one: str, many: str) -> tuple[str, ...]:
    """Every form of a plural in the language of the moment, () where it has none."""
    message = _catalogue(spoken()).get(one)
    said = message.string if message and message.id == (one, many) else ()
    return tuple(said) if said and all(said) else ()


def plural_rule(language: str) -> Callable[[int], int]:
    """Which of the `forms` of that language a count wants."""
    return c2py(_catalogue(language).plural_expr)


def _(sentence: str, **values: object) -> str:
    """The sentence with its `%(name)s` filled in."""
    said = gettext(sentence)
    return said % values if values else said


def n_(one: str, many: str, count: int, **values: object) -> str:
    """As `_`, in the form for `count`, which may be named `%(num)s`."""
    return ngettext(one, many, count) % {"num": count, **values}


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """The sentence as it is: it is translated where it is said."""
    return sentence


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this, sentences are said in that language; an unknown one is English."""
    before = _spoken.set(known(language) or SOURCE)
    try:
        yield
    finally:
        _spoken.reset(before)


def speak(language: str) -> None:
    """From here on, in this thread, sentences are said in that language."""
    _spoken.set(known(language) or SOURCE)


def spoken() -> str:
    return _spoken.get()


@lru_cache(maxsize=256)
def known(language: str) -> str:
    """Which of ours a language tag means ("de" for "de-AT", "DE_ch"), or ""."""
    return best([language])


def best(wanted: Iterable[str], offered: Iterable[str] = LANGUAGES) -> str:
    """The first wanted language that is offered and that we have, or ""."""
    ours = [language for language in LANGUAGES if language in set(offered)]
    tags = [tag.strip().replace("-", "_") for tag in wanted if tag.strip()]
    return negotiate_locale(tags, ours, sep="_", aliases={}) or ""


def direction(language: str) -> str:
    """What HTML's `dir` wants: "rtl" or "ltr"."""
    return Locale.parse(language).text_direction


def own_name(language: str) -> str:
    """The language's name for itself, as a person who reads it looks for it."""
    locale = Locale.parse(language)
    name = str(locale.get_language_name(language))
    return name[:1].upper() + name[1:]


def of_the_tablet(language: str) -> dict[str, str]:
    """The tablet's sentences by their keys, a plural as `KEY.one`, `KEY.few`, …

    English ones are in its own scripts, and so is what nobody has translated yet.
    """
    said: dict[str, str] = {}
    for message in _catalogue(language):
        if message.context and message.context.startswith(TABLET):
            said |= _keyed(message.context.removeprefix(TABLET), message.string)
    return {key: sentence for key, sentence in said.items() if sentence}


def _keyed(key: str, said: str | Sequence[str] | None) -> dict[str, str]:
    if said is None or isinstance(said, str):
        return {key: said or ""}
    forms = FORMS[len(said)]
    return {f"{key}.{form}": text for form, text in zip(forms, said, strict=True)}


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def _catalogue(language: str) -> Catalog:
    path = _FOLDER / f"{language}.po"
    if not path.is_file():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)
