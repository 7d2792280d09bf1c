"""Whoever wants no more letters gets none from that moment."""

import pytest

from kiosk.ids import address_digest, seal, unseal
from kiosk.store import Tx
from kiosk.suppress import (
    Link,
    Suppression,
    UnknownLink,
    resubscribe,
    unsubscribe,
    unsubscribe_token,
    whom,
)
from tests.builders import EVENT_ID, KEY, NOW, OTHER_EVENT_ID, ada, an_event, grace, settle
from tests.store.rows import a_letter


@pytest.fixture
def link(tx: Tx) -> Link:
    """The link at the foot of Ada's letter."""
    settle(tx, people=[ada(), grace()])
    return Link(KEY, unsubscribe_token(KEY, ada().id))


def test_looking_at_the_link_tells_whom_it_is_about_and_changes_nothing(
    tx: Tx, link: Link
) -> None:
    assert whom(tx, link) == Suppression(an_event(), ada(), is_suppressed=False)
    assert tx.suppressions.of_event(EVENT_ID) == {}


def test_unsubscribing_skips_what_waits_and_keeps_only_a_digest(tx: Tx, link: Link) -> None:
    for number, state in enumerate(("queued", "leased", "sent")):
        tx.letters.add(
            a_letter(
                ada(),
                state=state,
                generation=number,
                leased_by="w" if state == "leased" else None,
            )
        )
    tx.letters.add(a_letter(grace()))
    found = unsubscribe(tx, link, NOW)
    assert found == Suppression(an_event(), ada(), is_suppressed=True)
    assert tx.letters.counts(EVENT_ID) == {"skipped": 2, "sent": 1, "queued": 1}
    assert tx.suppressions.of_event(EVENT_ID) == {
        address_digest(ada().email): "unsubscribed"
    }
    assert "ada" not in str(tx.suppressions.of_event(EVENT_ID))


def test_unsubscribing_twice_is_the_same_as_once(tx: Tx, link: Link) -> None:
    assert unsubscribe(tx, link, NOW) == unsubscribe(tx, link, NOW)


def test_one_address_of_two_people_is_unsubscribed_for_both(tx: Tx, link: Link) -> None:
    tx.attendees.change(grace(email="Ada@Ada.example"))
    tx.letters.add(a_letter(grace(), to_address="Ada@Ada.example"))
    unsubscribe(tx, link, NOW)
    assert tx.letters.counts(EVENT_ID) == {"skipped": 1}


def test_other_events_go_on_writing(tx: Tx, link: Link) -> None:
    unsubscribe(tx, link, NOW)
    assert not tx.suppressions.has(OTHER_EVENT_ID, address_digest(ada().email))


def test_a_second_thought_brings_the_letters_back(tx: Tx, link: Link) -> None:
    unsubscribe(tx, link, NOW)
    found = resubscribe(tx, link, NOW)
    assert found == Suppression(an_event(), ada(), is_suppressed=False)
    assert tx.suppressions.of_event(EVENT_ID) == {}


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "nonsense",
        "ä.ö",
        "a" * 3000,
        unsubscribe_token(b"another key" * 4, ada().id),
        seal(KEY, "another purpose", ada().id),
        unsubscribe_token(KEY, "nobody"),
        unsubscribe_token(KEY, ada().id) + "A",
        unsubscribe_token(KEY, ada().id) + "=",
        unsubscribe_token(KEY, ada().id)[:-1],
    ],
)
def test_no_other_link_unsubscribes_anybody(tx: Tx, link: Link, token: str) -> None:
    del link
    for verb in (unsubscribe, resubscribe):
        assert verb(tx, Link(KEY, token), NOW) == UnknownLink()
    assert tx.suppressions.of_event(EVENT_ID) == {}


def test_a_seal_carries_any_text_and_opens_for_its_purpose_alone() -> None:
    for text in ("", "an id", "Zoë 太郎", "a:b.c"):
        token = seal(KEY, "letter", text)
        assert token.isascii()
        assert unseal(KEY, "letter", token) == text
        assert unseal(KEY, "phone", token) is None
