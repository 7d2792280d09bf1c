"""Erased means gone: from database and log, exports, letters of others, and backups."""

import logging
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from kiosk.cli import main
from kiosk.erase import AlreadyErased, Erase, Erased, NobodyThere, erase
from kiosk.ids import digest
from kiosk.model import Attendee, Purge, Ticket
from kiosk.purge import (
    NotYet,
    PurgeEvent,
    Purging,
    purge,
    purge_wholly,
)
from kiosk.scan import Receive, receive
from kiosk.store import SqliteStore, Tx
from kiosk.store.erasures import GOES
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    OTHER_EVENT_ID,
    a_badge,
    ada,
    an_event,
    code_of,
    grace,
    join,
    linus,
    mallory,
    plant,
)
from tests.day import DESK, MARK, live, reading
from tests.store.rows import a_closure, a_letter, meet

Do = Callable[[Tx, Attendee], object]
LATER = NOW + timedelta(days=1)
NUMBER = re.compile(rb"Z\d{4}Z")
DUE = an_event().ends_at + timedelta(days=60)


@pytest.fixture
def day(store: SqliteStore) -> SqliteStore:
    live(store)
    return store


def kiosk(store: SqliteStore, *words: str) -> int:
    environ = {
        "KIOSK_DATA": str(store.path.parent),
        "KIOSK_SECRET_KEY": KEY.decode(),
    }
    return main(words, environ)


def traces(folder: Path, *words: str) -> set[str]:
    """Files below a folder in which one of the words can still be read."""
    sought = re.compile("|".join(map(re.escape, words)).encode(), re.IGNORECASE)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if sought.search(path.read_bytes())}


OF_ADA = (MARK, code_of(ada()), a_badge(ada()).digest, digest(code_of(ada())))


def forget_ada(store: SqliteStore) -> None:
    assert store.write(erase, Erase(EVENT_ID, ada().id, KEY), LATER) == Erased(
        ada().id, 2, 3
    )


