"""The words exchanged with a relay (RFC 5321), held step by step.

smtplib raises the same error for a connection lost before and after the final dot, and the
two mean opposite things: before the dot the letter has not been sent, after it only the
relay's answer tells.
"""

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.deliver import NO_ANSWER, Accepted, Refused, Result, TryLater, Unclear
from kiosk.mail.message import Parcel

CONNECT_PATIENCE = 30.0
COMMAND_PATIENCE = 300.0  # seconds, RFC 5321 §4.5.3.2
DOT_PATIENCE = 660.0  # the RFC asks for ten minutes after the final dot, and we give eleven

GO_AHEAD, CLOSING, GARBLED = 354, 421, -1
DONE, NEVER = 2, 5  # first digits of a reply, RFC 5321 §4.2.1
REASON_LENGTH = 200

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_POLICY = re.compile(r"5\.7\.\d")  # RFC 3463: security or policy, so not this address alone


@dataclass(frozen=True, slots=True)
class Relay:
    """Where the relay is and how to speak to it; `tls` is "starttls", "smtps" or "none"."""

    host: str
    port: int
    tls: str
    user: str
    password: str
    name: str


class Lost(Exception):
    """The connection ended, or the relay said 421, before anything was sent."""


def greet(where: Relay) -> "Dialogue":
    """A connection that is ready for letters; Lost, with the reason, when there is none."""
    try:
        dialogue = Dialogue(where)
    except (smtplib.SMTPException, OSError) as error:
        raise Lost(_told(error, where)) from error
    try:
        dialogue.introduce(where)
    except (smtplib.SMTPException, OSError) as error:
        dialogue.close()
        raise Lost(_told(error, where)) from error
    return dialogue


class Dialogue(smtplib.SMTP):
    """smtplib's connection, and one more thing it can do: `hand_over` with its stages."""

    def __init__(self, where: Relay) -> None:
        self.is_over = False
        self._context = ssl.create_default_context() if where.tls == "smtps" else None
        super().__init__(where.host, where.port, where.name, CONNECT_PATIENCE)

    def introduce(self, where: Relay) -> None:
        """Say hello, behind TLS where it is asked for, and sign in."""
        self.ehlo_or_helo_if_needed()
        if where.tls == "starttls":
            self.starttls(context=ssl.create_default_context())
            self.ehlo_or_helo_if_needed()
        if where.user:
            self.login(where.user, where.password)
        _patience(self, COMMAND_PATIENCE)

    def hand_over(self, parcel: Parcel, commit: Callable[[], bool]) -> Result | None:
        """How the relay took the parcel, None if `commit` said no; Lost before the dot."""
        try:
            if refusal := self._envelope(parcel):
                return refusal
            self.send(_LEADING_DOT.sub(b"..", parcel.content))
            self._listen()
        except (smtplib.SMTPException, OSError) as error:
            raise Lost(_one_line(error)) from error
        self.is_over = True  # without the dot, hanging up is what takes the words back
        if not commit():
            return None
        self.is_over = False
        return self._dot()

    def end(self) -> None:
        try:
            if not self.is_over:
                _patience(self, CONNECT_PATIENCE)
                self.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            self.close()

    def _envelope(self, parcel: Parcel) -> Result | None:
        """Say who writes to whom and that the words follow; a refusal, or None."""
        options = ""
        self.command_encoding = "ascii"
        if parcel.needs_utf8:
            if not self.has_extn("smtputf8"):
                return Refused("the mail server takes no address with such letters")
            options, self.command_encoding = " SMTPUTF8 BODY=8BITMIME", "utf-8"
        code, answer = self.docmd("MAIL", f"FROM:<{parcel.sender.address}>{options}")
        if code // 100 != DONE:
            return self._start_over(code, answer, TryLater(_said(code, answer), True))
        code, answer = self.docmd("RCPT", f"TO:<{parcel.recipient.address}>")
        if code // 100 != DONE:
            is_policy = bool(_POLICY.search(_said(code, answer)))
            return self._start_over(code, answer, _refusal(code, answer, is_policy))
        code, answer = self.docmd("DATA")
        if code != GO_AHEAD:
            return self._start_over(code, answer, _refusal(code, answer, True))
        return None

    def _start_over(self, code: int, answer: bytes, refusal: Result) -> Result:
        if code in {CLOSING, GARBLED}:
            raise Lost(_said(code, answer))
        self.rset()
        return refusal

    def _listen(self) -> None:
        """Lost when the relay has hung up meanwhile; heard here, it is before the dot."""
        if isinstance(self.sock, ssl.SSLSocket) or self.sock is None:
            return  # behind TLS a session ticket may be waiting, too
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        if poll.poll(0):
            raise Lost("the mail server hung up")

    def _dot(self) -> Result:
        try:
            self.send(b".\r\n")
        except (smtplib.SMTPException, OSError) as error:
            self.is_over = True
            return TryLater(_one_line(error), is_relay=True)
        try:
            _patience(self, DOT_PATIENCE)
            code, answer = self.getreply()
            _patience(self, COMMAND_PATIENCE)
        except (smtplib.SMTPException, OSError):
            self.is_over = True
            return Unclear(NO_ANSWER)
        self.is_over = code in {CLOSING, GARBLED}
        if code == GARBLED:
            return Unclear(NO_ANSWER)
        if code // 100 == DONE:
            return Accepted(_said(code, answer))
        return _refusal(code, answer, is_relay=True)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """Each command in its own packet at once: 66 → 9 ms a letter."""
        connection = socket.create_connection((host, port), timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context is None:
            return connection
        return self._context.wrap_socket(connection, server_hostname=host)


def _refusal(code: int, answer: bytes, is_relay: bool) -> TryLater | Refused:
    said = _said(code, answer)
    return Refused(said, is_relay) if code // 100 == NEVER else TryLater(said)


def _patience(dialogue: Dialogue, seconds: float) -> None:
    if dialogue.sock is not None:
        dialogue.sock.settimeout(seconds)


def _told(error: Exception, where: Relay) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{where.host} refuses the user name or the password"
    return f"{where.host} cannot be used: {_one_line(error)}"


def _said(code: int, answer: bytes) -> str:
    return f"{code} {' '.join(answer.decode(errors='replace').split())}"[:REASON_LENGTH]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:REASON_LENGTH]
