"""Every language says every sentence, with the same values in it and each plural form."""

import pytest
from babel.messages.catalog import Catalog

from kiosk import words
from scripts.catalogues import catalogue, faults
from scripts.catalogues.sources import Found, Sentence, keyed, sentences


@pytest.fixture(scope="module")
def found() -> Found:
    return sentences()


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_no_translation_is_broken(language: str, found: Found) -> None:
    assert list(faults.wrong(catalogue.read(language), found)) == []


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_no_translation_is_missing(language: str, found: Found) -> None:
    assert faults.missing(catalogue.read(language), found) == []


def a_catalogue(sentence: Sentence, *forms: str, language: str = "de") -> Catalog:
    made = catalogue.updated(Catalog(language), {sentence: set()}, language)
    entry = catalogue.message(made, sentence)
    assert entry is not None
    entry.string = forms if sentence.plural else forms[0]
    return made


GREETING = Sentence("Hello %(name)s, you are 100%% in")
COUNT = Sentence("One person", "%(num)s people")
KEYED = Sentence("Early|Come at {when}.", context="tablet.reason.early")


@pytest.mark.parametrize(
    ("sentence", "forms", "is_right"),
    [
        (GREETING, ["Hallo %(name)s, zu 100%% drin"], True),
        (GREETING, ["Hallo, zu 100%% drin"], False),
        (GREETING, ["Hallo %(names)s, zu 100%% drin"], False),
        (GREETING, ["Hallo %(name)s, zu 100% drin"], False),
        (COUNT, ["Eine Person", "%(num)s Personen"], True),
        (COUNT, ["%(num)s Person", "%(num)s Personen"], True),
        (COUNT, ["Eine Person", "%(count)s Personen"], False),
        (KEYED, ["Früh|Kommen Sie um {when}."], True),
        (KEYED, ["Früh, kommen Sie um {when}."], False),
        (KEYED, ["Früh|Kommen Sie um {time}."], False),
    ],
)
def test_a_translation_keeps_what_is_filled_in(
    sentence: Sentence, forms: list[str], is_right: bool
) -> None:
    broken = list(faults.wrong(a_catalogue(sentence, *forms), {sentence: set()}))
    assert bool(broken) is not is_right


def test_a_plural_has_the_forms_of_its_language() -> None:
    found: Found = {COUNT: set()}
    made = a_catalogue(COUNT, "شخص", "%(num)s", language="ar")
    assert ["has 2 forms, not 6" in fault for fault in faults.wrong(made, found)] == [True]


def test_what_was_translated_is_kept_and_what_is_gone_is_dropped() -> None:
    before = a_catalogue(GREETING, "Hallo %(name)s, zu 100%% drin")
    after = catalogue.updated(before, {GREETING: {"a.html"}, KEYED: {"b.js"}}, "de")
    assert catalogue.strings(catalogue.message(after, GREETING)) == (
        "Hallo %(name)s, zu 100%% drin",
    )
    assert faults.missing(after, {GREETING: set(), KEYED: set()}) == [KEYED]
    assert len(catalogue.updated(after, {KEYED: set()}, "de")) == 1


def test_another_plural_is_another_sentence() -> None:
    before = a_catalogue(COUNT, "Eine Person", "%(num)s Personen")
    changed = Sentence("One person", "%(num)s persons")
    after = catalogue.updated(before, {changed: set()}, "de")
    assert faults.missing(after, {changed: set()}) == [changed]


def test_every_kind_of_source_is_read(found: Found) -> None:
    places = {place.split("/")[0] for places in found.values() for place in places}
    assert places == {"kiosk", "static", "templates"}
    plural = Sentence("1 scan", "{count} scans", "tablet.scans")
    assert found[plural] == {"static/js/tablet/words/en-status.js"}
    assert not any("/desk/" in place for places in found.values() for place in places)


@pytest.mark.parametrize(
    "source",
    ["export const x = 1;", "export default {\n  key: value,\n};", "alert(1)"],
)
def test_a_file_of_words_holds_nothing_but_words(source: str) -> None:
    with pytest.raises(ValueError, match=r"words|key"):
        keyed(source)


def test_keys_are_read_as_a_browser_reads_them() -> None:
    source = (
        '/** Words. */\nimport more from "./more.js";\n\nexport default {\n'
        '  ...more,\n\n  plain: "One",\n  "dotted.key":\n    "Two “quoted” {name}",\n};\n'
    )
    assert keyed(source) == {"plain": "One", "dotted.key": "Two “quoted” {name}"}


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (11, "many"), (99, "many"),
     (100, "other"), (102, "other"), (103, "few"), (111, "many")],
)  # fmt: skip
def test_arabic_counts_as_browsers_do(count: int, form: str) -> None:
    """The six forms in our order are those of Unicode, which Intl.PluralRules follows."""
    assert words.FORMS[6][words.plural_rule("ar")(count)] == form
