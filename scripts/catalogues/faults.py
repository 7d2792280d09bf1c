"""What is wrong with a translation, in one sentence each; an empty one is only missing.

A sentence keeps its placeholders, its "|" and its tags; a plural has as many forms as the
language wants. A form that speaks of exactly one may leave the number out.
"""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from kiosk.words import TABLET
from scripts.catalogues.catalogue import message, strings
from scripts.catalogues.sources import Found, Sentence

_KEYED = re.compile(r"\{\w+\}|\|")
_GETTEXT = re.compile(r"%\(\w+\)[sd]|%%|%(?!\()|<[^>]*>")


def missing(catalogue: Catalog, found: Found) -> list[Sentence]:
    """What nobody has translated yet, in the order of the catalogue."""
    gaps = [one for one in found if not all(strings(message(catalogue, one)) or ("",))]
    return sorted(gaps, key=lambda one: (one.context, one.text))


def wrong(catalogue: Catalog, found: Found) -> Iterator[str]:
    """A sentence for each translation that would break where it is said."""
    for sentence in found:
        forms = strings(message(catalogue, sentence))
        if sentence.plural and any(forms) and len(forms) != catalogue.num_plurals:
            name = f"{sentence.context} {sentence.text!r}".strip()
            yield f"{name} has {len(forms)} forms, not {catalogue.num_plurals}"
        for form in filter(None, forms):
            if fault := _fault(sentence, form):
                yield fault


def _fault(sentence: Sentence, form: str) -> str:
    marks = _KEYED if sentence.context.startswith(TABLET) else _GETTEXT
    wanted = Counter(marks.findall(sentence.plural or sentence.text))
    given = Counter(marks.findall(form))
    may_lack = Counter(marks.findall(sentence.plural)) - Counter(
        marks.findall(sentence.text)
    )
    if sentence.plural:
        may_lack |= Counter({mark: 1 for mark in wanted if _counts(mark)})
    is_right = given == wanted or (not given - wanted and not wanted - given - may_lack)
    return "" if is_right else f"{form!r} has other placeholders than {sentence.text!r}"


def _counts(mark: str) -> bool:
    return mark.strip("%(){}sd") in {"num", "count"}
