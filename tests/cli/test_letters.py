"""Closing, reading, holding, sending and counting letters from the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import time_machine

from kiosk.model import STATES
from kiosk.remember import Remember, remember
from kiosk.settings import read_settings
from kiosk.store import SqliteStore, Tx
from kiosk.suppress import Link, UnknownLink, whom
from tests.builders import a_device, enrol, let_in
from tests.cli.conftest import EVENT_FILE, Run
from tests.store.rows import meet

EVENT = "demo-2026"
SECRET = "a note to myself"
SECOND_DAY = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)  # noon at the venue
People = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def second_day() -> Iterator[time_machine.Traveller]:
    """All of this happens around noon of the second day."""
    with time_machine.travel(SECOND_DAY) as traveller:
        yield traveller


@pytest.fixture
def day(kiosk: Run, people: People, data: Path) -> People:
    """Ada, Grace and Linus are in; Ada has met the other two and noted something."""
    del kiosk
    store = SqliteStore(data / "kiosk.sqlite")
    store.write(live, None, SECOND_DAY)
    store.close()
    return people


def live(tx: Tx, _: None, now: datetime) -> None:
    (event,) = tx.events.all()
    people = tx.attendees.of_event(event.id)
    enrol(tx, a_device(event_id=event.id))
    let_in(tx, *people)
    for other in people[1:]:
        connection = meet(tx, people[0], other)
        remember(tx, Remember(people[0].id, connection.id, SECRET), now)


def mail(data: Path) -> list[Path]:
    return sorted((data / "mail").glob("*.eml"))


def counted(kiosk: Run) -> dict[str, int]:
    counts = kiosk("follow-ups", "status", EVENT, "--json").json
    return {state: count for state, count in counts.items() if count}


@pytest.mark.usefixtures("day")
def test_from_the_close_to_the_letters_in_three_commands(kiosk: Run, data: Path) -> None:
    closed = kiosk("close", EVENT)
    assert closed.status == 0
    assert "3 letters planned; they leave 2026-06-02 12:00" in closed.out
    assert kiosk("follow-ups", "status", EVENT).out == (
        "      3 queued\n"
        "      3 letters planned for Demo Conference 2026\n"
        "The next one leaves 2026-06-02 12:00.\n"
    )
    assert kiosk("worker", "--once", "--json").json == {
        "closed": 0,
        "planned": 0,
        "delivered": 3,
        "purged": 0,
    }
    assert len(mail(data)) == 3
    assert counted(kiosk) == {"sent": 3}
    assert kiosk("worker", "--once", "--json").json["delivered"] == 0


@pytest.mark.usefixtures("day")
def test_the_status_counts_every_state_and_nothing_else(kiosk: Run) -> None:
    kiosk("close", EVENT)
    counts = kiosk("follow-ups", "status", EVENT, "--json").json
    assert tuple(counts) == STATES
    assert sum(counts.values()) == 3


@pytest.mark.usefixtures("day")
def test_the_worker_closes_by_itself_an_hour_after_the_end(
    kiosk: Run, data: Path, second_day: time_machine.Traveller
) -> None:
    second_day.move_to(datetime(2026, 6, 2, 16, 59, tzinfo=UTC))
    assert kiosk("worker", "--once", "--json").json["closed"] == 0
    second_day.move_to(datetime(2026, 6, 2, 17, 0, tzinfo=UTC))
    assert kiosk("worker", "--once").out == (
        "1 events closed, 3 letters planned, 3 deliveries settled.\n"
    )
    assert len(mail(data)) == 3


def test_a_closed_event_is_closed_once(kiosk: Run) -> None:
    first = kiosk("close", EVENT, "--at", "2026-06-02T11:30", "--json").json
    assert first["ended_at"] == "2026-06-02T09:30:00.000000Z"
    assert first["late_until"] == "2026-06-02T10:30:00.000000Z"
    again = kiosk("close", EVENT)
    assert again.status == 0
    assert "was closed before by command line" in again.out


@pytest.mark.parametrize(
    ("instant", "ends_at"),
    [
        ("2026-06-02T17:00", "2026-06-02T15:00:00.000000Z"),
        ("2026-06-02T17:00:00Z", "2026-06-02T17:00:00.000000Z"),
        ("2026-06-02T17:00+01:00", "2026-06-02T16:00:00.000000Z"),
    ],
)
def test_an_instant_to_come_moves_the_end(kiosk: Run, instant: str, ends_at: str) -> None:
    moved = kiosk("close", EVENT, "--at", instant, "--json").json
    assert (moved["closed"], moved["ends_at"]) == (False, ends_at)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("close", EVENT, "--at", "2020-01-01T00:00"), "cannot end before that"),
        (("close", EVENT, "--at", "soon"), '"soon" is no instant'),
        (("close", EVENT, "--at", "9999-12-31T23:59:59-14:00"), "The year 9999 is none"),
        (("close", EVENT, "--at", "0001-01-01T00:00+14:00"), "The year 1 is none"),
        (("close", "nothing"), "There is no event"),
        (("reopen", EVENT), "is not closed"),
        (("follow-ups", "preview", EVENT, "--attendee", "nobody"), "has the id nobody"),
        (("follow-ups", "status", "nothing"), "There is no event"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    kiosk: Run, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in kiosk(*words).refusal


@pytest.mark.usefixtures("day")
def test_reopening_cancels_what_had_not_left(kiosk: Run) -> None:
    kiosk("close", EVENT)
    again = kiosk("reopen", EVENT)
    assert "open until 2026-06-02 18:00" in again.out
    assert counted(kiosk) == {"cancelled": 3}
    kiosk("close", EVENT)
    assert counted(kiosk) == {"queued": 3}


def test_a_new_end_in_the_past_is_refused(kiosk: Run) -> None:
    kiosk("close", EVENT)
    assert (
        "lies in the past" in kiosk("reopen", EVENT, "--until", "2026-06-02T11:00").refusal
    )


@pytest.mark.usefixtures("day")
def test_held_letters_wait_until_they_are_sent(kiosk: Run, data: Path) -> None:
    kiosk("close", EVENT)
    held = kiosk("follow-ups", "hold", EVENT)
    assert held.out.startswith("3 letters held until `kiosk follow-ups send demo-2026`")
    assert "They have been held since" in kiosk("follow-ups", "status", EVENT).out
    kiosk("worker", "--once")
    assert mail(data) == []
    assert kiosk("follow-ups", "send", EVENT).out.startswith("3 letters may leave")
    kiosk("worker", "--once")
    assert len(mail(data)) == 3


@pytest.mark.usefixtures("day")
def test_letters_held_by_the_event_file_say_what_they_wait_for(
    kiosk: Run, tmp_path: Path
) -> None:
    path = tmp_path / "held.toml"
    path.write_text(EVENT_FILE + "[follow_up]\nhold = true\n")
    kiosk("event", "apply", path)
    waits = "until `kiosk follow-ups send demo-2026`"
    assert "they wait for `kiosk follow-ups send demo-2026`" in kiosk("close", EVENT).out
    assert waits in kiosk("follow-ups", "status", EVENT).out
    kiosk("follow-ups", "send", EVENT)
    assert waits not in kiosk("follow-ups", "status", EVENT).out


def test_sending_before_the_end_says_when_they_will_leave(kiosk: Run) -> None:
    assert "has not ended" in kiosk("follow-ups", "send", EVENT).out


def test_a_preview_writes_what_would_leave_and_changes_nothing(
    kiosk: Run, day: People, data: Path, tmp_path: Path
) -> None:
    before = (data / "kiosk.sqlite").read_bytes()
    out = tmp_path / "letters to read"
    ran = kiosk("follow-ups", "preview", EVENT, "--out", out)
    assert ran.out == f"3 letters written to {out}; nothing was sent.\n"
    assert {path.stem for path in out.iterdir()} == {person["id"] for person in day}
    assert counted(kiosk) == {}
    assert (data / "kiosk.sqlite").read_bytes() == before


def test_a_preview_of_one_person_is_their_letter_without_their_notes(
    kiosk: Run, day: People, data: Path
) -> None:
    ada = next(person for person in day if person["name"] == "Ada Lovelace")
    ran = kiosk("follow-ups", "preview", EVENT, "--attendee", ada["id"], "--json").json
    (told,) = ran["letters"]
    assert (told["kind"], told["generation"], told["people"]) == ("follow_up", 1, 2)
    assert Path(ran["out"]) == data / "previews" / EVENT
    letter = message_from_bytes(Path(told["path"]).read_bytes(), policy=default)
    assert "ada@ada.example" in letter["To"]
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Grace Hopper" in body.get_content()
    (cards,) = letter.iter_attachments()
    assert SECRET not in body.get_content() + cards.get_content()


@pytest.mark.usefixtures("day")
def test_the_link_in_a_preview_unsubscribes_nobody(kiosk: Run, data: Path) -> None:
    (path, *_) = [
        Path(told["path"])
        for told in kiosk("follow-ups", "preview", EVENT, "--json").json["letters"]
    ]
    letter = message_from_bytes(path.read_bytes(), policy=default)
    token = letter["List-Unsubscribe"].strip("<>").rpartition("/u/")[2]
    key = read_settings({"KIOSK_DATA": str(data)}).secret_key
    store = SqliteStore(data / "kiosk.sqlite")
    with store.read() as tx:
        assert whom(tx, Link(key, token)) == UnknownLink()
    store.close()


def test_nothing_in_our_folders_names_who_was_erased(
    kiosk: Run, day: People, data: Path, tmp_path: Path
) -> None:
    """But what the organiser took elsewhere is theirs."""
    kiosk("close", EVENT)
    kiosk("worker", "--once")
    kiosk("follow-ups", "preview", EVENT)
    kiosk("follow-ups", "preview", EVENT, "--out", tmp_path / "mine")
    assert named(data, "Grace Hopper")
    assert kiosk("erase", EVENT, "--attendee", day[1]["id"]).status == 0
    assert named(data, "Grace Hopper") == []
    assert named(data, "Linus Torvalds")
    assert named(tmp_path / "mine", "Grace Hopper")
    assert kiosk("purge", EVENT, "--now").status == 0
    assert named(data, "Linus Torvalds") == []


def named(folder: Path, name: str) -> list[str]:
    """The files that hold a name, letters read as their parts."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if name in readable(path)]


def readable(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix != ".eml":
        return raw.decode("utf-8", "replace")
    letter = message_from_bytes(raw, policy=default)
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return "\n".join([str(letter["To"]), *map(str, parts)])