def test_nothing_of_an_erased_person_can_be_read_anywhere(
    day: SqliteStore,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    assert traces(tmp_path, *OF_ADA)
    assert kiosk(day, "erase", "demo-2026", "--attendee", ada().id) == 0
    for form in ("csv", "json", "sqlite", "graphml", "vcf"):
        out = f"{tmp_path}/export.{form}" if form != "csv" else f"{tmp_path}/export/"
        assert kiosk(day, "export", "demo-2026", "--out", out, "--format", form) == 0
    assert kiosk(day, "backup", str(tmp_path / "backup.sqlite")) == 0
    assert traces(tmp_path, *OF_ADA) == set()
    told = "".join(capsys.readouterr()) + caplog.text
    assert not any(word in told for word in OF_ADA)


def test_without_scrubbing_the_old_values_would_still_be_there(
    day: SqliteStore, tmp_path: Path
) -> None:
    """The control of the test before: the rows are gone, the bytes are not."""
    forget_ada(day)
    assert "kiosk.sqlite-wal" in traces(tmp_path, *OF_ADA)
    assert day.scrub()
    assert traces(tmp_path, *OF_ADA) == set()


def test_a_reader_who_looks_on_keeps_the_log_and_scrubbing_says_so(
    day: SqliteStore, tmp_path: Path
) -> None:
    day._database.execute("pragma busy_timeout = 20")
    with day.read() as tx:
        tx.attendees.count(EVENT_ID)
        forget_ada(day)
        assert not day.scrub()
    assert day.scrub()
    assert traces(tmp_path, *OF_ADA) == set()


def person(number: int, random: Random) -> Attendee:
    return replace(
        ada(),
        id=str(UUID(int=random.getrandbits(128))),
        name=f"guest Z{number:04}Z",
        external_id=f"order Z{number:04}Z",
        ticket_code=f"{random.getrandbits(40):x}Z{number:04}Z",
    )


def in_groups(store: SqliteStore, guests: list[Attendee], do: Do) -> None:
    """One write for a hundred people, as they come in a list."""

    def all_of_them(tx: Tx, some: list[Attendee], _: datetime) -> None:
        for guest in some:
            do(tx, guest)

    for start in range(0, len(guests), 100):
        store.write(all_of_them, guests[start : start + 100], NOW)


def join_with_ticket(tx: Tx, guest: Attendee) -> None:
    tx.attendees.add(guest)
    tx.tickets.put([Ticket(EVENT_ID, guest.ticket_code, guest.id)])


def test_rows_that_moved_between_pages_leave_nothing_behind(
    store: SqliteStore,
) -> None:
    """`secure_delete` clears what is deleted, not what a split page left where it was."""
    random = Random(7)
    guests = [person(number, random) for number in range(3000)]
    grown = [replace(guest, goal="g" * random.randrange(300)) for guest in guests]
    plant(store)
    in_groups(store, guests, join_with_ticket)
    in_groups(
        store, random.sample(grown, len(grown)), lambda tx, it: tx.attendees.change(it)
    )
    gone = random.sample(guests, 300)
    in_groups(store, gone, lambda tx, it: erase(tx, Erase(EVENT_ID, it.id, KEY), NOW))
    store._alone("pragma wal_checkpoint(truncate)")
    erased = {guest.name[-6:].encode() for guest in gone}
    left_by_secure_delete = erased & set(NUMBER.findall(store.path.read_bytes()))
    assert store.scrub()
    assert not erased & set(NUMBER.findall(store.path.read_bytes()))
    if not left_by_secure_delete:
        pytest.skip("this SQLite leaves nothing behind, so this run proved little")


def test_what_counts_stays_and_what_knows_a_person_goes(day: SqliteStore) -> None:
    forget_ada(day)
    with day.read() as tx:
        assert tx.attendees.get(ada().id) is None
        assert tx.scans.checked_in_ids(EVENT_ID) == {ada().id, grace().id}
        assert tx.figures.outcomes(EVENT_ID)["welcomed"] == 2
        assert tx.connections.of_attendee(grace().id)[0].second_id != ada().id
        assert tx.connections.count(EVENT_ID) == 0
        assert sum(tx.letters.counts(EVENT_ID).values()) == 3
        assert tx.suppressions.of_event(EVENT_ID) == {}
        bodies = [row.body for row in tx.scans.quarantined(EVENT_ID)]
    assert sorted(bodies) == ["", "", '{"codes": ["SOMEBODY ELSE"]']


def test_a_replayed_scan_is_still_answered_without_the_name(day: SqliteStore) -> None:
    again = reading(ada())
    first = day.write(receive, Receive(DESK, (again,)), NOW)
    forget_ada(day)
    (answer,) = day.write(receive, Receive(DESK, (again,)), LATER)
    assert answer.replayed
    assert (answer.outcome, answer.reason) == (first[0].outcome, first[0].reason)
    assert [(seen.id, seen.name, seen.company) for seen in answer.attendees] == [
        (ada().id, "", "")
    ]


def test_the_badge_of_an_erased_person_is_unknown(day: SqliteStore) -> None:
    forget_ada(day)
    (answer,) = day.write(receive, Receive(DESK, (reading(ada()),)), NOW)
    assert (answer.outcome, answer.reason) == ("turned_away", "unknown_code")


def test_letters_of_others_lose_the_person_and_letters_to_them_are_emptied(
    day: SqliteStore,
) -> None:
    forget_ada(day)
    with day.read() as tx:
        (to_ada,) = tx.letters.of_attendee(ada().id)
        (to_grace,) = tx.letters.of_attendee(grace().id)
        (to_linus,) = tx.letters.of_attendee(linus().id)
    assert (to_ada.state, to_ada.to_name, to_ada.to_address) == ("sent", "", "")
    assert (to_ada.people, to_ada.reason) == ((), "erased")
    assert (to_grace.state, to_grace.people) == ("queued", (linus().id,))
    assert to_linus.people == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("planned", "cancelled"),
        ("queued", "cancelled"),
        ("deferred", "cancelled"),
        ("leased", "cancelled"),
        ("uncertain", "cancelled"),
        ("committing", "committing"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("failed", "failed"),
    ],
)
def test_a_letter_to_an_erased_person_is_called_back_if_it_can_be(
    tx: Tx, before: str, after: str
) -> None:
    tx.events.add(an_event())
    join(tx, ada())
    tx.letters.add(a_letter(ada(), state=before, leased_by="worker", leased_until=LATER))
    erase(tx, Erase(EVENT_ID, ada().id, KEY), LATER)
    (letter,) = tx.letters.of_attendee(ada().id)
    assert (letter.state, letter.to_address) == (after, "")


def test_a_letter_about_an_erased_person_is_taken_from_its_worker(tx: Tx) -> None:
    """The worker has read the name already; without the lease it may not send it."""
    tx.events.add(an_event())
    for someone in (ada(), grace()):
        join(tx, someone)
    meet(tx, ada(), grace())
    held = {"state": "leased", "leased_by": "worker", "leased_until": LATER}
    letter = a_letter(grace(), ada(), **held)
    tx.letters.add(letter)
    erase(tx, Erase(EVENT_ID, ada().id, KEY), LATER)
    assert not tx.deliveries.commit(letter.id, "worker", LATER)
    assert tx.letters.counts(EVENT_ID) == {"queued": 1}


def test_nobody_is_erased_twice_or_at_another_event(tx: Tx) -> None:
    tx.events.add(an_event())
    tx.events.add(an_event(slug="other-2026"))
    join(tx, ada())
    join(tx, mallory())
    wrong = Erase(EVENT_ID, mallory().id, KEY)
    assert erase(tx, wrong, LATER) == NobodyThere(mallory().id)
    assert isinstance(erase(tx, Erase(EVENT_ID, ada().id, KEY), LATER), Erased)
    again = erase(tx, Erase(EVENT_ID, ada().id, KEY), LATER)
    assert isinstance(again, AlreadyErased)
    assert again.erasure.erased_at == LATER
    elsewhere = Erase(OTHER_EVENT_ID, ada().id, KEY)
    assert erase(tx, elsewhere, LATER) == NobodyThere(ada().id)


