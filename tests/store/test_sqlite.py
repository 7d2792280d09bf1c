"""What SQLite in particular must do: group commits, keep its law, speak in sentences.

A kill cannot show a missing fsync (the system writes on after the process is gone), so
durability against a power cut rests on the pragmas, which are asserted here as they are
measured in the design: WAL with `synchronous=FULL`.
"""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Event as Signal

import pytest

from kiosk.ids import digest
from kiosk.store import (
    SqliteStore,
    StoreError,
    StoreUnavailable,
    StoreUnfit,
    Tx,
    locks,
    migrate,
    migrations,
    sqlite,
)
from kiosk.store.migrations import LATEST
from tests.builders import EVENT_ID, NOW, a_device, a_list, an_event, plant, token_of
from tests.store.processes import other_process
from tests.store.rows import a_closure

Add = Callable[[str], None]


@pytest.fixture
def path(store: SqliteStore) -> Path:
    return store.path


def add(store: SqliteStore, slug: str) -> None:
    store.write(lambda tx, name, _: tx.events.add(an_event(slug=name)), slug, NOW)


def slugs(path: Path) -> set[str]:
    """Read by a program that knows nothing of ours."""
    with closing(sqlite3.connect(path)) as database:
        return {row[0] for row in database.execute("select slug from events")}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_the_writing_connection_keeps_what_was_measured(
    store: SqliteStore, pragma: str, value: object
) -> None:
    assert store._database.execute(f"pragma {pragma}").fetchone()[0] == value


class Crowd:
    """Callers that queue up behind one job that does not end until told to."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.go_on, self._is_running = Signal(), Signal()
        self.callers = ThreadPoolExecutor(40)
        self.first = self.callers.submit(store.write, self._wait, None, NOW)
        assert self._is_running.wait(10)

    def _wait(self, *_: object) -> None:
        self._is_running.set()
        assert self.go_on.wait(10)

    def queued(self, count: int) -> None:
        """Until so many jobs wait for their turn."""
        while len(self._store._writer._queue) < count:
            assert not self.go_on.wait(0.001)


@pytest.fixture
def crowd(store: SqliteStore) -> Iterator[Crowd]:
    crowd = Crowd(store)
    yield crowd
    crowd.go_on.set()
    crowd.callers.shutdown()


def test_jobs_that_wait_together_share_one_commit(store: SqliteStore, crowd: Crowd) -> None:
    statements: list[str] = []
    jobs = [crowd.callers.submit(add, store, f"event-{number}") for number in range(30)]
    crowd.queued(30)
    store._database.conn.set_trace_callback(statements.append)
    crowd.go_on.set()
    for job in jobs:
        job.result()
    store._database.conn.set_trace_callback(None)
    assert len(slugs(store.path)) == 30
    commits = [text for text in statements if text.lower() == "commit"]
    assert len(commits) <= 2  # the waiting job's own, and one for all the others


def test_nobody_is_told_before_the_group_is_durable(
    store: SqliteStore, crowd: Crowd
) -> None:
    early = crowd.callers.submit(add, store, "early")
    crowd.queued(1)
    is_last_running, may_end = Signal(), Signal()

    def last(*_: object) -> None:
        is_last_running.set()
        assert may_end.wait(10)

    late = crowd.callers.submit(store.write, last, None, NOW)
    crowd.queued(2)
    crowd.go_on.set()
    assert is_last_running.wait(10)  # "early" has run, in the same group
    assert not early.done()
    assert slugs(store.path) == set()
    may_end.set()
    early.result()
    assert slugs(store.path) == {"early"}
    late.result()


def test_a_store_that_stops_finishes_what_is_queued_and_takes_no_more(
    store: SqliteStore, crowd: Crowd
) -> None:
    job = crowd.callers.submit(add, store, "queued")
    crowd.queued(1)
    stopping = crowd.callers.submit(store.close)
    crowd.queued(2)
    with pytest.raises(StoreUnavailable, match="stopping"):
        add(store, "too late")
    crowd.go_on.set()
    stopping.result()
    job.result()
    assert slugs(store.path) == {"queued"}


def test_an_immediate_transaction_waits_where_a_deferred_one_fails(path: Path) -> None:
    """The control is SQLite's own default: it read, so it must not wait, so it fails."""
    seat = "insert into organisers select count(*), count(*), '', '' from organisers"
    with closing(sqlite.connect(path)) as one, closing(sqlite.connect(path)) as other:
        one.execute("begin")
        one.execute("select count(*) from organisers").fetchone()
        with sqlite.transaction(other):
            other.execute(seat)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            one.execute(seat)
        one.execute("rollback")
        with sqlite.transaction(one):
            one.execute("select count(*) from organisers").fetchone()
            one.execute(seat)
        assert one.execute("select count(*) from organisers").fetchone()[0] == 2


