"""What the worker has mailed, for the tests of the pages that a mail leads to."""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from kiosk.settings import Settings
from kiosk.store import SqliteStore
from kiosk.worker import Worker
from tests.builders import Clock

_LINK = re.compile(r"https?://\S+#\S+")


class Mailbox:
    """The folder that mail of this test is written to."""

    def __init__(self, store: SqliteStore, settings: Settings, clock: Clock) -> None:
        self._worker = Worker(store, settings, clock)
        self._folder = Path(settings.mail_url.partition(":")[2])

    def mails(self) -> list[EmailMessage]:
        """Everything that was mailed until now, the worker having looked once more."""
        self._worker.run_once()
        files = sorted(self._folder.glob("*.eml"))
        return [
            message_from_bytes(one.read_bytes(), policy=policy.default) for one in files
        ]

    def about(self, subject: str) -> list[EmailMessage]:
        return [one for one in self.mails() if subject in str(one["Subject"])]

    def link_about(self, subject: str) -> str:
        """The one link in the one mail whose subject says this."""
        (mail,) = self.about(subject)
        (found,) = _LINK.findall(text_of(mail))
        return str(found)


def links_of(mails: Iterable[EmailMessage]) -> list[str]:
    """Every link with a token in these mails, in their order."""
    return [str(link) for mail in mails for link in _LINK.findall(text_of(mail))]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
