"""A real SMTP server that takes letters, refuses them, or hangs up where a test says."""

import socket
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class Relay:
    """Behaviour by address: `replies` at RCPT, `after_dot` instead of "250 OK".

    An `after_dot` of "" keeps the letter and hangs up without an answer. Recipients in
    `hang_up_before_dot` get their sender's connection closed when the words should come.
    """

    replies: dict[str, list[str]] = field(default_factory=dict)
    after_dot: dict[str, list[str]] = field(default_factory=dict)
    hang_up_before_dot: Counter[str] = field(default_factory=Counter)
    mail_reply: str = ""
    letters_per_connection: int = 0
    password: str = ""
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    connection_count: int = 0
    commands: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> "Relay":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._controller = _Controller(self)
        self._controller.start()
        self.connection_count = 0  # aiosmtpd has tried the door itself
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def copies(self) -> Counter[str]:
        """How often each address got a letter."""
        return Counter(address for address, _ in self.letters)

    # What aiosmtpd asks

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.commands["MAIL"] += 1
        is_full = self.letters_per_connection and (
            getattr(session, "taken", 0) >= self.letters_per_connection
        )
        if is_full:
            return "421 4.7.0 enough for one connection"
        if self.mail_reply:
            return self.mail_reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if waiting := self.replies.get(address):
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        reply = self.after_dot[address].pop(0) if self.after_dot.get(address) else "250 OK"
        if not reply or reply.startswith("2"):
            self.letters.append((address, envelope.original_content))
            session.taken = getattr(session, "taken", 0) + 1
        if not reply:
            server.transport.close()
        return reply or "250 OK"


class _Server(SMTP):
    def __init__(self, relay: Relay) -> None:
        authenticator = None
        if relay.password:
            authenticator = lambda *args: AuthResult(  # noqa: E731
                success=args[-1].password.decode() == relay.password, handled=False
            )
        super().__init__(
            relay,
            hostname="relay.example",
            enable_SMTPUTF8=True,
            authenticator=authenticator,
            auth_require_tls=False,
        )
        self._relay = relay

    def connection_made(self, transport: Any) -> None:
        self._relay.connection_count += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        assert self.envelope is not None
        assert self.transport is not None
        address = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        if self._relay.hang_up_before_dot[address] > 0:
            self._relay.hang_up_before_dot[address] -= 1
            await self.push("354 go on")
            self.transport.close()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        super().__init__(relay, hostname="127.0.0.1", port=relay.port)

    def factory(self) -> SMTP:
        return _Server(self._relay)