def test_two_processes_that_read_before_they_write_lose_nothing(
    store: SqliteStore, path: Path
) -> None:
    plant(store)
    pair = [other_process("count", path, "150") for _ in range(2)]
    for process in pair:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with store.read() as tx:
        assert tx.sources.cursor(an_event().id, "counter") == "300"


def test_a_verb_sees_what_another_process_has_changed(store: SqliteStore) -> None:
    """Also where the writing connection keeps what hardly ever changes."""
    plant(store, devices=[a_device()])
    token = digest(token_of(a_device()))

    def look(tx: Tx, *_: object) -> tuple[object, ...]:
        event = tx.events.get(EVENT_ID)
        return (
            event and event.name,
            tx.events.closure(EVENT_ID) is None,
            [rule.name for rule in tx.events.lists(EVENT_ID)],
            [it and it.revoked_at for it in (tx.devices.get(a_device().id),)],
            [it and it.revoked_at for it in (tx.devices.by_token(token),)],
        )

    def change(tx: Tx, *_: object) -> None:
        tx.events.change(an_event(name="Renamed"))
        tx.events.add_closure(a_closure())
        tx.events.put_list(a_list("workshop"))
        tx.devices.revoke(a_device().id, NOW)

    before = store.write(look, None, NOW)
    assert store.write(look, None, NOW) == before
    other = SqliteStore(store.path)
    other.write(change, None, NOW)
    other.close()
    after = ("Renamed", False, ["main", "workshop"], [NOW], [NOW])
    assert store.write(look, None, NOW) == after


def test_a_change_that_was_undone_is_not_remembered(store: SqliteStore) -> None:
    plant(store)

    def name(tx: Tx, *_: object) -> str:
        event = tx.events.get(EVENT_ID)
        assert event
        return event.name

    def change_and_fail(tx: Tx, command: None, now: datetime) -> None:
        before = name(tx)
        tx.events.change(an_event(name="Renamed"))
        assert name(tx, command, now) == "Renamed" != before
        raise LookupError

    before = store.write(name, None, NOW)
    with pytest.raises(LookupError):
        store.write(change_and_fail, None, NOW)
    assert store.write(name, None, NOW) == before


def test_a_writer_of_another_process_is_waited_for(store: SqliteStore, path: Path) -> None:
    holder = other_process("hold", path)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with ThreadPoolExecutor(1) as caller:
        job = caller.submit(add, store, "patient")
        assert slugs(path) == set()
        holder.communicate("")
        job.result(10)
    assert slugs(path) == {"patient"}


