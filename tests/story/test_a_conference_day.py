"""The whole day, told once, by the real thing: commands, HTTP, a clock, a mail server.

Ada and Grace come to the Demo Conference. They are let in, meet at the coffee bar and swap
contacts. Linus comes and meets nobody. Mallory is not on the list. In the evening the event
closes by itself, and in the night everybody who came gets one letter.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from kiosk.app import create_app
from kiosk.cli import main
from kiosk.clock import to_text
from kiosk.demo.mailbox import Mailbox
from kiosk.settings import read_settings
from kiosk.store import SqliteStore
from kiosk.worker import Worker
from tests.builders import Clock

EVENT_FILE = """
slug = "demo-2026"
name = "Demo Conference 2026"
venue = "Old Harbour Hall"
timezone = "Europe/Berlin"
starts_at = 2026-06-01T09:00:00
ends_at = 2026-06-01T18:00:00
languages = ["en"]

[sharing]
fields = ["name", "company", "email"]

[follow_up]
sender_name = "Demo Conference"
sender_address = "hello@demo.example"
reply_to = "team@demo.example"
"""
GUEST_LIST = """Name;E-Mail;Firma;Telefon;Ticketcode
Ada Lovelace;ada@ada.example;Analytical Engines;+49 30 23125 001;T-ADA
Grace Hopper;grace@grace.example;Navy;+49 30 23125 002;T-GRACE
Linus Torvalds;linus@linus.example;Kernel;+49 30 23125 003;T-LINUS
"""
MORNING = datetime(2026, 6, 1, 6, 45, tzinfo=UTC)  # a quarter to nine in Berlin
EVENING = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)


class Conference:
    """The installation, the clock on its wall, and a tablet at its door."""

    token: str
    store: SqliteStore
    worker: Worker
    web: FlaskClient

    def __init__(
        self, folder: Path, mailbox: Mailbox, printed: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._printed = folder, printed
        self._environ = {
            "KIOSK_DATA": str(folder / "data"),
            "KIOSK_MAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        }
        self.clock = Clock(MORNING)

    def kiosk(self, *words: str) -> Any:
        """What `kiosk WORDS… --json` says."""
        assert main([*words, "--json"], self._environ) == 0
        return json.loads(self._printed.readouterr().out)

    def prepare(self) -> dict[str, str]:
        """An event with three people; the address on each badge by first name."""
        self.kiosk("init", "--organiser", "olga@demo.example")
        event_file, guests = self.folder / "event.toml", self.folder / "guests.csv"
        event_file.write_text(EVENT_FILE)
        guests.write_text(GUEST_LIST, encoding="cp1252")
        self.kiosk("event", "apply", str(event_file))
        imported = self.kiosk("attendees", "import", "demo-2026", str(guests))
        assert (imported["added"], imported["rejected"]) == (3, [])
        words = ("--name", "Coffee bar", "--role", "kiosk", "--token")
        self.token = self.kiosk("devices", "add", "demo-2026", *words)["token"]
        badges = self.folder / "badges.csv"
        self.kiosk("badges", "demo-2026", "--out", str(badges), "--format", "csv")
        rows = badges.read_text("utf-8-sig").splitlines()[1:]
        return {row.split(",")[1].split()[0]: row.rpartition(",")[2] for row in rows}

    def open_doors(self) -> None:
        settings = read_settings(self._environ)
        self.store = SqliteStore(settings.database_path)
        self.worker = Worker(self.store, settings, self.clock)
        self.web = create_app(settings, self.store, self.clock).test_client()

    def scan(self, kind: str, *codes: str) -> Any:
        scan = {
            "id": str(uuid4()), "seq": 1, "kind": kind, "codes": codes,
            "scanned_at": to_text(self.clock()),
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.web.post("/api/v1/scans", json={"scans": [scan]}, headers=headers)
        assert answer.json is not None
        return answer.json["results"][0]


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    mailbox = Mailbox(tmp_path / "inbox")
    yield mailbox
    mailbox.close()


def letters_in(mailbox: Mailbox) -> dict[str, EmailMessage]:
    """The letters that came, by the address they came to."""
    read = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in mailbox.letters()
    ]
    return {str(letter["To"].addresses[0].addr_spec): letter for letter in read}


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_conference_day(
    tmp_path: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    day = Conference(tmp_path, mailbox, capsys)

    # Weeks before, the organiser sets things up.
    badge = day.prepare()

    # In the morning people arrive.
    day.open_doors()
    assert day.scan("connect", badge["Ada"], badge["Grace"])["reason"] == "not_checked_in"
    assert day.scan("check_in", badge["Ada"])["outcome"] == "welcomed"
    assert day.scan("check_in", "T-GRACE")["outcome"] == "welcomed"
    assert day.scan("check_in", badge["Linus"])["outcome"] == "welcomed"
    assert day.scan("check_in", badge["Ada"])["reason"] == "already_in"
    assert day.scan("check_in", "MALLORY-WAS-HERE")["reason"] == "unknown_code"

    # The swap they tried too early counts now. Held together again, the badges tell them so
    # once; after that they know.
    day.clock.move(hours=2)
    badges = badge["Grace"], badge["Ada"]
    assert day.scan("connect", *badges)["outcome"] == "connected"
    assert day.scan("connect", *badges)["outcome"] == "already_connected"

    # A stranger who photographs a badge learns nothing.
    path = "/" + badge["Ada"].split("/", 3)[3]
    seen = day.web.get(path).get_data(as_text=True)
    assert "Demo Conference 2026" in seen
    assert not any(word in seen for word in ("Ada", "Lovelace", "Analytical"))

    # The event ends at six. Until seven, late scans may come; nobody is written to.
    day.clock.now = EVENING + timedelta(minutes=59)
    day.worker.run_once()
    assert mailbox.letters() == []

    # Then it closes by itself, once, and everybody gets one letter.
    day.clock.now = EVENING + timedelta(hours=1)
    day.worker.run_once()
    day.worker.run_once()
    letters = letters_in(mailbox)
    assert len(mailbox.letters()) == 3
    to_ada, to_linus = (
        text_of(letters["ada@ada.example"]),
        text_of(letters["linus@linus.example"]),
    )
    assert "Grace Hopper" in to_ada
    assert "grace@grace.example" in to_ada
    assert "+49" not in to_ada  # nobody agreed to share a telephone number
    assert "Linus" not in to_ada
    assert "Grace" not in to_linus
    assert letters["ada@ada.example"]["Reply-To"] == "team@demo.example"
    assert day.scan("check_in", badge["Ada"])["reason"] == "event_closed"

    # The organiser takes the list home; Grace asks to be forgotten, and is.
    day.store.close()
    out = tmp_path / "people.csv"
    words = (
        "export",
        "demo-2026",
        "--format",
        "csv",
        "--what",
        "attendees",
        "--out",
        str(out),
    )
    day.kiosk(*words)
    assert "Grace Hopper" in out.read_text("utf-8-sig")
    people = day.kiosk("attendees", "list", "demo-2026")
    her = next(person["id"] for person in people if person["name"] == "Grace Hopper")
    day.kiosk("erase", "demo-2026", "--attendee", her)
    day.kiosk(*words)
    assert "Grace" not in out.read_text("utf-8-sig")
