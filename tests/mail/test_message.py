"""A letter as bytes: the parts, the headers, and nothing that was not agreed."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import cast

import pytest

from kiosk.compose import Composed
from kiosk.ids import unseal
from kiosk.mail.message import Sender, parcel
from kiosk.model import PROMISE_KINDS, PromiseKind
from kiosk.suppress import PURPOSE
from tests.builders import KEY, NOW, ada, an_event
from tests.mail.letters import PUBLIC_URL, a_crowd, a_met, composed

SENDER = Sender(PUBLIC_URL, KEY)
GRACE = a_met()


def message(letter: Composed) -> EmailMessage:
    content = parcel(letter, SENDER, NOW).content
    return message_from_bytes(content, policy=default)


def text_of(letter: Composed, kind: str = "plain") -> str:
    part = message(letter).get_body((kind,))
    assert part is not None
    return cast("str", part.get_content()).replace("\r\n", "\n")


def cards_of(letter: Composed) -> str:
    (part,) = message(letter).iter_attachments()
    return cast("bytes", part.get_payload(decode=True)).decode()


def test_a_letter_has_text_html_and_one_file_of_contacts() -> None:
    built = message(composed(GRACE, a_met("Linus Torvalds")))
    assert [part.get_content_type() for part in built.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/vcard",
    ]
    assert not any(part.defects for part in built.walk())
    (cards,) = built.iter_attachments()
    assert cards.get_filename() == "people-you-met.vcf"


def test_the_short_kind_has_no_file() -> None:
    built = message(composed())
    assert built.get_content_type() == "multipart/alternative"
    assert list(built.iter_attachments()) == []


def test_the_headers_say_who_writes_and_how_to_stop_it() -> None:
    built = message(composed(GRACE))
    assert built["From"] == "Demo Conference <hello@demo.example>"
    assert built["To"] == "Ada Lovelace <ada@ada.example>"
    assert built["Reply-To"] == "team@demo.example"
    assert built["Auto-Submitted"] == "auto-generated"
    assert built["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert built["Date"].datetime == NOW
    assert built["Message-ID"] == composed(GRACE).letter.message_id
    link = built["List-Unsubscribe"].strip("<>")
    token = link.removeprefix(f"{PUBLIC_URL}/u/")
    assert unseal(KEY, PURPOSE, token) == ada().id
    assert link in text_of(composed(GRACE))


def test_without_a_reply_address_answers_go_to_the_sender() -> None:
    event = replace(an_event(), follow_up=replace(an_event().follow_up, reply_to=""))
    letter = composed(GRACE, event=event)
    assert message(letter)["Reply-To"] is None
    assert "reaches hello@demo.example" in text_of(letter)


def test_every_line_is_short_enough_for_any_relay() -> None:
    content = parcel(composed(*a_crowd(60)), SENDER, NOW).content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 150
    _, _, body = content.partition(b"\r\n\r\n")
    assert not any(line.startswith(b".") for line in body.split(b"\r\n"))


def test_nothing_is_fetched_and_nothing_is_counted() -> None:
    html = text_of(composed(GRACE), "html")
    for word in ("<img", "url(", "<link", "<script", "@import", "@font-face"):
        assert word not in html
    links = {href for href in links_in(html) if href.startswith("http")}
    assert all(href.startswith(f"{PUBLIC_URL}/") for href in links)


def links_in(html: str) -> list[str]:
    found: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in {"href", "src"})

    Links().feed(html)
    return found


def test_markup_in_a_name_or_note_stays_text() -> None:
    evil = "<script>alert(1)</script>"
    letter = composed(a_met(evil, note=f'{evil}" onclick="x', company=evil, place=evil))
    html = text_of(letter, "html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert evil in text_of(letter)


@pytest.mark.parametrize(
    ("website", "href"),
    [
        ("https://grace.example/x?y=1", "https://grace.example/x?y=1"),
        ("grace.example", "https://grace.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("see my card", None),
    ],
)
def test_only_plain_addresses_become_links(website: str, href: str | None) -> None:
    letter = composed(a_met(email="", website=website))
    links = [
        link
        for link in links_in(text_of(letter, "html"))
        if not link.startswith((PUBLIC_URL, "mailto:team"))
    ]
    assert set(links) == ({href} if href else set())
    assert website in text_of(letter)


def test_the_button_opens_a_letter_that_begins_with_thanks() -> None:
    html = text_of(composed(GRACE), "html")
    (href,) = [link for link in links_in(html) if "?subject=" in link]
    assert href.startswith("mailto:grace@grace.example?subject=Good%20to%20meet%20you%20at")
    assert "%0D%0A%0D%0Athank%20you%20for%20the%20conversation" in href


@pytest.mark.parametrize(
    ("met", "action"),
    [
        (a_met(), "Write to Grace"),
        (a_met(email="", phone="+49 (30) 123"), 'href="tel:+4930123"'),
        (a_met(email="", linkedin="in/grace"), "https://www.linkedin.com/in/grace"),
        (a_met(email=""), "has shared no address"),
    ],
)
def test_there_is_one_action_that_fits_what_was_shared(met: object, action: str) -> None:
    assert action in text_of(composed(met), "html")  # type: ignore[arg-type]


def test_five_are_told_in_full_then_a_line_each_then_the_file() -> None:
    letter = composed(*a_crowd(43))
    html, text = text_of(letter, "html"), text_of(letter)
    assert html.count("border-radius: 22px") == 5
    assert text.count("\n- ") == 35
    assert "3 more people are in the attached contact file." in text
    assert "Person39" in text
    assert "Person40" not in text
    assert cards_of(letter).count("BEGIN:VCARD\r\n") == 43


def test_a_letter_to_somebody_who_met_300_is_not_clipped() -> None:
    letter = composed(*a_crowd(300))
    assert len(text_of(letter, "html")) < 100_000
    assert cards_of(letter).count("END:VCARD") == 300


def test_the_cards_hold_the_shared_fields_and_what_one_noted() -> None:
    cards = cards_of(composed(a_met(note="COBOL, soon")))
    assert "FN:Grace Hopper\r\n" in cards
    assert "EMAIL;TYPE=INTERNET:grace@grace.example\r\n" in cards
    assert "NOTE:Met at Demo Conference 2026\\, Coffee bar\\nCOBOL\\, soon\r\n" in cards
    assert "TEL" not in cards


@pytest.mark.parametrize(
    ("count", "changes", "subject"),
    [
        (0, {}, "Thank you for coming to Demo Conference 2026"),
        (1, {}, "You met Person0 at Demo Conference 2026"),
        (2, {}, "Person0 and one more person you met at Demo Conference 2026"),
        (14, {}, "Person0 and 13 others you met at Demo Conference 2026"),
        (1, {"generation": 2}, "Also at Demo Conference 2026: Person0"),
        (2, {"generation": 2}, "Also at Demo Conference 2026: Person0 and one more"),
        (4, {"generation": 2}, "Also at Demo Conference 2026: Person0 and 3 more"),
    ],
)
def test_the_subject_says_who_and_where(
    count: int, changes: dict[str, int], subject: str
) -> None:
    assert message(composed(*a_crowd(count), **changes))["Subject"] == subject


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("promised", "You gave Grace your word, so you know what to write."),
        ("noted", "You made a note about Grace, so you know what to write."),
        ("starred", "You marked Grace with a star."),
        ("latest", "Grace is the one you met last, so it is still fresh."),
    ],
)
def test_a_letter_says_why_it_starts_with_this_person(why: str, sentence: str) -> None:
    letter = composed(GRACE, a_met("Linus Torvalds"), why=why)
    assert sentence in text_of(letter)
    assert sentence in text_of(letter, "html")


@pytest.mark.parametrize("kind", PROMISE_KINDS)
def test_a_letter_reminds_of_what_its_reader_promised(kind: PromiseKind) -> None:
    plain, reminding = composed(a_met()), composed(a_met(promised=kind))
    for form in ("plain", "html"):
        assert "You said" not in text_of(plain, form)
        assert re.search(
            "You (said you would|spoke of|promised) [a-z ]+[.]", text_of(reminding, form)
        )


def test_a_second_letter_says_that_it_is_only_about_those_who_were_missing() -> None:
    text = text_of(composed(GRACE, generation=2))
    assert "since our first letter, one more of your meetings" in text
    assert "This letter tells only of that person." in text


def test_when_and_where_two_met_is_told_in_the_time_of_the_venue() -> None:
    assert "Monday 1 June, 14:32 · Coffee bar" in text_of(composed(GRACE))
    elsewhere = replace(an_event(), timezone="America/New_York")
    assert "Monday 1 June, 08:32" in text_of(composed(GRACE, event=elsewhere))


def test_no_sign_in_a_name_or_note_takes_a_letter_apart() -> None:
    odd = "A\fB\x00C\x1eD\u2028E"
    letter = composed(a_met(odd, note=odd, company=odd), to_name=odd)
    assert message(letter)["Subject"] == "You met A at Demo Conference 2026"
    assert "A\fB" in text_of(letter)


def test_a_person_without_a_name_is_not_called_by_nothing() -> None:
    text = text_of(composed(a_met("", company="Navy")))
    assert "You met Navy".upper() in text.upper()


def test_a_reader_without_a_name_is_greeted_all_the_same() -> None:
    assert text_of(composed(to_name="")).startswith("Hello,\n")


@pytest.mark.parametrize(
    "name", ["Zoë Müller-Lüdenscheidt", "山田 太郎", "محمد علي", "X" * 250]
)
def test_names_of_any_script_and_length_arrive(name: str) -> None:
    letter = composed(a_met(name), to_name=name)
    line = message_from_bytes(parcel(letter, SENDER, NOW).content, policy=compat32)["To"]
    ((shown, _),) = getaddresses([line.replace("\r\n", "")])
    assert str(make_header(decode_header(shown))) == name
    for kind in ("plain", "html"):
        assert name in text_of(letter, kind)
    assert name in cards_of(letter).replace("\r\n ", "")


def test_the_letter_in_text_reads_like_a_letter() -> None:
    assert text_of(composed(GRACE)) == THE_LETTER.replace(
        "UNSUBSCRIBE", message(composed(GRACE))["List-Unsubscribe"].strip("<>")
    )


THE_LETTER = """\
Hello Ada,

thank you for coming to Demo Conference 2026. You met somebody there, and you both agreed \
to stay in touch. Here is who it was, and one thing to do.

YOU MET GRACE

Grace Hopper
Admiral, Navy
Monday 1 June, 14:32 · Coffee bar
grace@grace.example

Write today, and begin with thanks: it gives more joy than we expect. Two lines are enough.

Perhaps:

    Hello Grace,

    thank you for the conversation at Demo Conference 2026. What you said about … has \
stayed with me.

    Ada Lovelace

The attached file puts this contact into your address book. The other person sees what \
you chose to share, and nothing else.

Demo Conference

--\x20
You get this because you checked in at Demo Conference 2026. It is no newsletter.
An answer to this letter reaches team@demo.example.
If you linked your phone there, your page has everybody, too: https://hallway.example/me
No more letters about this event: UNSUBSCRIBE
"""
