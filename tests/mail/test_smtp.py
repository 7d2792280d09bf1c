"""The dialogue with a real relay: where it may break, and what that means for a letter."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from kiosk.deliver import NO_ANSWER, Accepted, Refused, Result, TryLater, Unclear
from kiosk.mail import dialogue
from kiosk.mail.smtp import Smtp
from kiosk.mail.transports import outlet
from tests.mail.letters import a_parcel
from tests.mail.relay import Relay

ADA = "ada@ada.example"


@pytest.fixture
def smtp(relay: Relay) -> Iterator[Smtp]:
    with closing(way_to(relay.url)) as way:
        yield way


def way_to(url: str) -> Smtp:
    way = outlet(url, "kiosk.example").open()
    assert isinstance(way, Smtp)
    return way


def hand_over(smtp: Smtp, address: str = ADA, words: str = "Hello.\r\n") -> Result | None:
    return smtp.send(a_parcel(address, words), lambda: True)


def test_a_letter_arrives_byte_for_byte(relay: Relay, smtp: Smtp) -> None:
    words = ".\r\n..dots\r\nand — umlauts äöü\r\n.\r\n"
    assert hand_over(smtp, words=words) == Accepted("250 OK")
    assert relay.letters == [(ADA, a_parcel(ADA, words).content)]


def test_one_connection_serves_many_letters(relay: Relay, smtp: Smtp) -> None:
    for _ in range(5):
        assert isinstance(hand_over(smtp), Accepted)
    assert relay.connection_count == 1


def test_commands_leave_without_waiting_for_company(relay: Relay, smtp: Smtp) -> None:
    hand_over(smtp)
    assert smtp._dialogue is not None
    assert smtp._dialogue.sock is not None
    assert smtp._dialogue.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_we_wait_longer_after_the_dot_than_the_rfc_asks() -> None:
    assert dialogue.DOT_PATIENCE > 600


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        ("550 5.1.1 nobody", Refused("550 5.1.1 nobody")),
        ("553 no", Refused("553 no")),
        ("550 5.7.1 relaying denied", Refused("550 5.7.1 relaying denied", is_relay=True)),
        ("450 4.2.0 greylisted", TryLater("450 4.2.0 greylisted")),
        ("452 mailbox full", TryLater("452 mailbox full")),
    ],
)
def test_an_answer_about_the_address_is_about_the_address(
    relay: Relay, smtp: Smtp, reply: str, result: Result
) -> None:
    relay.replies[ADA] = [reply]
    assert hand_over(smtp) == result
    assert isinstance(hand_over(smtp, "grace@grace.example"), Accepted)
    assert relay.connection_count == 1


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        ("554 looks like spam", Refused("554 looks like spam", is_relay=True)),
        ("451 try again", TryLater("451 try again")),
        ("421 closing", TryLater("421 closing")),
        ("", Unclear(NO_ANSWER)),
    ],
)
def test_after_the_dot_only_the_answer_tells(
    relay: Relay, smtp: Smtp, reply: str, result: Result
) -> None:
    relay.after_dot[ADA] = [reply]
    assert hand_over(smtp) == result
    assert isinstance(hand_over(smtp), Accepted), "the connection is opened again"


def test_a_connection_lost_before_the_dot_is_not_a_doubt(relay: Relay, smtp: Smtp) -> None:
    relay.hang_up_before_dot[ADA] = 9
    result = hand_over(smtp)
    assert isinstance(result, TryLater | Unclear)
    assert relay.letters == []


def test_a_hang_up_that_is_heard_before_the_dot_leaves_the_letter_untouched(
    relay: Relay, smtp: Smtp
) -> None:
    """The relay hangs up while the commit is made durable; the dot never leaves."""
    commits: Counter[str] = Counter()
    relay.hang_up_before_dot[ADA] = 1
    hand_over(smtp, "grace@grace.example")

    def commit() -> bool:
        commits["made"] += 1
        return True

    words = ("x" * 70 + "\r\n") * 60_000  # more than is read before the hang up
    result = smtp.send(a_parcel(ADA, words), commit)
    assert isinstance(result, Accepted)
    assert commits["made"] == 1
    assert relay.copies[ADA] == 1
    assert relay.connection_count == 2


def test_nothing_is_sent_when_the_letter_was_called_back(relay: Relay, smtp: Smtp) -> None:
    assert smtp.send(a_parcel(), lambda: False) is None
    assert isinstance(hand_over(smtp, "grace@grace.example"), Accepted)
    assert relay.copies == {"grace@grace.example": 1}


def test_a_store_that_fails_before_the_dot_sends_nothing(relay: Relay, smtp: Smtp) -> None:
    def fail() -> bool:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        smtp.send(a_parcel(), fail)
    smtp.close()
    assert relay.letters == []


def test_a_relay_that_closes_after_some_letters_gets_a_new_connection(
    relay: Relay, smtp: Smtp
) -> None:
    relay.letters_per_connection = 2
    for _ in range(7):
        assert isinstance(hand_over(smtp), Accepted)
    assert relay.connection_count == 4


def test_a_relay_that_wants_none_of_our_mail_is_the_relays_failure(
    relay: Relay, smtp: Smtp
) -> None:
    relay.mail_reply = "550 5.7.1 sender not allowed"
    assert hand_over(smtp) == TryLater("550 5.7.1 sender not allowed", is_relay=True)


def test_a_relay_that_is_not_there_is_the_relays_failure() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    result = hand_over(way_to(f"smtp://127.0.0.1:{port}"))
    assert isinstance(result, TryLater)
    assert result.is_relay
    assert result.reason.startswith("127.0.0.1 cannot be used")


def test_a_relay_without_tls_gets_no_letter_that_should_be_encrypted(relay: Relay) -> None:
    result = hand_over(way_to(f"{relay.url}?tls=starttls"))
    assert isinstance(result, TryLater)
    assert result.is_relay
    assert relay.letters == []


def test_the_user_name_and_password_are_used(relay: Relay) -> None:
    relay.password = "p@ss word"
    url = f"smtp://me:p%40ss%20word@127.0.0.1:{relay.port}"
    with closing(way_to(url)) as way:
        assert isinstance(hand_over(way), Accepted)
    with closing(way_to(url.replace("word", "wrong"))) as way:
        result = hand_over(way)
    assert result == TryLater("127.0.0.1 refuses the user name or the password", True)


def test_an_address_in_another_script_needs_a_relay_that_knows_it(
    relay: Relay, smtp: Smtp
) -> None:
    assert isinstance(hand_over(smtp, "jürgen@example.org"), Accepted)
    assert relay.copies == {"jürgen@example.org": 1}


def test_a_relay_that_does_not_know_it_refuses_only_that_letter() -> None:
    with answering(b"250 relay.example\r\n") as url, closing(way_to(url)) as way:
        result = hand_over(way, "jürgen@example.org")
    assert result == Refused("the mail server takes no address with such letters")


def test_nonsense_for_an_answer_is_no_answer() -> None:
    with answering(b"what?\r\n") as url, closing(way_to(url)) as way:
        result = hand_over(way)
    assert isinstance(result, TryLater)
    assert result.is_relay


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that greets and then says the same to everything."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as peer:
            peer.sendall(b"220 relay.example\r\n")
            while peer.recv(4096):
                peer.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        thread.join()
