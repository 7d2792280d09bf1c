"""Recognising an organiser, and ending every session with the password."""

from dataclasses import replace

from kiosk.passwords import hash_password
from kiosk.sign_in import SIGNED_IN_FOR, change_password, recognise, sign_in, sign_out
from kiosk.store import Tx
from tests.builders import NOW
from tests.web.browser import PASSWORD, an_organiser


def test_only_the_right_password_is_recognised() -> None:
    assert recognise(an_organiser(), PASSWORD) is not None
    assert recognise(an_organiser(), PASSWORD + "!") is None
    assert recognise(None, PASSWORD) is None


def test_each_recognition_has_a_token_of_its_own() -> None:
    first, second = recognise(an_organiser(), PASSWORD), recognise(an_organiser(), PASSWORD)
    assert first is not None
    assert second is not None
    assert first.token != second.token


def test_a_session_stands_until_its_end_or_its_sign_out(tx: Tx) -> None:
    tx.organisers.add(an_organiser())
    who = recognise(an_organiser(), PASSWORD)
    assert who is not None
    session = sign_in(tx, who, NOW)
    assert tx.sign_ins.standing(session.digest, NOW) == session
    assert tx.sign_ins.standing(session.digest, NOW + SIGNED_IN_FOR) is None
    sign_out(tx, who.token, NOW)
    assert tx.sign_ins.standing(session.digest, NOW) is None


def test_a_new_password_ends_every_session(tx: Tx) -> None:
    tx.organisers.add(an_organiser())
    for _ in range(2):
        who = recognise(an_organiser(), PASSWORD)
        assert who is not None
        session = sign_in(tx, who, NOW)
    changed = replace(an_organiser(), password_hash=hash_password("another long day"))
    assert change_password(tx, changed, NOW) == 2
    assert tx.sign_ins.standing(session.digest, NOW) is None
    assert recognise(tx.organisers.get(changed.id), "another long day") is not None


def test_sessions_of_long_ago_are_forgotten_on_the_way(tx: Tx) -> None:
    tx.organisers.add(an_organiser())
    who = recognise(an_organiser(), PASSWORD)
    assert who is not None
    old = sign_in(tx, who, NOW - 3 * SIGNED_IN_FOR)
    again = recognise(an_organiser(), PASSWORD)
    assert again is not None
    sign_in(tx, again, NOW)
    assert tx.sign_ins.standing(old.digest, NOW - 3 * SIGNED_IN_FOR) is None
