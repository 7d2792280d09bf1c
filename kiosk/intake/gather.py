"""All judged rows together: add-ons go to their person, and nobody comes in twice.

Within a file a person is told by the ticket code; a second row with the same code is
skipped. Rows without a code are told by the shop's own id, else by address and name: there
the last row counts, because people send forms again to correct them. Two people may share
an address.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kiosk.intake.rows import Judged
from kiosk.intake.vocabulary import plain
from kiosk.model import Registration

Key = tuple[str, ...]


def gather(rows: Iterable[Judged]) -> list[Judged]:
    """The rows with doubles skipped and add-ons folded into the people they belong to."""
    people = _with_add_ons(_without_double_codes(rows))
    return _without_superseded(_without_shared_buyers(people))


def _counts(judged: Judged) -> bool:
    return judged.person is not None and judged.verdict in {"ok", "warn", "held"}


def _without_double_codes(rows: Iterable[Judged]) -> list[Judged]:
    seen: set[str] = set()
    kept: list[Judged] = []
    for judged in rows:
        code = judged.person.ticket_code if judged.person and _counts(judged) else ""
        if code and code in seen:
            kept.append(Judged(judged.row, "skip", "duplicate_code"))
            continue
        seen.add(code)
        kept.append(judged)
    return kept


def _with_add_ons(rows: Sequence[Judged]) -> list[Judged]:
    owners = _owners_by_position(rows) | _owners_by_likeness(rows)
    by_row = {judged.row: judged for judged in rows}
    for add_on_row, owner_row in owners.items():
        add_on, owner = by_row.pop(add_on_row), by_row[owner_row]
        by_row[owner_row] = replace(owner, person=_with_ticket(owner.person, add_on.person))
    return list(by_row.values())


def _with_ticket(
    owner: Registration | None, add_on: Registration | None
) -> Registration | None:
    if owner is None or add_on is None or not add_on.ticket_code:
        return owner
    ticket = (add_on.ticket_code, add_on.ticket_type, add_on.status or "confirmed")
    return replace(owner, tickets=(*owner.tickets, ticket))


def _owners_by_position(rows: Sequence[Judged]) -> dict[int, int]:
    """Row of an add-on → row of its person, where the list says which position it belongs
    to.
    """
    at = {
        (judged.place.order, judged.place.position): judged.row
        for judged in rows
        if _counts(judged) and judged.place.position and not judged.place.add_on_to
    }
    return {
        judged.row: at[judged.place.order, judged.place.add_on_to]
        for judged in rows
        if judged.place.add_on_to
        and _counts(judged)
        and (judged.place.order, judged.place.add_on_to) in at
    }


def _owners_by_likeness(rows: Sequence[Judged]) -> dict[int, int]:
    """The same where the list repeats the person for each product instead (check-in lists).

    Rows of one order with one name and address are one person when each is for another
    product; the ticket is the product that somebody also holds alone. Nameless rows need
    more: two products that are both held alone may be two guests of one buyer.
    """
    groups: dict[Key, list[Judged]] = {}
    for judged in rows:
        if _counts(judged) and judged.place.order and not judged.place.position:
            groups.setdefault(_likeness(judged), []).append(judged)
    alone = {_type(group[0]) for group in groups.values() if len(group) == 1}
    owners: dict[int, int] = {}
    for group in groups.values():
        types = {_type(judged) for judged in group}
        is_nameless = not _likeness(group[0])[1]
        if len(types) < len(group) or (is_nameless and len(types & alone) > 1):
            continue
        owner = next((judged for judged in group if _type(judged) in alone), group[0])
        owners |= {judged.row: owner.row for judged in group if judged is not owner}
    return owners


def _likeness(judged: Judged) -> Key:
    person = judged.person or Registration()
    return judged.place.order, person.name, person.email


def _type(judged: Judged) -> str:
    return judged.person.ticket_type if judged.person else ""


def _without_shared_buyers(rows: Sequence[Judged]) -> list[Judged]:
    """The buyer's address is kept for one guest, and for none of several.

    A letter holds what others shared with that guest; nobody else is to open it.
    """
    guests = Counter(_purchase(judged) for judged in rows if _counts(judged))
    return [
        replace(judged, person=replace(judged.person, email=""))
        if judged.person
        and judged.place.has_buyers_address
        and guests[_purchase(judged)] > 1
        else judged
        for judged in rows
    ]


def _purchase(judged: Judged) -> str:
    return judged.place.order or (judged.person.email.casefold() if judged.person else "")


def _without_superseded(rows: Sequence[Judged]) -> list[Judged]:
    keys = [_key(judged) for judged in rows]
    left = Counter(key for key in keys if key)
    kept: list[Judged] = []
    for judged, key in zip(rows, keys, strict=True):
        left[key] -= 1
        is_last = not key or left[key] == 0
        kept.append(judged if is_last else Judged(judged.row, "skip", "superseded"))
    return kept


def _key(judged: Judged) -> Key:
    person = judged.person
    if person is None or not _counts(judged) or person.ticket_code:
        return ()
    if person.external_id:
        return ("id", person.external_id)
    return ("address", person.email.casefold(), plain(person.name)) if person.email else ()
