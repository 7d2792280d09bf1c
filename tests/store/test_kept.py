"""What the writing connection keeps is never older than what was last made true."""

from dataclasses import replace
from datetime import datetime

import pytest

from kiosk.ids import digest
from kiosk.model import Device, Event
from kiosk.store import SqliteStore, Tx
from kiosk.store.kept import Kept
from tests.builders import NOW, a_device, a_list, an_event, plant, token_of

VENUE = "New Harbour Hall"
TOKEN = digest(token_of(a_device()))


def ask_event(tx: Tx, event: Event, now: datetime) -> Event | None:
    del now
    return tx.events.get(event.id)


def ask_device(tx: Tx, token: str, now: datetime) -> Device | None:
    del now
    return tx.devices.by_token(token)


def ask_lists(tx: Tx, event: Event, now: datetime) -> list[str]:
    del now
    return [rule.name for rule in tx.events.lists(event.id)]


def move(tx: Tx, venue: str, now: datetime) -> None:
    """Change the event, look at it, and fail when the venue is nowhere."""
    del now
    tx.events.change(an_event(venue=venue))
    assert tx.events.get(an_event().id) == an_event(venue=venue)
    if venue == "nowhere":
        raise LookupError(venue)


def revoke(tx: Tx, device: Device, now: datetime) -> None:
    tx.devices.revoke(device.id, now)


@pytest.fixture
def kept(store: SqliteStore) -> SqliteStore:
    """A store whose writer has the event, its lists and the device at hand."""
    plant(store, devices=[a_device()])
    for _ in range(2):
        store.write(ask_event, an_event(), NOW)
        store.write(ask_lists, an_event(), NOW)
        store.write(ask_device, TOKEN, NOW)
    return store


def test_a_kept_event_costs_no_further_statement(kept: SqliteStore) -> None:
    statements: list[str] = []
    kept._database.conn.set_trace_callback(statements.append)
    kept.write(ask_event, an_event(), NOW)
    kept._database.conn.set_trace_callback(None)
    assert not [text for text in statements if "from events" in text]


def test_a_change_is_seen_by_the_next_job(kept: SqliteStore) -> None:
    kept.write(move, VENUE, NOW)
    assert kept.write(ask_event, an_event(), NOW) == an_event(venue=VENUE)
    kept.write(lambda tx, rule, _now: tx.events.put_list(rule), a_list("gala"), NOW)
    assert kept.write(ask_lists, an_event(), NOW) == ["gala", "main"]


def test_a_change_that_was_undone_is_not_kept(kept: SqliteStore) -> None:
    with pytest.raises(LookupError):
        kept.write(move, "nowhere", NOW)
    assert kept.write(ask_event, an_event(), NOW) == an_event()


def test_what_another_program_changes_counts_at_once(kept: SqliteStore) -> None:
    other = SqliteStore(kept.path)
    other.write(move, VENUE, NOW)
    other.write(revoke, a_device(), NOW)
    other.close()
    assert kept.write(ask_event, an_event(), NOW) == an_event(venue=VENUE)
    assert kept.write(ask_device, TOKEN, NOW) == replace(a_device(), revoked_at=NOW)


def test_without_looking_at_the_version_the_change_would_be_missed(
    kept: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kept, "renew", lambda _self: None)
    other = SqliteStore(kept.path)
    other.write(move, VENUE, NOW)
    other.close()
    assert kept.write(ask_event, an_event(), NOW) == an_event()
