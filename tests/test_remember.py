"""What I keep of a person for myself: note, star, tags, and that they may rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.about import rows_about
from kiosk.model import Connection, Side
from kiosk.promise import MakePromise, promise
from kiosk.remember import (
    NOTE_LENGTH,
    TAG_COUNT,
    TAG_LENGTH,
    Refusal,
    Remember,
    Rest,
    Star,
    Tag,
    clean_tags,
    remember,
    rest,
    star,
    tag,
)
from kiosk.store import Tx
from tests.builders import NOW, ada, grace, linus, settle
from tests.store.rows import meet

SECRETS = ("talks too fast", "moth hunter")


@pytest.fixture
def met(tx: Tx) -> Connection:
    settle(tx, people=[ada(), grace(), linus()])
    return meet(tx, ada(), grace())


def side_of_ada(tx: Tx, met: Connection) -> Side:
    side = tx.sides.get(met.id, ada().id)
    assert side is not None
    return side


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("line one\r\nline two\rthree", "line one\nline two\nthree"),
        ("<b>not bold</b> & 'quoted'", "<b>not bold</b> & 'quoted'"),
        ("👩‍🚀 🏳️‍🌈 café", "👩‍🚀 🏳️‍🌈 café"),
        ("\u202egnirts\u202c\x00\x07", "gnirts"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_note_is_kept_as_it_was_meant(
    tx: Tx, met: Connection, note: str, kept: str
) -> None:
    assert remember(tx, Remember(ada().id, met.id, note), NOW) is None
    assert side_of_ada(tx, met).note == kept


def test_a_note_that_is_too_long_replaces_nothing(tx: Tx, met: Connection) -> None:
    remember(tx, Remember(ada().id, met.id, "y" * NOTE_LENGTH), NOW)
    longer = Remember(ada().id, met.id, "n" * (NOTE_LENGTH + 1))
    assert remember(tx, longer, NOW) is Refusal.TOO_LONG
    assert side_of_ada(tx, met).note == "y" * NOTE_LENGTH


def test_a_star_and_a_rest_are_put_and_taken_away(tx: Tx, met: Connection) -> None:
    later = NOW + timedelta(minutes=1)
    star(tx, Star(ada().id, met.id, is_starred=True), NOW)
    rest(tx, Rest(ada().id, met.id, is_resting=True), later)
    side = side_of_ada(tx, met)
    assert (side.starred_at, side.rested_at) == (NOW, later)
    star(tx, Star(ada().id, met.id, is_starred=False), later)
    rest(tx, Rest(ada().id, met.id, is_resting=False), later)
    side = side_of_ada(tx, met)
    assert (side.starred_at, side.rested_at) == (None, None)


def test_tags_replace_those_before(tx: Tx, met: Connection) -> None:
    tag(tx, Tag(ada().id, met.id, ("one", "two")), NOW)
    assert (
        tag(tx, Tag(ada().id, met.id, ("  compilers ", "", "Compilers", "ärzte")), NOW)
        is None
    )
    assert side_of_ada(tx, met).tags == ("compilers", "ärzte")


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        (("y" * (TAG_LENGTH + 1),), Refusal.TOO_LONG),
        (tuple(f"tag {number}" for number in range(TAG_COUNT + 1)), Refusal.TOO_MANY),
    ],
)
def test_tags_that_are_too_long_or_too_many_replace_nothing(
    tx: Tx, met: Connection, tags: tuple[str, ...], reason: Refusal
) -> None:
    tag(tx, Tag(ada().id, met.id, ("kept",)), NOW)
    assert tag(tx, Tag(ada().id, met.id, tags), NOW) is reason
    assert side_of_ada(tx, met).tags == ("kept",)


@given(st.lists(st.text(max_size=20), max_size=20))
def test_clean_tags_are_clean(tags: list[str]) -> None:
    once = clean_tags(tuple(tags))
    assert clean_tags(once) == once
    assert len({word.casefold() for word in once}) == len(once)
    assert all(word == word.strip() and "\n" not in word for word in once)


def test_who_is_not_one_of_the_two_keeps_nothing(tx: Tx, met: Connection) -> None:
    for refused in (
        remember(tx, Remember(linus().id, met.id, "mine"), NOW),
        star(tx, Star(linus().id, met.id, is_starred=True), NOW),
        tag(tx, Tag(linus().id, met.id, ("mine",)), NOW),
        rest(tx, Rest(linus().id, met.id, is_resting=True), NOW),
    ):
        assert refused is Refusal.NOBODY_THERE


def keep_everything(tx: Tx, met: Connection) -> None:
    remember(tx, Remember(ada().id, met.id, SECRETS[0]), NOW)
    tag(tx, Tag(ada().id, met.id, (SECRETS[1],)), NOW)
    star(tx, Star(ada().id, met.id, is_starred=True), NOW)
    rest(tx, Rest(ada().id, met.id, is_resting=True), NOW)
    later = NOW + timedelta(days=1)
    promise(tx, MakePromise(ada().id, met.id, "send", "the paper", due_at=later), NOW)


def test_all_of_it_is_told_to_the_one_who_wrote_it(tx: Tx, met: Connection) -> None:
    keep_everything(tx, met)
    held = rows_about(tx, ada().id)
    assert held is not None
    (connection,) = held["connections"]
    assert (connection["note"], connection["tags"]) == (SECRETS[0], [SECRETS[1]])
    assert connection["starred_at"] == connection["rested_at"]
    assert connection["starred_at"] == "2026-06-01T10:00:00+02:00"
    (mine,) = connection["you_promised"]
    assert (mine["text"], mine["due_at"]) == ("the paper", "2026-06-02T10:00:00+02:00")
    assert connection["promised_to_you"] == []


def test_the_other_one_is_told_of_the_promise_alone(tx: Tx, met: Connection) -> None:
    keep_everything(tx, met)
    held = rows_about(tx, grace().id)
    assert held is not None
    (connection,) = held["connections"]
    promised = [{"kind": "send", "text": "the paper", "is_done": False}]
    assert connection["promised_to_you"] == promised
    assert not any(secret in str(held) for secret in SECRETS)
    assert connection["starred_at"] is connection["rested_at"] is None
    assert "2026-06-02" not in str(connection)


def test_when_it_has_ended_the_other_one_is_told_of_no_promise(
    tx: Tx, met: Connection
) -> None:
    keep_everything(tx, met)
    tx.connections.change(replace(met, withdrawn_at=NOW, withdrawn_by=ada().id))
    held = rows_about(tx, grace().id)
    assert held is not None
    assert "the paper" not in str(held)
    own = rows_about(tx, ada().id)
    assert own is not None
    assert "the paper" in str(own)


def test_an_erased_person_takes_along_what_was_kept_of_them(
    tx: Tx, met: Connection
) -> None:
    keep_everything(tx, met)
    tx.erasures.forget(grace().id, NOW)
    run = tx.letters._session.rows
    assert run("select count(*) from sides") == [(0,)]
    assert run("select count(*) from promises") == [(0,)]
