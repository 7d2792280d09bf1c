"""Recognise the row of somebody who was erased, without knowing who that was.

A list that is read again must not bring back whom it was told to forget. What stays of an
erased person is digests of what a list would say of them, made with the server key: they
point at nobody, and tell nothing to whoever cannot name the person already. That is the
record a suppression needs (GDPR article 17, recital 65) and nothing more.
"""

from collections.abc import Iterable

from kiosk.ids import keyed_digest, plain_address, ticket_codes
from kiosk.match import folded, placeholder_number
from kiosk.model import Attendee, Registration
from kiosk.ports import Tx

_BETWEEN = "\x1f"  # stands in no cell: two values never read as one


def signs_of(tx: Tx, key: bytes, person: Attendee) -> frozenset[str]:
    """What to keep of somebody who is about to be forgotten.

    An address that several people of the event share counts with the name alone; a name
    counts by itself only for who has nothing else.
    """
    listed = person.as_listed
    name = "" if placeholder_number(listed.name) else folded(listed.name)
    codes = [ticket.code for ticket in tx.tickets.of_attendee(person.id)]
    address, others = plain_address(listed.email), 0
    if address:
        found = tx.attendees.with_address(address)
        others = sum(one.event_id == person.event_id for one in found) - 1
    said: list[tuple[str, ...]] = [("ticket", code) for code in codes]
    said += [("id", listed.external_id, name)] if listed.external_id else []
    said += [("address", address, *([name] if others > 0 else []))] if address else []
    only_name = [("name", name, folded(listed.company))] if name else []
    return _digests(key, person.event_id, said or only_name)


def signs_in(key: bytes, event_id: str, row: Registration) -> frozenset[str]:
    """All by which this row may be recognised."""
    name, address = folded(row.name), plain_address(row.email)
    wholes = [row.ticket_code, *(code for code, _, _ in row.tickets)]
    codes = (code for whole in wholes if whole for code in ticket_codes(whole))
    said: list[tuple[str, ...]] = [("ticket", code) for code in codes]
    said += [("id", row.external_id, name)] if row.external_id else []
    said += [("address", address), ("address", address, name)] if address else []
    return _digests(key, event_id, said or [("name", name, folded(row.company))])


def _digests(key: bytes, event_id: str, said: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(
        keyed_digest(key, _BETWEEN.join(("erased", event_id, *words))) for words in said
    )
