"""How people want to be met, as the store keeps it."""

from kiosk.model import Preferences
from kiosk.store import Tx
from tests.builders import EVENT_ID, NOW, OTHER_EVENT_ID, ada, grace, linus, settle

GRACES = Preferences(
    grace().id,
    preset="kiosk",
    talk="write_first",
    speaks=("en", "ar"),
    sponsor_fields=(),
    introduction_fields=("name", "role"),
    suggestions_at=NOW,
)


def test_who_has_said_nothing_has_the_defaults(tx: Tx) -> None:
    settle(tx, people=[ada()])
    assert tx.preferences.get(ada().id) == Preferences(ada().id)
    assert tx.preferences.of_event(EVENT_ID) == []


def test_preferences_come_back_whole_and_are_said_anew(tx: Tx) -> None:
    settle(tx, people=[grace()])
    for preferences in (GRACES, Preferences(grace().id, preset="yes")):
        tx.preferences.put(preferences)
        assert tx.preferences.get(grace().id) == preferences


def test_those_of_an_event_leave_the_silent_and_the_erased_out(tx: Tx) -> None:
    settle(tx, people=[ada(), grace(), linus()])
    tx.preferences.put(Preferences(linus().id, preset="nobody"))
    tx.preferences.put(GRACES)
    assert tx.preferences.of_event(EVENT_ID) == [GRACES, Preferences(linus().id, "nobody")]
    assert tx.preferences.of_event(OTHER_EVENT_ID) == []
    tx.erasures.forget(linus().id, NOW)
    assert tx.preferences.of_event(EVENT_ID) == [GRACES]
    assert tx.preferences.get(linus().id) == Preferences(linus().id)
