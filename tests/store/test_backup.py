"""Backups while the day goes on, and going back without undoing what must stay done."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.erase import Erase, EraseAgain, erase, erase_again
from kiosk.ids import address_digest
from kiosk.model import Erasure, Registration
from kiosk.purge import PurgeEvent, purge_wholly
from kiosk.register import Registered, RegisterList, register
from kiosk.store import (
    Forgotten,
    Restored,
    SqliteStore,
    StoreError,
    StoreUnavailable,
    StoreUnfit,
    Tx,
    locks,
    migrations,
    restore,
    sqlite,
)
from kiosk.store.ledger import LEDGER, add_to_ledger, read_ledger
from kiosk.store.migrations import LATEST
from tests.builders import EVENT_ID, KEY, NOW, ada, an_event, grace, linus
from tests.day import LEAD, MARK, live
from tests.store.processes import other_process
from tests.store.rows import a_letter, meet
from tests.store.test_sqlite import foreign, garbage, newer, torn

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def day(store: SqliteStore) -> SqliteStore:
    live(store)
    return store


@pytest.fixture
def backup(day: SqliteStore, tmp_path: Path) -> Path:
    """A backup made before anything else happens."""
    target = tmp_path / "elsewhere" / "backup.sqlite"
    target.parent.mkdir()
    day.backup(target)
    return target


def forget(tx: Tx, forgotten: Forgotten) -> int:
    return erase_again(tx, EraseAgain(forgotten.erasures, forgotten.purges, KEY), LATER)


def go_back(store: SqliteStore, backup: Path) -> Restored:
    """Stop the store as its server would, and restore."""
    store.close()
    return restore(backup, store.path, forget, LATER)


@contextmanager
def reopened(path: Path) -> Iterator[Tx]:
    store = SqliteStore(path)
    with store.read() as tx:
        yield tx
    store.close()


def kiosk(folder: Path, *words: str) -> int:
    environ = {"KIOSK_DATA": str(folder), "KIOSK_SECRET_KEY": KEY.decode()}
    return main(words, environ)


def write(store: SqliteStore, do: Callable[[Tx], object]) -> None:
    def verb(tx: Tx, command: None, now: datetime) -> None:
        del command, now
        do(tx)

    store.write(verb, None, NOW)


def test_a_backup_is_a_whole_copy_for_its_owner_alone(
    day: SqliteStore, backup: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not backup.with_name("backup.sqlite-wal").exists()
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
        names = [row[0] for row in copy.execute("select name from attendees")]
    with day.read() as tx:
        assert sorted(names) == [it.name for it in tx.attendees.of_event(EVENT_ID)]


def test_a_backup_is_made_while_another_process_writes(
    store: SqliteStore, tmp_path: Path
) -> None:
    target = tmp_path / "backup.sqlite"
    with other_process("write", store.path, "after") as process:
        assert process.stdout
        told = {process.stdout.readline().strip() for _ in range(20)}
        store.backup(target)
        with closing(sqlite3.connect(target)) as copy:
            kept = {row[0] for row in copy.execute("select slug from events")}
        assert told <= kept
        assert any(line.strip() not in kept for line in process.stdout)  # it goes on
        process.kill()


def test_going_back_gives_what_was_there_and_keeps_the_other_aside(
    day: SqliteStore, backup: Path
) -> None:
    write(day, lambda tx: tx.events.add(an_event(slug="later-2026")))
    done = go_back(day, backup)
    assert done.aside
    with reopened(day.path) as tx:
        assert [event.slug for event in tx.events.all()] == ["demo-2026"]
        assert tx.attendees.count(EVENT_ID) == 3
    with closing(sqlite3.connect(done.aside)) as old:
        assert old.execute("select count(*) from events").fetchone() == (2,)
    assert done.aside.stat().st_mode & 0o777 == 0o600
    assert not list(day.path.parent.glob("*restoring*"))
    assert not list(day.path.parent.glob("*-wal"))


def test_a_backup_goes_into_an_empty_folder(
    day: SqliteStore, backup: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "kiosk.sqlite"
    path.parent.mkdir()
    assert restore(backup, path, forget, LATER) == Restored(0, 0, (), None)
    with reopened(path) as tx:
        assert tx.attendees.count(EVENT_ID) == 3
    assert day.path.exists()


def test_nothing_is_exchanged_under_a_server_that_runs(
    day: SqliteStore, backup: Path
) -> None:
    before = day.path.stat().st_ino
    with pytest.raises(StoreUnavailable, match="uses this database; stop it first"):
        restore(backup, day.path, forget, LATER)
    assert day.path.stat().st_ino == before


def test_nor_under_one_in_another_process(template: Path, tmp_path: Path) -> None:
    path, source = tmp_path / "kiosk.sqlite", tmp_path / "backup.sqlite"
    shutil.copyfile(template, path)
    shutil.copyfile(template, source)
    with other_process("write", path, "after") as process:
        assert process.stdout
        assert process.stdout.readline()
        with pytest.raises(StoreUnavailable, match="stop it first"):
            restore(source, path, forget, LATER)
        process.kill()
    restore(source, path, forget, LATER)


def test_no_store_opens_while_a_backup_is_being_restored(day: SqliteStore) -> None:
    day.close()
    with locks.alone(day.path), pytest.raises(StoreUnavailable, match="being restored"):
        SqliteStore(day.path)
    SqliteStore(day.path).close()


def in_use(path: Path) -> None:
    """A plain copy of a database that is open: half of it is in its log."""
    path.with_name(f"{path.name}-wal").write_bytes(b"log")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (garbage, "is not a backup"),
        (lambda path: path.write_bytes(b""), "is not a backup"),
        (foreign, "is a database of another program"),
        (newer, "was made by a newer program"),
        (torn, "is damaged"),
        (cut, "is damaged"),
        (in_use, "is a database in use"),
    ],
)
def test_what_is_no_good_backup_is_a_sentence_and_changes_nothing(
    day: SqliteStore, backup: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    if spoil is foreign:
        backup.unlink()
    spoil(backup)
    day.close()
    before = day.path.read_bytes()
    with pytest.raises(StoreUnfit, match=sentence):
        restore(backup, day.path, forget, LATER)
    assert day.path.read_bytes() == before
    assert not list(day.path.parent.glob("*restoring*"))
    assert not list(day.path.parent.glob("*replaced*"))


def test_the_database_is_no_backup_of_itself(day: SqliteStore) -> None:
    day.close()
    with pytest.raises(StoreUnfit, match="is the database itself"):
        restore(day.path, day.path, forget, LATER)


def test_an_older_backup_is_brought_up_to_date(
    day: SqliteStore, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = ("newest", "create table parcels (id text primary key)")
    for module in (sqlite, import_module("kiosk.store.restore")):
        monkeypatch.setattr(module, "LATEST", LATEST + 1)
    monkeypatch.setattr(sqlite, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    assert go_back(day, backup).steps == ("newest",)
    SqliteStore(day.path).close()


def test_a_damaged_database_is_replaced_and_kept_aside(
    day: SqliteStore, backup: Path
) -> None:
    day.close()
    torn(day.path)
    damaged = day.path.read_bytes()
    done = restore(backup, day.path, forget, LATER)
    assert done.aside
    assert done.aside.read_bytes() == damaged
    with reopened(day.path) as tx:
        assert tx.attendees.count(EVENT_ID) == 3


def test_what_a_killed_restore_left_is_no_hindrance(day: SqliteStore, backup: Path) -> None:
    day.path.with_name("kiosk.sqlite.restoring").write_bytes(b"half a copy")
    day.path.with_name("kiosk.sqlite.restoring-wal").write_bytes(b"half a log")
    go_back(day, backup)
    with reopened(day.path) as tx:
        assert tx.attendees.count(EVENT_ID) == 3


def test_a_restored_backup_forgets_again(day: SqliteStore, backup: Path) -> None:
    day.write(erase, Erase(EVENT_ID, ada().id, KEY), LATER)
    done = go_back(day, backup)
    assert done.erased_count == 1
    assert MARK.encode() in backup.read_bytes()
    assert MARK.encode() not in day.path.read_bytes()
    with reopened(day.path) as tx:
        assert tx.attendees.get(ada().id) is None
        assert tx.erasures.get(ada().id) == Erasure(ada().id, EVENT_ID, LATER)


def test_whom_to_forget_outlives_the_database(day: SqliteStore, backup: Path) -> None:
    day.write(erase, Erase(EVENT_ID, ada().id, KEY), LATER)
    purge_wholly(day, PurgeEvent(an_event(slug="other"), is_due=True), LATER)
    day.scrub()
    day.close()
    day.path.unlink()
    assert restore(backup, day.path, forget, LATER).erased_count == 1
    with reopened(day.path) as tx:
        assert tx.attendees.get(ada().id) is None


def test_no_list_brings_back_who_was_erased_since_a_backup(
    day: SqliteStore, backup: Path
) -> None:
    """Neither who was in the backup, nor who joined and was erased after it."""
    row = Registration(row=1, name="Nora", email="nora@ada.example")
    came = RegisterList(EVENT_ID, (row,), KEY)
    day.write(register, came, LATER)
    with day.read() as tx:
        (nora,) = tx.attendees.with_address(row.email)
    for attendee_id in (ada().id, nora.id):
        day.write(erase, Erase(EVENT_ID, attendee_id, KEY), LATER)
    with day.read() as tx:
        signs = tx.erasures.signs(EVENT_ID)
    go_back(day, backup)
    with reopened(day.path) as tx:
        assert tx.erasures.signs(EVENT_ID) == signs
        again = replace(came, dry_run=True)
        assert register(tx, again, LATER) == Registered(skipped=((1, "erased"),))


def test_a_purged_event_is_purged_again(day: SqliteStore, backup: Path) -> None:
    record = purge_wholly(day, PurgeEvent(an_event(), is_due=True), LATER)
    assert go_back(day, backup).erased_count == 3
    with reopened(day.path) as tx:
        assert tx.attendees.count(EVENT_ID) == 0
        assert tx.erasures.purge_of(EVENT_ID) == record
    assert b"Hopper" not in day.path.read_bytes()


def test_the_ledger_holds_ids_alone_once_each_and_passes_over_a_torn_line(
    tmp_path: Path,
) -> None:
    one, other = (Erasure(person.id, EVENT_ID, NOW) for person in (ada(), grace()))
    add_to_ledger(tmp_path, Forgotten((one,)))
    ledger = tmp_path / LEDGER
    ledger.write_bytes(ledger.read_bytes() + b'{"attendee_id": "half')
    for _ in range(2):
        add_to_ledger(tmp_path, Forgotten((one, other)))
    assert read_ledger(tmp_path) == Forgotten((one, other))
    assert len([line for line in ledger.read_text().splitlines() if line]) == 3
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_a_letter_that_has_left_since_stays_sent(day: SqliteStore, backup: Path) -> None:
    def deliver(tx: Tx) -> None:
        (letter,) = tx.letters.of_attendee(grace().id)
        tx.erasures.put_letter(replace(letter, state="sent", settled_at=LATER))
        tx.letters.add(a_letter(grace(), linus(), generation=2, state="delivered"))
        tx.letters.add(a_letter(linus(), generation=2))

    write(day, deliver)
    assert go_back(day, backup).carried_count >= 2
    with reopened(day.path) as tx:
        states = [letter.state for letter in tx.letters.of_attendee(grace().id)]
        assert states == ["sent", "delivered"]
        assert [letter.state for letter in tx.letters.of_attendee(linus().id)] == ["queued"]


def test_a_phone_that_was_shut_out_since_stays_out(day: SqliteStore, backup: Path) -> None:
    def unlink(tx: Tx) -> None:
        (phone,) = tx.phones.of_attendee(ada().id)
        assert tx.phones.unlink(phone.id, ada().id, LATER)

    write(day, unlink)
    go_back(day, backup)
    with reopened(day.path) as tx:
        assert tx.phones.of_attendee(ada().id) == []


def test_the_back_of_a_badge_that_was_misused_since_opens_nothing(
    day: SqliteStore, backup: Path
) -> None:
    write(day, lambda tx: tx.badges.end_agree_code(ada().id, LATER))
    go_back(day, backup)
    with reopened(day.path) as tx:
        badge = tx.badges.of_attendee(ada().id)
        assert badge
        assert badge.agree_ended_at == LATER


def test_unsubscribing_and_withdrawing_are_not_undone(
    day: SqliteStore, backup: Path
) -> None:
    def end(tx: Tx) -> None:
        tx.suppressions.add(EVENT_ID, address_digest(grace().email), "unsubscribed", LATER)
        met = tx.connections.between(ada().id, grace().id)
        assert met
        ended = replace(met, withdrawn_at=LATER, withdrawn_by=ada().id)
        tx.connections.change(ended.with_block(grace().id, LATER))
        tx.leads.withdraw(LEAD, LATER)

    write(day, end)
    go_back(day, backup)
    with reopened(day.path) as tx:
        assert tx.suppressions.has(EVENT_ID, address_digest(grace().email))
        met = tx.connections.between(ada().id, grace().id)
        assert met
        assert (met.withdrawn_at, met.withdrawn_by) == (LATER, ada().id)
        assert (met.blocked_by(grace().id), met.blocked_by(ada().id)) == (LATER, None)
        lead = tx.leads.get(LEAD)
        assert lead
        assert lead.withdrawn_at == LATER


def test_a_large_file_is_scrubbed_at_a_quiet_hour(
    day: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("kiosk.store.store"), "STALLS_ABOVE", 1000)
    day.write(erase, Erase(EVENT_ID, ada().id, KEY), LATER)
    assert not day.scrub(may_stall=False)
    assert day.is_scrub_due
    assert day.path.with_name("kiosk.sqlite-wal").stat().st_size == 0
    assert day.scrub()
    assert not day.is_scrub_due


def test_the_commands_back_up_and_restore(
    day: SqliteStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "copy.sqlite")
    assert kiosk(tmp_path, "backup", target) == 0
    assert "not the secret key" in capsys.readouterr().out
    assert kiosk(tmp_path, "backup", target) == 1
    assert "add --force" in capsys.readouterr().err
    assert kiosk(tmp_path, "backup", target, "--force", "--json") == 0
    assert kiosk(tmp_path, "restore", target) == 1
    assert "stop it first" in capsys.readouterr().err
    day.close()
    assert kiosk(tmp_path, "restore", target) == 0
    assert re.search(r"replaced-\d{8}T\d{6}\.\d{6}; delete it", capsys.readouterr().out)
    assert kiosk(tmp_path, "restore", target, "--discard", "--json") == 0
    assert '"replaced": null' in capsys.readouterr().out
    assert len(list(tmp_path.glob("*replaced*"))) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "."), "is a folder"),
        (("backup", "/no/such/folder/x"), "There is no folder /no/such/folder"),
        (("restore", "/no/such/file"), "/no/such/file"),
        (("restore", "/"), "/"),
    ],
)
def test_a_place_that_cannot_be_is_one_sentence(
    day: SqliteStore,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    sentence: str,
) -> None:
    day.close()
    assert kiosk(tmp_path, *words) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_a_backup_that_fails_leaves_no_half_file(
    day: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.01)
    target = tmp_path / "late.sqlite"
    with locks.write_lock(day.path), pytest.raises(StoreError, match="Another command"):
        day.backup(target)
    assert not target.exists()
    assert not list(tmp_path.glob("*.part"))


def test_a_person_who_came_since_the_backup_is_no_stumbling_block(
    day: SqliteStore, backup: Path
) -> None:
    """Their letters and meetings cannot be carried over: they are not in the backup."""
    newcomer = replace(linus(), id="newcomer", name="Newcomer", ticket_code="")

    def join_late(tx: Tx) -> None:
        tx.attendees.add(newcomer)
        meet(tx, newcomer, grace(), withdrawn_at=LATER)
        tx.letters.add(a_letter(newcomer, grace(), state="sent"))

    write(day, join_late)
    go_back(day, backup)
    with reopened(day.path) as tx:
        assert tx.attendees.get("newcomer") is None
        assert tx.letters.of_attendee("newcomer") == []
