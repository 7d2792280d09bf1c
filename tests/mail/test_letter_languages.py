"""A letter is in its reader's language, from the subject to the file of contacts."""

from email import message_from_bytes
from email.policy import default

import pytest

from kiosk import words
from kiosk.compose import Composed
from kiosk.mail.in_place import ISOLATE
from kiosk.mail.message import Sender, parcel
from kiosk.model import LetterKind
from scripts.catalogues.sources import sentences
from tests.builders import KEY, NOW
from tests.mail.letters import PUBLIC_URL, a_crowd, a_met, composed

ENGLISH = {
    part
    for sentence, places in sentences().items()
    if any(place.startswith("templates/email/") for place in places)
    for text in (sentence.text, sentence.plural)
    for part in text.splitlines()
    if " " in part and "%" not in part
}
KINDS: tuple[LetterKind, ...] = ("follow_up", "met_nobody")


def parts(letter: Composed) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    content = parcel(letter, Sender(PUBLIC_URL, KEY), NOW).content
    message = message_from_bytes(content, policy=default)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    text, html = [str(body.get_content()) if body else "" for body in bodies]
    return str(message["Subject"]), text, html


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_letter_has_no_word_of_another_language(language: str, kind: LetterKind) -> None:
    people = a_crowd(50) if kind == "follow_up" else ()
    subject, text, html = parts(composed(*people, language=f"{language}-XX"))
    assert f'<html lang="{language}" dir="{words.direction(language)}"' in html
    said = " ".join(f"{subject} {text} {html}".split())
    left = {sentence for sentence in ENGLISH if sentence in said}
    assert bool(left) == (language == words.SOURCE)


def test_a_language_we_do_not_have_is_answered_in_english() -> None:
    assert parts(composed(a_met(), language="tlh"))[0] == (
        "You met Grace at Demo Conference 2026"
    )


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Monday 1 June, 14:32"),
        ("de", "Montag, 1. Juni, 14:32"),
        ("fr", "lundi 1 juin, 14:32"),
        ("es", "lunes, 1 de junio, 14:32"),
        ("ar", "الاثنين، 1 يونيو، 14:32"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language: str, day: str) -> None:
    assert day in parts(composed(a_met(), language=language))[1]


@pytest.mark.parametrize(
    ("count", "phrase"),
    [(1, "شخصًا واتفقتما"), (2, "شخصين"), (3, "أشخاص"), (11, "شخصًا اتفقوا"), (103, "أشخاص")],
)
def test_arabic_has_the_right_form_for_each_number(count: int, phrase: str) -> None:
    assert phrase in parts(composed(*a_crowd(count), language="ar"))[1]


def test_a_latin_name_does_not_turn_an_arabic_sentence_round() -> None:
    _, text, _ = parts(composed(a_met(), language="ar"))
    assert f"{ISOLATE}Grace" in text
    assert f"{ISOLATE}Demo Conference 2026" in text
    assert ISOLATE not in "".join(parts(composed(a_met(), language="de")))


def test_a_name_is_escaped_in_every_language() -> None:
    for language in words.LANGUAGES:
        html = parts(composed(a_met("<b>Bobby"), language=language))[2]
        assert "<b>Bobby" not in html
        assert "&lt;b&gt;Bobby" in html
