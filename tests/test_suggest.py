"""Suggestions: three at most, explained, among those who joined and have nothing yet."""

from dataclasses import replace

import pytest

from kiosk.introduce import AnswerOffer, Introduce, answer_offer, introduce
from kiosk.model import Attendee, Introduction
from kiosk.prefer import Prefer, prefer
from kiosk.store import Tx
from kiosk.suggest import Suggest, Suggestion, suggest
from tests.builders import NOW, ada, an_attendee, enrol, grace, let_in, linus, settle
from tests.store.rows import meet

ME = ada(asks="Somebody who mentors in Rust", offers="Proof reading of grant proposals")


def join(tx: Tx, *people: Attendee) -> None:
    for person in people:
        prefer(tx, Prefer(person.id, wants_suggestions=True), NOW)


def found(tx: Tx, *people: Attendee, joined: bool = True) -> tuple[Suggestion, ...]:
    settle(tx, people=[ME, *people])
    enrol(tx)
    let_in(tx, ME, *people)
    join(tx, ME)
    if joined:
        join(tx, *people)
    return suggest(tx, Suggest(ME.id), NOW)


def test_an_offer_that_meets_what_i_look_for_is_suggested_with_its_words(tx: Tx) -> None:
    (one,) = found(tx, grace(offers="Mentoring: Rust, C++"), linus(offers="Sailing"))
    assert one.person.name == "Grace Hopper"
    assert (one.kind, one.words) == ("they_offer", ("Mentoring", "Rust"))


def test_somebody_who_looks_for_what_i_offer_is_suggested(tx: Tx) -> None:
    (one,) = found(tx, grace(asks="Help with a grant proposal"))
    assert (one.kind, one.words) == ("they_look_for", ("grant", "proposal"))


def test_nobody_is_suggested_who_has_not_joined(tx: Tx) -> None:
    assert found(tx, grace(offers="Rust"), joined=False) == ()


def test_nothing_is_suggested_to_who_has_not_joined(tx: Tx) -> None:
    settle(tx, people=[ME, grace(offers="Rust")])
    enrol(tx)
    let_in(tx, ME, grace())
    join(tx, grace())
    assert suggest(tx, Suggest(ME.id), NOW) == ()


def test_nobody_is_suggested_who_is_not_there_or_met_already(tx: Tx) -> None:
    people = [grace(offers="Rust"), linus(offers="Rust")]
    settle(tx, people=[ME, *people])
    enrol(tx)
    let_in(tx, ME, linus())
    join(tx, ME, *people)
    meet(tx, ME, linus())
    assert suggest(tx, Suggest(ME.id), NOW) == ()


def test_nobody_is_suggested_whom_the_organisers_keep_out(tx: Tx) -> None:
    kept_out = [
        grace(offers="Rust", blocked="harassment"),
        linus(offers="Rust", approved=False),
    ]
    assert found(tx, *kept_out) == ()


def test_who_is_kept_out_looks_for_nobody(tx: Tx) -> None:
    assert found(tx, grace(offers="Rust"))
    tx.attendees.change(replace(ME, blocked="harassment"))
    assert suggest(tx, Suggest(ME.id), NOW) == ()


def test_whom_i_did_not_want_to_be_introduced_to_is_not_suggested_either(tx: Tx) -> None:
    """But I still am to them: that I said no is told to nobody."""
    like_me, friend = grace(offers="Rust", asks="grant proposals"), linus()
    assert found(tx, like_me, friend)
    ids = tuple(meet(tx, friend, person).id for person in (ME, like_me))
    offer = introduce(tx, Introduce(friend.id, (ids[0], ids[1])), NOW)
    assert isinstance(offer, Introduction)
    answer_offer(tx, AnswerOffer(ME.id, offer.id, is_yes=False), NOW)
    assert suggest(tx, Suggest(ME.id), NOW) == ()
    (one,) = suggest(tx, Suggest(like_me.id), NOW)
    assert one.person.id == ME.id


def test_who_leaves_is_suggested_to_nobody_from_that_moment(tx: Tx) -> None:
    assert found(tx, grace(offers="Rust"))
    prefer(tx, Prefer(grace().id, wants_suggestions=False), NOW)
    assert suggest(tx, Suggest(ME.id), NOW) == ()


def test_three_at_most_and_the_rare_word_first(tx: Tx) -> None:
    many = [an_attendee(f"Guest {n}", offers="Mentors wanted? I mentor") for n in range(5)]
    suggestions = found(tx, *many, grace(offers="Rust"))
    assert len(suggestions) == 3
    assert suggestions[0].person.name == "Grace Hopper"


@pytest.mark.parametrize(
    ("asks", "offers", "meets"),
    [
        ("Rust", "rust", True),
        ("Crème brûlée", "creme brulee", True),
        ("Mentoring", "a mentor", True),
        ("AI", "AI safety", True),
        ("the and for", "the and for", False),
        ("Sailing", "Salsa", False),
        ("C++", "C", False),
        ("الذكاء الاصطناعي", "دورة في الذكاء", True),
        ("تصميم الواجهات", "دورة في التصميم", True),
        ("بالتصميم", "والتصميم", True),
        ("I would love to meet people", "They would like to talk", False),
        ("Ich suche jemanden für Segeln", "Wir suchen jemanden mit Geduld", False),
        ("Je voudrais un mentor", "Je voudrais une personne", False),
        ("أبحث عن شخص في هذا", "أبحث عن شخص في هذه", False),
        ("Straßenbau", "STRASSENBAU", True),
        ("", "", False),
        ("<script>alert(1)</script>", "script", True),
    ],
)
def test_words_meet_without_capitals_accents_and_endings(
    tx: Tx, asks: str, offers: str, meets: bool
) -> None:
    settle(tx, people=[replace(ME, asks=asks, offers=""), grace(offers=offers)])
    enrol(tx)
    let_in(tx, ME, grace())
    join(tx, ME, grace())
    assert bool(suggest(tx, Suggest(ME.id), NOW)) is meets