def test_a_lock_that_stays_taken_is_a_sentence(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with locks.write_lock(path), pytest.raises(StoreUnavailable, match="Another command"):
        add(store, "impatient")
    add(store, "later")
    assert slugs(path) == {"later"}


def test_closing_does_not_wait_for_who_is_writing(path: Path) -> None:
    store = SqliteStore(path)
    with locks.write_lock(path), ThreadPoolExecutor(1) as closer:
        closer.submit(store.close).result(5)


def test_a_version_that_was_lost_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("pragma user_version = 0")
    with pytest.raises(StoreUnfit, match="damaged"):
        migrate(path)


def test_a_program_that_holds_the_database_is_a_sentence(
    store: SqliteStore, path: Path
) -> None:
    store._database.execute("pragma busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("begin immediate")
        with pytest.raises(StoreUnavailable, match="Another program holds the database"):
            add(store, "blocked")
    add(store, "later")
    assert slugs(path) == {"later"}


def kept_after_a_kill(path: Path, when: str, count: int) -> tuple[list[str], set[str]]:
    """What a process had told, and what is there, after it was killed in full flight."""
    process = other_process("write", path, when)
    assert process.stdout
    told = [process.stdout.readline().strip() for _ in range(count)]
    process.kill()
    told += process.communicate()[0].split()
    return told, slugs(path)


def test_what_a_killed_process_had_told_is_kept(path: Path) -> None:
    told, kept = kept_after_a_kill(path, "after", 40)
    assert len(told) >= 40
    assert set(told) <= kept


def test_a_process_that_tells_before_the_commit_would_be_caught(path: Path) -> None:
    told, kept = kept_after_a_kill(path, "before", 1)
    assert told == ["event-0"]
    assert kept == set()


def test_a_full_database_is_a_sentence_and_loses_nothing(store: SqliteStore) -> None:
    add(store, "before")
    pages = store._database.execute("pragma page_count").fetchone()[0]
    store._database.execute(f"pragma max_page_count = {pages}")

    def flood(*_: object) -> None:
        for number in range(2000):
            add_one(number)

    def add_one(number: int) -> None:
        store._tx.events.add(an_event(slug=f"flood-{number}"))

    with pytest.raises(StoreUnavailable, match="disk is full"):
        store.write(flood, None, NOW)
    assert slugs(store.path) == {"before"}
    store._database.execute("pragma max_page_count = 100000")
    add(store, "after")
    assert slugs(store.path) == {"before", "after"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root; run the tests as root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_a_sentence_and_loses_nothing(
    small_disk: Path, template: Path
) -> None:
    path = small_disk / "kiosk.sqlite"
    shutil.copyfile(template, path)
    store = SqliteStore(path)
    kept = set()

    def fill() -> None:
        for number in range(5000):
            add(store, f"event-{number}")
            kept.add(f"event-{number}")

    with pytest.raises(StoreUnavailable, match=r"disk is full|did not take the write"):
        fill()
    with store.read() as tx:
        assert {event.slug for event in tx.events.all()} == kept
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    add(store, "after")
    store.close()
    assert slugs(path) == kept | {"after"}


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table photographs (id)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"pragma user_version = {LATEST + 1}")


def older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("pragma user_version = 0")


def garbage(path: Path) -> None:
    path.write_bytes(b"this is a letter to my aunt" * 100)


def torn(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])


@pytest.mark.parametrize(
    ("spoil", "is_ours", "sentence"),
    [
        (foreign, False, "database of another program"),
        (newer, True, "newer than this program's"),
        (older, True, "run `kiosk migrate`"),
        (garbage, False, "not a database of this program"),
        (torn, True, "damaged"),
        (Path.unlink, True, "run `kiosk init`"),
    ],
)
def test_a_database_that_does_not_fit_is_a_sentence(
    spoil: Callable[[Path], None],
    is_ours: bool,
    sentence: str,
    template: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "kiosk.sqlite"
    if is_ours:
        shutil.copyfile(template, path)
    spoil(path)
    with pytest.raises(StoreUnfit, match=sentence):
        SqliteStore(path)


def test_a_page_that_breaks_later_is_a_sentence_to_its_reader(
    store: SqliteStore, path: Path
) -> None:
    for number in range(200):
        add(store, f"event-{number}")
    store.scrub()
    content = path.read_bytes()
    path.write_bytes(content[:200_000] + b"\xff" * (len(content) - 200_000))
    with pytest.raises(StoreUnfit, match="damaged"), store.read() as tx:
        tx.events.all()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    assert len(migrate(path)) == LATEST
    before = path.read_bytes()
    assert migrate(path) == ()
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_step_that_fails_leaves_the_version_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kiosk.sqlite"
    migrate(path)
    half = "create table good (id text primary key); create table bad (id nonsense)"
    monkeypatch.setattr(sqlite, "MIGRATIONS", (*migrations.MIGRATIONS, ("half", half)))
    monkeypatch.setattr(sqlite, "LATEST", LATEST + 1)
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        migrate(path)
    monkeypatch.undo()
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as database:
        tables = {row[0] for row in database.execute("select name from sqlite_master")}
    assert not tables & {"good", "bad"}


def test_two_that_migrate_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(migrate, [path] * 4))
    assert sorted(map(len, taken)) == [0, 0, 0, LATEST]
    SqliteStore(path).close()


def test_every_error_of_the_store_is_one_plain_sentence() -> None:
    for kind, sentence in sqlite._SENTENCES.values():
        assert issubclass(kind, StoreError)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "SQLite" not in sentence
