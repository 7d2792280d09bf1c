"""A short day with all that is kept of people, for the tests of exports and erasures.

Ada and Grace are in and met, with notes. Linus is refused at the door; he has met Ada and
withdrawn, and Grace has asked him. Ada has said yes to a sponsor. Every trace of Ada that
a person typed or a list brought holds the word in `MARK`, so that a test can look for it
in whole files.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from kiosk.aside import Malformed
from kiosk.ids import address_digest, digest
from kiosk.judge import Reading
from kiosk.model import Attendee, Lead, OneTimeLink, Phone
from kiosk.remember import Remember, remember
from kiosk.scan import Receive, receive
from kiosk.store import SqliteStore, Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    a_booth,
    a_device,
    a_sponsor,
    ada,
    code_of,
    enrol,
    grace,
    linus,
    settle,
)
from tests.store.rows import a_connection, a_letter, meet

MARK = "zqadaqz"
DESK = a_device("Desk", role="desk", list_name="main")
LEAD = "ada said yes to acme"
MINUTE = timedelta(minutes=1)


def marked_ada() -> Attendee:
    """Ada, of whom every word can be found again."""
    return replace(
        ada(),
        name=f"Ada {MARK}",
        email=f"{MARK}@ada.example",
        company=f"{MARK} Engines",
        role=f"{MARK} role",
        phone=f"{MARK} phone",
        website=f"https://{MARK}.example",
        ticket_code=f"TICKET-{MARK}",
        external_id=f"order-{MARK}",
        attention=f"{MARK} needs a ramp",
        offers=f"{MARK} offers",
        asks=f"{MARK} asks",
        goal=f"{MARK} goal",
    )


def reading(*people: Attendee, **changes: Any) -> Reading:
    codes = tuple(map(code_of, people))
    return replace(Reading(str(uuid4()), 1, "check_in", codes, NOW), **changes)


def live(store: SqliteStore) -> Attendee:
    """Play the day in a store; Ada as she was before it."""
    store.write(_live, None, NOW)
    return marked_ada()


def _live(tx: Tx, command: None, now: datetime) -> None:
    person = marked_ada()
    settle(tx, people=[person, grace(), replace(linus(), status="pending")])
    tx.names.put(person)
    enrol(tx, DESK)
    receive(tx, Receive(DESK, tuple(_readings(person))), now)
    _meet(tx, person)
    _link(tx, person)
    _agree(tx, person)
    _write_letters(tx, person)


def _readings(person: Attendee) -> list[Reading | Malformed]:
    late = NOW + MINUTE
    return [
        reading(person, override=f"{MARK} paid in cash"),
        reading(grace()),
        reading(person, scanned_at=late),  # a second entry: refused
        reading(grace(), kind="check_out", scanned_at=late),
        reading(linus()),  # unpaid: refused
        reading(person, grace(), kind="connect", scanned_at=late),
        reading(person, linus(), kind="connect", scanned_at=late),  # refused, names Ada
        Malformed(None, 2, f'{{"codes": ["HTTPS:\\/\\/X\\/B\\/{code_of(person)}"], '),
        Malformed(None, 3, f'{{"codes": ["{person.ticket_code}"]'),
        Malformed(None, 4, '{"codes": ["SOMEBODY ELSE"]'),
    ]


def _meet(tx: Tx, person: Attendee) -> None:
    met = tx.connections.between(person.id, grace().id)
    assert met
    assert met.is_mutual
    remember(tx, Remember(person.id, met.id, f"{MARK} wrote this"), NOW)
    remember(tx, Remember(grace().id, met.id, f"{MARK} is who Grace wrote this of"), NOW)
    gone = meet(tx, person, linus(), withdrawn_at=NOW, withdrawn_by=linus().id)
    remember(tx, Remember(person.id, gone.id, f"{MARK} wrote this, too"), NOW)
    tx.connections.add(
        a_connection(
            grace(),
            linus(),
            agreed_at=None,
            asked_at=NOW,
            asked_by=grace().id,
            expires_at=NOW + 9 * MINUTE,
        )
    )


def _agree(tx: Tx, person: Attendee) -> None:
    tx.sponsors.put(a_sponsor())
    enrol(tx, a_booth())
    fields, purpose = ("name", "email"), a_sponsor().purpose
    lead = Lead(LEAD, a_sponsor().id, person.id, fields, purpose, NOW, a_booth().id)
    tx.leads.add(lead)


def _link(tx: Tx, person: Attendee) -> None:
    tx.links.offer(OneTimeLink(digest(MARK), person.id, "link", NOW, NOW + MINUTE))
    tx.phones.add(Phone("phone", person.id, f"{MARK}'s phone", NOW), digest("secret"))
    tx.suppressions.add(EVENT_ID, address_digest(person.email), "unsubscribed", NOW)


def _write_letters(tx: Tx, person: Attendee) -> None:
    tx.letters.add(a_letter(person, grace(), state="sent", reason=f"250 <{person.email}>"))
    tx.letters.add(a_letter(grace(), person, linus()))
    tx.letters.add(a_letter(linus(), person))
