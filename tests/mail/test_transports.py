"""Which way out an address names, letters in a folder, and the pace."""

import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.deliver import Accepted, TryLater
from kiosk.mail.dialogue import Relay
from kiosk.mail.folder import Folder
from kiosk.mail.pace import Pace
from kiosk.mail.smtp import relay
from kiosk.mail.transports import CONNECTIONS, NoWayOut, outlet
from tests.mail.letters import a_parcel


def relay_of(url: str) -> Relay:
    parts = urlsplit(url)
    options = dict(pair.split("=") for pair in parts.query.split("&") if pair)
    return relay(parts, options, "kiosk.example")


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "user"),
    [
        ("smtp://localhost:1025", "localhost", 1025, "none", ""),
        ("smtp://me:x@127.0.0.1:1025", "127.0.0.1", 1025, "none", "me"),
        ("smtp://mail.example", "mail.example", 25, "none", ""),
        ("smtp://mail.example:587", "mail.example", 587, "starttls", ""),
        ("smtp://me:x@mail.example", "mail.example", 587, "starttls", "me"),
        ("smtp://me:x@mail.example:2525", "mail.example", 2525, "starttls", "me"),
        ("smtp://mail.example:25?tls=starttls", "mail.example", 25, "starttls", ""),
        ("smtps://me:x@mail.example", "mail.example", 465, "smtps", "me"),
        ("smtp://[::1]:25", "::1", 25, "none", ""),
    ],
)
def test_the_address_says_how_to_speak_to_the_relay(
    url: str, host: str, port: int, tls: str, user: str
) -> None:
    found = relay_of(url)
    assert (found.host, found.port, found.tls, found.user) == (host, port, tls, user)
    assert found.name == "kiosk.example"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postmark://token", "Letters through postmark are not supported yet"),
        ("mailgun://key@demo.example", "Letters through mailgun are not supported yet"),
        ("pigeon://loft", "Letters can leave through folder, smtp, smtps only."),
        ("smtp://mail.example?tls=maybe", "tls is starttls or none"),
        ("smtp://me:x@mail.example?tls=none", "a password would leave without encryption"),
        ("smtp://mail.example?speed=9", "nothing is known of speed there"),
        ("smtp://mail.example?connections=0", "connections in the mail URL"),
        ("smtp://mail.example?connections=many", "connections in the mail URL"),
    ],
)
def test_an_address_that_is_no_way_out_is_refused_in_a_sentence(
    url: str, sentence: str
) -> None:
    with pytest.raises(NoWayOut, match=sentence):
        outlet(url)


def test_the_address_says_how_many_connections_there_are() -> None:
    assert outlet("smtp://mail.example").connections == CONNECTIONS
    assert outlet("smtp://mail.example?connections=16").connections == 16
    assert outlet("folder:/tmp/mail").connections == 1


def test_a_letter_in_a_folder_is_a_whole_file_for_its_owner(tmp_path: Path) -> None:
    out = tmp_path / "some where" / "mail"
    folder = outlet(f"folder:{out}").open()
    assert folder.send(a_parcel(), lambda: True) == Accepted("written to letter-1.eml")
    (path,) = out.iterdir()
    assert path.read_bytes() == a_parcel().content
    assert path.stat().st_mode & 0o777 == 0o600
    folder.close()


def test_a_copy_takes_the_place_of_the_first(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    for words in ("first\r\n", "second\r\n"):
        folder.send(a_parcel(words=words), lambda: True)
    (path,) = tmp_path.iterdir()
    assert b"second" in path.read_bytes()


def test_a_letter_called_back_leaves_no_file(tmp_path: Path) -> None:
    assert Folder(str(tmp_path)).send(a_parcel(), lambda: False) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_trouble_for_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    result = Folder(str(tmp_path / "mail")).send(a_parcel(), lambda: True)
    assert result == TryLater("the mail folder: File exists", is_relay=True)


class Waits(threading.Event):
    """An event that notes how long somebody would have waited for it."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0)
        return False


def test_letters_keep_the_pace_of_the_relay() -> None:
    pace, waits = Pace(4, clock=lambda: 100.0), Waits()
    for _ in range(4):
        pace.wait(waits)
    assert waits.seconds == [0, 0.25, 0.5, 0.75]


def test_a_pause_gives_no_credit_for_a_burst() -> None:
    now = [0.0]
    pace, waits = Pace(10, clock=lambda: now[0]), Waits()
    pace.wait(waits)
    now[0] = 60.0
    pace.wait(waits)
    pace.wait(waits)
    assert waits.seconds == [0, 0, pytest.approx(0.1)]


def test_without_a_rate_nobody_waits() -> None:
    waits = Waits()
    Pace(None).wait(waits)
    assert waits.seconds == []