def test_a_purge_waits_for_the_end_of_the_retention(day: SqliteStore) -> None:
    early = day.write(purge, PurgeEvent(an_event()), DUE - timedelta(seconds=1))
    assert early == NotYet(DUE)
    with day.read() as tx:
        assert tx.attendees.count(EVENT_ID) == 3


def test_a_purged_event_keeps_its_counts_and_nobody(
    day: SqliteStore, tmp_path: Path
) -> None:
    done = day.write(purge, PurgeEvent(an_event()), DUE)
    assert done == Purging(Purge(EVENT_ID, DUE, 3, 2, 1, 3), is_over=True)
    assert day.scrub()
    assert traces(tmp_path, *OF_ADA, "Hopper", "Torvalds", "grace.example") == set()
    with day.read() as tx:
        assert tx.attendees.count(EVENT_ID) == 0
        assert tx.figures.outcomes(EVENT_ID)["welcomed"] == 2
        assert len(tx.scans.quarantined(EVENT_ID)) == 3
    again = day.write(purge, PurgeEvent(an_event()), DUE + timedelta(days=9))
    assert again == done


def test_a_purge_goes_in_slices_and_can_be_taken_up_again(
    day: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.forget.SLICE", 1)
    first = day.write(purge, PurgeEvent(an_event()), DUE)
    assert isinstance(first, Purging)
    assert not first.is_over
    with day.read() as tx:
        assert tx.attendees.count(EVENT_ID) == 2
    record = purge_wholly(day, PurgeEvent(an_event()), DUE + timedelta(hours=1))
    assert record == first.record
    with day.read() as tx:
        assert tx.attendees.count(EVENT_ID) == 0


def test_the_retention_is_counted_from_the_closure(day: SqliteStore) -> None:
    early = a_closure(ended_at=NOW, closed_at=NOW)
    day.write(lambda tx, it, _: tx.events.add_closure(it), early, NOW)
    due_at = NOW + timedelta(days=60)
    assert purge_wholly(day, PurgeEvent(an_event()), NOW) == NotYet(due_at)


def test_purging_one_event_leaves_another_alone(store: SqliteStore) -> None:
    plant(store, ada())
    plant(store, mallory(), event=an_event(slug="other-2026"))
    store.write(purge, PurgeEvent(an_event(), is_due=True), NOW)
    with store.read() as tx:
        assert tx.attendees.count(OTHER_EVENT_ID) == 1
        assert tx.tickets.of_attendee(mallory().id)


def about_people(template: Path) -> set[str]:
    """Every table of the schema that points to a person."""
    columns = {"attendee_id", "first_id", "second_id", "asked_by", "badge_id"}
    with closing(sqlite3.connect(template)) as database:
        tables = [
            row[0]
            for row in database.execute(
                "select name from sqlite_master where type = 'table'"
            )
        ]
        pointing = {
            table
            for table in tables
            for column in database.execute(f"pragma table_info({table})")
            if column[1] in columns
        }
        return pointing | {
            table
            for table in tables
            for key in database.execute(f"pragma foreign_key_list({table})")
            if key[2] == "attendees"
        }


def test_every_table_that_points_to_a_person_is_known_to_the_erasure(
    template: Path,
) -> None:
    """A new one must be emptied or dropped there, and be named here if it stays."""
    stays = {
        "acts",  # counts; holds an id and no word
        "attendees",  # emptied
        "scans",  # ids and instants; answers lose the names
        "letters",  # kind, state and instants
        "scan_pairs",  # ids, as in the answers
        "erasures",  # the record itself
        "roster_marks",  # an id and numbers: tablets learn that nobody is left there
    }
    assert about_people(template) - stays == set(GOES)


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("erase", "demo-2026", "--attendee", "nobody"), 1, "Nobody with the id nobody"),
        (("erase", "other", "--attendee", "x"), 1, 'There is no event "other"'),
        (("erase", "demo-2026"), 2, "--attendee"),
        (("purge", "demo-2026"), 1, "`--now` forgets them today"),
    ],
)
def test_what_cannot_be_erased_is_one_sentence(
    day: SqliteStore,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    status: int,
    sentence: str,
) -> None:
    day.write(lambda tx, it, _: tx.events.change(it), an_event(retention_days=36500), NOW)
    assert kiosk(day, *words) == status
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told


def test_the_commands_say_what_they_did_to_people_and_machines(
    day: SqliteStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kiosk(day, "erase", "demo-2026", "--attendee", ada().id, "--json") == 0
    assert '"connection_count": 2' in capsys.readouterr().out
    assert kiosk(day, "erase", "demo-2026", "--attendee", ada().id) == 0
    assert "was erased on" in capsys.readouterr().out
    assert kiosk(day, "purge", "demo-2026", "--now") == 0
    assert "Forgot 2 people of demo-2026" in capsys.readouterr().out
