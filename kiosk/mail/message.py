"""A letter as bytes (RFC 5322, 2045): text, HTML and one file of contacts.

The parts are put together once and filled for each person; bodies are base64, whose lines
never hold a boundary, a leading dot or more than 76 characters. No picture, no counter and
no redirect: a letter tells nobody that it was read.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from kiosk.ask import answer_token
from kiosk.card import vcard
from kiosk.compose import Composed
from kiosk.mail.headers import Mailbox, address_line, mailbox, text_line
from kiosk.mail.page import Asking, Links, page
from kiosk.mail.slip_page import slip_page
from kiosk.mail.stationery import Words, stationery
from kiosk.model import Event, Letter, Meeting, Met
from kiosk.shown import as_asker
from kiosk.slip import Slip
from kiosk.suppress import unsubscribe_token
from kiosk.words import _, speaking

LINE = 76
ASKS = 10  # of those who wait for an answer; the others are on the person's page
_MIXED, _ALTERNATIVE = b"=_hallway_mixed", b"=_hallway_alternative"
"""Boundaries may be constant: base64 holds no `_`."""

_OPENING = (
    b"Auto-Submitted: auto-generated\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/%s; boundary="%s"\r\n'
)
_UNSUBSCRIBE = (
    b"List-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
)
_BOTH = b'Content-Type: multipart/alternative; boundary="' + _ALTERNATIVE + b'"\r\n\r\n'


@dataclass(frozen=True, slots=True)
class Sender:
    """The installation as letters name it, and the key that seals their links."""

    public_url: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message and the two mailboxes a relay is told."""

    id: str
    sender: Mailbox
    recipient: Mailbox
    content: bytes

    @property
    def needs_utf8(self) -> bool:
        return self.sender.needs_utf8 or self.recipient.needs_utf8


def parcel(
    composed: Composed, sender: Sender, now: datetime, asks: Sequence[Meeting] = ()
) -> Parcel:
    """The message of a letter; NoAddress when its address is none.

    `asks` wait for its reader's answer; nobody else's copy of the letter names them.
    """
    letter = composed.letter
    token = unsubscribe_token(sender.key, letter.attendee_id)
    links = Links(f"{sender.public_url}/me", f"{sender.public_url}/u/{token}")
    asking = [_asking(composed, sender, one) for one in asks[:ASKS]]
    words = stationery(letter.kind, letter.language).write(page(composed, links, asking))
    lines = _lines_of(letter, now) + _UNSUBSCRIBE % links.unsubscribe.encode()
    return _parcel(letter, composed.event, words, lines, _cards(composed))


def _asking(composed: Composed, sender: Sender, ask: Meeting) -> Asking:
    """Who asks, as they show themselves by asking, and where it is answered."""
    attendee_id = composed.letter.attendee_id
    token = answer_token(sender.key, attendee_id, ask.connection.id)
    them = as_asker(composed.event, ask.person)
    who = ", ".join(filter(None, (them.name, them.company)))
    return Asking(who or "—", f"{sender.public_url}/a/{token}")


def slip_parcel(slip: Slip, sender: Sender, now: datetime) -> Parcel:
    """The message of a slip: no list, so nothing to unsubscribe from."""
    letter = slip.letter
    words = stationery(letter.kind, letter.language).write(
        slip_page(slip, sender.public_url)
    )
    return _parcel(letter, slip.event, words, _lines_of(letter, now))


def _parcel(
    letter: Letter, event: Event, words: Words, lines: bytes, cards: str = ""
) -> Parcel:
    recipient = mailbox(letter.to_address)
    content = b"".join(
        (
            _letterhead(event),
            address_line("To", letter.to_name, recipient),
            text_line("Subject", words.subject),
            lines,
            _body(words.text, words.html, cards),
        )
    )
    return Parcel(letter.id, mailbox(event.follow_up.sender_address), recipient, content)


def _letterhead(event: Event) -> bytes:
    follow_up = event.follow_up
    lines = address_line("From", follow_up.sender_name, mailbox(follow_up.sender_address))
    if follow_up.reply_to:
        lines += address_line("Reply-To", "", mailbox(follow_up.reply_to))
    return lines


def _lines_of(letter: Letter, now: datetime) -> bytes:
    return (f"Date: {format_datetime(now)}\r\nMessage-ID: {letter.message_id}\r\n").encode()


def _cards(composed: Composed) -> str:
    with speaking(composed.letter.language):
        met = _("Met at %(event)s", event=composed.event.name)
        return "".join(vcard(person, _remark(person, met)) for person in composed.people)


def _remark(person: Met, met: str) -> str:
    where = ", ".join(filter(None, (met, person.place)))
    return "\n".join(filter(None, (where, person.note)))


def _body(text: str, html: str, cards: str) -> bytes:
    both = b"".join(
        (
            _part(_ALTERNATIVE, b"text/plain; charset=utf-8", text),
            _part(_ALTERNATIVE, b"text/html; charset=utf-8", html),
            b"--" + _ALTERNATIVE + b"--\r\n",
        )
    )
    if not cards:
        return _OPENING % (b"alternative", _ALTERNATIVE) + b"\r\n" + both
    return b"".join(
        (
            _OPENING % (b"mixed", _MIXED),
            b"\r\n--" + _MIXED + b"\r\n" + _BOTH + both,
            _part(
                _MIXED,
                b'text/vcard; charset=utf-8; name="people-you-met.vcf"\r\n'
                b'Content-Disposition: attachment; filename="people-you-met.vcf"',
                cards,
            ),
            b"--" + _MIXED + b"--\r\n",
        )
    )


def _part(boundary: bytes, kind: bytes, content: str) -> bytes:
    encoded = b64encode(content.encode("utf-8", "replace"))
    lines = [encoded[at : at + LINE] for at in range(0, len(encoded), LINE)]
    return b"".join(
        (
            b"--" + boundary + b"\r\nContent-Type: " + kind,
            b"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            b"\r\n".join(lines),
            b"\r\n",
        )
    )
