"""How a person wants to be met: what they chose is kept, what nobody offers is not."""

from datetime import timedelta

import pytest

from kiosk.about import rows_about
from kiosk.model import Preferences
from kiosk.prefer import SPOKEN_MOST, Prefer, prefer
from kiosk.store import Tx
from tests.builders import NOW, ada, settle

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[ada()])
    return tx


def test_what_is_not_named_stays(hall: Tx) -> None:
    prefer(hall, Prefer(ada().id, preset="kiosk", talk="later", speaks=("de", "en")), NOW)
    kept = prefer(hall, Prefer(ada().id, sponsor_fields=("company",)), LATER)
    assert kept == Preferences(
        ada().id, "kiosk", "later", ("de", "en"), ("name", "company")
    )
    assert hall.preferences.get(ada().id) == kept


@pytest.mark.parametrize(
    "command",
    [
        Prefer(ada().id),
        Prefer(ada().id, preset="everybody"),
        Prefer(ada().id, preset=""),
        Prefer(ada().id, talk="shout"),
        Prefer(ada().id, wants_suggestions=False),
    ],
)
def test_a_choice_nobody_offers_changes_nothing(hall: Tx, command: Prefer) -> None:
    assert prefer(hall, command, NOW) == Preferences(ada().id)


def test_fields_nobody_can_share_are_dropped_and_a_name_is_always_shown(hall: Tx) -> None:
    command = Prefer(
        ada().id, sponsor_fields=(), introduction_fields=("goal", "phone", "attention")
    )
    kept = prefer(hall, command, NOW)
    assert kept.sponsor_fields == ("name",)
    assert kept.introduction_fields == ("name", "phone")


def test_languages_are_named_once_and_not_without_end(hall: Tx) -> None:
    spoken = ("en", "de", "en", *(f"x{number}" for number in range(100)))
    kept = prefer(hall, Prefer(ada().id, speaks=spoken), NOW)
    assert kept.speaks[:3] == ("en", "de", "x0")
    assert len(kept.speaks) == SPOKEN_MOST


def test_what_a_person_prefers_is_part_of_what_is_held_about_them(hall: Tx) -> None:
    prefer(hall, Prefer(ada().id, preset="kiosk", speaks=("ar",)), NOW)
    held = rows_about(hall, ada().id)
    assert held is not None
    assert held["preferences"]["preset"] == "kiosk"
    assert held["preferences"]["speaks"] == ["ar"]


def test_who_joined_the_suggestions_joined_them_once(hall: Tx) -> None:
    joins = Prefer(ada().id, wants_suggestions=True)
    assert prefer(hall, joins, NOW).suggestions_at == NOW
    assert prefer(hall, joins, LATER).suggestions_at == NOW
    leaves = Prefer(ada().id, wants_suggestions=False)
    assert prefer(hall, leaves, LATER).suggestions_at is None
