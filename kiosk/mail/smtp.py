"""Letters to a relay over SMTP, one recipient a message, on a connection that is kept."""

from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, unquote

from kiosk.deliver import Result, TryLater
from kiosk.mail.dialogue import Dialogue, Lost, Relay, greet
from kiosk.mail.message import Parcel

SUBMISSION, SUBMISSIONS, PLAIN = 587, 465, 25
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def relay(parts: SplitResult, options: Mapping[str, str], name: str) -> Relay:
    """The relay in `smtp://user:pass@host:587?tls=starttls`; ValueError says what is amiss.

    Without `tls` a password, or port 587, asks for STARTTLS unless it is this machine.
    """
    host, user = parts.hostname or "", unquote(parts.username or "")
    if unknown := set(options) - {"tls"}:
        raise ValueError(f"nothing is known of {', '.join(sorted(unknown))} there")
    is_wanted = (user or parts.port == SUBMISSION) and host not in LOOPBACK
    tls = options.get("tls") or ("starttls" if is_wanted else "none")
    if parts.scheme == "smtps":
        tls = "smtps"
    if tls not in {"starttls", "none", "smtps"}:
        raise ValueError("tls is starttls or none")
    if user and tls == "none" and host not in LOOPBACK:
        raise ValueError("a password would leave without encryption")
    port = parts.port or {"starttls": SUBMISSION, "smtps": SUBMISSIONS, "none": PLAIN}[tls]
    return Relay(host, port, tls, user, unquote(parts.password or ""), name or "localhost")


class Smtp:
    """One connection, opened when it is needed and opened again when it was lost."""

    def __init__(self, where: Relay) -> None:
        self._where = where
        self._dialogue: Dialogue | None = None

    def send(self, parcel: Parcel, commit: Callable[[], bool]) -> Result | None:
        """As in `Transport`. A kept connection that turns out lost is opened once more."""
        was_kept = self._dialogue is not None
        try:
            return self._try(parcel, commit)
        except Lost as lost:
            self.close()
            if was_kept:
                return self.send(parcel, commit)
            return TryLater(str(lost), is_relay=True)

    def close(self) -> None:
        """Say goodbye; whatever goes wrong with that means nothing any more."""
        dialogue, self._dialogue = self._dialogue, None
        if dialogue:
            dialogue.end()

    def _try(self, parcel: Parcel, commit: Callable[[], bool]) -> Result | None:
        if self._dialogue is None:
            self._dialogue = greet(self._where)
        result = self._dialogue.hand_over(parcel, commit)
        if self._dialogue.is_over:
            self.close()
        return result
